//! `java.util.Iterator`.

use parking_lot::Mutex;

use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::collection::remove_at;

/// `java.util.Iterator`.
pub static ITERATOR: Static = Static::new(|| Class::interface("java.util.Iterator").methods(METHODS));
/// `java.util.ListIterator`.
pub static LIST_ITERATOR: Static = Static::new(|| Class::interface("java.util.ListIterator").extends(&[&ITERATOR]));

const METHODS: &[Row] = &[
    row("hasNext", "", |c| {
        let state = c.this_as::<Iterator>()?.state.lock();
        ok(state.at < state.items.len())
    }),
    row("hasMoreElements", "", |c| {
        let state = c.this_as::<Iterator>()?.state.lock();
        ok(state.at < state.items.len())
    }),
    row("next", "", |c| c.this_as::<Iterator>()?.next()),
    row("nextElement", "", |c| c.this_as::<Iterator>()?.next()),
    row("nextIndex", "", |c| ok(c.this_as::<Iterator>()?.state.lock().at as i32)),
    row("remove", "", |c| {
        let iterator = c.this_as::<Iterator>()?;
        let mut state = iterator.state.lock();
        if !state.may_remove {
            return Err(Thrown::bare("java.lang.IllegalStateException"));
        }
        let at = state.at - 1 - state.removed;
        match &iterator.source {
            Value::Map(map) => {
                let key =
                    state.items[state.at - 1].downcast::<super::map_entry::Entry>().map(|entry| entry.key.clone());
                map.remove(&key.unwrap_or_default())?;
            }
            source => drop(remove_at(source, at)?),
        }
        state.removed += 1;
        state.may_remove = false;
        Ok(Value::Null)
    }),
    row("forEachRemaining", "Function", |c| {
        for item in c.this_as::<Iterator>()?.rest() {
            c.machine.step()?;
            c.invoke(0, &[item])?;
        }
        Ok(Value::Null)
    }),
];

/// Runs over items that it took when it was made.
pub struct Iterator {
    source: Value,
    state: Mutex<State>,
}

struct State {
    items: Vec<Value>,
    at: usize,
    removed: usize,
    may_remove: bool,
}

impl Iterator {
    /// An iterator over the items of a collection, from which it can remove them.
    #[must_use]
    pub fn over(items: Vec<Value>, source: Value) -> Self {
        Self { source, state: Mutex::new(State { items, at: 0, removed: 0, may_remove: false }) }
    }

    /// The next item.
    ///
    /// # Errors
    /// `NoSuchElementException`.
    pub fn next(&self) -> Outcome {
        let mut state = self.state.lock();
        let item = state.items.get(state.at).cloned();
        let item = item.ok_or_else(|| Thrown::bare("java.util.NoSuchElementException"))?;
        state.at += 1;
        state.may_remove = true;
        Ok(item)
    }

    /// The items that are left; none are afterwards.
    pub fn rest(&self) -> Vec<Value> {
        let mut state = self.state.lock();
        let at = std::mem::replace(&mut state.at, usize::MAX >> 1);
        let rest = state.items.get(at..).map(<[Value]>::to_vec).unwrap_or_default();
        state.at = state.items.len();
        rest
    }
}

impl HostObject for Iterator {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&LIST_ITERATOR)
    }

    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        Some(Ok(self.rest()))
    }

    fn truth(&self, _machine: &mut Machine<'_>) -> Option<Outcome<bool>> {
        let state = self.state.lock();
        Some(Ok(state.at < state.items.len()))
    }
}
