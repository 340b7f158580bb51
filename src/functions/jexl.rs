//! `${__jexl3(expression,variable)}` and `${__jexl2(expression,variable)}`: an expression of Apache Commons JEXL.

use super::call::{Parameters, call_with_result};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::script::Language;

pub(super) const JEXL2: FunctionType = FunctionType {
    name: "__jexl2",
    arity: Arity::Between(1, 2),
    make: |parameters, main| call_with_result(parameters, main, |parameters, vu| run(Language::Jexl2, parameters, vu)),
};
pub(super) const JEXL3: FunctionType = FunctionType {
    name: "__jexl3",
    arity: Arity::Between(1, 2),
    make: |parameters, main| call_with_result(parameters, main, |parameters, vu| run(Language::Jexl3, parameters, vu)),
};

/// An expression that fails is an empty text, and sets no variable.
fn run(language: Language, parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let log = if language == Language::Jexl2 { "Jexl2Function" } else { "Jexl3Function" };
    match super::script::run(language, &format!("org.apache.jmeter.functions.{log}"), parameters, vu)? {
        Ok(value) => {
            let value = value.as_deref().unwrap_or_default();
            parameters.store(1, value, vu)?;
            Ok(value.to_owned())
        }
        Err(error) => {
            let (text, target) = (parameters.text(0, vu)?, format!("o.a.j.f.{log}"));
            log::error!(target: &target, "An error occurred while evaluating the expression \"{text}\": {error}");
            Ok(String::new())
        }
    }
}
