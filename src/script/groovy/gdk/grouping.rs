//! Groups, counts, sums and combinations of collections.

use std::sync::Arc;

use super::super::ast::Operator;
use super::super::compare;
use super::super::eval::binary;
use super::super::format;
use super::super::iterate::{self, call_with};
use super::iteration::holds;
use super::shape;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::collection::Map;
use crate::script::java::map::put_all;
use crate::script::java::map_entry::Entry;
use crate::script::machine::{Machine, Outcome, check_size, ok};
use crate::script::value::Value;

/// The methods of everything that has several items.
pub const METHODS: &[Row] = &[
    row("join", "String?", |c| {
        let separator = c.text_or_null(0).cloned().unwrap_or_default();
        let mut out = String::new();
        for (at, item) in iterate::items(c.machine, c.this)?.iter().enumerate() {
            if at > 0 {
                out.push_str(&separator);
            }
            format::write(c.machine, item, &mut out)?;
            check_size(out.len())?;
        }
        ok(out)
    }),
    row("sum", "Function?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        sum(c, items, None)
    }),
    row("sum", "Object, Function?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        sum(c, items, Some(c.arg(0).clone()))
    }),
    row("average", "Function?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let count = items.len();
        let total = sum(c, items, None)?;
        if count == 0 {
            Ok(Value::Null)
        } else {
            binary(c.machine, Operator::Divide, &total, &Value::Int(count as i32))
        }
    }),
    row("count", "Function", |c| {
        let mut count = 0;
        for item in iterate::items(c.machine, c.this)? {
            count += i32::from(holds(c.machine, c.arg(0), &item)?);
        }
        ok(count)
    }),
    row("count", "Object", |c| {
        let mut count = 0;
        for item in iterate::items(c.machine, c.this)? {
            count += i32::from(compare::equal(c.machine, &item, c.arg(0))?);
        }
        ok(count)
    }),
    row("countBy", "Function", |c| {
        let counts = Map::new();
        for item in iterate::items(c.machine, c.this)? {
            let key = call_with(c.machine, c.arg(0), &item)?;
            let count = counts.get(&key).and_then(|count| count.to_i64()).unwrap_or_default();
            counts.put(c.machine, key, Value::Int(count as i32 + 1))?;
        }
        ok(Value::Map(Arc::new(counts)))
    }),
    row("groupBy", "Object...", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let closures = match c.args {
            [Value::List(list)] => list.items(),
            _ => c.rest(0),
        };
        grouped(c.machine, c.this, items, &closures)
    }),
    row("collectMany", "Function", |c| {
        let mut all = Vec::new();
        for item in iterate::items(c.machine, c.this)? {
            let part = call_with(c.machine, c.arg(0), &item)?;
            all.extend(iterate::items(c.machine, &part)?);
        }
        ok(all)
    }),
    row("collectNested", "Function", |c| {
        let items = iterate::items(c.machine, c.this)?;
        nested(c.machine, items, c.arg(0))
    }),
    row("collectEntries", "Function?", |c| {
        let map = Map::new();
        for item in iterate::items(c.machine, c.this)? {
            let entry = if c.count() == 0 { item } else { call_with(c.machine, c.arg(0), &item)? };
            put_entry(c.machine, &map, &entry)?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
    row("findResults", "Function?", |c| {
        let mut found = Vec::new();
        for item in iterate::items(c.machine, c.this)? {
            let result = if c.count() == 0 { item } else { call_with(c.machine, c.arg(0), &item)? };
            if !result.is_null() {
                found.push(result);
            }
        }
        ok(found)
    }),
    row("indexed", "int?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let first = c.int_or(0, 0);
        let pairs = items.into_iter().enumerate().map(|(at, item)| (Value::Int(first + at as i32), item));
        ok(Value::Map(Arc::new(Map::with(pairs))))
    }),
    row("withIndex", "int?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let first = c.int_or(0, 0);
        let pairs = items.into_iter().enumerate();
        ok(pairs.map(|(at, item)| Value::list(vec![item, Value::Int(first + at as i32)])).collect::<Vec<_>>())
    }),
    row("collate", "int, boolean?", |c| {
        let keeps = c.count() < 2 || c.bool(1);
        collated(c, c.int(0), c.int(0), keeps)
    }),
    row("collate", "int, int, boolean?", |c| {
        let keeps = c.count() < 3 || c.bool(2);
        collated(c, c.int(0), c.int(1), keeps)
    }),
    row("chop", "int...", |c| {
        let mut items = iterate::items(c.machine, c.this)?;
        let mut parts = Vec::new();
        for size in c.rest(0) {
            let size = usize::try_from(size.to_i64().unwrap_or_default()).unwrap_or(items.len()).min(items.len());
            let rest = items.split_off(size);
            parts.push(Value::list(std::mem::replace(&mut items, rest)));
        }
        ok(parts)
    }),
    row("combinations", "Function?", |c| {
        let lists = iterate::items(c.machine, c.this)?;
        let mut all: Vec<Vec<Value>> = vec![Vec::new()];
        for list in lists {
            let choices = iterate::items(c.machine, &list)?;
            check_size(all.len().saturating_mul(choices.len().max(1)).saturating_mul(64))?;
            all = choices
                .iter()
                .flat_map(|choice| {
                    all.iter().map(move |start| [start.as_slice(), std::slice::from_ref(choice)].concat())
                })
                .collect();
        }
        let all: Vec<Value> = all.into_iter().map(Value::list).collect();
        if c.count() == 0 {
            return ok(all);
        }
        ok(all.iter().map(|one| c.machine.call(c.arg(0), std::slice::from_ref(one))).collect::<Outcome<Vec<_>>>()?)
    }),
    row("permutations", "", |c| {
        let items = iterate::items(c.machine, c.this)?;
        if items.len() > 9 {
            check_size(usize::MAX)?;
        }
        let mut all = Vec::new();
        permute(&mut items.clone(), 0, &mut all);
        crate::script::java::set::of(
            c.machine,
            &crate::script::java::set::HASH_SET,
            crate::script::collection::Order::Hash,
            all.into_iter().map(Value::list).collect(),
        )
    }),
    row("subsequences", "", |c| {
        let items = iterate::items(c.machine, c.this)?;
        if items.len() > 16 {
            check_size(usize::MAX)?;
        }
        let choices = 1_u32..1 << items.len();
        let pick = |bits: u32| {
            items.iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, item)| item.clone())
        };
        let all = choices.map(|bits| Value::list(pick(bits).collect())).collect();
        crate::script::java::set::of(
            c.machine,
            &crate::script::java::set::HASH_SET,
            crate::script::collection::Order::Hash,
            all,
        )
    }),
    row("transpose", "", |c| {
        let rows = iterate::items(c.machine, c.this)?;
        let rows = rows.iter().map(|row| iterate::items(c.machine, row)).collect::<Outcome<Vec<_>>>()?;
        let width = rows.iter().map(Vec::len).min().unwrap_or_default();
        ok((0..width).map(|at| Value::list(rows.iter().map(|row| row[at].clone()).collect())).collect::<Vec<_>>())
    }),
    row("flatten", "Function?", |c| {
        let items = iterate::items(c.machine, c.this)?;
        let mut flat = Vec::new();
        flatten(c.machine, items, &mut flat)?;
        if c.count() > 0 {
            let mapped = flat.iter().map(|item| c.machine.call(c.arg(0), std::slice::from_ref(item)));
            flat = mapped.collect::<Outcome<Vec<_>>>()?;
        }
        match c.this {
            Value::Set(_) => shape::similar(c.machine, c.this, flat),
            _ => ok(flat),
        }
    }),
];

/// What a stream has beside its own methods.
pub const STREAM_METHODS: &[Row] = &[
    row("toList", "", |c| ok(c.machine.items(c.this)?)),
    row("toSet", "", |c| {
        let items = c.machine.items(c.this)?;
        crate::script::java::set::of(
            c.machine,
            &crate::script::java::set::HASH_SET,
            crate::script::collection::Order::Hash,
            items,
        )
    }),
];

fn sum(c: &mut Call<'_, '_>, items: Vec<Value>, first: Option<Value>) -> Outcome {
    let closure = c.args.last().filter(|last| matches!(last, Value::Closure(_)));
    let mut total = first;
    for item in items {
        c.machine.step()?;
        let value = match closure {
            Some(closure) => call_with(c.machine, closure, &item)?,
            None => item,
        };
        total = Some(match total {
            Some(total) => binary(c.machine, Operator::Plus, &total, &value)?,
            None => value,
        });
    }
    ok(total)
}

/// Groups items by what the closures give, one level of maps for each of them.
pub fn grouped(machine: &mut Machine<'_>, like: &Value, items: Vec<Value>, closures: &[Value]) -> Outcome {
    let Some((closure, rest)) = closures.split_first() else { return part(machine, like, items) };
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    let places = Map::new();
    for item in items {
        machine.step()?;
        let key = call_with(machine, closure, &item)?;
        match places.get(&key).and_then(|at| at.to_i64()) {
            Some(at) => groups[at as usize].1.push(item),
            None => {
                places.put(machine, key.clone(), Value::Int(groups.len() as i32))?;
                groups.push((key, vec![item]));
            }
        }
    }
    let mut pairs = Vec::with_capacity(groups.len());
    for (key, items) in groups {
        let group = if rest.is_empty() { part(machine, like, items)? } else { grouped(machine, like, items, rest)? };
        pairs.push((key, group));
    }
    Ok(Value::Map(Arc::new(Map::with(pairs))))
}

/// A group: a map of the entries of a map, a list of anything else.
fn part(machine: &mut Machine<'_>, like: &Value, items: Vec<Value>) -> Outcome {
    let Value::Map(map) = like else { return ok(items) };
    let pairs = items.iter().filter_map(|item| item.downcast::<Entry>());
    let pairs = pairs.map(|entry| (entry.key.clone(), entry.value.lock().clone())).collect();
    shape::similar_map(machine, map, pairs)
}

fn nested(machine: &mut Machine<'_>, items: Vec<Value>, closure: &Value) -> Outcome {
    machine.enter()?;
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        results.push(match &item {
            Value::List(list) => nested(machine, list.items(), closure)?,
            item => machine.call(closure, std::slice::from_ref(item))?,
        });
    }
    ok(results)
}

/// Puts what a closure of `collectEntries` gave into a map: `[key, value]`, a map, an entry.
pub fn put_entry(machine: &mut Machine<'_>, map: &Map, entry: &Value) -> Outcome<()> {
    match entry {
        Value::Map(pairs) => put_all(machine, map, pairs.pairs()),
        Value::List(_) | Value::Array(_) => {
            let pair = machine.items(entry)?;
            let value = pair.get(1).cloned().unwrap_or_default();
            map.put(machine, pair.first().cloned().unwrap_or_default(), value).map(drop)
        }
        other => match other.downcast::<Entry>() {
            Some(pair) => {
                let value = pair.value.lock().clone();
                map.put(machine, pair.key.clone(), value).map(drop)
            }
            None => Err(crate::script::java::object::cannot_cast(other, "java.util.Map$Entry")),
        },
    }
}

fn collated(c: &mut Call<'_, '_>, size: i32, step: i32, keeps_rest: bool) -> Outcome {
    let items = iterate::items(c.machine, c.this)?;
    if size <= 0 {
        return ok(vec![Value::list(items)]);
    }
    if step == 0 {
        return Err(crate::script::machine::illegal_argument("step cannot be zero"));
    }
    let (size, step) = (size as usize, step.unsigned_abs() as usize);
    let mut parts = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let end = at + size;
        if end > items.len() && !keeps_rest {
            break;
        }
        parts.push(Value::list(items[at..end.min(items.len())].to_vec()));
        at += step;
    }
    ok(parts)
}

fn permute(items: &mut [Value], from: usize, all: &mut Vec<Vec<Value>>) {
    if from + 1 >= items.len() {
        all.push(items.to_vec());
        return;
    }
    for at in from..items.len() {
        items[from..=at].rotate_right(1);
        permute(items, from + 1, all);
        items[from..=at].rotate_left(1);
    }
}

fn flatten(machine: &mut Machine<'_>, items: Vec<Value>, flat: &mut Vec<Value>) -> Outcome<()> {
    machine.enter()?;
    for item in items {
        match &item {
            Value::List(_) | Value::Set(_) | Value::Array(_) | Value::Range(_) => {
                let inner = machine.items(&item)?;
                flatten(machine, inner, flat)?;
            }
            _ => flat.push(item),
        }
    }
    Ok(())
}
