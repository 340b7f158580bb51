//! Java's arrays: a type of items and a fixed length.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::script::class::ClassRef;
use crate::script::java;
use crate::script::value::Value;

/// An array.
pub struct Array {
    component: ClassRef,
    items: Mutex<Items>,
}

/// Bytes are kept as such: responses are large.
enum Items {
    Bytes(Vec<u8>),
    Values(Vec<Value>),
}

impl Array {
    /// An array of items, which have the type already.
    #[must_use]
    pub fn of(component: ClassRef, items: Vec<Value>) -> Self {
        let items = if *component.name() == *"byte" {
            Items::Bytes(items.iter().map(|item| item.to_i64().unwrap_or_default() as u8).collect())
        } else {
            Items::Values(items)
        };
        Self { component, items: Mutex::new(items) }
    }

    /// A `byte[]`.
    #[must_use]
    pub fn bytes(bytes: Vec<u8>) -> Self {
        Self { component: ClassRef::Java(&java::primitive::BYTE), items: Mutex::new(Items::Bytes(bytes)) }
    }

    /// A `String[]`.
    #[must_use]
    pub fn texts(texts: Vec<Value>) -> Self {
        Self { component: ClassRef::Java(&java::string::STRING), items: Mutex::new(Items::Values(texts)) }
    }

    /// An `Object[]`.
    #[must_use]
    pub fn objects(items: Vec<Value>) -> Self {
        Self { component: ClassRef::Java(&java::object::OBJECT), items: Mutex::new(Items::Values(items)) }
    }

    /// A `char[]`.
    #[must_use]
    pub fn chars(units: impl Iterator<Item = u16>) -> Self {
        let items = Items::Values(units.map(Value::Char).collect());
        Self { component: ClassRef::Java(&java::primitive::CHAR), items: Mutex::new(items) }
    }

    /// A new array as `new int[3]` makes it: zeros, or nulls.
    #[must_use]
    pub fn blank(component: ClassRef, length: usize) -> Self {
        let item = java::primitive::default(&component);
        Self::of(component, vec![item; length])
    }

    /// The type of its items.
    #[must_use]
    pub fn component(&self) -> &ClassRef {
        &self.component
    }

    /// Its class.
    #[must_use]
    pub fn class(&self) -> ClassRef {
        ClassRef::Array(Arc::new(self.component.clone()))
    }

    /// Whether it is a `byte[]`.
    #[must_use]
    pub fn is_bytes(&self) -> bool {
        matches!(*self.items.lock(), Items::Bytes(_))
    }

    /// Whether its items are primitive values.
    #[must_use]
    pub fn is_primitive(&self) -> bool {
        java::primitive::code(&self.component.name()).is_some()
    }

    /// Whether it is a `char[]`.
    #[must_use]
    pub fn is_chars(&self) -> bool {
        *self.component.name() == *"char"
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &*self.items.lock() {
            Items::Bytes(bytes) => bytes.len(),
            Items::Values(values) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Value> {
        match &*self.items.lock() {
            Items::Bytes(bytes) => bytes.get(at).map(|byte| Value::Byte(*byte as i8)),
            Items::Values(values) => values.get(at).cloned(),
        }
    }

    /// Changes an item, which has the type already; `false` when there is no such place.
    pub fn set(&self, at: usize, value: Value) -> bool {
        match &mut *self.items.lock() {
            Items::Bytes(bytes) => {
                bytes.get_mut(at).map(|byte| *byte = value.to_i64().unwrap_or_default() as u8).is_some()
            }
            Items::Values(values) => values.get_mut(at).map(|item| *item = value).is_some(),
        }
    }

    /// A copy of the items.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        match &*self.items.lock() {
            Items::Bytes(bytes) => bytes.iter().map(|byte| Value::Byte(*byte as i8)).collect(),
            Items::Values(values) => values.clone(),
        }
    }

    /// Exchanges all items for others of the same number.
    pub fn replace(&self, items: Vec<Value>) {
        *self.items.lock() = Self::of(self.component.clone(), items).items.into_inner();
    }

    /// The bytes of a `byte[]`; the low bytes of the numbers of any other.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match &*self.items.lock() {
            Items::Bytes(bytes) => bytes.clone(),
            Items::Values(values) => values.iter().map(|item| item.to_i64().unwrap_or_default() as u8).collect(),
        }
    }

    /// Overwrites bytes from a place on.
    pub fn write_bytes(&self, at: usize, new: &[u8]) {
        if let Items::Bytes(bytes) = &mut *self.items.lock()
            && let Some(target) = bytes.get_mut(at..at + new.len())
        {
            target.copy_from_slice(new);
        }
    }
}
