//! Sorting, greatest and least, and what is equal.

use std::cmp::Ordering;

use super::super::compare::compare;
use super::super::iterate::{self, arity, call_with};
use super::super::truth;
use super::shape;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::list::sort_by;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// The methods of everything that has several items.
pub const METHODS: &[Row] = &[
    row("sort", "", |c| sort(c, &Value::Null, true)),
    row("sort", "boolean", |c| sort(c, &Value::Null, c.bool(0))),
    row("sort", "Closure", |c| sort(c, c.arg(0), true)),
    row("sort", "Comparator", |c| match c.this {
        // Java's own method gives nothing.
        Value::List(_) => sort(c, c.arg(0), true).map(|_| Value::Null),
        _ => sort(c, c.arg(0), true),
    }),
    row("sort", "boolean, Function", |c| sort(c, c.arg(1), c.bool(0))),
    row("toSorted", "Function?", |c| sort(c, c.arg(0), false)),
    row("max", "Function?", |c| extreme(c, Ordering::Greater)),
    row("min", "Function?", |c| extreme(c, Ordering::Less)),
    row("unique", "Function?", |c| unique(c, c.arg(0), true)),
    row("unique", "boolean, Function?", |c| unique(c, c.arg(1), c.bool(0))),
    row("toUnique", "Function?", |c| unique(c, c.arg(0), false)),
    row("reverse", "boolean?", |c| {
        let mut items = iterate::items(c.machine, c.this)?;
        items.reverse();
        match (c.this, c.bool(0)) {
            (Value::List(list), true) => {
                *list.change()? = items;
                c.this_again()
            }
            (Value::Array(array), true) => {
                array.replace(items);
                c.this_again()
            }
            _ => shape::similar(c.machine, c.this, items),
        }
    }),
    row("reverseEach", "Function", |c| {
        for item in iterate::items(c.machine, c.this)?.into_iter().rev() {
            c.machine.step()?;
            call_with(c.machine, c.arg(0), &item)?;
        }
        c.this_again()
    }),
    row("intersect", "Object", |c| {
        let (items, others) = (iterate::items(c.machine, c.this)?, c.items(0)?);
        // The items of the longer list, in its order.
        let (longer, shorter) = if items.len() < others.len() { (others, items) } else { (items, others) };
        let mut both = Vec::new();
        for item in longer {
            if shape::has(c.machine, &shorter, &item)? {
                both.push(item);
            }
        }
        let both = shape::distinct(c.machine, both, &Value::Null)?;
        shape::similar(c.machine, c.this, both)
    }),
    row("disjoint", "Object", |c| {
        let (items, others) = (iterate::items(c.machine, c.this)?, c.items(0)?);
        for item in items {
            if shape::has(c.machine, &others, &item)? {
                return ok(false);
            }
        }
        ok(true)
    }),
    row("minus", "Object", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let others = match c.arg(0) {
            Value::List(_) | Value::Set(_) | Value::Range(_) | Value::Array(_) => c.items(0)?,
            one => vec![one.clone()],
        };
        let mut kept = Vec::new();
        for item in items {
            if !shape::has(c.machine, &others, &item)? {
                kept.push(item);
            }
        }
        shape::similar(c.machine, c.this, kept)
    }),
    row("contains", "Object", |c| {
        let items = iterate::items(c.machine, c.this)?;
        ok(crate::script::java::collection::position(c.machine, &items, c.arg(0))?.is_some())
    }),
];

/// The order of two items by a closure of one or two parameters, a comparator, or their own.
pub fn order(machine: &mut Machine<'_>, by: &Value, a: &Value, b: &Value) -> Outcome<Ordering> {
    if by.is_null() {
        return compare(machine, a, b);
    }
    if arity(by) == 1 {
        let (left, right) = (call_with(machine, by, a)?, call_with(machine, by, b)?);
        return compare(machine, &left, &right);
    }
    let outcome = machine.call(by, &[a.clone(), b.clone()])?;
    match outcome.to_i64() {
        Some(order) => Ok(order.cmp(&0)),
        None => Ok(if truth::of(machine, &outcome)? { Ordering::Greater } else { Ordering::Equal }),
    }
}

/// Items in their order. A closure of one parameter is called once for each item.
pub fn sorted(machine: &mut Machine<'_>, items: Vec<Value>, by: &Value) -> Outcome<Vec<Value>> {
    if arity(by) != 1 {
        return sort_by(machine, items, &mut |machine, a, b| order(machine, by, a, b));
    }
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        let key = call_with(machine, by, &item)?;
        keyed.push(Value::list(vec![key, item]));
    }
    let key = |pair: &Value| match pair {
        Value::List(pair) => pair.get(0).unwrap_or_default(),
        _ => Value::Null,
    };
    let keyed = sort_by(machine, keyed, &mut |machine, a, b| compare(machine, &key(a), &key(b)))?;
    let item = |pair: Value| match pair {
        Value::List(pair) => pair.get(1).unwrap_or_default(),
        other => other,
    };
    Ok(keyed.into_iter().map(item).collect())
}

fn sort(c: &mut Call<'_, '_>, by: &Value, changes: bool) -> Outcome {
    let items = iterate::items(c.machine, c.this)?;
    let items = sorted(c.machine, items, by)?;
    match c.this {
        Value::List(list) if changes => {
            *list.change()? = items;
            c.this_again()
        }
        Value::Array(array) if changes => {
            array.replace(items);
            c.this_again()
        }
        Value::Array(_) => shape::similar(c.machine, c.this, items),
        _ => ok(items),
    }
}

fn extreme(c: &mut Call<'_, '_>, wanted: Ordering) -> Outcome {
    let closure = c.arg(0);
    let keyed = arity(closure) == 1;
    let mut best: Option<(Value, Value)> = None;
    for item in iterate::items(c.machine, c.this)? {
        c.machine.step()?;
        let key = if keyed { call_with(c.machine, closure, &item)? } else { item.clone() };
        let is_better = match &best {
            None => true,
            // Without a closure null is not compared.
            Some((old, _)) if closure.is_null() && old.is_null() => true,
            Some(_) if closure.is_null() && key.is_null() => false,
            Some((old, _)) if keyed || closure.is_null() => compare(c.machine, &key, old)? == wanted,
            Some((old, _)) => order(c.machine, closure, &key, &old.clone())? == wanted,
        };
        if is_better {
            best = Some((key, item));
        }
    }
    ok(best.map(|(_, item)| item))
}

fn unique(c: &mut Call<'_, '_>, by: &Value, changes: bool) -> Outcome {
    let items = iterate::items(c.machine, c.this)?;
    let kept = shape::distinct(c.machine, items, by)?;
    match c.this {
        Value::List(list) if changes => {
            *list.resize()? = kept;
            c.this_again()
        }
        _ => shape::similar(c.machine, c.this, kept),
    }
}
