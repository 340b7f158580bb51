//! `object[index]` and `object[index] = value`.

use std::sync::Arc;

use crate::script::java::regex::Matcher;
use crate::script::java::text;
use crate::script::machine::{Machine, Outcome, Thrown, null_pointer};
use crate::script::value::Value;

/// `object[index]`
///
/// # Errors
/// Places that do not exist, what a `getAt` throws.
pub fn get_at(machine: &mut Machine<'_>, object: &Value, index: &Value) -> Outcome {
    match (object, index) {
        (Value::List(list), Value::Int(at)) => {
            let length = list.len();
            match place(i64::from(*at), length)? {
                Some(at) => Ok(list.get(at).unwrap_or_default()),
                None => Ok(Value::Null),
            }
        }
        (Value::Map(_), index) => {
            let key = if let Value::GString(_) = index { machine.text(index)?.into() } else { index.clone() };
            super::invoke(machine, object, "get", &[key])
        }
        (Value::Array(array), Value::Int(at)) => {
            let length = array.len();
            let at = if *at < 0 { i64::from(*at) + length as i64 } else { i64::from(*at) };
            let item = usize::try_from(at).ok().and_then(|at| array.get(at));
            item.ok_or_else(|| crate::script::java::array::out_of_bounds(at, length))
        }
        (Value::Range(range), Value::Int(at)) => match place(i64::from(*at), range.len())? {
            Some(at) => Ok(range.get(at).unwrap_or_default()),
            None => {
                Err(Thrown::new("java.lang.IndexOutOfBoundsException", format!("Index: {at}, Size: {}", range.len())))
            }
        },
        (Value::Str(_) | Value::GString(_), _) => {
            let subject = machine.text(object)?;
            of_text(machine, &subject, index)
        }
        (Value::List(_) | Value::Array(_) | Value::Range(_), Value::Range(_) | Value::List(_)) => {
            slice(machine, object, index)
        }
        (Value::List(_) | Value::Array(_) | Value::Range(_), number) if number.is_number() => {
            let at = number.to_i64().unwrap_or_default();
            get_at(machine, object, &Value::Int(at as i32))
        }
        (Value::Null | Value::Void, _) => Err(null_pointer("Cannot invoke method getAt() on null object")),
        (Value::Object(_), _) if object.downcast::<Matcher>().is_some() => of_matcher(machine, object, index),
        (Value::List(_) | Value::Set(_), Value::Str(name)) => super::get_property(machine, object, name),
        (_, index) => by_method(machine, object, index),
    }
}

/// `getAt(index)`, or the property of that name.
fn by_method(machine: &mut Machine<'_>, object: &Value, index: &Value) -> Outcome {
    if let Some(value) = super::try_invoke(machine, object, "getAt", std::slice::from_ref(index))? {
        return Ok(value);
    }
    match index {
        Value::Str(name) => super::get_property(machine, object, name),
        Value::GString(_) => {
            let name = machine.text(index)?;
            super::get_property(machine, object, &name)
        }
        _ => Err(machine.missing_method(object, "getAt", std::slice::from_ref(index))),
    }
}

/// A place counted from the end when it is negative; `None` behind the end.
fn place(at: i64, length: usize) -> Outcome<Option<usize>> {
    let wanted = if at < 0 { at + length as i64 } else { at };
    match usize::try_from(wanted) {
        Ok(wanted) if wanted < length => Ok(Some(wanted)),
        Ok(_) => Ok(None),
        Err(_) => Err(Thrown::new(
            "java.lang.ArrayIndexOutOfBoundsException",
            format!("Negative array index [{at}] too large for array size {length}"),
        )),
    }
}

/// The first and last place of a range in something of a length, and whether it runs backward.
fn ends(range: &crate::script::collection::Range, length: usize) -> (i64, i64, bool, bool) {
    let (mut first, mut last) = range.ends();
    let length = length as i64;
    // The ends as written tell an empty range: `0..<0`.
    let is_empty = range.is_exclusive && first == last;
    if range.is_exclusive && !is_empty {
        last += if range.is_reverse { 1 } else { -1 };
    }
    if first < 0 {
        first += length;
    }
    if last < 0 {
        last += length;
    }
    (first, last, first > last, is_empty)
}

fn slice(machine: &mut Machine<'_>, object: &Value, index: &Value) -> Outcome {
    let items = machine.items(object)?;
    let mut part = Vec::new();
    match index {
        Value::Range(range) => {
            let (first, last, is_backward, is_empty) = ends(range, items.len());
            if is_empty {
                return Ok(part.into());
            }
            let (low, high) = (first.min(last), first.max(last));
            if low < 0 {
                let message = format!(
                    "Negative array index [{}] too large for array size {}",
                    low - items.len() as i64,
                    items.len()
                );
                return Err(Thrown::new("java.lang.ArrayIndexOutOfBoundsException", message));
            }
            if high >= items.len() as i64 {
                return Err(Thrown::new("java.lang.IndexOutOfBoundsException", format!("toIndex = {}", high + 1)));
            }
            part.extend_from_slice(&items[low as usize..=high as usize]);
            if is_backward {
                part.reverse();
            }
        }
        places => {
            for at in machine.items(places)? {
                match &at {
                    Value::Range(_) | Value::List(_) => {
                        let inner = slice(machine, object, &at)?;
                        part.extend(machine.items(&inner)?);
                    }
                    at => part.push(get_at(machine, object, at)?),
                }
            }
        }
    }
    Ok(part.into())
}

fn of_text(machine: &mut Machine<'_>, subject: &Arc<str>, index: &Value) -> Outcome {
    let length = text::length(subject);
    let out = |from: i64, to: i64| {
        Thrown::new("java.lang.StringIndexOutOfBoundsException", format!("begin {from}, end {to}, length {length}"))
    };
    match index {
        number if number.is_number() => {
            let at = number.to_i64().unwrap_or_default();
            let at = if at < 0 { at + length as i64 } else { at };
            match usize::try_from(at) {
                Ok(place) if place < length => Ok(text::part(subject, place, place + 1).into()),
                _ => Err(out(at, at + 1)),
            }
        }
        Value::Range(range) => {
            let (first, last, is_backward, is_empty) = ends(range, length);
            if is_empty {
                return Ok("".into());
            }
            let (low, high) = (first.min(last), first.max(last) + 1);
            if low < 0 || high > length as i64 {
                return Err(out(low, high));
            }
            let part = text::part(subject, low as usize, high as usize);
            Ok(if is_backward { part.chars().rev().collect::<String>().into() } else { part.into() })
        }
        Value::List(list) => {
            let mut joined = String::new();
            for at in list.items() {
                let part = of_text(machine, subject, &at)?;
                machine.write(&part, &mut joined)?;
            }
            Ok(joined.into())
        }
        other => by_method(machine, &subject.clone().into(), other),
    }
}

/// The match of a number: its text, or the list of its groups.
fn of_matcher(machine: &mut Machine<'_>, object: &Value, index: &Value) -> Outcome {
    let Some(matcher) = object.downcast::<Matcher>() else { return Ok(Value::Null) };
    let subject = matcher.text();
    let all = matcher.expression.find_all(&subject)?;
    match index {
        Value::Range(_) | Value::List(_) => {
            let mut found = Vec::new();
            for at in machine.items(index)? {
                found.push(of_matcher(machine, object, &at)?);
            }
            Ok(found.into())
        }
        _ => {
            let wanted = index.to_i64().unwrap_or_default();
            let at = if wanted < 0 { wanted + all.len() as i64 } else { wanted };
            let groups = usize::try_from(at).ok().and_then(|at| all.get(at)).ok_or_else(|| {
                Thrown::new(
                    "java.lang.IndexOutOfBoundsException",
                    format!(
                        "index is out of range {}..{} (index = {wanted})",
                        -(all.len() as i64),
                        all.len() as i64 - 1
                    ),
                )
            })?;
            Ok(super::super::gdk::regex::found(&subject, groups))
        }
    }
}

/// `object[index] = value`
///
/// # Errors
/// Places that do not exist, what a `putAt` throws.
pub fn put_at(machine: &mut Machine<'_>, object: &Value, index: &Value, value: Value) -> Outcome<()> {
    match (object, index) {
        (Value::Map(map), index) => {
            let key = if let Value::GString(_) = index { machine.text(index)?.into() } else { index.clone() };
            map.put(machine, key, value)?;
        }
        (Value::List(list), number) if number.is_number() => {
            let at = number.to_i64().unwrap_or_default();
            let mut items = list.resize()?;
            let length = items.len();
            let wanted = if at < 0 { at + length as i64 } else { at };
            let Ok(wanted) = usize::try_from(wanted) else {
                return Err(Thrown::new(
                    "java.lang.ArrayIndexOutOfBoundsException",
                    format!("Negative array index [{at}] too large for array size {length}"),
                ));
            };
            crate::script::machine::check_size(wanted.saturating_mul(size_of::<Value>()))?;
            if wanted >= length {
                items.resize(wanted + 1, Value::Null);
            }
            items[wanted] = value;
        }
        (Value::Array(array), number) if number.is_number() => {
            let at = number.to_i64().unwrap_or_default();
            let length = array.len();
            let at = if at < 0 { at + length as i64 } else { at };
            let value = super::super::cast::to(machine, &value, array.component())?;
            if !usize::try_from(at).is_ok_and(|at| array.set(at, value)) {
                return Err(crate::script::java::array::out_of_bounds(at, length));
            }
        }
        (Value::List(list), Value::Range(range)) => {
            let (first, last, ..) = ends(range, list.len());
            let new = match &value {
                Value::List(_) | Value::Range(_) | Value::Array(_) => machine.items(&value)?,
                one => vec![one.clone()],
            };
            let mut items = list.resize()?;
            let (from, to) = (first.max(0) as usize, ((last + 1).max(0) as usize).min(items.len()));
            if from <= to {
                items.splice(from..to, new);
            }
        }
        (Value::Null | Value::Void, _) => return Err(null_pointer("Cannot invoke method putAt() on null object")),
        (object, index) => {
            if super::try_invoke(machine, object, "putAt", &[index.clone(), value.clone()])?.is_some() {
                return Ok(());
            }
            let name = machine.text(index)?;
            return super::set_property(machine, object, &name, value);
        }
    }
    Ok(())
}
