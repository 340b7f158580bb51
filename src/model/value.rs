//! What a variable or a property holds.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A value. Nearly all are texts; loop indices are numbers, and scripts may keep any object.
#[derive(Clone)]
pub enum Value {
    /// A text.
    Text(Arc<str>),
    /// A whole number, for instance the index of a loop.
    Integer(i64),
    /// A truth value.
    Boolean(bool),
    /// Whatever a script put there.
    Object(Arc<dyn Object>),
}

/// An object of a script language that lives on in a variable.
pub trait Object: Any + Send + Sync {
    /// What Java's `toString` would give.
    fn text(&self) -> String;
    /// The object as itself, for the script language that knows its type.
    fn as_any(&self) -> &dyn Any;
}

impl Value {
    /// The text of it, as Java's `toString` would give.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => itoa::Buffer::new().format(*number).into(),
            Self::Boolean(true) => "true".into(),
            Self::Boolean(false) => "false".into(),
            Self::Object(object) => object.text().into(),
        }
    }

    /// Appends the text of it.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Integer(number) => out.push_str(itoa::Buffer::new().format(*number)),
            Self::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Self::Object(object) => out.push_str(&object.text()),
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.text())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Arc<str>> for Value {
    fn from(text: Arc<str>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}
