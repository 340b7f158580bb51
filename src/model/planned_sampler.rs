//! A sampler as the plan has it, for those who ask for its properties while it runs: scripts.

use std::sync::Arc;

use super::{Fault, VirtualUser};
use crate::jmx::{Node, Property};

/// What the plan says of a sampler.
pub struct PlannedSampler {
    /// Its class as the plan spells it.
    pub class: String,
    /// Its name, with `${}` as written.
    pub name: String,
    /// What it tells of itself beside its properties.
    pub asked: Option<Arc<dyn AskedSampler>>,
    /// Its own properties, and after them those of the defaults elements, nearest first.
    properties: Vec<Property>,
}

/// A sampler that tells more of itself than its properties do.
pub trait AskedSampler: Send + Sync {
    /// The address as it is now.
    ///
    /// # Errors
    /// If there is none that Java would understand.
    fn address(&self, vu: &mut VirtualUser) -> Result<String, Fault>;

    /// The headers of the managers in scope as they are now.
    ///
    /// # Errors
    /// When a function fails.
    fn headers(&self, vu: &mut VirtualUser) -> Result<Vec<(String, String)>, Fault>;

    /// Whether there is a header manager in scope.
    fn has_headers(&self) -> bool;

    /// The parameters as they are now.
    fn parameters(&self, vu: &VirtualUser) -> Vec<super::Parameter>;
}

impl PlannedSampler {
    /// The sampler of that element, completed by defaults elements.
    #[must_use]
    pub fn new(class: &str, node: &Node, defaults: &[&Node], asked: Option<Arc<dyn AskedSampler>>) -> Self {
        let others = defaults.iter().flat_map(|node| node.properties.iter());
        Self {
            class: class.to_owned(),
            name: node.name().to_owned(),
            asked,
            properties: node.properties.iter().chain(others).cloned().collect(),
        }
    }

    /// The text of a property as written: the nearest that is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let mut all = self.properties.iter().filter(|property| property.name() == name).filter_map(Property::text);
        let own = all.next()?;
        if own.is_empty() { all.find(|text| !text.is_empty()).or(Some(own)) } else { Some(own) }
    }
}
