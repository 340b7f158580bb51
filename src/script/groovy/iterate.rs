//! What Groovy's loops and `each` run over: nearly anything.

use std::sync::Arc;

use super::closure::{Closure, DELEGATE_FIRST};
use crate::script::java::map_entry::Entry;
use crate::script::java::regex::Matcher;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

/// The items of a value: of a collection, the entries of a map, the characters of a text, the matches of a matcher;
/// nothing for null, and the value itself for anything else.
///
/// # Errors
/// What an iterator of the script throws.
pub fn items(machine: &mut Machine<'_>, value: &Value) -> Outcome<Vec<Value>> {
    Ok(match value {
        Value::Null | Value::Void => Vec::new(),
        Value::Str(text) => text.chars().map(|char| Value::from(char.to_string())).collect(),
        Value::GString(_) => machine.text(value)?.chars().map(|char| Value::from(char.to_string())).collect(),
        Value::Object(object) => {
            if let Some(matcher) = value.downcast::<Matcher>() {
                let subject = matcher.text();
                let all = matcher.expression.find_all(&subject)?;
                return Ok(all.iter().map(|groups| super::gdk::regex::found(&subject, groups)).collect());
            }
            let object = object.clone();
            if let Some(items) = object.items(machine) {
                return items;
            }
            match object.call(machine, value, "iterator", &[]) {
                Some(iterator) => {
                    let iterator = iterator?;
                    return drain(machine, &iterator);
                }
                None if object.class().is_a("java.util.Iterator") => return drain(machine, value),
                None => vec![value.clone()],
            }
        }
        Value::Class(class) if class.is_a("java.lang.Enum") => {
            let values = super::eval::invoke(machine, value, "values", &[])?;
            machine.items(&values)?
        }
        Value::List(_) | Value::Set(_) | Value::Array(_) | Value::Range(_) | Value::Map(_) => machine.items(value)?,
        other => vec![other.clone()],
    })
}

/// All that an iterator gives.
fn drain(machine: &mut Machine<'_>, iterator: &Value) -> Outcome<Vec<Value>> {
    if let Value::Object(object) = iterator
        && let Some(items) = object.clone().items(machine)
    {
        return items;
    }
    let mut items = Vec::new();
    loop {
        machine.step()?;
        let next = super::eval::invoke(machine, iterator, "hasNext", &[])?;
        if !super::truth::of(machine, &next)? {
            return Ok(items);
        }
        items.push(super::eval::invoke(machine, iterator, "next", &[])?);
        crate::script::machine::check_size(items.len() * size_of::<Value>())?;
    }
}

/// Visits the items until the visitor says `false`.
///
/// # Errors
/// `ConcurrentModificationException` when the visitor changes the collection, what the visitor throws.
pub fn each<'h>(
    machine: &mut Machine<'h>,
    value: &Value,
    mut visit: impl FnMut(&mut Machine<'h>, Value) -> Outcome<bool>,
) -> Outcome<()> {
    let guard = Guard::of(value);
    for (at, item) in items(machine, value)?.into_iter().enumerate() {
        if !guard.may_go_on(at)? {
            return Ok(());
        }
        machine.step()?;
        if !visit(machine, item)? {
            return Ok(());
        }
    }
    Ok(())
}

/// Notices that a collection changes while something runs over it.
pub struct Guard<'v> {
    collection: &'v Value,
    size: Option<usize>,
}

impl<'v> Guard<'v> {
    /// Looks at a collection before the first turn.
    #[must_use]
    pub fn of(collection: &'v Value) -> Self {
        let is_patient = |class: &str| class.starts_with("java.util.concurrent.");
        let size = match collection {
            Value::List(list) if !is_patient(list.class.name) => Some(list.len()),
            Value::Map(map) | Value::Set(map) if !is_patient(map.class.name) => Some(map.len()),
            _ => None,
        };
        Self { collection, size }
    }

    /// Whether there is another turn; a list that lost just its rest ends early.
    ///
    /// # Errors
    /// `ConcurrentModificationException`.
    pub fn may_go_on(&self, at: usize) -> Outcome<bool> {
        let Some(before) = self.size else { return Ok(true) };
        let now = match self.collection {
            Value::List(list) => list.len(),
            Value::Map(map) | Value::Set(map) => map.len(),
            _ => before,
        };
        if now == before {
            return Ok(true);
        }
        if matches!(self.collection, Value::List(_)) && at == now {
            return Ok(false);
        }
        Err(Thrown::bare("java.util.ConcurrentModificationException"))
    }
}

/// Calls a closure with an entry of a map: key and value if it takes two, the entry otherwise.
///
/// # Errors
/// What the closure throws.
pub fn call_with(machine: &mut Machine<'_>, closure: &Value, item: &Value) -> Outcome {
    if arity(closure) == 2
        && let Some(pair) = item.downcast::<Entry>()
    {
        let value = pair.value.lock().clone();
        return machine.call(closure, &[pair.key.clone(), value]);
    }
    machine.call(closure, std::slice::from_ref(item))
}

/// How many arguments a closure takes; 0 for what is none.
#[must_use]
pub fn arity(closure: &Value) -> usize {
    match closure {
        Value::Closure(callable) => callable.arity(),
        _ => 0,
    }
}

/// The same closure with an object that it asks for names first.
#[must_use]
pub fn delegated(closure: &Value, delegate: &Value) -> Value {
    match Closure::of(closure) {
        Some(own) => Value::Closure(Arc::new(own.with_delegate(delegate.clone(), DELEGATE_FIRST))),
        None => closure.clone(),
    }
}
