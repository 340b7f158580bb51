//! Lists and queues: one kind of object, told apart by class.

use parking_lot::{Mutex, MutexGuard};

use crate::script::class::Class;
use crate::script::java::list::ARRAY_LIST;
use crate::script::machine::{Outcome, Thrown, check_size};
use crate::script::value::Value;

/// What may be done to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Everything.
    Free,
    /// Items may be exchanged, but the length stays: `Arrays.asList`.
    FixedLength,
    /// Nothing: `List.of`, `Collections.unmodifiableList`.
    ReadOnly,
}

/// A list.
pub struct List {
    /// Its class.
    pub class: &'static Class,
    /// What may be done to it.
    pub rule: Rule,
    items: Mutex<Vec<Value>>,
}

impl List {
    /// An `ArrayList`.
    #[must_use]
    pub fn new(items: Vec<Value>) -> Self {
        Self::of(&ARRAY_LIST, Rule::Free, items)
    }

    /// A list of a class.
    #[must_use]
    pub fn of(class: &'static Class, rule: Rule, items: Vec<Value>) -> Self {
        Self { class, rule, items: Mutex::new(items) }
    }

    /// The items, to look at. Nothing may run while they are held.
    pub fn lock(&self) -> MutexGuard<'_, Vec<Value>> {
        self.items.lock()
    }

    /// The items, to exchange some.
    ///
    /// # Errors
    /// `UnsupportedOperationException` for read-only lists.
    pub fn change(&self) -> Outcome<MutexGuard<'_, Vec<Value>>> {
        if self.rule == Rule::ReadOnly { Err(unsupported()) } else { Ok(self.items.lock()) }
    }

    /// The items, to add or remove some.
    ///
    /// # Errors
    /// `UnsupportedOperationException` for lists whose length is fixed, `OutOfMemoryError` for huge ones.
    pub fn resize(&self) -> Outcome<MutexGuard<'_, Vec<Value>>> {
        if self.rule != Rule::Free {
            return Err(unsupported());
        }
        let items = self.items.lock();
        check_size(items.len().saturating_mul(size_of::<Value>()))?;
        Ok(items)
    }

    /// A copy of the items.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        self.items.lock().clone()
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.lock().len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Value> {
        self.items.lock().get(at).cloned()
    }
}

fn unsupported() -> Thrown {
    Thrown::bare("java.lang.UnsupportedOperationException")
}
