//! `XPath` 3.1 as elements with Saxon use it: expressions about XML whose prefixes stand for namespaces.

use crate::model::{Fields, Prop};
use crate::query::dom::Document;
use crate::query::xml::{Options, read, write_indented};
use crate::query::xpath::{Item, Version, XPathError, compiled};

/// What an expression finds in a text.
pub(super) struct Found {
    document: Document,
    /// The values.
    pub items: Vec<Item>,
}

impl Found {
    /// Evaluates an expression; `namespaces` are lines `prefix=uri`.
    pub fn in_text(text: &str, query: &str, namespaces: &str) -> Result<Self, String> {
        let document = read(text, Options { namespaces: true, doctype: true }).map_err(|error| error.sax_text())?;
        let lines = namespaces.lines().filter_map(|line| line.split_once('='));
        let namespaces: Vec<_> = lines.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect();
        let xpath = compiled(query, Version::Three).map_err(|error| message(&error))?;
        let items = xpath.evaluate(&document, &namespaces).map_err(|error| message(&error))?;
        Ok(Self { document, items })
    }

    /// The text of a value: all texts in an element, or its XML.
    pub fn text(&self, place: usize, fragment: bool) -> String {
        match &self.items[place] {
            Item::Node(node) if fragment => write_indented(&self.document, *node),
            item => item.text(&self.document),
        }
    }

    /// Whether an assertion counts it as found: a single truth value as itself, else whether there is anything.
    pub fn holds(&self) -> bool {
        match self.items.as_slice() {
            [Item::Boolean(truth)] => *truth,
            items => !items.is_empty(),
        }
    }
}

/// Saxon finds most faults while it compiles, and says so in another way.
fn message(error: &XPathError) -> String {
    match error {
        XPathError::Dynamic(text) if !text.starts_with("Arithmetic operator") => text.clone(),
        error => format!("net.sf.saxon.s9api.SaxonApiException: {error}"),
    }
}

/// Reports what an expression uses that there is not.
pub(super) fn check(query: &Prop<String>, fields: &Fields<'_>) {
    let Some(text) = query.as_fixed().filter(|text| !text.is_empty()) else { return };
    match compiled(text, Version::Three) {
        Err(error @ XPathError::Unsupported(_)) => fields.unsupported(query.name, error.to_string()),
        Err(error) => fields.warn(query.name, error.to_string()),
        Ok(_) => {}
    }
}
