//! What scripts and pre-processors change in the sampler whose turn it is.

use std::any::Any;
use std::borrow::Cow;

use rustc_hash::FxHashMap;

/// Changes to the current sampler, by the name of the property: scripts, URL re-writing and their like set them, the
/// sampler sees them when it reads its properties.
#[derive(Default)]
pub struct Overrides {
    texts: FxHashMap<Cow<'static, str>, String>,
    lists: FxHashMap<&'static str, Box<dyn Any + Send>>,
}

impl Overrides {
    /// Whether there are none: nearly always.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.lists.is_empty()
    }

    /// The text that a property has now; `None` when it is as planned.
    #[must_use]
    pub fn text(&self, property: &str) -> Option<&str> {
        if self.texts.is_empty() { None } else { self.texts.get(property).map(String::as_str) }
    }

    /// Changes a property.
    pub fn set_text(&mut self, property: impl Into<Cow<'static, str>>, text: impl Into<String>) {
        self.texts.insert(property.into(), text.into());
    }

    /// What a property that is a list has now; `None` when it is as planned.
    #[must_use]
    pub fn list<T: Any>(&self, property: &str) -> Option<&T> {
        self.lists.get(property)?.downcast_ref()
    }

    /// Changes a property that is a list.
    pub fn set_list<T: Any + Send>(&mut self, property: &'static str, list: T) {
        self.lists.insert(property, Box::new(list));
    }

    /// Drops all changes.
    pub fn clear(&mut self) {
        if !self.is_empty() {
            self.texts.clear();
            self.lists.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Prop, user};

    #[test]
    fn overrides_hide_the_plan() {
        let mut vu = user();
        let path = Prop::fixed("path", "/a".to_owned());
        vu.overrides.set_text("path", "/b");
        vu.overrides.set_list("arguments", vec![1, 2]);
        assert_eq!(path.text(&mut vu).unwrap(), "/b");
        assert_eq!(vu.overrides.list::<Vec<i32>>("arguments"), Some(&vec![1, 2]));
        vu.overrides.clear();
        assert_eq!(path.text(&mut vu).unwrap(), "/a");
    }
}
