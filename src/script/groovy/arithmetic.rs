//! Groovy's numbers: what types operations have, and how they overflow.
//!
//! A `float` or `double` makes the result a `double`, otherwise a `BigDecimal` makes it one; `int` and `long` wrap;
//! `/` of whole numbers is a `BigDecimal`.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use super::ast::Operator;
use crate::script::machine::{Outcome, Thrown, illegal_argument};
use crate::script::number::Decimal;
use crate::script::value::Value;

/// The type that an operation has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    Long,
    Big,
    Decimal,
    Float,
}

fn kind(value: &Value) -> Option<Kind> {
    Some(match value {
        Value::Int(_) | Value::Short(_) | Value::Byte(_) => Kind::Int,
        Value::Long(_) => Kind::Long,
        Value::BigInteger(_) => Kind::Big,
        Value::Decimal(_) => Kind::Decimal,
        Value::Double(_) | Value::Float(_) => Kind::Float,
        _ => return None,
    })
}

fn common(a: Kind, b: Kind) -> Kind {
    for kind in [Kind::Float, Kind::Decimal, Kind::Big, Kind::Long] {
        if a == kind || b == kind {
            return kind;
        }
    }
    Kind::Int
}

/// The number with the other sign.
#[must_use]
pub fn negated(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Int(number) => Value::Int(number.wrapping_neg()),
        // 2147483648 is a long, but -2147483648 is an int.
        Value::Long(number) if *number == 1 << 31 => Value::Int(i32::MIN),
        Value::Long(number) => Value::Long(number.wrapping_neg()),
        Value::Short(number) => Value::Int(-i32::from(*number)),
        Value::Byte(number) => Value::Int(-i32::from(*number)),
        Value::Double(number) => Value::Double(-number),
        Value::Float(number) => Value::Float(-number),
        Value::Decimal(number) => number.negate().into(),
        Value::BigInteger(number) => {
            let negated = -BigInt::clone(number);
            match negated.to_i64() {
                Some(i64::MIN) => Value::Long(i64::MIN),
                _ => negated.into(),
            }
        }
        _ => return None,
    })
}

fn big(value: &Value) -> BigInt {
    match value {
        Value::BigInteger(number) => BigInt::clone(number),
        other => other.to_i64().unwrap_or_default().into(),
    }
}

fn decimal(value: &Value) -> Decimal {
    value.to_decimal().unwrap_or_else(|| Decimal::from(0))
}

fn by_zero(message: &'static str) -> Thrown {
    Thrown::new("java.lang.ArithmeticException", message)
}

fn unsupported(method: &str, value: &Value) -> Thrown {
    let text = crate::script::java::object::plain_text(value).unwrap_or_default();
    Thrown::new(
        "java.lang.UnsupportedOperationException",
        format!("Cannot use {method}() on this number type: {} with value: {text}", value.class().name()),
    )
}

/// An operation on two numbers; `None` when one of them is none, or the operator is not arithmetic.
///
/// # Errors
/// `ArithmeticException`, `UnsupportedOperationException`.
pub fn apply(operator: Operator, left: &Value, right: &Value) -> Outcome<Option<Value>> {
    let (Some(a), Some(b)) = (kind(left), kind(right)) else { return Ok(None) };
    let common = common(a, b);
    Ok(Some(match operator {
        Operator::Plus | Operator::Minus | Operator::Multiply => basic(operator, common, left, right),
        Operator::Divide => divide(common, left, right)?,
        Operator::Modulo => modulo(common, left, right)?,
        Operator::Power => power(left, right)?,
        Operator::And | Operator::Or | Operator::Xor => bits(operator, common, left, right)?,
        Operator::LeftShift | Operator::RightShift | Operator::RightShiftUnsigned => shift(operator, a, left, right)?,
        _ => return Ok(None),
    }))
}

fn basic(operator: Operator, kind: Kind, left: &Value, right: &Value) -> Value {
    let (a, b) = (left.to_i64().unwrap_or_default(), right.to_i64().unwrap_or_default());
    match kind {
        Kind::Int | Kind::Long => {
            let result = match operator {
                Operator::Plus => a.wrapping_add(b),
                Operator::Minus => a.wrapping_sub(b),
                _ => a.wrapping_mul(b),
            };
            if kind == Kind::Int { Value::Int(result as i32) } else { Value::Long(result) }
        }
        Kind::Big => match operator {
            Operator::Plus => big(left) + big(right),
            Operator::Minus => big(left) - big(right),
            _ => big(left) * big(right),
        }
        .into(),
        Kind::Decimal => match operator {
            Operator::Plus => decimal(left).add(&decimal(right)),
            Operator::Minus => decimal(left).subtract(&decimal(right)),
            _ => decimal(left).multiply(&decimal(right)),
        }
        .into(),
        Kind::Float => {
            let (a, b) = (left.to_f64().unwrap_or_default(), right.to_f64().unwrap_or_default());
            Value::Double(match operator {
                Operator::Plus => a + b,
                Operator::Minus => a - b,
                _ => a * b,
            })
        }
    }
}

fn divide(kind: Kind, left: &Value, right: &Value) -> Outcome {
    if kind == Kind::Float {
        return Ok(Value::Double(left.to_f64().unwrap_or_default() / right.to_f64().unwrap_or_default()));
    }
    let (a, b) = (decimal(left), decimal(right));
    if b.signum() == 0 {
        return Err(by_zero(if a.signum() == 0 { "Division undefined" } else { "Division by zero" }));
    }
    a.divide_as_groovy(&b).map(Value::from).ok_or_else(|| by_zero("Division by zero"))
}

fn modulo(kind: Kind, left: &Value, right: &Value) -> Outcome {
    Ok(match kind {
        Kind::Float => Value::Double(left.to_f64().unwrap_or_default() % right.to_f64().unwrap_or_default()),
        Kind::Decimal => return Err(unsupported("mod", if kind_is(left, Kind::Decimal) { left } else { right })),
        Kind::Big if big(right).is_zero() => return Err(by_zero("BigInteger: modulus not positive")),
        Kind::Big => {
            let modulus = big(right);
            if modulus.sign() == num_bigint::Sign::Minus {
                return Err(by_zero("BigInteger: modulus not positive"));
            }
            (((big(left) % &modulus) + &modulus) % &modulus).into()
        }
        _ => {
            let (a, b) = (left.to_i64().unwrap_or_default(), right.to_i64().unwrap_or_default());
            if b == 0 {
                return Err(by_zero("/ by zero"));
            }
            let rest = a.wrapping_rem(b);
            if kind == Kind::Int { Value::Int(rest as i32) } else { Value::Long(rest) }
        }
    })
}

fn kind_is(value: &Value, wanted: Kind) -> bool {
    kind(value) == Some(wanted)
}

/// `intdiv`.
///
/// # Errors
/// `ArithmeticException`, `UnsupportedOperationException` for fractions.
pub fn whole_quotient(left: &Value, right: &Value) -> Outcome {
    let (Some(a), Some(b)) = (kind(left), kind(right)) else { return Err(unsupported("intdiv", left)) };
    match common(a, b) {
        Kind::Float | Kind::Decimal => {
            Err(unsupported("intdiv", if matches!(a, Kind::Float | Kind::Decimal) { left } else { right }))
        }
        Kind::Big if big(right).is_zero() => Err(by_zero("BigInteger divide by zero")),
        Kind::Big => Ok((big(left) / big(right)).into()),
        kind => {
            let (a, b) = (left.to_i64().unwrap_or_default(), right.to_i64().unwrap_or_default());
            if b == 0 {
                return Err(by_zero("/ by zero"));
            }
            let quotient = a.wrapping_div(b);
            Ok(if kind == Kind::Int { Value::Int(quotient as i32) } else { Value::Long(quotient) })
        }
    }
}

fn power(left: &Value, right: &Value) -> Outcome {
    let as_doubles = || {
        let power =
            crate::script::java::floating::pow(left.to_f64().unwrap_or_default(), right.to_f64().unwrap_or_default());
        // A whole result becomes a whole number.
        if power.fract() == 0.0 && power.abs() <= f64::from(i32::MAX) {
            Value::Int(power as i32)
        } else if power.fract() == 0.0 && power.abs() < 9.2e18 {
            Value::Long(power as i64)
        } else {
            Value::Double(power)
        }
    };
    let exponent = match (kind(right), right.to_i64()) {
        (Some(Kind::Int | Kind::Long), Some(exponent)) if exponent >= 0 => u32::try_from(exponent).ok(),
        _ => None,
    };
    let Some(exponent) = exponent else { return Ok(as_doubles()) };
    match kind(left) {
        None | Some(Kind::Float) => Ok(as_doubles()),
        Some(Kind::Decimal) => {
            decimal(left).pow(exponent).map(Value::from).ok_or_else(|| illegal_argument("Invalid operation"))
        }
        Some(kind) => {
            let base = big(left);
            crate::script::machine::check_size((base.bits() as usize / 8 + 1).saturating_mul(exponent as usize))?;
            let result = base.pow(exponent);
            Ok(match (kind, result.to_i32(), result.to_i64()) {
                (Kind::Int, Some(small), _) => Value::Int(small),
                (Kind::Long, _, Some(large)) => Value::Long(large),
                _ => result.into(),
            })
        }
    }
}

fn bits(operator: Operator, kind: Kind, left: &Value, right: &Value) -> Outcome {
    let name = match operator {
        Operator::And => "and",
        Operator::Or => "or",
        _ => "xor",
    };
    Ok(match kind {
        Kind::Float | Kind::Decimal => return Err(unsupported(name, left)),
        Kind::Big => match operator {
            Operator::And => big(left) & big(right),
            Operator::Or => big(left) | big(right),
            _ => big(left) ^ big(right),
        }
        .into(),
        kind => {
            let (a, b) = (left.to_i64().unwrap_or_default(), right.to_i64().unwrap_or_default());
            let result = match operator {
                Operator::And => a & b,
                Operator::Or => a | b,
                _ => a ^ b,
            };
            if kind == Kind::Int { Value::Int(result as i32) } else { Value::Long(result) }
        }
    })
}

fn shift(operator: Operator, kind: Kind, left: &Value, right: &Value) -> Outcome {
    let (number, by) = (left.to_i64().unwrap_or_default(), right.to_i64().unwrap_or_default() as u32);
    Ok(match (kind, operator) {
        (Kind::Int, Operator::LeftShift) => Value::Int((number as i32).wrapping_shl(by)),
        (Kind::Int, Operator::RightShift) => Value::Int((number as i32).wrapping_shr(by)),
        (Kind::Int, _) => Value::Int((number as u32).wrapping_shr(by) as i32),
        (Kind::Long, Operator::LeftShift) => Value::Long(number.wrapping_shl(by)),
        (Kind::Long, Operator::RightShift) => Value::Long(number.wrapping_shr(by)),
        (Kind::Long, _) => Value::Long((number as u64).wrapping_shr(by) as i64),
        (Kind::Big, Operator::LeftShift) => (big(left) << by.min(1 << 24)).into(),
        (Kind::Big, Operator::RightShift) => (big(left) >> by).into(),
        _ => return Err(unsupported("leftShift", left)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_results() {
        let check = |operator, left: Value, right: Value, expected: &str| {
            let result = apply(operator, &left, &right).unwrap().unwrap();
            assert_eq!(format!("{result:?} {}", result.class().simple_name()), expected);
        };
        let decimal = |text: &str| Value::from(Decimal::parse(text).unwrap());
        check(Operator::Divide, 7.into(), 2.into(), "3.5 BigDecimal");
        check(Operator::Divide, 6.into(), 2.into(), "3 BigDecimal");
        check(Operator::Plus, i32::MAX.into(), 1.into(), "-2147483648 Integer");
        check(Operator::Plus, 1.into(), 1_i64.into(), "2 Long");
        check(Operator::Multiply, decimal("1.10"), decimal("1.10"), "1.2100 BigDecimal");
        check(Operator::Plus, Value::Float(0.1), Value::Float(0.2), "0.30000000447034836 Double");
        check(Operator::Power, 2.into(), 31.into(), "2147483648 BigInteger");
        check(Operator::Power, 2.into(), (-1).into(), "0.5 Double");
        check(Operator::RightShiftUnsigned, (-16).into(), 28.into(), "15 Integer");
        assert!(apply(Operator::Modulo, &decimal("7.5"), &2.into()).is_err());
        assert!(apply(Operator::Plus, &"a".into(), &2.into()).unwrap().is_none());
    }
}
