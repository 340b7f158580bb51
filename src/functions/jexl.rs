//! `${__jexl3(expression,variable)}` and `${__jexl2(expression,variable)}`: an expression of Apache Commons JEXL.

use std::sync::Arc;

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use crate::script::{Bindings, Language, Value};
use crate::scripting;

pub(super) const JEXL2: FunctionType = FunctionType {
    name: "__jexl2",
    arity: Arity::Between(1, 2),
    make: |parameters, _| call(parameters, |parameters, vu| run(Language::Jexl2, parameters, vu)),
};
pub(super) const JEXL3: FunctionType = FunctionType {
    name: "__jexl3",
    arity: Arity::Between(1, 2),
    make: |parameters, _| call(parameters, |parameters, vu| run(Language::Jexl3, parameters, vu)),
};

/// An expression that fails is an empty text, and sets no variable.
fn run(language: Language, parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?;
    match scripting::evaluate(language, &text, &bindings(vu), vu) {
        Ok(value) => {
            let value = value.as_deref().unwrap_or_default();
            parameters.store(1, value, vu)?;
            Ok(value.to_owned())
        }
        Err(error) => {
            let name = if language == Language::Jexl2 { "Jexl2Function" } else { "Jexl3Function" };
            let target = format!("o.a.j.f.{name}");
            log::error!(target: &target, "An error occurred while evaluating the expression \"{text}\": {error}");
            Ok(String::new())
        }
    }
}

/// What expressions and scripts in functions see.
pub(super) fn bindings(vu: &VirtualUser) -> Bindings {
    let name = |name: &str| Arc::from(name);
    Bindings::of(vec![
        (name("vars"), scripting::variables()),
        (name("props"), scripting::properties()),
        (name("log"), scripting::logger("o.a.j.f.Functions")),
        (name("threadName"), Value::Str(vu.thread_name.clone())),
    ])
}
