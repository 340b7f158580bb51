//! Groovy's `==`, `<=>` and `in`.

use std::cmp::Ordering;

use crate::script::collection::Map;
use crate::script::java::object::compare_numbers;
use crate::script::java::regex::Pattern;
use crate::script::java::text;
use crate::script::machine::{Machine, Outcome, illegal_argument};
use crate::script::value::Value;

use super::{format, truth};

/// The character that a value may stand for in a comparison with a number or character.
fn unit(value: &Value) -> Option<u16> {
    match value {
        Value::Char(unit) => Some(*unit),
        Value::Str(text) if text::length(text) == 1 => text::unit_at(text, 0),
        _ => None,
    }
}

/// Numbers with numbers, characters and texts of one character; texts with texts.
fn plain(a: &Value, b: &Value) -> Option<Ordering> {
    let number = |value: &Value| match value {
        value if value.is_number() => Some(value.clone()),
        value => unit(value).map(|unit| Value::Int(i32::from(unit))),
    };
    let is_numeric = |value: &Value| value.is_number() || matches!(value, Value::Char(_));
    if is_numeric(a) || is_numeric(b) {
        return Some(compare_numbers(&number(a)?, &number(b)?));
    }
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Some(text::compare(a, b).cmp(&0)),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// `a == b`.
///
/// # Errors
/// What a method of the script throws.
pub fn equal(machine: &mut Machine<'_>, a: &Value, b: &Value) -> Outcome<bool> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => return Ok(a == b),
        (Value::Str(a), Value::Str(b)) => return Ok(a == b),
        (Value::Double(a), Value::Double(b)) => {
            return Ok(a.partial_cmp(b).is_none_or(Ordering::is_eq) && a.is_nan() == b.is_nan());
        }
        _ if a.is_null() || b.is_null() => return Ok(a.is_null() && b.is_null()),
        _ => {}
    }
    if let Some(order) = plain(a, b) {
        return Ok(order.is_eq());
    }
    match (a, b) {
        (Value::GString(_), Value::GString(_) | Value::Str(_)) | (Value::Str(_), Value::GString(_)) => {
            Ok(machine.text(a)? == machine.text(b)?)
        }
        (Value::List(_) | Value::Range(_) | Value::Array(_), Value::List(_) | Value::Range(_) | Value::Array(_)) => {
            let (left, right) = (machine.items(a)?, machine.items(b)?);
            equal_items(machine, &left, &right)
        }
        (Value::Set(left), Value::Set(right)) => equal_sets(machine, left, right),
        (Value::Map(left), Value::Map(right)) => equal_maps(machine, left, right),
        (Value::Object(object), other) => {
            if a.is_same(b) {
                return Ok(true);
            }
            if a.class().is_a("java.lang.Comparable") && object.class().java().name == b.class().java().name {
                let comparable = object.clone().call(machine, a, "compareTo", std::slice::from_ref(b));
                if let Some(outcome) = comparable {
                    return Ok(outcome?.to_i64() == Some(0));
                }
                if let Some(order) = object.compare(other) {
                    return Ok(order.is_eq());
                }
            }
            machine.equals(a, b)
        }
        _ => machine.equals(a, b),
    }
}

fn equal_items(machine: &mut Machine<'_>, left: &[Value], right: &[Value]) -> Outcome<bool> {
    machine.enter()?;
    if left.len() != right.len() {
        return Ok(false);
    }
    for (a, b) in left.iter().zip(right) {
        if !equal(machine, a, b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn equal_sets(machine: &mut Machine<'_>, left: &Map, right: &Map) -> Outcome<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    let others = right.keys();
    for key in left.keys() {
        if !right.contains(&key) && !has(machine, &others, &key)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn equal_maps(machine: &mut Machine<'_>, left: &Map, right: &Map) -> Outcome<bool> {
    machine.enter()?;
    if left.len() != right.len() {
        return Ok(false);
    }
    for (key, value) in left.pairs() {
        match right.get(&key) {
            Some(other) if equal(machine, &value, &other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn has(machine: &mut Machine<'_>, items: &[Value], value: &Value) -> Outcome<bool> {
    for item in items {
        if equal(machine, item, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `a <=> b`; null comes first.
///
/// # Errors
/// `IllegalArgumentException` for values that cannot be compared.
pub fn compare(machine: &mut Machine<'_>, a: &Value, b: &Value) -> Outcome<Ordering> {
    match (a.is_null(), b.is_null()) {
        (true, true) => return Ok(Ordering::Equal),
        (true, false) => return Ok(Ordering::Less),
        (false, true) => return Ok(Ordering::Greater),
        _ => {}
    }
    if let Some(order) = plain(a, b) {
        return Ok(order);
    }
    if let (Value::GString(_), Value::GString(_) | Value::Str(_)) | (Value::Str(_), Value::GString(_)) = (a, b) {
        return Ok(text::compare(&machine.text(a)?, &machine.text(b)?).cmp(&0));
    }
    // A text and a number: the text's code against the number's.
    if let (Value::Str(left), right) = (a, b)
        && right.is_number()
    {
        let right = machine.text(right)?;
        return Ok(text::compare(left, &right).cmp(&0));
    }
    if let Value::Object(object) = a {
        let object = object.clone();
        if let Some(outcome) = object.call(machine, a, "compareTo", std::slice::from_ref(b)) {
            return Ok(outcome?.to_i64().unwrap_or_default().cmp(&0));
        }
        if let Some(order) = object.compare(b) {
            return Ok(order);
        }
    }
    if equal(machine, a, b)? {
        return Ok(Ordering::Equal);
    }
    let (left, right) = (format::text(machine, a)?, format::text(machine, b)?);
    Err(illegal_argument(format!(
        "Cannot compare {} with value '{left}' and {} with value '{right}'",
        a.class().name(),
        b.class().name()
    )))
}

/// `value in container`, and what a `case` matches.
///
/// # Errors
/// What a closure or a method of the script throws.
pub fn is_case(machine: &mut Machine<'_>, container: &Value, value: &Value) -> Outcome<bool> {
    match container {
        Value::Class(class) => Ok(!value.is_null() && class.is_above(&value.class())),
        Value::Range(range) => Ok(match value {
            number if number.is_number() && range.is_of_ints() => number.to_decimal().is_some_and(|decimal| {
                let whole = decimal.to_integer();
                let (first, last) = range.ends();
                let inside = |at: i64| {
                    if range.is_exclusive && !range.is_reverse { at < last.max(first) } else { at <= last.max(first) }
                };
                i64::try_from(&whole).is_ok_and(|at| at >= first.min(last) && inside(at))
                    && decimal.compare(&crate::script::number::Decimal::from(whole)).is_eq()
            }),
            _ => has(machine, &range.items(), value)?,
        }),
        Value::Map(map) => match map.get(value) {
            Some(found) => truth::of(machine, &found),
            None => Ok(false),
        },
        Value::List(_) | Value::Set(_) | Value::Array(_) => {
            let items = machine.items(container)?;
            Ok(crate::script::java::collection::position(machine, &items, value)?.is_some())
        }
        Value::Closure(_) => {
            let outcome = machine.call(container, std::slice::from_ref(value))?;
            truth::of(machine, &outcome)
        }
        Value::Object(object) => {
            if let Some(pattern) = container.downcast::<Pattern>() {
                if value.is_null() {
                    return Ok(false);
                }
                let subject = machine.text(value)?;
                return pattern.0.matches(&subject);
            }
            if let Some(outcome) = object.clone().call(machine, container, "isCase", std::slice::from_ref(value)) {
                return Ok(matches!(outcome?, Value::Bool(true)));
            }
            equal(machine, container, value)
        }
        Value::Null => Ok(value.is_null()),
        Value::Str(_) | Value::GString(_) if !value.is_null() => Ok(machine.text(container)? == machine.text(value)?),
        _ => equal(machine, container, value),
    }
}
