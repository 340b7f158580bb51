//! JMeter's properties: settings of a run that all users share, and may change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::RwLock;
use rustc_hash::FxHashMap;

use super::Value;
use crate::java;

/// The properties of a run: those of its property files and `-J` options, and what functions and scripts set meanwhile.
#[derive(Default)]
pub struct Properties {
    values: RwLock<FxHashMap<Arc<str>, Value>>,
    changes: AtomicU64,
}

impl Properties {
    /// The text of a property; `None` when it is not set or holds another object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<str>> {
        match self.values.read().get(name) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        }
    }

    /// The value of a property, whatever it is.
    #[must_use]
    pub fn get_value(&self, name: &str) -> Option<Value> {
        self.values.read().get(name).cloned()
    }

    /// A property's text, or the default.
    #[must_use]
    pub fn text(&self, name: &str, default: &str) -> Arc<str> {
        self.get(name).unwrap_or_else(|| default.into())
    }

    /// A property's number; the default if it is not set or not a whole number, as `JMeterUtils.getPropDefault`.
    #[must_use]
    pub fn integer(&self, name: &str, default: i64) -> i64 {
        self.get(name).and_then(|text| java::parse_long(text.trim())).unwrap_or(default)
    }

    /// A property's number; the default if it is not set or not a number.
    #[must_use]
    pub fn decimal(&self, name: &str, default: f64) -> f64 {
        self.get(name).and_then(|text| java::parse_double(&text)).unwrap_or(default)
    }

    /// A property's truth: `true`, `false`, `t`, `f`, `1`, `0` (`JMeterUtils.getPropDefault`); else the default.
    #[must_use]
    pub fn flag(&self, name: &str, default: bool) -> bool {
        match self.get(name).as_deref().map(str::trim) {
            Some("1") => true,
            Some("0") => false,
            Some(text) if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("t") => true,
            Some(text) if text.eq_ignore_ascii_case("false") || text.eq_ignore_ascii_case("f") => false,
            _ => default,
        }
    }

    /// Sets a property and gives what it held.
    pub fn set(&self, name: &str, value: impl Into<Value>) -> Option<Value> {
        let before = self.values.write().insert(name.into(), value.into());
        self.changes.fetch_add(1, Ordering::Release);
        before
    }

    /// Removes a property and gives what it held.
    pub fn remove(&self, name: &str) -> Option<Value> {
        let before = self.values.write().remove(name);
        self.changes.fetch_add(1, Ordering::Release);
        before
    }

    /// How often any of them was set or removed. As long as this is the same, so are they.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// All properties, sorted by name.
    #[must_use]
    pub fn all(&self) -> Vec<(Arc<str>, Value)> {
        let mut all: Vec<_> = self.values.read().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }
}
