//! Maps.

use std::sync::Arc;

use super::super::eval::{get_at, put_at};
use super::super::iterate::{self, arity, call_with};
use super::super::{compare, format};
use super::iteration::holds;
use super::shape::similar_map;
use super::{grouping, ordering};
use crate::script::call::Call;
use crate::script::class::{Class, Row, row};
use crate::script::collection::{Map, Order};
use crate::script::java::map::{UNMODIFIABLE_MAP, copy, put_all};
use crate::script::java::map_entry::Entry;
use crate::script::machine::{Outcome, check_size, ok};
use crate::script::value::Value;

/// The methods of maps.
pub const METHODS: &[Row] = &[
    row("getAt", "Object", |c| get_at(c.machine, c.this, c.arg(0))),
    row("putAt", "Object, Object", |c| put_at(c.machine, c.this, c.arg(0), c.arg(1).clone()).map(|()| Value::Null)),
    row("get", "Object, Object", |c| {
        let map = c.this_map()?;
        match map.get(c.arg(0)) {
            Some(value) => Ok(value),
            None => {
                map.put(c.machine, c.arg(0).clone(), c.arg(1).clone())?;
                Ok(c.arg(1).clone())
            }
        }
    }),
    row("findAll", "Function", |c| filtered(c, true)),
    row("grep", "", |c| filtered(c, true)),
    row("collect", "Function", |c| {
        let mut results = Vec::new();
        let closure = c.arg(0);
        iterate::each(c.machine, c.this, |machine, entry| {
            results.push(call_with(machine, closure, &entry)?);
            Ok(true)
        })?;
        ok(results)
    }),
    row("collectEntries", "Function?", |c| {
        let map = Map::new();
        for entry in c.machine.items(c.this)? {
            let made = if c.count() == 0 { entry } else { call_with(c.machine, c.arg(0), &entry)? };
            grouping::put_entry(c.machine, &map, &made)?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
    row("collectMany", "Function", |c| {
        let mut all = Vec::new();
        for entry in c.machine.items(c.this)? {
            let part = call_with(c.machine, c.arg(0), &entry)?;
            all.extend(iterate::items(c.machine, &part)?);
        }
        ok(all)
    }),
    row("findResults", "Function", |c| {
        let mut found = Vec::new();
        for entry in c.machine.items(c.this)? {
            let result = call_with(c.machine, c.arg(0), &entry)?;
            if !result.is_null() {
                found.push(result);
            }
        }
        ok(found)
    }),
    row("count", "Function", |c| {
        let mut count = 0;
        for entry in c.machine.items(c.this)? {
            count += i32::from(holds(c.machine, c.arg(0), &entry)?);
        }
        ok(count)
    }),
    row("countBy", "Function", |c| {
        let counts = Map::new();
        for entry in c.machine.items(c.this)? {
            let key = call_with(c.machine, c.arg(0), &entry)?;
            let count = counts.get(&key).and_then(|count| count.to_i64()).unwrap_or_default();
            counts.put(c.machine, key, Value::Int(count as i32 + 1))?;
        }
        ok(Value::Map(Arc::new(counts)))
    }),
    row("groupBy", "Object...", |c| {
        let entries = c.machine.items(c.this)?;
        grouping::grouped(c.machine, c.this, entries, &c.rest(0))
    }),
    row("groupEntriesBy", "Function", |c| {
        let entries = c.machine.items(c.this)?;
        grouping::grouped(c.machine, &Value::Null, entries, c.args)
    }),
    row("max", "Function", |c| extreme(c, std::cmp::Ordering::Greater)),
    row("min", "Function", |c| extreme(c, std::cmp::Ordering::Less)),
    row("sum", "Function", |c| {
        let mut total: Option<Value> = None;
        for entry in c.machine.items(c.this)? {
            let value = call_with(c.machine, c.arg(0), &entry)?;
            total = Some(match total {
                Some(total) => {
                    super::super::eval::binary(c.machine, super::super::ast::Operator::Plus, &total, &value)?
                }
                None => value,
            });
        }
        ok(total)
    }),
    row("sort", "", |c| sorted_by(c, Value::Null)),
    row("sort", "Closure", |c| {
        let entries = c.machine.items(c.this)?;
        let entries = ordering::sorted(c.machine, entries, c.arg(0))?;
        ok(linked(&entries))
    }),
    row("sort", "Comparator", |c| sorted_by(c, c.arg(0).clone())),
    row("toSorted", "Function?", |c| {
        let entries = c.machine.items(c.this)?;
        if c.count() > 0 {
            let entries = ordering::sorted(c.machine, entries, c.arg(0))?;
            return ok(linked(&entries));
        }
        let by_value =
            |entry: &Value| entry.downcast::<Entry>().map(|entry| entry.value.lock().clone()).unwrap_or_default();
        let entries = crate::script::java::list::sort_by(c.machine, entries, &mut |machine, a, b| {
            compare::compare(machine, &by_value(a), &by_value(b))
        })?;
        ok(linked(&entries))
    }),
    row("reverseEach", "Function", |c| {
        for entry in c.machine.items(c.this)?.iter().rev() {
            call_with(c.machine, c.arg(0), entry)?;
        }
        c.this_again()
    }),
    row("plus", "Map", |c| {
        let map = copy(c.this_map()?);
        if let Value::Map(other) = c.arg(0) {
            put_all(c.machine, &map, other.pairs())?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
    row("plus", "Collection", |c| {
        let map = copy(c.this_map()?);
        for entry in c.items(0)? {
            grouping::put_entry(c.machine, &map, &entry)?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
    row("minus", "Map", |c| {
        let map = c.this_map()?;
        let mut kept = Vec::new();
        for (key, value) in map.pairs() {
            let gone = match c.arg(0) {
                Value::Map(other) => other.get(&key),
                _ => None,
            };
            let is_gone = match gone {
                Some(other) => compare::equal(c.machine, &value, &other)?,
                None => false,
            };
            if !is_gone {
                kept.push((key, value));
            }
        }
        similar_map(c.machine, map, kept)
    }),
    row("leftShift", "Object", |c| {
        let entry = c.arg(0).clone();
        grouping::put_entry(c.machine, c.this_map()?, &entry)?;
        c.this_again()
    }),
    row("intersect", "Map", |c| {
        let Value::Map(other) = c.arg(0) else { return Ok(Value::Null) };
        let mut kept = Vec::new();
        for (key, value) in c.this_map()?.pairs() {
            if let Some(same) = other.get(&key)
                && compare::equal(c.machine, &value, &same)?
            {
                kept.push((key, value));
            }
        }
        similar_map(c.machine, c.this_map()?, kept)
    }),
    row("subMap", "Collection", |c| {
        let keys = c.items(0)?;
        sub_map(c, keys, &Value::Null, false)
    }),
    row("subMap", "Object[]", |c| sub_map(c, c.rest(0), &Value::Null, false)),
    row("subMap", "Collection, Object", |c| {
        let keys = c.items(0)?;
        sub_map(c, keys, c.arg(1), true)
    }),
    row("take", "int", |c| {
        let pairs = c.this_map()?.pairs().into_iter().take(usize::try_from(c.int(0)).unwrap_or_default()).collect();
        similar_map(c.machine, c.this_map()?, pairs)
    }),
    row("drop", "int", |c| {
        let pairs = c.this_map()?.pairs().into_iter().skip(usize::try_from(c.int(0)).unwrap_or_default()).collect();
        similar_map(c.machine, c.this_map()?, pairs)
    }),
    row("takeWhile", "Function", |c| {
        let end = run(c)?;
        let pairs = c.this_map()?.pairs().into_iter().take(end).collect();
        similar_map(c.machine, c.this_map()?, pairs)
    }),
    row("dropWhile", "Function", |c| {
        let end = run(c)?;
        let pairs = c.this_map()?.pairs().into_iter().skip(end).collect();
        similar_map(c.machine, c.this_map()?, pairs)
    }),
    row("removeAll", "Function", |c| keep(c, false)),
    row("retainAll", "Function", |c| keep(c, true)),
    row("withDefault", "Function", |c| {
        let map = copy(c.this_map()?).with_class(c.this_map()?.class);
        ok(Value::Map(Arc::new(map.with_default(Some(c.arg(0).clone())))))
    }),
    row("asImmutable", "", unmodifiable),
    row("asUnmodifiable", "", unmodifiable),
    row("asSynchronized", "", |c| c.this_again()),
    row("spread", "", |c| c.this_again()),
    row("toSpreadMap", "", |c| c.this_again()),
    row("toMapString", "int?", |c| {
        let text = format::text(c.machine, c.this)?;
        check_size(text.len())?;
        ok(text)
    }),
    row("equals", "Object", |c| ok(compare::equal(c.machine, c.this, c.arg(0))?)),
    row("isCase", "Object", |c| ok(compare::is_case(c.machine, c.this, c.arg(0))?)),
];

fn filtered(c: &mut Call<'_, '_>, wanted: bool) -> Outcome {
    let closure = c.arg(0);
    let mut pairs = Vec::new();
    iterate::each(c.machine, c.this, |machine, item| {
        if holds(machine, closure, &item)? == wanted
            && let Some(entry) = item.downcast::<Entry>()
        {
            pairs.push((entry.key.clone(), entry.value.lock().clone()));
        }
        Ok(true)
    })?;
    similar_map(c.machine, c.this_map()?, pairs)
}

fn extreme(c: &mut Call<'_, '_>, wanted: std::cmp::Ordering) -> Outcome {
    let closure = c.arg(0);
    let mut best: Option<(Value, Value)> = None;
    for entry in c.machine.items(c.this)? {
        if arity(closure) == 2 {
            let is_better = match &best {
                Some((old, _)) => ordering::order(c.machine, closure, &entry, &old.clone())? == wanted,
                None => true,
            };
            if is_better {
                best = Some((entry.clone(), entry));
            }
            continue;
        }
        let key = call_with(c.machine, closure, &entry)?;
        let is_better = match &best {
            Some((old, _)) => compare::compare(c.machine, &key, old)? == wanted,
            None => true,
        };
        if is_better {
            best = Some((key, entry));
        }
    }
    ok(best.map(|(_, entry)| entry))
}

/// A `TreeMap` of the entries.
fn sorted_by(c: &mut Call<'_, '_>, comparator: Value) -> Outcome {
    let class: &'static Class = &crate::script::java::sorted_map::TREE_MAP;
    let map = Map::of(class, Order::Sorted(comparator));
    put_all(c.machine, &map, c.this_map()?.pairs())?;
    ok(Value::Map(Arc::new(map)))
}

fn linked(entries: &[Value]) -> Value {
    let pairs = entries.iter().filter_map(|item| item.downcast::<Entry>());
    Value::Map(Arc::new(Map::with(pairs.map(|entry| (entry.key.clone(), entry.value.lock().clone())))))
}

fn sub_map(c: &mut Call<'_, '_>, keys: Vec<Value>, default: &Value, has_default: bool) -> Outcome {
    let map = c.this_map()?;
    let mut pairs = Vec::new();
    for key in keys {
        match map.get(&key) {
            Some(value) => pairs.push((key, value)),
            None if has_default => pairs.push((key, default.clone())),
            None => {}
        }
    }
    ok(Value::Map(Arc::new(Map::with(pairs))))
}

fn run(c: &mut Call<'_, '_>) -> Outcome<usize> {
    let entries = c.machine.items(c.this)?;
    let mut end = 0;
    while end < entries.len() && holds(c.machine, c.arg(0), &entries[end])? {
        end += 1;
    }
    Ok(end)
}

fn keep(c: &mut Call<'_, '_>, wanted: bool) -> Outcome {
    let mut has_changed = false;
    for item in c.machine.items(c.this)? {
        if holds(c.machine, c.arg(0), &item)? != wanted
            && let Some(entry) = item.downcast::<Entry>()
        {
            c.this_map()?.remove(&entry.key)?;
            has_changed = true;
        }
    }
    ok(has_changed)
}

fn unmodifiable(c: &mut Call<'_, '_>) -> Outcome {
    let class: &'static Class = &UNMODIFIABLE_MAP;
    ok(Value::Map(Arc::new(copy(c.this_map()?).with_class(class).frozen())))
}
