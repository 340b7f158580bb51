//! JEXL's `=~`, `=^`, `=$`, `empty` and `size`.

use super::ast::Version;
use crate::script::collection::Range;
use crate::script::java::regex::{Pattern, pattern};
use crate::script::java::text;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

/// `value =~ container`: the text matches the pattern as a whole, or the value is in the collection.
///
/// # Errors
/// `PatternSyntaxException`, or what cannot contain anything.
pub fn matches(machine: &mut Machine<'_>, value: &Value, container: &Value, version: Version) -> Outcome<bool> {
    if value.is_null() && container.is_null() {
        return Ok(true);
    }
    if value.is_null() || container.is_null() {
        return Ok(false);
    }
    match container {
        Value::Str(regex) => {
            let subject = machine.text(value)?;
            pattern(regex)?.matches(&subject)
        }
        Value::Object(_) if container.downcast::<Pattern>().is_some() => {
            let subject = machine.text(value)?;
            container.downcast::<Pattern>().map_or(Ok(false), |pattern| pattern.0.matches(&subject))
        }
        Value::Map(map) => Ok(map.contains(value)),
        Value::Range(range) => Ok(is_in_range(range, value)),
        Value::List(_) | Value::Set(_) | Value::Array(_) => {
            for item in machine.items(container)? {
                if machine.equals(value, &item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        other => super::arithmetic::equal(machine, other, value, version),
    }
}

fn is_in_range(range: &Range, value: &Value) -> bool {
    let (first, last) = range.ends();
    value.to_i64().is_some_and(|number| (first.min(last)..=first.max(last)).contains(&number))
}

/// `=^` and `=$`.
///
/// # Errors
/// Values that are no texts.
pub fn has_affix(
    machine: &mut Machine<'_>,
    value: &Value,
    affix: &Value,
    test: fn(&str, &str) -> bool,
) -> Outcome<bool> {
    match (value, affix) {
        (Value::Str(whole), part) => {
            let part = machine.text(part)?;
            Ok(test(whole, &part))
        }
        _ => Ok(false),
    }
}

/// `empty`.
///
/// # Errors
/// What an `isEmpty` of the host throws.
pub fn is_empty(machine: &mut Machine<'_>, value: &Value) -> Outcome<bool> {
    Ok(match value {
        Value::Null | Value::Void => true,
        Value::Str(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        Value::Set(map) | Value::Map(map) => map.is_empty(),
        Value::Array(array) => array.is_empty(),
        Value::Range(range) => range.is_empty(),
        number if number.is_number() => number.to_f64().is_none_or(|number| number == 0.0 || number.is_nan()),
        Value::Object(_) => match machine.try_invoke(value, "isEmpty", crate::script::machine::Args::new())? {
            crate::script::dispatch::Found::Value(Value::Bool(truth)) => truth,
            _ => false,
        },
        _ => false,
    })
}

/// `size`.
///
/// # Errors
/// What has no size.
pub fn size(machine: &mut Machine<'_>, value: &Value, version: Version) -> Outcome {
    Ok(Value::Int(match value {
        Value::Str(text) => text::length(text) as i32,
        Value::List(list) => list.len() as i32,
        Value::Set(map) | Value::Map(map) => map.len() as i32,
        Value::Array(array) => array.len() as i32,
        Value::Range(range) => range.len() as i32,
        Value::Object(_) => return machine.invoke(value, "size", &[]),
        _ if version.is_three() => 0,
        other => {
            let message = format!("size() : unsupported type: {}", other.class().name());
            return Err(Thrown::new("java.lang.ArithmeticException", message));
        }
    }))
}
