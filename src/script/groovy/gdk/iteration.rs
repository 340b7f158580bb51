//! What every object has: `each`, `collect`, `find`...; what is no collection is its own only item.

use super::super::iterate::{self, arity, call_with};
use super::super::{compare, truth};
use super::shape;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::map_entry::Entry;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// The methods.
pub const METHODS: &[Row] = &[
    row("each", "Function", |c| {
        let closure = c.arg(0);
        iterate::each(c.machine, c.this, |machine, item| call_with(machine, closure, &item).map(|_| true))?;
        c.this_again()
    }),
    row("eachWithIndex", "Function", |c| {
        let closure = c.arg(0);
        let mut at = 0;
        iterate::each(c.machine, c.this, |machine, item| {
            with_index(machine, closure, &item, at)?;
            at += 1;
            Ok(true)
        })?;
        c.this_again()
    }),
    row("collect", "Function?", |c| ok(collected(c, 0)?)),
    row("collect", "Collection, Function", |c| {
        let found = collected(c, 1)?;
        super::super::eval::invoke(c.machine, c.arg(0), "addAll", &[found.into()])?;
        Ok(c.arg(0).clone())
    }),
    row("find", "Function?", |c| {
        let mut found = Value::Null;
        search(c, |item, _| {
            found = item;
            false
        })?;
        Ok(found)
    }),
    row("findAll", "Function?", |c| {
        let mut found = Vec::new();
        search(c, |item, _| {
            found.push(item);
            true
        })?;
        match c.this {
            Value::Set(_) => shape::similar(c.machine, c.this, found),
            _ => ok(found),
        }
    }),
    row("any", "Function?", |c| {
        let mut is_any = false;
        search(c, |_, _| {
            is_any = true;
            false
        })?;
        ok(is_any)
    }),
    row("every", "Function?", |c| {
        let closure = c.arg(0);
        let mut all = true;
        iterate::each(c.machine, c.this, |machine, item| {
            all = holds(machine, closure, &item)?;
            Ok(all)
        })?;
        ok(all)
    }),
    row("findIndexOf", "Function", |c| {
        let mut place = -1;
        search(c, |_, at| {
            place = at;
            false
        })?;
        ok(place)
    }),
    row("findIndexOf", "int, Function", |c| {
        let (from, closure) = (c.int(0), c.arg(1));
        let mut place = -1;
        let mut at = 0;
        iterate::each(c.machine, c.this, |machine, item| {
            if at >= from && holds(machine, closure, &item)? {
                place = at;
                return Ok(false);
            }
            at += 1;
            Ok(true)
        })?;
        ok(place)
    }),
    row("findLastIndexOf", "Function", |c| {
        let mut place = -1;
        search(c, |_, at| {
            place = at;
            true
        })?;
        ok(place)
    }),
    row("findIndexValues", "Function", |c| {
        let mut places = Vec::new();
        search(c, |_, at| {
            places.push(Value::Long(i64::from(at)));
            true
        })?;
        ok(places)
    }),
    row("findResult", "Function", |c| first_result(c, 0)),
    row("findResult", "Object, Function", |c| match first_result(c, 1)? {
        Value::Null => Ok(c.arg(0).clone()),
        found => Ok(found),
    }),
    row("grep", "Object?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let mut found = Vec::new();
        for item in items {
            let fits = if c.count() == 0 {
                truth::of(c.machine, &item)?
            } else {
                compare::is_case(c.machine, c.arg(0), &item)?
            };
            if fits {
                found.push(item);
            }
        }
        match c.this {
            Value::Set(_) => shape::similar(c.machine, c.this, found),
            _ => ok(found),
        }
    }),
    row("inject", "Function", |c| {
        let mut items = iterate::items(c.machine, c.this)?.into_iter();
        let first = items.next().ok_or_else(|| {
            crate::script::machine::Thrown::new(
                "java.util.NoSuchElementException",
                "Cannot call inject() on an empty collection without passing an initial value.",
            )
        })?;
        injected(c, first, items.collect(), 0)
    }),
    row("inject", "Object, Function", |c| {
        let items = iterate::items(c.machine, c.this)?;
        injected(c, c.arg(0).clone(), items, 1)
    }),
    row("split", "Function", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for item in items {
            if holds(c.machine, c.arg(0), &item)? { yes.push(item) } else { no.push(item) }
        }
        let parts = vec![shape::similar(c.machine, c.this, yes)?, shape::similar(c.machine, c.this, no)?];
        ok(parts)
    }),
];

/// Calls a closure with an item and its place; for entries of maps also with key, value and place.
fn with_index(machine: &mut Machine<'_>, closure: &Value, item: &Value, at: i32) -> Outcome {
    if arity(closure) == 3
        && let Some(entry) = item.downcast::<Entry>()
    {
        let value = entry.value.lock().clone();
        return machine.call(closure, &[entry.key.clone(), value, Value::Int(at)]);
    }
    machine.call(closure, &[item.clone(), Value::Int(at)])
}

/// Whether a closure holds for an item; without one, whether the item is true.
pub fn holds(machine: &mut Machine<'_>, closure: &Value, item: &Value) -> Outcome<bool> {
    if closure.is_null() {
        return truth::of(machine, item);
    }
    match call_with(machine, closure, item)? {
        Value::Bool(truth) => Ok(truth),
        other => truth::of(machine, &other),
    }
}

/// Tells of all items for which the last argument holds, until `found` says `false`.
fn search(c: &mut Call<'_, '_>, mut found: impl FnMut(Value, i32) -> bool) -> Outcome<()> {
    let closure = c.args.last().unwrap_or(&Value::Null);
    let mut at = 0;
    iterate::each(c.machine, c.this, |machine, item| {
        let goes_on = !holds(machine, closure, &item)? || found(item, at);
        at += 1;
        Ok(goes_on)
    })
}

fn collected(c: &mut Call<'_, '_>, closure: usize) -> Outcome<Vec<Value>> {
    let closure = c.arg(closure);
    let mut results = Vec::new();
    iterate::each(c.machine, c.this, |machine, item| {
        results.push(if closure.is_null() { item } else { call_with(machine, closure, &item)? });
        Ok(true)
    })?;
    Ok(results)
}

fn first_result(c: &mut Call<'_, '_>, closure: usize) -> Outcome {
    let closure = c.arg(closure);
    let mut found = Value::Null;
    iterate::each(c.machine, c.this, |machine, item| {
        found = call_with(machine, closure, &item)?;
        Ok(found.is_null())
    })?;
    Ok(found)
}

fn injected(c: &mut Call<'_, '_>, first: Value, items: Vec<Value>, closure: usize) -> Outcome {
    let closure = c.arg(closure);
    let mut result = first;
    for item in items {
        c.machine.step()?;
        result = match item.downcast::<Entry>() {
            Some(entry) if arity(closure) == 3 => {
                let value = entry.value.lock().clone();
                c.machine.call(closure, &[result, entry.key.clone(), value])?
            }
            _ => c.machine.call(closure, &[result, item])?,
        };
    }
    Ok(result)
}
