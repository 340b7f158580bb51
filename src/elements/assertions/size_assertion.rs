//! Size Assertion: results, or parts of them, that have another size than asked for have failed.

use super::{Assertion, Targets, grouped};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("SizeAssertion", "Size Assertion", load);

struct SizeAssertion {
    name: Label,
    targets: Targets,
    variable: Option<Prop<String>>,
    test_field: Prop<String>,
    size: Prop<String>,
    operator: Prop<i32>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::assertion(SizeAssertion {
        name: Label::new(fields.name()),
        targets: Targets::load(fields),
        variable: Targets::variable(fields),
        test_field: fields.text("Assertion.test_field", ""),
        size: fields.text("SizeAssertion.size", ""),
        operator: fields.prop("SizeAssertion.operator", 0),
    })
}

impl Assertion for SizeAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn targets(&self) -> Targets {
        self.targets
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name.get(vu)?.to_string();
        let size = match &self.variable {
            None => size_of(&self.test_field.text(vu)?, result),
            Some(variable) => {
                let variable = variable.text(vu)?;
                let value = vu.variables.text(&variable);
                match value.as_deref().and_then(java::parse_long) {
                    Some(size) => size,
                    None => {
                        let value = value.as_deref().unwrap_or("null");
                        let message = format!("Error parsing variable name: {variable} value: {value}");
                        return Ok(AssertionResult::failed(name, message));
                    }
                }
            }
        };
        let text = self.size.text(vu)?;
        let allowed = java::parse_long(&text).ok_or_else(|| Fault::number_format(&text))?;
        let (holds, relation) = match self.operator.get(vu)? {
            1 => (size == allowed, "been equal to"),
            2 => (size != allowed, "not been equal to"),
            3 => (size > allowed, "been greater than"),
            4 => (size < allowed, "been less than"),
            5 => (size >= allowed, "been greater or equal to"),
            6 => (size <= allowed, "been less than or equal to"),
            _ => (false, "ERROR - invalid condition"),
        };
        if holds {
            return Ok(AssertionResult::passed(name));
        }
        let (size, allowed) = (grouped(size), grouped(allowed));
        let message =
            format!("The result was the wrong size: It was {size} bytes, but should have {relation} {allowed} bytes.");
        Ok(AssertionResult::failed(name, message))
    }
}

fn size_of(field: &str, result: &SampleResult) -> i64 {
    let length = |text: &str| text.encode_utf16().count() as i64;
    match field {
        "SizeAssertion.response_headers" => result.headers_size,
        "SizeAssertion.response_data" => i64::try_from(result.received_body()).unwrap_or(i64::MAX),
        "SizeAssertion.response_code" => length(&result.response_code),
        "SizeAssertion.response_message" => length(&result.response_message),
        _ => result.received(),
    }
}
