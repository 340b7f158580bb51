//! The variables of one virtual user.

use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::Value;

type Map = FxHashMap<Arc<str>, Option<Value>>;

/// A user's variables: the start values, which all users share, under the changes of this one.
///
/// Clones see the same variables. Only the children of a Parallel Controller use that, and the lock is what it costs;
/// for everybody else it is never contended.
#[derive(Clone, Default)]
pub struct Variables {
    start: Arc<FxHashMap<Arc<str>, Value>>,
    /// What differs from `start`; `None` is a variable that was removed.
    changed: Arc<Mutex<Map>>,
}

impl Variables {
    /// Variables with those start values.
    #[must_use]
    pub fn starting_with(start: Arc<FxHashMap<Arc<str>, Value>>) -> Self {
        Self { start, changed: Arc::default() }
    }

    /// Variables of their own that start like these.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self::starting_with(self.start.clone())
    }

    /// Makes all values as they are now start values, for variables that others start with.
    #[must_use]
    pub fn frozen(&self) -> Self {
        Self::starting_with(Arc::new(self.all().into_iter().collect()))
    }

    /// The value of a variable; `None` when there is none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        match self.changed.lock().get(name) {
            Some(changed) => changed.clone(),
            None => self.start.get(name).cloned(),
        }
    }

    /// The text of a variable.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Arc<str>> {
        self.get(name).map(|value| value.text())
    }

    /// Whether there is a variable of that name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        match self.changed.lock().get(name) {
            Some(changed) => changed.is_some(),
            None => self.start.contains_key(name),
        }
    }

    /// Sets a variable.
    pub fn put(&self, name: &str, value: impl Into<Value>) {
        let value = Some(value.into());
        let mut changed = self.changed.lock();
        match changed.get_mut(name) {
            Some(slot) => *slot = value,
            None => drop(changed.insert(name.into(), value)),
        }
    }

    /// Sets a variable whose name is kept elsewhere anyway: loop indices, set at every step.
    pub fn put_shared(&self, name: &Arc<str>, value: impl Into<Value>) {
        let value = Some(value.into());
        let mut changed = self.changed.lock();
        match changed.get_mut(name) {
            Some(slot) => *slot = value,
            None => drop(changed.insert(name.clone(), value)),
        }
    }

    /// Removes a variable and gives what it held.
    pub fn remove(&self, name: &str) -> Option<Value> {
        let mut changed = self.changed.lock();
        if self.start.contains_key(name) {
            return match changed.insert(name.into(), None) {
                Some(before) => before,
                None => self.start.get(name).cloned(),
            };
        }
        changed.remove(name).flatten()
    }

    /// All variables, sorted by name.
    #[must_use]
    pub fn all(&self) -> Vec<(Arc<str>, Value)> {
        let changed = self.changed.lock();
        let unchanged = self.start.iter().filter(|(name, _)| !changed.contains_key(*name));
        let mut all: Vec<_> = unchanged.map(|(name, value)| (name.clone(), value.clone())).collect();
        all.extend(changed.iter().filter_map(|(name, value)| Some((name.clone(), value.clone()?))));
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_hide_the_start() {
        let start = [("a", "1"), ("b", "2")].map(|(name, value)| (name.into(), Value::from(value)));
        let start = Arc::new(start.into_iter().collect());
        let (one, other) = (Variables::starting_with(Arc::clone(&start)), Variables::starting_with(start));
        one.put("a", "changed");
        one.put("c", 7);
        assert_eq!(one.remove("b").unwrap().text().as_ref(), "2");
        let text = |all: Vec<(Arc<str>, Value)>| {
            all.iter().map(|(name, value)| format!("{name}={}", value.text())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(one.all()), "a=changed c=7");
        assert!(!one.contains("b") && one.get("b").is_none() && one.remove("b").is_none());
        assert_eq!(text(other.all()), "a=1 b=2");
        let twin = one.clone();
        twin.put("c", true);
        assert_eq!(one.text("c").as_deref(), Some("true"));
    }
}
