//! JSR223 Assertion: a script that judges results.

use std::sync::Arc;

use super::Assertion;
use crate::elements::scripts::{Failure, Jsr223};
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Label, SampleResult, VirtualUser};
use crate::scripting::{self, assertion_result, sample_result};

pub(super) const ELEMENT: ElementType = ElementType::new("JSR223Assertion", "JSR223 Assertion", |fields| {
    let script = Jsr223::load(fields, "org.apache.jmeter.assertions.JSR223Assertion");
    let hooks = script.hooks();
    Element::assertion(Jsr223Assertion(script)).with_hooks(hooks)
});

struct Jsr223Assertion(Arc<Jsr223>);

impl Assertion for Jsr223Assertion {
    fn label(&self) -> &Label {
        self.0.label()
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let prepared = self.0.prepare(vu)?;
        let name = self.0.name(vu)?;
        let object = sample_result::holding(Arc::new(std::mem::take(result)));
        let judgement = assertion_result::object(AssertionResult::passed(&*name));
        let names = vec![("SampleResult", object.clone()), ("AssertionResult", judgement.clone())];
        let done = scripting::with_result(vu, &object, |vu, previous| self.0.run(&prepared, previous, names, vu));
        *result = sample_result::result_of(&object).unwrap_or_default();
        let judgement = assertion_result::judgement(&judgement).unwrap_or_default();
        match done {
            Ok(_) => Ok(AssertionResult { error: false, ..judgement }),
            Err(Failure::Assertion(message)) => {
                let name = "Assertion failed! See log file (debug level, only).";
                Ok(AssertionResult::failed(name, message))
            }
            Err(failure) => {
                let message = failure.settle()?;
                log::error!(
                    target: "o.a.j.a.JSR223Assertion",
                    "Problem in JSR223 script {name}, message: {message}"
                );
                Ok(AssertionResult { error: true, failure: false, message: Some(message), ..judgement })
            }
        }
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
