//! A property of an element, ready to be read for every sample.

use std::borrow::Cow;

use super::{Fault, Template, VirtualUser};
use crate::java;

/// A property's value: fixed when the plan is loaded, or a template that is evaluated at each use.
#[derive(Debug, Clone)]
pub struct Prop<T> {
    /// The property's name in the plan: how a script's change to the current sampler finds it.
    pub name: &'static str,
    source: Source<T>,
}

#[derive(Debug, Clone)]
enum Source<T> {
    Fixed(T),
    Template(Template),
}

/// What a property's text can be read as.
pub trait FromText: Clone {
    /// What is expected, for messages: `a whole number`.
    const EXPECTED: &'static str;
    /// What a text counts as that is none of these: 0 or false, as in JMeter.
    const OTHERWISE: Self;
    /// The value of a text; `None` if it is not one of these.
    fn from_text(text: &str) -> Option<Self>;
}

impl FromText for i32 {
    const EXPECTED: &'static str = "a whole number";
    const OTHERWISE: Self = 0;
    fn from_text(text: &str) -> Option<Self> {
        java::parse_int(text)
    }
}

impl FromText for i64 {
    const EXPECTED: &'static str = "a whole number";
    const OTHERWISE: Self = 0;
    fn from_text(text: &str) -> Option<Self> {
        java::parse_long(text)
    }
}

impl FromText for f64 {
    const EXPECTED: &'static str = "a number";
    const OTHERWISE: Self = 0.0;
    fn from_text(text: &str) -> Option<Self> {
        java::parse_double(text)
    }
}

impl FromText for bool {
    const EXPECTED: &'static str = "true or false";
    const OTHERWISE: Self = false;
    fn from_text(text: &str) -> Option<Self> {
        match text {
            _ if text.eq_ignore_ascii_case("true") => Some(true),
            _ if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

impl<T> Prop<T> {
    /// A property with a value that never changes.
    pub fn fixed(name: &'static str, value: T) -> Self {
        Self { name, source: Source::Fixed(value) }
    }

    /// A property that is evaluated at each use.
    #[must_use]
    pub fn template(name: &'static str, template: Template) -> Self {
        Self { name, source: Source::Template(template) }
    }

    /// What is evaluated at each use, if it is not fixed.
    pub fn as_template(&self) -> Option<&Template> {
        match &self.source {
            Source::Fixed(_) => None,
            Source::Template(template) => Some(template),
        }
    }

    /// The value, if it never changes.
    pub fn as_fixed(&self) -> Option<&T> {
        match &self.source {
            Source::Fixed(value) => Some(value),
            Source::Template(_) => None,
        }
    }
}

impl<T: FromText> Prop<T> {
    /// The value now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn get(&self, vu: &mut VirtualUser) -> Result<T, Fault> {
        if let Some(text) = vu.overrides.text(self.name) {
            return Ok(T::from_text(text).unwrap_or(T::OTHERWISE));
        }
        match &self.source {
            Source::Fixed(value) => Ok(value.clone()),
            Source::Template(template) => Ok(T::from_text(&template.eval(vu)?).unwrap_or(T::OTHERWISE)),
        }
    }
}

impl Prop<String> {
    /// The text now; borrowed where it is literal.
    ///
    /// # Errors
    /// When a function fails.
    pub fn text<'a>(&'a self, vu: &mut VirtualUser) -> Result<Cow<'a, str>, Fault> {
        if let Some(text) = vu.overrides.text(self.name) {
            return Ok(text.to_owned().into());
        }
        match &self.source {
            Source::Fixed(text) => Ok(text.into()),
            Source::Template(template) => template.eval(vu),
        }
    }

    /// Appends the text.
    ///
    /// # Errors
    /// When a function fails.
    pub fn write(&self, vu: &mut VirtualUser, out: &mut String) -> Result<(), Fault> {
        match &self.source {
            Source::Template(template) if vu.overrides.is_empty() => template.write(vu, out),
            _ => {
                out.push_str(&self.text(vu)?);
                Ok(())
            }
        }
    }
}
