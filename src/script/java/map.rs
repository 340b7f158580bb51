//! `java.util.Map` and its classes.

use std::sync::Arc;

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, new, row};
use crate::script::collection::{Map, Order};
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::collection::{COLLECTION, list_of};
use super::map_entry::{Entry, SIMPLE_ENTRY, entries};
use super::set::{KEY_SET, LINKED_ENTRY_SET, LINKED_KEY_SET};

/// `java.util.Map`.
pub static MAP: Static = Static::new(|| Class::interface("java.util.Map").statics(STATICS).methods(METHODS));
/// `java.util.HashMap`.
pub static HASH_MAP: Static = Static::new(|| Class::new("java.util.HashMap").extends(&[&MAP]).constructors(NEW));
/// `java.util.LinkedHashMap`.
pub static LINKED_HASH_MAP: Static =
    Static::new(|| Class::new("java.util.LinkedHashMap").extends(&[&HASH_MAP]).constructors(NEW));
/// `java.util.Hashtable`.
pub static HASHTABLE: Static =
    Static::new(|| Class::new("java.util.Hashtable").extends(&[&MAP]).constructors(NEW).methods(HASHTABLE_METHODS));
/// `java.util.concurrent.ConcurrentHashMap`.
pub static CONCURRENT_HASH_MAP: Static = Static::new(|| {
    Class::new("java.util.concurrent.ConcurrentHashMap").extends(&[&MAP]).constructors(NEW).statics(CONCURRENT_STATICS)
});
/// `java.util.WeakHashMap`, `IdentityHashMap` and the like behave as a `HashMap` here.
pub static WEAK_HASH_MAP: Static =
    Static::new(|| Class::new("java.util.WeakHashMap").extends(&[&MAP]).constructors(NEW));
/// `Collections.unmodifiableMap`.
pub static UNMODIFIABLE_MAP: Static =
    Static::new(|| Class::new("java.util.Collections$UnmodifiableMap").extends(&[&MAP]));
/// `Collections.synchronizedMap`.
pub static SYNCHRONIZED_MAP: Static =
    Static::new(|| Class::new("java.util.Collections$SynchronizedMap").extends(&[&MAP]));
/// `Map.of`.
pub static MAP_N: Static = Static::new(|| Class::new("java.util.ImmutableCollections$MapN").extends(&[&MAP]));
/// The values of a `LinkedHashMap`.
pub static LINKED_VALUES: Static =
    Static::new(|| Class::new("java.util.LinkedHashMap$LinkedValues").extends(&[&COLLECTION]));
/// The constructors of all maps that are not sorted.
const NEW: &[Row] = &[
    new("", |c| ok(Value::Map(Arc::new(made(c))))),
    new("int, Object?, Object?", |c| {
        let map = made(c);
        map.reserve(c.int(0).max(1) as usize);
        ok(Value::Map(Arc::new(map)))
    }),
    new("Map", |c| {
        let map = made(c);
        if let Value::Map(other) = c.arg(0) {
            map.reserve((other.len() * 4 / 3 + 1).max(if let Order::Hash = map.order { 1 } else { 16 }));
            put_all(c.machine, &map, other.pairs())?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
];

const STATICS: &[Row] = &[
    row("of", "Object...", |c| {
        let items = c.rest(0);
        let mut map = Map::of(&MAP_N, Order::Insertion);
        for pair in items.chunks(2) {
            map.put(c.machine, pair[0].clone(), pair.get(1).cloned().unwrap_or_default())?;
        }
        map.is_read_only = true;
        ok(Value::Map(Arc::new(map)))
    }),
    row("entry", "Object, Object", |c| {
        ok(Value::object(Entry::new(&SIMPLE_ENTRY, c.arg(0).clone(), c.arg(1).clone(), None)))
    }),
    row("copyOf", "Map", |c| match c.arg(0) {
        Value::Map(map) => ok(Value::Map(Arc::new(copy(map).frozen()))),
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }),
];

const CONCURRENT_STATICS: &[Row] =
    &[row("newKeySet", "", |_| ok(super::set::empty(&super::set::CONCURRENT_SET, Order::Concurrent)))];

const METHODS: &[Row] = &[
    row("size", "", |c| ok(c.this_map()?.len() as i32)),
    row("isEmpty", "", |c| ok(c.this_map()?.is_empty())),
    row("get", "Object", |c| {
        let map = c.this_map()?;
        match map.get(c.arg(0)) {
            Some(value) => Ok(value),
            None => missing(c, map),
        }
    }),
    row("getOrDefault", "Object, Object", |c| ok(c.this_map()?.get(c.arg(0)).unwrap_or_else(|| c.arg(1).clone()))),
    row("put", "Object, Object", |c| ok(c.this_map()?.put(c.machine, c.arg(0).clone(), c.arg(1).clone())?)),
    row("putAll", "Map", |c| {
        if let Value::Map(other) = c.arg(0) {
            put_all(c.machine, c.this_map()?, other.pairs())?;
        }
        Ok(Value::Null)
    }),
    row("putIfAbsent", "Object, Object", |c| {
        let map = c.this_map()?;
        match map.get(c.arg(0)) {
            Some(value) if !value.is_null() => Ok(value),
            _ => {
                map.put(c.machine, c.arg(0).clone(), c.arg(1).clone())?;
                Ok(Value::Null)
            }
        }
    }),
    row("remove", "Object", |c| ok(c.this_map()?.remove(c.arg(0))?)),
    row("remove", "Object, Object", |c| {
        let map = c.this_map()?;
        let matches = map.get(c.arg(0)).is_some_and(|value| super::object::equals(&value, c.arg(1)));
        if matches {
            map.remove(c.arg(0))?;
        }
        ok(matches)
    }),
    row("replace", "Object, Object", |c| {
        let map = c.this_map()?;
        if map.contains(c.arg(0)) {
            ok(map.put(c.machine, c.arg(0).clone(), c.arg(1).clone())?)
        } else {
            Ok(Value::Null)
        }
    }),
    row("containsKey", "Object", |c| ok(c.this_map()?.contains(c.arg(0)))),
    row("containsValue", "Object", |c| {
        let values = c.this_map()?.values();
        ok(super::collection::position(c.machine, &values, c.arg(0))?.is_some())
    }),
    row("clear", "", |c| {
        c.this_map()?.clear()?;
        Ok(Value::Null)
    }),
    row("keySet", "", |c| ok(key_set(c.this_map()?))),
    row("values", "", |c| ok(list_of(&LINKED_VALUES, c.this_map()?.values()))),
    row("entrySet", "", |c| {
        let set = Map::of(&LINKED_ENTRY_SET, Order::Insertion);
        for entry in entries(c.this_map()?) {
            set.put(c.machine, entry, Value::Null)?;
        }
        ok(Value::Set(Arc::new(set)))
    }),
    row("forEach", "Function", |c| {
        for (key, value) in c.this_map()?.pairs() {
            c.machine.step()?;
            c.invoke(0, &[key, value])?;
        }
        Ok(Value::Null)
    }),
    row("computeIfAbsent", "Object, Function", |c| {
        let map = c.this_map()?;
        if let Some(value) = map.get(c.arg(0)).filter(|value| !value.is_null()) {
            return Ok(value);
        }
        let value = c.invoke(1, &[c.arg(0).clone()])?;
        if !value.is_null() {
            map.put(c.machine, c.arg(0).clone(), value.clone())?;
        }
        Ok(value)
    }),
    row("computeIfPresent", "Object, Function", |c| match c.this_map()?.get(c.arg(0)) {
        Some(value) if !value.is_null() => {
            let new = c.invoke(1, &[c.arg(0).clone(), value])?;
            replace(c, new)
        }
        _ => Ok(Value::Null),
    }),
    row("compute", "Object, Function", |c| {
        let old = c.this_map()?.get(c.arg(0)).unwrap_or_default();
        let new = c.invoke(1, &[c.arg(0).clone(), old])?;
        replace(c, new)
    }),
    row("merge", "Object, Object, Function", |c| {
        let new = match c.this_map()?.get(c.arg(0)) {
            Some(old) if !old.is_null() => c.invoke(2, &[old, c.arg(1).clone()])?,
            _ => c.arg(1).clone(),
        };
        replace(c, new)
    }),
    row("replaceAll", "Function", |c| {
        let map = c.this_map()?;
        for (key, value) in map.pairs() {
            let new = c.invoke(0, &[key.clone(), value])?;
            map.put(c.machine, key, new)?;
        }
        Ok(Value::Null)
    }),
    row("clone", "", |c| ok(Value::Map(Arc::new(copy(c.this_map()?))))),
];

const HASHTABLE_METHODS: &[Row] = &[
    row("keys", "", |c| ok(Value::object(super::iterator::Iterator::over(c.this_map()?.keys(), Value::Null)))),
    row("elements", "", |c| ok(Value::object(super::iterator::Iterator::over(c.this_map()?.values(), Value::Null)))),
    row("contains", "Object", |c| {
        let values = c.this_map()?.values();
        ok(super::collection::position(c.machine, &values, c.arg(0))?.is_some())
    }),
];

fn key_set(map: &Map) -> Value {
    let class: &'static Class = if let Order::Insertion = map.order { &LINKED_KEY_SET } else { &KEY_SET };
    let keys = Map::with(map.keys().into_iter().map(|key| (key, Value::Null)));
    Value::Set(Arc::new(keys.with_class(class)))
}

fn missing(c: &mut Call<'_, '_>, map: &Arc<Map>) -> Outcome {
    match &map.default {
        Some(default) => {
            let value = c.machine.call(default, &[c.arg(0).clone()])?;
            map.put(c.machine, c.arg(0).clone(), value.clone())?;
            Ok(value)
        }
        None => Ok(Value::Null),
    }
}

/// Puts a value that was worked out, or removes the key when it is `null`.
fn replace(c: &mut Call<'_, '_>, new: Value) -> Outcome {
    let map = c.this_map()?;
    if new.is_null() {
        map.remove(c.arg(0))?;
    } else {
        map.put(c.machine, c.arg(0).clone(), new.clone())?;
    }
    Ok(new)
}

fn made(c: &Call<'_, '_>) -> Map {
    let class: &'static Class = match c.this {
        Value::Class(class) => class.java(),
        _ => &HASH_MAP,
    };
    Map::of(class, order_of(class))
}

/// The order of maps of a class.
#[must_use]
pub fn order_of(class: &'static Class) -> Order {
    match class.simple_name() {
        "HashMap" | "WeakHashMap" => Order::Hash,
        "ConcurrentHashMap" | "Properties" => Order::Concurrent,
        "Hashtable" => Order::Table,
        "TreeMap" | "SortedMap" | "ConcurrentSkipListMap" => Order::Sorted(Value::Null),
        _ => Order::Insertion,
    }
}

/// Puts many entries.
///
/// # Errors
/// As [`Map::put`].
pub fn put_all(machine: &mut Machine<'_>, map: &Map, pairs: Vec<(Value, Value)>) -> Outcome<()> {
    for (key, value) in pairs {
        map.put(machine, key, value)?;
    }
    Ok(())
}

/// A map with the same entries, class and order.
#[must_use]
pub fn copy(map: &Map) -> Map {
    Map::with(map.pairs()).with_class(map.class).with_order(map.order.clone()).with_default(map.default.clone())
}
