//! `BeanShell` Assertion: a script that judges results by two variables.

use std::sync::Arc;

use super::Assertion;
use crate::elements::scripts::{BeanShell, Failure, Properties, boolean};
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Label, SampleResult, VirtualUser};
use crate::script::Value;
use crate::scripting::{self, sample_result};

pub(super) const ELEMENT: ElementType = ElementType::new("BeanShellAssertion", "BeanShell Assertion", |fields| {
    Element::assertion(BeanShellAssertion(BeanShell::load(fields, &PROPERTIES)))
});

const PROPERTIES: Properties = Properties {
    script: "BeanShellAssertion.query",
    file: "BeanShellAssertion.filename",
    parameters: "BeanShellAssertion.parameters",
    reset: "BeanShellAssertion.resetInterpreter",
    init: "beanshell.assertion.init",
};

struct BeanShellAssertion(BeanShell);

impl BeanShellAssertion {
    fn judge(
        &self,
        object: &Value,
        names: Vec<(&'static str, Value)>,
        vu: &mut VirtualUser,
    ) -> Result<(bool, String), Failure> {
        let bindings = self.0.interpreter(vu)?;
        self.0.run(&bindings, object, names, vu)?;
        let mut text = |name: &str| match bindings.get(name) {
            None | Some(Value::Null | Value::Void) => Ok(String::new()),
            Some(value) => scripting::plain_text(&value, vu).map_err(|error| Failure::of(&error)),
        };
        Ok((boolean(&text("Failure")?), text("FailureMessage")?))
    }
}

impl Assertion for BeanShellAssertion {
    fn label(&self) -> &Label {
        self.0.label()
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.0.name(vu)?.to_string();
        let text = |text: &str| Value::from(text);
        let mut names = vec![
            ("ResponseHeaders", text(&result.response_headers)),
            ("RequestHeaders", text(&result.request_headers)),
            ("ResponseCode", text(&result.response_code)),
            ("ResponseMessage", text(&result.response_message)),
            ("ResponseData", Value::bytes(result.response_data.to_vec())),
            ("SampleLabel", text(&result.label)),
            ("SamplerData", result.request_text().as_deref().map(Value::from).into()),
            ("Successful", result.successful.into()),
            ("Failure", false.into()),
            ("FailureMessage", text("")),
        ];
        let object = sample_result::holding(Arc::new(std::mem::take(result)));
        names.extend([("Response", object.clone()), ("SampleResult", object.clone())]);
        let done = scripting::with_result(vu, &object, |vu, previous| self.judge(previous, names, vu));
        *result = sample_result::result_of(&object).unwrap_or_default();
        match done {
            Ok((failure, message)) => {
                Ok(AssertionResult { name, failure, error: false, message: Some(message), compared: None })
            }
            Err(failure) => {
                let message = failure.settle()?;
                log::warn!(target: "o.a.j.a.BeanShellAssertion", "{message}");
                Ok(AssertionResult::error(name, message))
            }
        }
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
