//! Duration Assertion: results that took too long have failed.

use super::{Assertion, Targets, grouped};
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("DurationAssertion", "Duration Assertion", load);

struct DurationAssertion {
    name: Label,
    targets: Targets,
    /// Milliseconds; 0 and less allow any.
    duration: Prop<i64>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::assertion(DurationAssertion {
        name: Label::new(fields.name()),
        targets: Targets::load(fields),
        duration: fields.prop("DurationAssertion.duration", 0),
    })
}

impl Assertion for DurationAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn targets(&self) -> Targets {
        self.targets
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name.get(vu)?.to_string();
        let (allowed, elapsed) = (self.duration.get(vu)?, result.elapsed());
        if allowed <= 0 || elapsed <= allowed {
            return Ok(AssertionResult::passed(name));
        }
        let (elapsed, allowed) = (grouped(elapsed), grouped(allowed));
        let message = format!(
            "The operation lasted too long: It took {elapsed} milliseconds, but should not have lasted longer than \
             {allowed} milliseconds."
        );
        Ok(AssertionResult::failed(name, message))
    }
}
