//! `${__javaScript(script,variable)}`: a script of JavaScript.

use super::call::{Parameters, call_with_result};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::script::Language;

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__javaScript",
    arity: Arity::Between(1, 2),
    make: |parameters, main| call_with_result(parameters, main, run),
};

/// A script that fails gives nothing.
fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    match super::script::run(Language::JavaScript, "org.apache.jmeter.functions.JavaScript", parameters, vu)? {
        Ok(value) => {
            let value = value.as_deref().unwrap_or("null");
            // Unlike most functions, it takes an empty name for one.
            if parameters.count() > 1 && vu.has_variables {
                let variable = parameters.trimmed(1, vu)?;
                vu.variables.put(&variable, value);
            }
            Ok(value.to_owned())
        }
        Err(error) => {
            let text = parameters.text(0, vu)?;
            log::error!(target: "o.a.j.f.JavaScript", "Error processing Javascript: [{text}] {error}");
            Ok(String::new())
        }
    }
}
