//! `${__eval(text)}`: evaluates what the text holds once more.

use std::borrow::Cow;

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, Template, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__eval", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?;
    evaluated(&text, vu)
}

/// The text with its references evaluated; nothing if it cannot be parsed.
pub(super) fn evaluated(text: &str, vu: &mut VirtualUser) -> Result<String, Fault> {
    let run = vu.run.clone();
    match Template::parse_parameter(text, &run.functions, vu, &mut Vec::new()) {
        Ok(template) => vu.forgetting(|vu| template.eval(vu).map(Cow::into_owned)),
        Err(error) => {
            log::debug!(target: "o.a.j.e.u.CompoundVariable", "Invalid function string: {error}");
            Ok(String::new())
        }
    }
}
