//! Groovy's truth: what counts as true in a condition.

use num_traits::Zero;

use crate::script::java::regex::Matcher;
use crate::script::machine::{Machine, Outcome};
use crate::script::value::Value;

/// Whether a value is true: not null, zero, empty or without a match.
///
/// # Errors
/// What an `asBoolean` of the script throws.
pub fn of(machine: &mut Machine<'_>, value: &Value) -> Outcome<bool> {
    Ok(match value {
        Value::Bool(truth) => *truth,
        Value::Null | Value::Void => false,
        Value::Int(number) => *number != 0,
        Value::Str(text) => !text.is_empty(),
        Value::GString(_) => !machine.text(value)?.is_empty(),
        Value::Long(number) => *number != 0,
        Value::Byte(number) => *number != 0,
        Value::Short(number) => *number != 0,
        Value::Char(unit) => *unit != 0,
        Value::Double(number) => *number != 0.0 && !number.is_nan(),
        Value::Float(number) => *number != 0.0 && !number.is_nan(),
        Value::Decimal(number) => number.signum() != 0,
        Value::BigInteger(number) => !number.is_zero(),
        Value::List(list) => !list.is_empty(),
        Value::Set(map) | Value::Map(map) => !map.is_empty(),
        Value::Array(array) => !array.is_empty(),
        Value::Range(range) => !range.is_empty(),
        Value::Closure(_) | Value::Class(_) | Value::Cell(_) => true,
        Value::Object(object) => {
            if let Some(matcher) = value.downcast::<Matcher>() {
                matcher.reset(None);
                return matcher.find_next();
            }
            let object = object.clone();
            if let Some(truth) = object.truth(machine) {
                return truth;
            }
            if object.class().is_a("java.lang.CharSequence") {
                return Ok(!machine.text(value)?.is_empty());
            }
            match object.call(machine, value, "asBoolean", &[]) {
                Some(outcome) => matches!(outcome?, Value::Bool(true)),
                None => true,
            }
        }
    })
}
