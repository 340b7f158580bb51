//! `MD5Hex` Assertion: the response has to be the one of that MD5 sum.

use std::fmt::Write;

use md5::{Digest, Md5};

use super::Assertion;
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("MD5HexAssertion", "MD5Hex Assertion", load);

struct Md5HexAssertion {
    name: Label,
    /// The sum, for all its name says.
    size: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    let size = fields.text("MD5HexAssertion.size", "");
    Element::assertion(Md5HexAssertion { name: Label::new(fields.name()), size })
}

impl Assertion for Md5HexAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name.get(vu)?.to_string();
        let expected = self.size.text(vu)?;
        if result.response_data.is_empty() {
            return Ok(AssertionResult::failed(name, "Response was null"));
        }
        if expected.is_empty() {
            return Ok(AssertionResult::failed(name, "MD5Hex to test against is empty"));
        }
        let mut sum = String::with_capacity(32);
        for byte in Md5::digest(&result.response_data) {
            let _ = write!(sum, "{byte:02x}");
        }
        Ok(if sum.eq_ignore_ascii_case(&expected) {
            AssertionResult::passed(name)
        } else {
            let message = format!("Error asserting MD5 sum : got {sum} but should have been {expected}");
            AssertionResult::failed(name, message)
        })
    }
}
