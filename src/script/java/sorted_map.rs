//! `java.util.SortedMap` and `TreeMap`.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, new, row};
use crate::script::collection::{Map, Order};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

use super::map::{MAP, put_all};
use super::map_entry::entries;

/// `java.util.SortedMap`.
pub static SORTED_MAP: Static =
    Static::new(|| Class::interface("java.util.SortedMap").extends(&[&MAP]).methods(SORTED_METHODS));
/// `java.util.TreeMap`.
pub static TREE_MAP: Static =
    Static::new(|| Class::new("java.util.TreeMap").extends(&[&SORTED_MAP]).constructors(TREE_NEW));

const TREE_NEW: &[Row] = &[
    new("", |_| ok(Value::Map(Arc::new(Map::of(&TREE_MAP, Order::Sorted(Value::Null)))))),
    new("Comparator", |c| ok(Value::Map(Arc::new(Map::of(&TREE_MAP, Order::Sorted(c.arg(0).clone())))))),
    new("Closure", |c| ok(Value::Map(Arc::new(Map::of(&TREE_MAP, Order::Sorted(c.arg(0).clone())))))),
    new("Map", |c| {
        let map = Map::of(&TREE_MAP, Order::Sorted(Value::Null));
        if let Value::Map(other) = c.arg(0) {
            put_all(c.machine, &map, other.pairs())?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
];

const SORTED_METHODS: &[Row] = &[
    row("firstKey", "", |c| c.this_map()?.keys().first().cloned().ok_or_else(no_element)),
    row("lastKey", "", |c| c.this_map()?.keys().last().cloned().ok_or_else(no_element)),
    row("firstEntry", "", |c| ok(entries(c.this_map()?).first().cloned())),
    row("lastEntry", "", |c| ok(entries(c.this_map()?).last().cloned())),
    row("pollFirstEntry", "", |c| {
        let first = entries(c.this_map()?).first().cloned();
        if let Some(key) = c.this_map()?.keys().first() {
            c.this_map()?.remove(key)?;
        }
        ok(first)
    }),
    row("headMap", "Object", |c| some(c, Ordering::is_lt)),
    row("tailMap", "Object", |c| some(c, Ordering::is_ge)),
    row("descendingMap", "", |c| {
        let mut pairs = c.this_map()?.pairs();
        pairs.reverse();
        ok(Value::Map(Arc::new(Map::with(pairs))))
    }),
];

fn some(c: &mut Call<'_, '_>, test: fn(Ordering) -> bool) -> Outcome {
    let map = c.this_map()?;
    let part = Map::of(&TREE_MAP, map.order.clone());
    for (key, value) in map.pairs() {
        if test(c.machine.compare(&key, c.arg(0))?) {
            part.put(c.machine, key, value)?;
        }
    }
    ok(Value::Map(Arc::new(part)))
}

fn no_element() -> Thrown {
    Thrown::bare("java.util.NoSuchElementException")
}
