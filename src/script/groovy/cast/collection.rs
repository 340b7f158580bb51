//! Conversions between collections.

use std::sync::Arc;

use crate::script::class::{Class, ClassRef};
use crate::script::collection::{List, Map, Rule};
use crate::script::java::{self, set};
use crate::script::machine::{Machine, Outcome};
use crate::script::value::Value;

/// Converts between collections when the class is one.
pub(super) fn collection(machine: &mut Machine<'_>, value: &Value, class: &ClassRef) -> Outcome<Option<Value>> {
    let ClassRef::Java(class) = class else { return Ok(None) };
    if !matches!(value, Value::List(_) | Value::Set(_) | Value::Range(_) | Value::Array(_) | Value::Map(_))
        && !value.class().is_a("java.util.stream.Stream")
    {
        return Ok(None);
    }
    if class.is_a("java.util.Map") {
        return match value {
            Value::Map(map) => {
                let made = Map::of(class, java::map::order_of(class));
                java::map::put_all(machine, &made, map.pairs())?;
                Ok(Some(Value::Map(Arc::new(made))))
            }
            _ => Ok(None),
        };
    }
    if let Some((set_class, order)) = set::for_class(&ClassRef::Java(class)) {
        let items = machine.items(value)?;
        let order = order;
        return set::of(machine, set_class, order, items).map(Some);
    }
    let list: &'static Class = match class.name {
        "java.util.List" | "java.util.Collection" | "java.lang.Iterable" | "java.util.ArrayList" => {
            &java::list::ARRAY_LIST
        }
        "java.util.Queue" | "java.util.LinkedList" | "java.util.Deque" => &java::list::LINKED_LIST,
        _ if class.is_a("java.util.Collection") && !class.is_interface => class,
        _ => return Ok(None),
    };
    if matches!(value, Value::List(_)) && class.name == "java.util.Collection" {
        return Ok(Some(value.clone()));
    }
    let items = machine.items(value)?;
    Ok(Some(Value::List(Arc::new(List::of(list, Rule::Free, items)))))
}

pub(super) fn is_collection(class: &ClassRef) -> bool {
    class.is_a("java.util.Collection") || class.is_a("java.util.Map") || class.is_a("java.lang.Iterable")
}
