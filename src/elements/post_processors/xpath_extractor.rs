//! `XPath` Extractor: variables from what an expression of `XPath` 1.0 finds in XML, or in HTML.
//!
//! Of an element the value is that of its first child, if that is a text (`XPathUtil.getValueForNode`); an element without
//! one counts as a match without a value. What goes wrong is added to the result as a failed assertion and leaves the sample
//! good.

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use super::xpath_matches::{self, MatchVariables, Matches, Problem};
use crate::elements::xpath_document::{DocumentError, DocumentKind};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};
use crate::query::dom::{Document, NodeId};
use crate::query::xml::write_plain;
use crate::query::xpath::Item;

pub(super) const ELEMENT: ElementType = ElementType::new("XPathExtractor", "XPath Extractor", load);

const LOG: &str = "o.a.j.e.XPathExtractor";

struct XPathExtractor {
    variables: MatchVariables,
    kind: DocumentKind,
    query: Prop<String>,
    match_number: Prop<i32>,
    fragment: Prop<bool>,
}

fn load(fields: &Fields<'_>) -> Element {
    // It validates nothing, whatever this says.
    fields.skip(&["XPathExtractor.validate"]);
    Element::post_processor(XPathExtractor {
        variables: MatchVariables {
            name: Label::new(fields.name()),
            scope: SampleScope::load(fields),
            refname: fields.text("XPathExtractor.refname", ""),
            default: fields.text("XPathExtractor.default", ""),
        },
        kind: DocumentKind::load(fields, "XPathExtractor.", "XPathExtractor.tolerant", "XPathExtractor.namespace"),
        query: fields.text("XPathExtractor.xpathQuery", ""),
        match_number: fields.prop("XPathExtractor.matchNumber", -1),
        fragment: fields.prop("XPathExtractor.fragment", false),
    })
}

impl PostProcessor for XPathExtractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.variables.fill(LOG, vu, |source, vu| self.find(source, vu))
    }
}

impl From<DocumentError> for Problem {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::Xml(error) => {
                log::warn!(target: LOG, "SAXException while processing {error}");
                Self::Said(error.to_string())
            }
            DocumentError::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl XPathExtractor {
    fn find(&self, source: &Source, vu: &mut VirtualUser) -> Result<Matches, Problem> {
        let mut matches = Matches::new();
        for text in xpath_matches::texts(&self.variables.scope, source) {
            let parsed = self.kind.read(&text, vu)?;
            let query = self.query.text(vu)?;
            let (number, fragment) = (self.match_number.get(vu)?, self.fragment.get(vu)?);
            let (items, are_nodes) = parsed.find(&query).map_err(|error| {
                log::warn!(target: LOG, "TransformerException while processing ({query}) {error}");
                Problem::Said(error.to_string())
            })?;
            let document = &parsed.document;
            if !are_nodes {
                matches.extend(items.iter().map(|item| Some(item.plain_text(document))));
                continue;
            }
            let chosen = xpath_matches::chosen(items.len(), number, vu);
            matches.extend(items[chosen].iter().map(|item| match item {
                // The values of JTidy's elements are empty, not missing.
                Item::Node(node) => value(document, *node, fragment).or_else(|| parsed.is_tidied.then(String::new)),
                other => Some(other.plain_text(document)),
            }));
        }
        Ok(matches)
    }
}

fn value(document: &Document, node: NodeId, fragment: bool) -> Option<String> {
    if let Some(text) = document.value(node) {
        return Some(text.to_owned());
    }
    if fragment {
        return Some(write_plain(document, node));
    }
    let first = document.children(node).first()?;
    document.value(*first).map(str::to_owned)
}
