//! `XPath` Assertion: an expression of `XPath` 1.0 has to find something in the response, or to be true.

use super::{Assertion, Targets};
use crate::elements::xpath_document::{DocumentError, DocumentKind};
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};
use crate::query::xpath::Item;

pub(super) const ELEMENT: ElementType = ElementType::new("XPathAssertion", "XPath Assertion", load);

struct XPathAssertion {
    name: Label,
    targets: Targets,
    variable: Option<Prop<String>>,
    kind: DocumentKind,
    xpath: Prop<String>,
    negate: Prop<bool>,
}

fn load(fields: &Fields<'_>) -> Element {
    if fields.flag("XPath.validate", false) {
        fields.unsupported("XPath.validate", "documents cannot be validated against their DTD");
    }
    Element::assertion(XPathAssertion {
        name: Label::new(fields.name()),
        targets: Targets::load(fields),
        variable: Targets::variable(fields),
        kind: DocumentKind::load(fields, "XPath.", "XPath.tolerant", "XPath.namespace"),
        xpath: fields.text("XPath.xpath", "/"),
        negate: fields.prop("XPath.negate", false),
    })
}

impl Assertion for XPathAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name(vu);
        let parsed = match &self.variable {
            Some(variable) => {
                let variable = variable.text(vu)?;
                match vu.variables.text(&variable) {
                    Some(text) if !text.is_empty() => self.kind.read(&text, vu),
                    _ => return Ok(AssertionResult::failed(name, "Response was null")),
                }
            }
            None if result.response_data.is_empty() => return Ok(AssertionResult::failed(name, "Response was null")),
            None => self.kind.read_bytes(&result.response_data, vu),
        };
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(DocumentError::Xml(error)) => {
                return Ok(AssertionResult::error(name, format!("SAXException: {error}")));
            }
            Err(DocumentError::Fault(fault)) => return Err(fault),
        };
        let (xpath, negate) = (self.xpath.text(vu)?, self.negate.get(vu)?);
        let (failure, message) = match parsed.find(&xpath) {
            Err(error) => {
                return Ok(AssertionResult::error(name, format!("TransformerException: {error} for: {xpath}")));
            }
            Ok((items, true)) if items.is_empty() => (!negate, format!("No Nodes Matched {xpath}")),
            Ok((_, true)) if negate => {
                (true, "Specified XPath was found... Turn off negate if this is not desired".to_owned())
            }
            Ok((_, true)) => (false, String::new()),
            Ok((items, false)) => match items.as_slice() {
                [Item::Boolean(truth)] => {
                    let word = if negate { "Nodes" } else { "No Nodes" };
                    (*truth == negate, format!("{word} Matched for {xpath}"))
                }
                _ => (true, format!("Cannot understand: {xpath}")),
            },
        };
        Ok(AssertionResult { failure, message: Some(message), ..AssertionResult::passed(name) })
    }

    fn targets(&self) -> Targets {
        self.targets
    }
}
