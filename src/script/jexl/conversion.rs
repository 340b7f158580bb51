//! How JEXL makes numbers, truth values and texts of other values.

use num_bigint::BigInt;

use super::ast::Version;
use crate::java::{double_text, float_text, parse_double, parse_long};
use crate::script::machine::{Outcome, Thrown};
use crate::script::number::Decimal;
use crate::script::value::Value;

/// A number with the other sign; `None` for what is no number.
#[must_use]
pub fn negated(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Int(number) => match number.checked_neg() {
            Some(negated) => Value::Int(negated),
            None => Value::Long(-i64::from(*number)),
        },
        Value::Long(number) => match i32::try_from(number.wrapping_neg()) {
            // -2147483648 is an int, though 2147483648 is none.
            Ok(small) if small == i32::MIN => Value::Int(small),
            _ => match number.checked_neg() {
                Some(negated) => Value::Long(negated),
                None => (-BigInt::from(*number)).into(),
            },
        },
        Value::Double(number) => Value::Double(-number),
        Value::Float(number) => Value::Float(-number),
        Value::Decimal(number) => number.negate().into(),
        Value::BigInteger(number) => (-BigInt::clone(number)).into(),
        Value::Short(number) => Value::Short(number.wrapping_neg()),
        Value::Byte(number) => Value::Byte(number.wrapping_neg()),
        _ => return None,
    })
}

fn arithmetic(what: &str, value: &Value) -> Thrown {
    Thrown::new("java.lang.ArithmeticException", format!("{what} coercion: {}", value.class().name()))
}

fn number_format(text: &str) -> Thrown {
    Thrown::new("java.lang.NumberFormatException", format!("For input string: \"{text}\""))
}

/// What happens when an operand is null.
///
/// # Errors
/// An exception in the strict versions.
pub fn null_operand(version: Version) -> Outcome<()> {
    if version.is_strict() {
        return Err(Thrown::new("java.lang.ArithmeticException", "null operand"));
    }
    Ok(())
}

/// `toBoolean`.
///
/// # Errors
/// A null operand in the strict versions.
pub fn truth(value: &Value, version: Version) -> Outcome<bool> {
    Ok(match value {
        Value::Bool(truth) => *truth,
        Value::Null | Value::Void => {
            null_operand(version)?;
            false
        }
        Value::Str(text) => !text.is_empty() && &**text != "false",
        Value::Double(number) => *number != 0.0 && !number.is_nan(),
        Value::Float(number) => *number != 0.0 && !number.is_nan(),
        number if number.is_number() => number.to_f64() != Some(0.0),
        _ => false,
    })
}

/// `toBigInteger`.
///
/// # Errors
/// `NumberFormatException`, `ArithmeticException`.
pub fn integer(value: &Value, version: Version) -> Outcome<BigInt> {
    Ok(match value {
        Value::Null | Value::Void => {
            null_operand(version)?;
            BigInt::default()
        }
        Value::BigInteger(number) => BigInt::clone(number),
        Value::Decimal(number) => number.to_integer(),
        Value::Double(number) if number.is_nan() => BigInt::default(),
        Value::Double(_) | Value::Float(_) => value.to_decimal().map(|number| number.to_integer()).unwrap_or_default(),
        Value::Str(text) if text.is_empty() => BigInt::default(),
        Value::Str(text) => text.parse().map_err(|_| number_format(text))?,
        Value::Bool(truth) if version.is_three() => BigInt::from(i32::from(*truth)),
        number => match number.to_i64() {
            Some(number) => number.into(),
            None => return Err(arithmetic("BigInteger", value)),
        },
    })
}

/// `toLong`.
///
/// # Errors
/// `NumberFormatException`, `ArithmeticException`.
pub fn long(value: &Value, version: Version) -> Outcome<i64> {
    Ok(match value {
        Value::Null | Value::Void => {
            null_operand(version)?;
            0
        }
        Value::Str(text) if text.is_empty() => 0,
        Value::Str(text) => parse_long(text).ok_or_else(|| number_format(text))?,
        Value::Bool(truth) => i64::from(*truth),
        number => number.to_i64().ok_or_else(|| arithmetic("Long", value))?,
    })
}

/// `toDouble`.
///
/// # Errors
/// `NumberFormatException`, `ArithmeticException`.
pub fn double(value: &Value, version: Version) -> Outcome<f64> {
    Ok(match value {
        Value::Null | Value::Void => {
            null_operand(version)?;
            0.0
        }
        // By way of the text, so that 0.1f is 0.1.
        Value::Float(number) => parse_double(&float_text(*number)).unwrap_or_default(),
        Value::Str(text) if text.is_empty() => f64::NAN,
        Value::Str(text) => parse_double(text).ok_or_else(|| number_format(text))?,
        Value::Bool(truth) => f64::from(u8::from(*truth)),
        number => number.to_f64().ok_or_else(|| arithmetic("Double", value))?,
    })
}

/// `toBigDecimal`.
///
/// # Errors
/// `NumberFormatException`, `ArithmeticException`.
pub fn decimal(value: &Value, version: Version) -> Outcome<Decimal> {
    match value {
        Value::Null | Value::Void => {
            null_operand(version)?;
            Ok(Decimal::from(0))
        }
        Value::Str(text) if text.is_empty() => Ok(Decimal::from(0)),
        Value::Str(text) => Decimal::parse(text).map_err(|_| number_format(text)),
        Value::Double(number) => Decimal::parse(&double_text(*number)).map_err(|_| arithmetic("BigDecimal", value)),
        Value::Char(unit) => Ok(Decimal::from(i64::from(*unit))),
        number => number.to_decimal().ok_or_else(|| arithmetic("BigDecimal", value)),
    }
}
