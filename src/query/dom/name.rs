//! The name of an element or attribute.

use std::sync::Arc;

/// A name with its prefix, and the namespace that the prefix stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    qualified: Arc<str>,
    /// Where the local part begins.
    local: u32,
    uri: Option<Arc<str>>,
}

impl Name {
    /// The namespace of declarations of namespaces.
    pub const XMLNS: &'static str = "http://www.w3.org/2000/xmlns/";

    /// A name as written, in that namespace.
    #[must_use]
    pub fn new(qualified: impl Into<Arc<str>>, uri: Option<Arc<str>>) -> Self {
        let qualified = qualified.into();
        let local = qualified.find(':').map_or(0, |colon| colon + 1) as u32;
        Self { qualified, local, uri }
    }

    /// The name as written.
    #[must_use]
    pub fn qualified(&self) -> &str {
        &self.qualified
    }

    /// The part behind the colon.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.qualified[self.local as usize..]
    }

    /// The part before the colon; empty if there is none.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.qualified[..(self.local as usize).saturating_sub(1)]
    }

    /// The namespace; `None` where namespaces are not looked at, or the name is in none.
    #[must_use]
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }

    /// The prefix that an attribute of that name declares: empty for the default namespace.
    #[must_use]
    pub fn declares(&self) -> Option<&str> {
        match &*self.qualified {
            "xmlns" => Some(""),
            name => name.strip_prefix("xmlns:"),
        }
    }
}
