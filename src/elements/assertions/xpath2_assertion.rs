//! `XPath2` Assertion: an expression of `XPath` 3.1 has to find something in the response, or to be true.
//!
//! JMeter compiles the expression as one of `XPath` 1.0 as well: what only later versions have is an error.

use super::{Assertion, Targets};
use crate::elements::saxon::{self, Found};
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};
use crate::query::xpath::{Version, compiled};

pub(super) const ELEMENT: ElementType = ElementType::new("XPath2Assertion", "XPath2 Assertion", load);

struct XPath2Assertion {
    name: Label,
    targets: Targets,
    variable: Option<Prop<String>>,
    xpath: Prop<String>,
    negate: Prop<bool>,
    namespaces: Prop<String>,
    encoding: std::sync::Arc<str>,
}

fn load(fields: &Fields<'_>) -> Element {
    let xpath = fields.text("XPath.xpath", "/");
    saxon::check(&xpath, fields);
    Element::assertion(XPath2Assertion {
        name: Label::new(fields.name()),
        targets: Targets::load(fields),
        variable: Targets::variable(fields),
        xpath,
        negate: fields.prop("XPath.negate", false),
        namespaces: fields.text("XPath.namespaces", ""),
        encoding: fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8"),
    })
}

impl Assertion for XPath2Assertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name(vu);
        let text = match &self.variable {
            Some(variable) => {
                let variable = variable.text(vu)?;
                match vu.variables.text(&variable) {
                    Some(text) if !text.is_empty() => text.to_string(),
                    _ => return Ok(AssertionResult::failed(name, "Response was null")),
                }
            }
            None => result.response_text(&self.encoding).into_owned(),
        };
        let xpath = self.xpath.text(vu)?;
        if xpath.is_empty() {
            return Ok(AssertionResult { message: Some(String::new()), ..AssertionResult::passed(name) });
        }
        let negate = self.negate.get(vu)?;
        let found = match Found::in_text(&text, &xpath, &self.namespaces.text(vu)?) {
            Ok(found) => found,
            Err(message) => {
                let message = format!("Exception occurred computing assertion with XPath:{xpath}, error:{message}");
                return Ok(AssertionResult::error(name, message));
            }
        };
        if let Err(error) = compiled(&xpath, Version::One) {
            return Ok(AssertionResult::error(name, format!("Exception: {error} for:{xpath}")));
        }
        let word = if negate { "Nodes" } else { "No Nodes" };
        let message = Some(format!("{word} Matched for {xpath}"));
        Ok(AssertionResult { failure: found.holds() == negate, message, ..AssertionResult::passed(name) })
    }

    fn targets(&self) -> Targets {
        self.targets
    }
}
