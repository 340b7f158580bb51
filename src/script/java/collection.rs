//! `java.lang.Iterable` and `java.util.Collection`: what lists, sets, queues and ranges share.

use std::sync::Arc;

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, row};
use crate::script::collection::{Array, List};
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::iterator::Iterator;

/// `java.lang.Iterable`.
pub static ITERABLE: Static = Static::new(|| Class::interface("java.lang.Iterable").methods(ITERABLE_METHODS));
/// `java.util.Collection`.
pub static COLLECTION: Static =
    Static::new(|| Class::interface("java.util.Collection").extends(&[&ITERABLE]).methods(METHODS));

const ITERABLE_METHODS: &[Row] = &[
    row("iterator", "", |c| {
        let items = c.machine.items(c.this)?;
        ok(Value::object(Iterator::over(items, c.this.clone())))
    }),
    row("forEach", "Function", |c| {
        for item in c.machine.items(c.this)? {
            c.machine.step()?;
            c.invoke(0, &[item])?;
        }
        Ok(Value::Null)
    }),
    row("spliterator", "", |c| {
        let items = c.machine.items(c.this)?;
        ok(super::stream::of(items))
    }),
];

const METHODS: &[Row] = &[
    row("size", "", |c| ok(size(c)? as i32)),
    row("isEmpty", "", |c| ok(size(c)? == 0)),
    row("contains", "Object", |c| {
        let items = c.machine.items(c.this)?;
        ok(position(c.machine, &items, c.arg(0))?.is_some())
    }),
    row("containsAll", "Object", |c| {
        let (items, wanted) = (c.machine.items(c.this)?, c.items(0)?);
        for item in &wanted {
            if position(c.machine, &items, item)?.is_none() {
                return ok(false);
            }
        }
        ok(true)
    }),
    row("toArray", "", |c| {
        let items = c.machine.items(c.this)?;
        ok(Value::Array(Arc::new(Array::objects(items))))
    }),
    row("toArray", "Object", |c| {
        let items = c.machine.items(c.this)?;
        let component = match c.arg(0) {
            Value::Array(array) => array.component().clone(),
            _ => crate::script::class::ClassRef::Java(&super::object::OBJECT),
        };
        ok(Value::Array(Arc::new(Array::of(component, items))))
    }),
    row("stream", "", |c| {
        let items = c.machine.items(c.this)?;
        ok(super::stream::of(items))
    }),
    row("parallelStream", "", |c| {
        let items = c.machine.items(c.this)?;
        ok(super::stream::of(items))
    }),
    row("add", "Object", |_| Err(Thrown::bare("java.lang.UnsupportedOperationException"))),
    row("addAll", "Object", |c| {
        let mut changed = false;
        for item in c.items(0)? {
            changed |= matches!(c.machine.invoke(c.this, "add", &[item])?, Value::Bool(true));
        }
        ok(changed)
    }),
    row("remove", "Object", |c| {
        let items = c.machine.items(c.this)?;
        match position(c.machine, &items, c.arg(0))? {
            Some(at) => remove_at(c.this, at).map(|_| Value::Bool(true)),
            None => ok(false),
        }
    }),
    row("removeAll", "Iterable", |c| {
        let unwanted = c.items(0)?;
        keep(c, |machine, item| Ok(position(machine, &unwanted, item)?.is_none()))
    }),
    row("retainAll", "Iterable", |c| {
        let wanted = c.items(0)?;
        keep(c, |machine, item| Ok(position(machine, &wanted, item)?.is_some()))
    }),
    row("removeIf", "Function", |c| {
        let condition = c.arg(0).clone();
        keep(c, |machine, item| {
            let outcome = machine.call(&condition, std::slice::from_ref(item))?;
            Ok(!crate::script::groovy::truth::of(machine, &outcome)?)
        })
    }),
    row("clear", "", |c| {
        match c.this {
            Value::List(list) => list.resize()?.clear(),
            Value::Set(set) => set.clear()?,
            _ => return Err(Thrown::bare("java.lang.UnsupportedOperationException")),
        }
        Ok(Value::Null)
    }),
    row("hashCode", "", |c| {
        let mut hash = if let Value::Set(_) = c.this { 0 } else { 1_i32 };
        for item in c.machine.items(c.this)? {
            let own = c.machine.hash(&item)?;
            hash = if let Value::Set(_) = c.this {
                hash.wrapping_add(own)
            } else {
                hash.wrapping_mul(31).wrapping_add(own)
            };
        }
        ok(hash)
    }),
];

fn size(c: &mut Call<'_, '_>) -> Outcome<usize> {
    Ok(match c.this {
        Value::List(list) => list.len(),
        Value::Set(set) => set.len(),
        Value::Range(range) => range.len(),
        other => c.machine.items(other)?.len(),
    })
}

/// Where a value is, by Java's `equals`.
///
/// # Errors
/// What an `equals` of the script throws.
pub fn position(machine: &mut Machine<'_>, items: &[Value], value: &Value) -> Outcome<Option<usize>> {
    if !matches!(value, Value::Object(_)) && !items.iter().any(|item| matches!(item, Value::Object(_))) {
        return Ok(items.iter().position(|item| super::object::equals(value, item)));
    }
    for (at, item) in items.iter().enumerate() {
        if machine.equals(value, item)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// Removes the item at a place, counted in the order of iteration.
///
/// # Errors
/// `UnsupportedOperationException`.
pub fn remove_at(collection: &Value, at: usize) -> Outcome {
    match collection {
        Value::List(list) => Ok(list.resize()?.remove(at)),
        Value::Set(set) => {
            let key = set.keys().get(at).cloned().unwrap_or_default();
            set.remove(&key)?;
            Ok(key)
        }
        _ => Err(Thrown::bare("java.lang.UnsupportedOperationException")),
    }
}

/// Keeps the items for which the test holds; whether any went.
///
/// # Errors
/// What the test throws.
pub fn keep(c: &mut Call<'_, '_>, mut test: impl FnMut(&mut Machine<'_>, &Value) -> Outcome<bool>) -> Outcome {
    let items = c.machine.items(c.this)?;
    let mut kept = Vec::with_capacity(items.len());
    let mut gone = Vec::new();
    for item in items {
        c.machine.step()?;
        if test(c.machine, &item)? { kept.push(item) } else { gone.push(item) }
    }
    let changed = !gone.is_empty();
    match c.this {
        Value::List(list) => *list.resize()? = kept,
        Value::Set(set) => {
            for item in &gone {
                set.remove(item)?;
            }
        }
        _ => return Err(Thrown::bare("java.lang.UnsupportedOperationException")),
    }
    ok(changed)
}

/// A list of a class that may be changed.
#[must_use]
pub fn list_of(class: &'static Class, items: Vec<Value>) -> Value {
    Value::List(Arc::new(List::of(class, crate::script::collection::Rule::Free, items)))
}
