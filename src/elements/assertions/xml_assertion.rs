//! XML Assertion: the response has to be XML. A document type declaration is not allowed.

use super::Assertion;
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Label, SampleResult, VirtualUser};
use crate::query::xml::{Options, read};

pub(super) const ELEMENT: ElementType = ElementType::new("XMLAssertion", "XML Assertion", |fields| {
    let encoding = fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8");
    Element::assertion(XmlAssertion { name: Label::new(fields.name()), encoding })
});

struct XmlAssertion {
    name: Label,
    encoding: std::sync::Arc<str>,
}

impl Assertion for XmlAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name(vu);
        let text = result.response_text(&self.encoding);
        if text.is_empty() {
            return Ok(AssertionResult::failed(name, "Response was null"));
        }
        Ok(match read(&text, Options { namespaces: false, doctype: false }) {
            Ok(_) => AssertionResult::passed(name),
            Err(error) => AssertionResult { failure: true, ..AssertionResult::error(name, error.to_string()) },
        })
    }
}
