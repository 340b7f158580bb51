//! Java's operators: whole numbers wrap and divide to whole numbers, `==` is identity.

use super::error::{illegal_void, mistake};
use crate::script::groovy::ast::Operator;
use crate::script::groovy::cast::Target;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

/// Whether a value is of a primitive type: the boxes of Java are opened wherever they come from.
#[must_use]
pub fn is_primitive(value: &Value) -> bool {
    matches!(
        value,
        Value::Bool(_)
            | Value::Byte(_)
            | Value::Short(_)
            | Value::Char(_)
            | Value::Int(_)
            | Value::Long(_)
            | Value::Float(_)
            | Value::Double(_)
    )
}

/// The value of `left operator right`.
///
/// # Errors
/// The operator means nothing for such values; division by zero.
pub fn binary(machine: &mut Machine<'_>, operator: Operator, left: &Value, right: &Value) -> Outcome {
    use Operator as Op;
    match operator {
        Op::Equal => return Ok(Value::Bool(is_same(left, right))),
        Op::NotEqual => return Ok(Value::Bool(!is_same(left, right))),
        _ => {}
    }
    if operator == Op::Plus && (is_text(left) || is_text(right)) {
        let text = format!("{}{}", shown(machine, left)?, shown(machine, right)?);
        crate::script::machine::check_size(text.len())?;
        return Ok(text.into());
    }
    if matches!(left, Value::Void) || matches!(right, Value::Void) {
        return Err(illegal_void());
    }
    if let (Value::Bool(a), Value::Bool(b)) = (left, right) {
        return match operator {
            Op::And => Ok(Value::Bool(a & b)),
            Op::Or => Ok(Value::Bool(a | b)),
            Op::Xor => Ok(Value::Bool(a ^ b)),
            _ => Err(mistake("unimplemented binary boolean operator")),
        };
    }
    match (number(left), number(right)) {
        (Some(a), Some(b)) => numeric(operator, a, b),
        _ => Err(mistake(format!("Operator: '\"{}\"' inappropriate for objects", operator.symbol()))),
    }
}

fn shown(machine: &mut Machine<'_>, value: &Value) -> Outcome<std::sync::Arc<str>> {
    if let Value::Void = value { Ok("void".into()) } else { machine.text(value) }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Str(_) | Value::GString(_))
}

/// A number as operators see it.
#[derive(Clone, Copy)]
enum Number {
    Int(i32),
    Long(i64),
    Float(f32),
    Double(f64),
}

impl Number {
    fn long(self) -> i64 {
        match self {
            Self::Int(number) => number.into(),
            Self::Long(number) => number,
            Self::Float(number) => number as i64,
            Self::Double(number) => number as i64,
        }
    }

    fn double(self) -> f64 {
        match self {
            Self::Int(number) => number.into(),
            Self::Long(number) => number as f64,
            Self::Float(number) => number.into(),
            Self::Double(number) => number,
        }
    }
}

fn number(value: &Value) -> Option<Number> {
    Some(match value {
        Value::Int(number) => Number::Int(*number),
        Value::Short(number) => Number::Int((*number).into()),
        Value::Byte(number) => Number::Int((*number).into()),
        Value::Char(unit) => Number::Int((*unit).into()),
        Value::Long(number) => Number::Long(*number),
        Value::Float(number) => Number::Float(*number),
        Value::Double(number) => Number::Double(*number),
        _ => return None,
    })
}

fn numeric(operator: Operator, a: Number, b: Number) -> Outcome {
    match (a, b) {
        (Number::Double(_), _) | (_, Number::Double(_)) => of_doubles(operator, a.double(), b.double(), Value::Double),
        (Number::Float(_), _) | (_, Number::Float(_)) => {
            of_doubles(operator, a.double(), b.double(), |number| Value::Float(number as f32))
        }
        (Number::Long(_), _) | (_, Number::Long(_)) => of_longs(operator, a.long(), b.long(), Value::Long),
        (Number::Int(a), Number::Int(b)) if is_shift(operator) => Ok(Value::Int(match operator {
            Operator::LeftShift => a.wrapping_shl(b as u32),
            Operator::RightShift => a.wrapping_shr(b as u32),
            _ => (a as u32).wrapping_shr(b as u32) as i32,
        })),
        _ => of_longs(operator, a.long(), b.long(), |number| Value::Int(number as i32)),
    }
}

fn is_shift(operator: Operator) -> bool {
    matches!(operator, Operator::LeftShift | Operator::RightShift | Operator::RightShiftUnsigned)
}

fn of_longs(operator: Operator, a: i64, b: i64, made: fn(i64) -> Value) -> Outcome {
    use Operator as Op;
    if matches!(operator, Op::Divide | Op::Modulo) && b == 0 {
        let mut thrown = Thrown::new("java.lang.ArithmeticException", "/ by zero");
        thrown.note = Some("Arithemetic Exception in binary op".into());
        return Err(thrown);
    }
    Ok(match operator {
        Op::Plus => made(a.wrapping_add(b)),
        Op::Minus => made(a.wrapping_sub(b)),
        Op::Multiply => made(a.wrapping_mul(b)),
        Op::Divide => made(a.wrapping_div(b)),
        Op::Modulo => made(a.wrapping_rem(b)),
        Op::And => made(a & b),
        Op::Or => made(a | b),
        Op::Xor => made(a ^ b),
        Op::LeftShift => made(a.wrapping_shl(b as u32)),
        Op::RightShift => made(a.wrapping_shr(b as u32)),
        Op::RightShiftUnsigned => made((a as u64).wrapping_shr(b as u32) as i64),
        Op::Less => Value::Bool(a < b),
        Op::LessOrEqual => Value::Bool(a <= b),
        Op::Greater => Value::Bool(a > b),
        Op::GreaterOrEqual => Value::Bool(a >= b),
        _ => return Err(mistake("Unimplemented binary integer operator")),
    })
}

fn of_doubles(operator: Operator, a: f64, b: f64, made: fn(f64) -> Value) -> Outcome {
    use Operator as Op;
    Ok(match operator {
        Op::Plus => made(a + b),
        Op::Minus => made(a - b),
        Op::Multiply => made(a * b),
        Op::Divide => made(a / b),
        Op::Modulo => made(a % b),
        Op::Less => Value::Bool(a < b),
        Op::LessOrEqual => Value::Bool(a <= b),
        Op::Greater => Value::Bool(a > b),
        Op::GreaterOrEqual => Value::Bool(a >= b),
        _ => return Err(mistake("Unimplemented binary double operator")),
    })
}

/// `==`: numbers by value, texts and objects by identity.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Void, Value::Void) | (Value::Null, Value::Null) => true,
        (Value::Str(a), Value::Str(b)) => std::sync::Arc::ptr_eq(a, b),
        (Value::Bool(a), Value::Bool(b)) => a == b,
        _ => match (number(left), number(right)) {
            (Some(a @ (Number::Double(_) | Number::Float(_))), Some(b))
            | (Some(b), Some(a @ (Number::Double(_) | Number::Float(_)))) => a.double().total_cmp(&b.double()).is_eq(),
            (Some(a), Some(b)) => a.long() == b.long(),
            (None, None) => {
                !matches!((left, right), (Value::Void | Value::Null, _) | (_, Value::Void | Value::Null))
                    && left.is_same(right)
            }
            _ => false,
        },
    }
}

/// `(Type) value`
///
/// # Errors
/// `ClassCastException`.
pub fn cast(machine: &mut Machine<'_>, target: &Target, value: Value) -> Outcome {
    if let (Value::Char(unit), "int" | "java.lang.Integer") = (&value, &*target.class.name()) {
        return Ok(Value::Int((*unit).into()));
    }
    typed(machine, target, value)
}

/// The value as a variable of that type holds it.
///
/// # Errors
/// `ClassCastException`.
pub fn typed(machine: &mut Machine<'_>, target: &Target, value: Value) -> Outcome {
    if target.is_anything() || matches!(value, Value::Null) || target.has(&value) {
        return Ok(value);
    }
    if let Value::Void = value {
        return Err(mistake("illegal use of undefined variable, class, or 'void' literal"));
    }
    let fits = (number(&value).is_some() && target.is_number()) || matches!(value, Value::Array(_) | Value::List(_));
    if !fits {
        let (from, to) = (value.class().name(), target.class.name());
        return Err(Thrown::new("java.lang.ClassCastException", format!("Cannot cast {from} to {to}")));
    }
    target.cast(machine, value)
}
