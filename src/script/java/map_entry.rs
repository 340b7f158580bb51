//! `java.util.Map.Entry` and its classes.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::Map;
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

use super::{comparator, object};

/// `java.util.Map.Entry`.
pub static ENTRY: Static =
    Static::new(|| Class::interface("java.util.Map$Entry").statics(ENTRY_STATICS).methods(ENTRY_METHODS));
/// An entry of a `LinkedHashMap`.
pub static LINKED_ENTRY: Static = Static::new(|| Class::new("java.util.LinkedHashMap$Entry").extends(&[&ENTRY]));
/// `java.util.AbstractMap.SimpleEntry`.
pub static SIMPLE_ENTRY: Static =
    Static::new(|| Class::new("java.util.AbstractMap$SimpleEntry").extends(&[&ENTRY]).constructors(ENTRY_NEW));

const ENTRY_NEW: &[Row] = &[new("Object, Object", |c| {
    ok(Value::object(Entry::new(&SIMPLE_ENTRY, c.arg(0).clone(), c.arg(1).clone(), None)))
})];

const ENTRY_STATICS: &[Row] = &[
    row("comparingByKey", "", |_| ok(Value::object(comparator::ByProperty("key")))),
    row("comparingByValue", "", |_| ok(Value::object(comparator::ByProperty("value")))),
];

const ENTRY_METHODS: &[Row] = &[
    row("getKey", "", |c| Ok(c.this_as::<Entry>()?.key.clone())),
    row("getValue", "", |c| Ok(c.this_as::<Entry>()?.value.lock().clone())),
    row("setValue", "Object", |c| {
        let entry = c.this_as::<Entry>()?;
        if let Some(map) = &entry.map {
            map.put(c.machine, entry.key.clone(), c.arg(0).clone())?;
        }
        Ok(std::mem::replace(&mut *entry.value.lock(), c.arg(0).clone()))
    }),
];

/// A key and its value.
pub struct Entry {
    class: &'static Class,
    /// The key.
    pub key: Value,
    /// The value.
    pub value: Mutex<Value>,
    map: Option<Arc<Map>>,
}

impl Entry {
    pub(super) fn new(class: &'static Class, key: Value, value: Value, map: Option<Arc<Map>>) -> Self {
        Self { class, key, value: Mutex::new(value), map }
    }
}

impl HostObject for Entry {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        let value = self.value.lock().clone();
        let mut out = machine.text(&self.key)?.to_string();
        out.push('=');
        machine.write(&value, &mut out)?;
        Ok(Some(out))
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| {
            object::equals(&self.key, &other.key)
                && object::equals(&self.value.lock().clone(), &other.value.lock().clone())
        })
    }

    fn hash(&self) -> Option<i32> {
        Some(object::hash(&self.key) ^ object::hash(&self.value.lock()))
    }
}

/// The entries of a map as objects.
#[must_use]
pub fn entries(map: &Arc<Map>) -> Vec<Value> {
    let class: &'static Class = &LINKED_ENTRY;
    map.pairs()
        .into_iter()
        .map(|(key, value)| Value::object(Entry::new(class, key, value, Some(map.clone()))))
        .collect()
}
