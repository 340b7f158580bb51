//! JEXL's operators on numbers and texts, and its comparisons.
//!
//! Whole numbers become wider instead of wrapping; version 3 joins as soon as one side is a text, version 2 only when
//! a side cannot be made a number.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::Zero;

use super::ast::{Operator, Version};
use super::conversion::{decimal, double, integer, long, null_operand, truth};
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::number::{Decimal, Rounding};
use crate::script::value::Value;

/// `+`, `-`, `*`, `/`, `%` and the operators on bits.
///
/// # Errors
/// Null operands in the strict versions, division by zero, texts that are no numbers.
pub fn apply(machine: &mut Machine<'_>, operator: Operator, left: &Value, right: &Value, version: Version) -> Outcome {
    match operator {
        Operator::BitAnd => Ok(Value::Long(long(left, version)? & long(right, version)?)),
        Operator::BitOr => Ok(Value::Long(long(left, version)? | long(right, version)?)),
        Operator::BitXor => Ok(Value::Long(long(left, version)? ^ long(right, version)?)),
        Operator::Add => add(machine, left, right, version),
        _ => {
            if left.is_null() && right.is_null() {
                null_operand(version)?;
                return Ok(Value::Int(0));
            }
            numeric(operator, left, right, version)
        }
    }
}

fn add(machine: &mut Machine<'_>, left: &Value, right: &Value, version: Version) -> Outcome {
    if left.is_null() && right.is_null() {
        null_operand(version)?;
        return Ok(Value::Int(0));
    }
    let is_text = |value: &Value| matches!(value, Value::Str(_) | Value::GString(_));
    let joins = version.is_three() && (is_text(left) || is_text(right));
    if !joins {
        match numeric(Operator::Add, left, right, version) {
            Err(thrown) if thrown.exception.class().is_a("java.lang.NumberFormatException") => {}
            outcome => return outcome,
        }
    }
    if left.is_null() || right.is_null() {
        null_operand(version)?;
    }
    let part = |machine: &mut Machine<'_>, value: &Value| {
        if value.is_null() { Ok(String::new()) } else { machine.text(value).map(|text| text.to_string()) }
    };
    let mut text = part(machine, left)?;
    text.push_str(&part(machine, right)?);
    Ok(text.into())
}

/// `Float` and `Double`, and texts that look like one.
fn is_float(value: &Value, version: Version) -> bool {
    match value {
        Value::Double(_) | Value::Float(_) => true,
        Value::Str(text) if version.is_three() => {
            let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
            bare.contains(['.', 'e', 'E'])
                && text.parse::<f64>().is_ok()
                && bare.starts_with(|char: char| char.is_ascii_digit() || char == '.')
        }
        Value::Str(text) => text.contains(['.', 'e', 'E']),
        _ => false,
    }
}

fn small(value: &Value) -> Option<i64> {
    match value {
        Value::Int(_) | Value::Long(_) | Value::Short(_) | Value::Byte(_) => value.to_i64(),
        _ => None,
    }
}

fn numeric(operator: Operator, left: &Value, right: &Value, version: Version) -> Outcome {
    if let (Some(a), Some(b)) = (small(left), small(right))
        && (version.is_three() || operator != Operator::Modulo)
        && let Some(number) = small_result(operator, a, b)?
    {
        return Ok(narrowed(left, right, number.into()));
    }
    let is_decimal = |value: &Value| matches!(value, Value::Decimal(_));
    let decimals = is_decimal(left) || is_decimal(right);
    let floats = is_float(left, version) || is_float(right, version);
    if decimals && (version.is_three() || !floats) {
        let result = decimals_result(operator, &decimal(left, version)?, &decimal(right, version)?)?;
        return Ok(narrowed_decimal(left, right, result));
    }
    if floats {
        return float_result(operator, double(left, version)?, double(right, version)?);
    }
    let (a, b) = (integer(left, version)?, integer(right, version)?);
    let number = match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        _ if b.is_zero() => return Err(by_zero()),
        Operator::Divide => a / b,
        _ if version.is_three() => a % b,
        _ => ((a % &b) + &b) % &b,
    };
    Ok(narrowed(left, right, number))
}

fn small_result(operator: Operator, a: i64, b: i64) -> Outcome<Option<i64>> {
    Ok(match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        _ if b == 0 => return Err(by_zero()),
        Operator::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    })
}

fn float_result(operator: Operator, a: f64, b: f64) -> Outcome {
    Ok(Value::Double(match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        _ if b == 0.0 => return Err(by_zero()),
        Operator::Divide => a / b,
        _ => a % b,
    }))
}

/// The digits of `MathContext.DECIMAL128`.
const DIGITS: i32 = 34;

fn decimals_result(operator: Operator, a: &Decimal, b: &Decimal) -> Outcome {
    let exact = match operator {
        Operator::Add => a.add(b),
        Operator::Subtract => a.subtract(b),
        Operator::Multiply => a.multiply(b),
        _ if b.signum() == 0 => return Err(by_zero()),
        Operator::Divide => a.divide_to_precision(b, DIGITS).ok_or_else(by_zero)?,
        _ => a.remainder(b).ok_or_else(by_zero)?,
    };
    Ok(exact.round(DIGITS, Rounding::HalfUp).unwrap_or(exact).into())
}

/// A decimal without decimals becomes a whole number again when one operand was one.
fn narrowed_decimal(left: &Value, right: &Value, result: Value) -> Value {
    let (true, Value::Decimal(number)) = (small(left).is_some() || small(right).is_some(), &result) else {
        return result;
    };
    match number.with_scale(0, Rounding::Unnecessary) {
        Some(whole) if i64::try_from(whole.unscaled()).is_ok() => narrowed(left, right, whole.unscaled().clone()),
        _ => result,
    }
}

fn by_zero() -> Thrown {
    Thrown::new("java.lang.ArithmeticException", "/ by zero")
}

/// The narrowest type for a whole number that is not narrower than its operands.
fn narrowed(left: &Value, right: &Value, number: BigInt) -> Value {
    let is_big = |value: &Value| matches!(value, Value::BigInteger(_));
    let is_long = |value: &Value| matches!(value, Value::Long(_));
    if !is_big(left)
        && !is_big(right)
        && let Ok(long) = i64::try_from(&number)
    {
        return match i32::try_from(long) {
            Ok(int) if !is_long(left) && !is_long(right) => Value::Int(int),
            _ => Value::Long(long),
        };
    }
    number.into()
}

/// `==`.
///
/// # Errors
/// Texts that are no numbers compared with numbers.
pub fn equal(machine: &mut Machine<'_>, left: &Value, right: &Value, version: Version) -> Outcome<bool> {
    if left.is_null() || right.is_null() {
        return Ok(left.is_null() && right.is_null());
    }
    if matches!(left, Value::Bool(_)) || matches!(right, Value::Bool(_)) {
        return Ok(truth(left, version)? == truth(right, version)?);
    }
    Ok(compare(machine, left, right, true, version)? == Some(Ordering::Equal))
}

/// `<`, `>` and so on; `None` when nothing holds because of a NaN.
///
/// # Errors
/// Values that cannot be compared.
pub fn order(machine: &mut Machine<'_>, left: &Value, right: &Value, version: Version) -> Outcome<Option<Ordering>> {
    if left.is_null() || right.is_null() {
        // Nothing is less or greater than null.
        return Ok(None);
    }
    compare(machine, left, right, false, version)
}

fn compare(
    machine: &mut Machine<'_>,
    left: &Value,
    right: &Value,
    equality: bool,
    version: Version,
) -> Outcome<Option<Ordering>> {
    let either = |test: fn(&Value) -> bool| test(left) || test(right);
    if either(|value| matches!(value, Value::Decimal(_))) {
        return Ok(Some(decimal(left, version)?.compare(&decimal(right, version)?)));
    }
    if either(|value| matches!(value, Value::BigInteger(_))) {
        return Ok(Some(integer(left, version)?.cmp(&integer(right, version)?)));
    }
    if either(|value| matches!(value, Value::Double(_) | Value::Float(_))) {
        let (a, b) = (double(left, version)?, double(right, version)?);
        return Ok(Some(match (a.is_nan(), b.is_nan()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            _ => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
        }));
    }
    if either(|value| small(value).is_some() || matches!(value, Value::Char(_))) {
        return Ok(Some(long(left, version)?.cmp(&long(right, version)?)));
    }
    if either(|value| matches!(value, Value::Str(_) | Value::GString(_))) {
        let (a, b) = (machine.text(left)?, machine.text(right)?);
        return Ok(Some(crate::script::java::text::compare(&a, &b).cmp(&0)));
    }
    if equality {
        return Ok(machine.equals(left, right)?.then_some(Ordering::Equal));
    }
    machine.compare(left, right).map(Some)
}
