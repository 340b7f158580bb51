//! Collections that are like another one.

use std::sync::Arc;

use super::super::{compare, iterate};
use crate::script::class::ClassRef;
use crate::script::collection::{Array, List, Map, Order, Rule};
use crate::script::java::{list, set};
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

/// A collection of the kind that another one is: a set of a set, an array of an array, otherwise a list.
///
/// # Errors
/// What an `equals` of the script throws.
pub fn similar(machine: &mut Machine<'_>, like: &Value, items: Vec<Value>) -> Outcome {
    match like {
        Value::Set(other) => match &other.order {
            Order::Sorted(comparator) => set::of(machine, &set::TREE_SET, Order::Sorted(comparator.clone()), items),
            Order::Hash => set::of(machine, &set::HASH_SET, Order::Hash, items),
            _ => set::linked(machine, items),
        },
        Value::Array(array) => Ok(Value::Array(Arc::new(Array::of(ClassRef::clone(array.component()), items)))),
        Value::List(other) if other.class.name == list::LINKED_LIST.name => {
            Ok(Value::List(Arc::new(List::of(other.class, Rule::Free, items))))
        }
        _ => Ok(items.into()),
    }
}

/// A map of the kind that another one is.
///
/// # Errors
/// What a comparator of the script throws.
pub fn similar_map(machine: &mut Machine<'_>, like: &Map, pairs: Vec<(Value, Value)>) -> Outcome {
    let sorted: &'static crate::script::class::Class = &crate::script::java::sorted_map::TREE_MAP;
    let map = match &like.order {
        Order::Sorted(comparator) => Map::of(sorted, Order::Sorted(comparator.clone())),
        _ => Map::new(),
    };
    crate::script::java::map::put_all(machine, &map, pairs)?;
    Ok(Value::Map(Arc::new(map)))
}

/// A position from the front or, when negative, from the back.
#[must_use]
pub fn place(at: i64, length: usize) -> Option<usize> {
    let at = if at < 0 { at + length as i64 } else { at };
    usize::try_from(at).ok().filter(|at| *at < length)
}

/// Whether items have one that is equal by Groovy's `==`.
///
/// # Errors
/// What an `equals` of the script throws.
pub fn has(machine: &mut Machine<'_>, items: &[Value], value: &Value) -> Outcome<bool> {
    for item in items {
        if compare::equal(machine, item, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Keeps each item that no kept one is equal to.
///
/// # Errors
/// What the comparison throws.
pub fn distinct(machine: &mut Machine<'_>, items: Vec<Value>, by: &Value) -> Outcome<Vec<Value>> {
    let mut kept: Vec<Value> = Vec::new();
    let mut keys: Vec<Value> = Vec::new();
    'items: for item in items {
        machine.step()?;
        let compares = iterate::arity(by) == 2 || matches!(by, Value::Object(_));
        if compares {
            for other in &kept {
                if machine.call(by, &[item.clone(), other.clone()])?.to_i64() == Some(0) {
                    continue 'items;
                }
            }
        } else {
            let key = if by.is_null() { item.clone() } else { machine.call(by, std::slice::from_ref(&item))? };
            if has(machine, &keys, &key)? {
                continue;
            }
            keys.push(key);
        }
        kept.push(item);
    }
    Ok(kept)
}

/// `NoSuchElementException` for an empty collection.
#[must_use]
pub fn empty(name: &str) -> Thrown {
    Thrown::new("java.util.NoSuchElementException", format!("Cannot access {name}() element from an empty List"))
}
