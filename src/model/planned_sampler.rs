//! A sampler as the plan has it, for those who ask for its properties while it runs, or show them.

use std::sync::Arc;

use super::{Fault, Prop, VirtualUser};
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
    /// All properties as they are shown, if somebody in the plan shows samplers.
    shown: Vec<(String, Vec<TextPart>)>,
}

/// What the text of a property is made of.
pub enum TextPart {
    /// It is always the same.
    Fixed(String),
    /// It is evaluated each time it is shown.
    Evaluated(Prop<String>),
    /// The sampler's name.
    SamplerName,
}

/// A header of a request as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentHeader {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// Its place in the plan's manager, where its texts are evaluated anew for each request; none if a script made it.
    pub planned: Option<usize>,
}

/// An HTTP request, which tells more of itself than its properties do.
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
    fn headers(&self, vu: &mut VirtualUser) -> Result<Vec<CurrentHeader>, Fault>;

    /// Makes these the headers of the manager in scope, for all of the user's requests that it is for. `false` if there is more than one,
    /// as what is merged of several is made anew for each request.
    fn keep_headers(&self, headers: &[CurrentHeader], vu: &mut VirtualUser) -> bool;

    /// Whether there is a header manager in scope.
    fn has_headers(&self) -> bool;

    /// The parameters as they are now.
    fn parameters(&self, vu: &VirtualUser) -> Vec<super::Parameter>;

    /// The protocol as it is now, `http` if there is none.
    ///
    /// # Errors
    /// When a function fails.
    fn protocol(&self, vu: &mut VirtualUser) -> Result<String, Fault>;

    /// The host as it is now.
    ///
    /// # Errors
    /// When a function fails.
    fn domain(&self, vu: &mut VirtualUser) -> Result<String, Fault>;

    /// The path as it is now, its spaces encoded.
    ///
    /// # Errors
    /// When a function fails.
    fn path(&self, vu: &mut VirtualUser) -> Result<String, Fault>;

    /// The method as it is now.
    ///
    /// # Errors
    /// When a function fails.
    fn method(&self, vu: &mut VirtualUser) -> Result<String, Fault>;
}

impl PlannedSampler {
    /// The sampler of that element, completed by defaults elements.
    #[must_use]
    pub fn new(
        class: &str,
        node: &Node,
        defaults: &[&Node],
        asked: Option<Arc<dyn AskedSampler>>,
        shown: Vec<(String, Vec<TextPart>)>,
    ) -> Self {
        let others = defaults.iter().flat_map(|node| node.properties.iter());
        Self {
            class: class.to_owned(),
            name: node.name().to_owned(),
            asked,
            properties: node.properties.iter().chain(others).cloned().collect(),
            shown,
        }
    }

    /// The text of a property as written: the nearest that is not empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let mut all = self.properties.iter().filter(|property| property.name() == name).filter_map(Property::text);
        let own = all.next()?;
        if own.is_empty() { all.find(|text| !text.is_empty()).or(Some(own)) } else { Some(own) }
    }

    /// The names and values that are shown, as they are now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn shown(&self, vu: &mut VirtualUser) -> Result<Vec<(Arc<str>, Arc<str>)>, Fault> {
        let mut rows = Vec::with_capacity(self.shown.len());
        for (name, parts) in &self.shown {
            let mut text = String::new();
            match vu.overrides.text(name) {
                Some(changed) => text.push_str(changed),
                None => parts.iter().try_for_each(|part| part.write(&mut text, vu))?,
            }
            rows.push((name.as_str().into(), text.into()));
        }
        Ok(rows)
    }
}

impl TextPart {
    fn write(&self, out: &mut String, vu: &mut VirtualUser) -> Result<(), Fault> {
        match self {
            Self::Fixed(text) => out.push_str(text),
            Self::Evaluated(prop) => prop.write(vu, out)?,
            Self::SamplerName => out.push_str(&vu.sampler_name.clone().get(vu)?),
        }
        Ok(())
    }
}
