//! `java.util.Set` and its classes.

use std::sync::Arc;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::{Map, Order};
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::collection::COLLECTION;

/// `java.util.Set`.
pub static SET: Static =
    Static::new(|| Class::interface("java.util.Set").extends(&[&COLLECTION]).statics(STATICS).methods(METHODS));
/// `java.util.SortedSet`.
pub static SORTED_SET: Static =
    Static::new(|| Class::interface("java.util.SortedSet").extends(&[&SET]).methods(SORTED_METHODS));
/// `java.util.HashSet`.
pub static HASH_SET: Static = Static::new(|| Class::new("java.util.HashSet").extends(&[&SET]).constructors(HASH_NEW));
/// `java.util.LinkedHashSet`.
pub static LINKED_HASH_SET: Static =
    Static::new(|| Class::new("java.util.LinkedHashSet").extends(&[&HASH_SET]).constructors(LINKED_NEW));
/// `java.util.TreeSet`.
pub static TREE_SET: Static =
    Static::new(|| Class::new("java.util.TreeSet").extends(&[&SORTED_SET]).constructors(TREE_NEW));
/// The keys of a `LinkedHashMap`.
pub static LINKED_KEY_SET: Static = Static::new(|| Class::new("java.util.LinkedHashMap$LinkedKeySet").extends(&[&SET]));
/// The keys of a `HashMap`.
pub static KEY_SET: Static = Static::new(|| Class::new("java.util.HashMap$KeySet").extends(&[&SET]));
/// The entries of a `LinkedHashMap`.
pub static LINKED_ENTRY_SET: Static =
    Static::new(|| Class::new("java.util.LinkedHashMap$LinkedEntrySet").extends(&[&SET]));
/// `Set.of`.
pub static SET_N: Static = Static::new(|| Class::new("java.util.ImmutableCollections$SetN").extends(&[&SET]));
/// `Collections.unmodifiableSet`, `Collections.emptySet`.
pub static UNMODIFIABLE_SET: Static =
    Static::new(|| Class::new("java.util.Collections$UnmodifiableSet").extends(&[&SET]));
/// `ConcurrentHashMap.newKeySet`.
pub static CONCURRENT_SET: Static =
    Static::new(|| Class::new("java.util.concurrent.ConcurrentHashMap$KeySetView").extends(&[&SET]));

const HASH_NEW: &[Row] = &[
    new("", |_| ok(empty(&HASH_SET, Order::Hash))),
    new("int, Object?", |c| {
        let set = Map::of(&HASH_SET, Order::Hash);
        set.reserve(c.int(0).max(1) as usize);
        ok(Value::Set(Arc::new(set)))
    }),
    new("Iterable", |c| {
        let items = c.items(0)?;
        ok(of(c.machine, &HASH_SET, Order::Hash, items)?)
    }),
];

const LINKED_NEW: &[Row] = &[
    new("", |_| ok(empty(&LINKED_HASH_SET, Order::Insertion))),
    new("int", |_| ok(empty(&LINKED_HASH_SET, Order::Insertion))),
    new("Iterable", |c| {
        let items = c.items(0)?;
        ok(of(c.machine, &LINKED_HASH_SET, Order::Insertion, items)?)
    }),
];

const TREE_NEW: &[Row] = &[
    new("", |_| ok(empty(&TREE_SET, Order::Sorted(Value::Null)))),
    new("Comparator", |c| ok(empty(&TREE_SET, Order::Sorted(c.arg(0).clone())))),
    new("Closure", |c| ok(empty(&TREE_SET, Order::Sorted(c.arg(0).clone())))),
    new("Iterable", |c| {
        let items = c.items(0)?;
        ok(of(c.machine, &TREE_SET, Order::Sorted(Value::Null), items)?)
    }),
];

const STATICS: &[Row] = &[
    row("of", "Object...", |c| {
        let items = c.rest(0);
        ok(fixed(c.machine, items)?)
    }),
    row("copyOf", "Iterable", |c| {
        let items = c.items(0)?;
        ok(fixed(c.machine, items)?)
    }),
];

const METHODS: &[Row] = &[
    row("add", "Object", |c| {
        let set = c.this_map()?;
        if contains(c.machine, set, c.arg(0))? {
            return if set.is_read_only {
                Err(Thrown::bare("java.lang.UnsupportedOperationException"))
            } else {
                ok(false)
            };
        }
        ok(set.put(c.machine, c.arg(0).clone(), Value::Null)?.is_none())
    }),
    row("contains", "Object", |c| ok(contains(c.machine, c.this_map()?, c.arg(0))?)),
    row("remove", "Object", |c| {
        let set = c.this_map()?;
        let had = set.contains(c.arg(0));
        set.remove(c.arg(0))?;
        ok(had)
    }),
    row("clone", "", |c| {
        let set = c.this_map()?;
        ok(of(c.machine, set.class, set.order.clone(), set.keys())?)
    }),
];

const SORTED_METHODS: &[Row] = &[
    row("first", "", |c| c.this_map()?.keys().first().cloned().ok_or_else(missing)),
    row("last", "", |c| c.this_map()?.keys().last().cloned().ok_or_else(missing)),
    row("pollFirst", "", |c| {
        let first = c.this_map()?.keys().first().cloned();
        if let Some(first) = &first {
            c.this_map()?.remove(first)?;
        }
        ok(first)
    }),
    row("floor", "Object", |c| near(c, std::cmp::Ordering::is_le, true)),
    row("lower", "Object", |c| near(c, std::cmp::Ordering::is_lt, true)),
    row("ceiling", "Object", |c| near(c, std::cmp::Ordering::is_ge, false)),
    row("higher", "Object", |c| near(c, std::cmp::Ordering::is_gt, false)),
    row("headSet", "Object", |c| some(c, std::cmp::Ordering::is_lt)),
    row("tailSet", "Object", |c| some(c, std::cmp::Ordering::is_ge)),
    row("descendingSet", "", |c| {
        let mut keys = c.this_map()?.keys();
        keys.reverse();
        ok(of(c.machine, &LINKED_HASH_SET, Order::Insertion, keys)?)
    }),
];

fn near(c: &mut Call<'_, '_>, test: fn(std::cmp::Ordering) -> bool, last: bool) -> Outcome {
    let mut found = None;
    for key in c.this_map()?.keys() {
        if test(c.machine.compare(&key, c.arg(0))?) {
            found = Some(key);
            if !last {
                break;
            }
        }
    }
    ok(found)
}

fn some(c: &mut Call<'_, '_>, test: fn(std::cmp::Ordering) -> bool) -> Outcome {
    let set = c.this_map()?;
    let mut found = Vec::new();
    for key in set.keys() {
        if test(c.machine.compare(&key, c.arg(0))?) {
            found.push(key);
        }
    }
    ok(of(c.machine, &TREE_SET, set.order.clone(), found)?)
}

/// Whether a set has a value, by Java's `equals`.
///
/// # Errors
/// What an `equals` of the script throws.
pub fn contains(machine: &mut Machine<'_>, set: &Map, value: &Value) -> Outcome<bool> {
    if set.contains(value) {
        return Ok(true);
    }
    match value {
        Value::Object(_) => Ok(super::collection::position(machine, &set.keys(), value)?.is_some()),
        _ => Ok(false),
    }
}

/// An empty set.
#[must_use]
pub fn empty(class: &'static Class, order: Order) -> Value {
    Value::Set(Arc::new(Map::of(class, order)))
}

/// A set of values.
///
/// # Errors
/// What a comparator throws.
pub fn of(machine: &mut Machine<'_>, class: &'static Class, order: Order, items: Vec<Value>) -> Outcome {
    let set = Map::of(class, order);
    set.reserve((items.len() * 4 / 3 + 1).max(16));
    for item in items {
        let item = if let Value::GString(_) = item { machine.text(&item)?.into() } else { item };
        if !contains(machine, &set, &item)? {
            set.put(machine, item, Value::Null)?;
        }
    }
    Ok(Value::Set(Arc::new(set)))
}

/// A `LinkedHashSet`.
///
/// # Errors
/// What an `equals` of the script throws.
pub fn linked(machine: &mut Machine<'_>, items: Vec<Value>) -> Outcome {
    of(machine, &LINKED_HASH_SET, Order::Insertion, items)
}

fn fixed(machine: &mut Machine<'_>, items: Vec<Value>) -> Outcome {
    let mut set = Map::of(&SET_N, Order::Insertion);
    for item in items {
        set.put(machine, item, Value::Null)?;
    }
    set.is_read_only = true;
    Ok(Value::Set(Arc::new(set)))
}

/// The class of a set that Groovy makes when a type is asked for.
#[must_use]
pub fn for_class(class: &ClassRef) -> Option<(&'static Class, Order)> {
    Some(match &*class.name() {
        "java.util.Set" | "java.util.LinkedHashSet" => (&LINKED_HASH_SET, Order::Insertion),
        "java.util.HashSet" => (&HASH_SET, Order::Hash),
        "java.util.SortedSet" | "java.util.TreeSet" => (&TREE_SET, Order::Sorted(Value::Null)),
        _ => return None,
    })
}

fn missing() -> Thrown {
    Thrown::bare("java.util.NoSuchElementException")
}
