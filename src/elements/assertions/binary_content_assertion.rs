//! Binary Response Assertion of Peter Doornbosch's WebSocket plugin: compares the bytes of a response, of any sampler.
//!
//! It has the fields of JMeter's scopes and takes no notice of them: it always judges the sample itself.

use super::Assertion;
use crate::elements::hex_text::{self, BadHex};
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("eu.luminis.jmeter.assertions.BinaryContentAssertion", "Binary Response Assertion", load);

struct BinaryContentAssertion {
    name: Label,
    compare_value: Prop<String>,
    comparison_type: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    fields.skip(&["Assertion.scope", "Scope.variable"]);
    Element::assertion(BinaryContentAssertion {
        name: Label::new(fields.name()),
        compare_value: fields.text("compareValue", ""),
        comparison_type: fields.text("comparisonType", ""),
    })
}

impl Assertion for BinaryContentAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let text = self.compare_value.text(vu)?;
        let value = hex_text::parse(&text);
        let value = value.map_err(|BadHex(why)| Fault::exception("java.lang.NumberFormatException", why))?;
        let data = &result.response_data;
        let (holds, wish) = compare(&self.comparison_type.text(vu)?, data, &value)?;
        let name = self.name(vu);
        if holds {
            return Ok(AssertionResult::passed(name));
        }
        let (value, data) = (hex_text::show(&value), hex_text::show(data));
        Ok(AssertionResult::failed(name, format!("Response expected {wish} {value}\nResponse was: {data}")))
    }
}

/// Whether data compares so to a value, and how messages say so.
fn compare(comparison: &str, data: &[u8], value: &[u8]) -> Result<(bool, &'static str), Fault> {
    Ok(match comparison {
        "Equals" => (data == value, "to equal"),
        "NotEquals" => (data != value, "not to equal"),
        "StartsWith" => (data.starts_with(value), "to start with"),
        "NotStartsWith" => (!data.starts_with(value), "not to start with"),
        "NotContains" => (!hex_text::contains(data, value), "not to contain"),
        "Contains" => (hex_text::contains(data, value), "to contain"),
        other if other.trim().is_empty() => (hex_text::contains(data, value), "to contain"),
        other => {
            let of = "eu.luminis.jmeter.assertions.BinaryContentAssertion.ComparisonType";
            return Err(Fault::illegal_argument(format!("No enum constant {of}.{other}")));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_compared() {
        let check = |comparison, value: &[u8], holds: bool| {
            assert_eq!(compare(comparison, &[0xCA, 0xFE, 1], value).unwrap().0, holds, "{comparison} {value:?}");
        };
        check("Equals", &[0xCA, 0xFE, 1], true);
        check("Equals", &[0xCA], false);
        check("NotEquals", &[0xCA], true);
        check("Contains", &[0xFE], true);
        check("", &[2], false);
        check("Contains", &[], false);
        check("NotContains", &[], true);
        check("NotContains", &[0xFE, 1], false);
        check("StartsWith", &[0xCA], true);
        check("StartsWith", &[], true);
        check("NotStartsWith", &[1], true);
        assert!(compare("Like", &[], &[]).is_err());
    }
}
