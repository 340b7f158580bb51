//! Parts of collections: `first`, `take`, `drop`...

use std::sync::Arc;

use super::super::iterate;
use super::iteration::holds;
use super::shape;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::collection::{Array, Order, Range};
use crate::script::java::{list, set};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// The methods of everything that has several items.
pub const METHODS: &[Row] = &[
    row("size", "", |c| ok(iterate::items(c.machine, c.this)?.len() as i32)),
    row("first", "", |c| first(c, "first")),
    row("head", "", |c| first(c, "head")),
    row("last", "", |c| iterate::items(c.machine, c.this)?.pop().ok_or_else(|| shape::empty("last"))),
    row("tail", "", |c| rest(c, "tail", |items| items.remove(0))),
    row("init", "", |c| rest(c, "init", |items| items.pop().unwrap_or_default())),
    row("inits", "", |c| {
        let items = iterate::items(c.machine, c.this)?;
        ok((0..=items.len()).rev().map(|end| Value::list(items[..end].to_vec())).collect::<Vec<_>>())
    }),
    row("tails", "", |c| {
        let items = iterate::items(c.machine, c.this)?;
        ok((0..=items.len()).map(|start| Value::list(items[start..].to_vec())).collect::<Vec<_>>())
    }),
    row("take", "int", |c| cut(c, |count, length| (0, count.min(length)))),
    row("takeRight", "int", |c| cut(c, |count, length| (length - count.min(length), length))),
    row("drop", "int", |c| cut(c, |count, length| (count.min(length), length))),
    row("dropRight", "int", |c| cut(c, |count, length| (0, length - count.min(length)))),
    row("takeWhile", "Function", |c| {
        let (items, end) = run(c)?;
        shape::similar(c.machine, c.this, items[..end].to_vec())
    }),
    row("dropWhile", "Function", |c| {
        let (items, end) = run(c)?;
        shape::similar(c.machine, c.this, items[end..].to_vec())
    }),
    row("toList", "", |c| ok(iterate::items(c.machine, c.this)?)),
    row("asList", "", |c| ok(iterate::items(c.machine, c.this)?)),
    row("toSet", "", |c| {
        let items = iterate::items(c.machine, c.this)?;
        match c.this {
            Value::Set(_) => shape::similar(c.machine, c.this, items),
            _ => set::of(c.machine, &set::HASH_SET, Order::Hash, items),
        }
    }),
    row("toArray", "Class", |c| {
        let items = iterate::items(c.machine, c.this)?;
        match c.arg(0) {
            Value::Class(class) => ok(Value::Array(Arc::new(Array::of(class.clone(), items)))),
            _ => ok(Value::Array(Arc::new(Array::objects(items)))),
        }
    }),
    row("getIndices", "", |c| {
        let count = iterate::items(c.machine, c.this)?.len() as i32;
        ok(Value::Range(Arc::new(Range::of_ints(0, count - 1, count == 0))))
    }),
    row("plus", "Object", |c| {
        let mut items = iterate::items(c.machine, c.this)?;
        match c.arg(0) {
            Value::List(_) | Value::Set(_) | Value::Range(_) | Value::Array(_) => items.extend(c.items(0)?),
            one => items.push(one.clone()),
        }
        shape::similar(c.machine, c.this, items)
    }),
    row("shuffled", "Random?", |c| {
        let mut items = iterate::items(c.machine, c.this)?;
        super::list::shuffle(c, &mut items);
        ok(items)
    }),
];

fn first(c: &mut Call<'_, '_>, name: &str) -> Outcome {
    iterate::items(c.machine, c.this)?.into_iter().next().ok_or_else(|| shape::empty(name))
}

fn rest(c: &mut Call<'_, '_>, name: &str, without: fn(&mut Vec<Value>) -> Value) -> Outcome {
    let mut items = iterate::items(c.machine, c.this)?;
    if items.is_empty() {
        return Err(Thrown::new(
            "java.util.NoSuchElementException",
            format!("Cannot access {name}() for an empty List"),
        ));
    }
    without(&mut items);
    shape::similar(c.machine, c.this, items)
}

fn cut(c: &mut Call<'_, '_>, ends: fn(usize, usize) -> (usize, usize)) -> Outcome {
    let items = iterate::items(c.machine, c.this)?;
    let count = usize::try_from(c.int(0)).unwrap_or_default();
    let (start, end) = ends(count, items.len());
    shape::similar(c.machine, c.this, items[start..end].to_vec())
}

/// The items, and how many of the first ones the closure holds for.
fn run(c: &mut Call<'_, '_>) -> Outcome<(Vec<Value>, usize)> {
    let items = iterate::items(c.machine, c.this)?;
    let mut end = 0;
    while end < items.len() && holds(c.machine, c.arg(0), &items[end])? {
        end += 1;
    }
    Ok((items, end))
}

/// A list of the kind that cannot be changed.
pub fn unmodifiable(items: Vec<Value>) -> Value {
    Value::List(Arc::new(crate::script::collection::List::of(
        &list::UNMODIFIABLE_LIST,
        crate::script::collection::Rule::ReadOnly,
        items,
    )))
}
