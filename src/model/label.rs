//! An element's name as it appears in results.

use std::sync::Arc;

use super::{Fault, Prop, VirtualUser};

/// A name that may hold `${}`. A literal one is shared by all results that bear it.
#[derive(Debug, Clone)]
pub struct Label {
    prop: Prop<String>,
    literal: Option<Arc<str>>,
}

impl Label {
    /// The label of that name.
    #[must_use]
    pub fn new(prop: Prop<String>) -> Self {
        let literal = prop.as_fixed().map(|text| text.as_str().into());
        Self { prop, literal }
    }

    /// The name now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn get(&self, vu: &mut VirtualUser) -> Result<Arc<str>, Fault> {
        if vu.overrides.text(self.prop.name).is_none()
            && let Some(literal) = &self.literal
        {
            return Ok(literal.clone());
        }
        Ok(self.prop.text(vu)?.into())
    }

    /// The name, if it never changes.
    #[must_use]
    pub fn literal(&self) -> Option<&Arc<str>> {
        self.literal.as_ref()
    }
}

impl Default for Label {
    fn default() -> Self {
        Self::new(Prop::fixed("TestElement.name", String::new()))
    }
}
