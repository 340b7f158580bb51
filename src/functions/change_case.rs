//! `${__changeCase(text,mode,variable)}`: the text in upper case, in lower case or with a capital at its start.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__changeCase", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?;
    let mode = parameters.text(1, vu)?;
    let result = match mode.to_uppercase().as_str() {
        "UPPER" | "" => text.to_uppercase(),
        "LOWER" => text.to_lowercase(),
        "CAPITALIZE" => capitalized(&text),
        _ => {
            log::error!(target: "o.a.j.f.ChangeCase", "Unknown mode {mode}, returning {text} unchanged");
            text.into_owned()
        }
    };
    parameters.store(2, &result, vu)?;
    Ok(result)
}

/// The text with its first character in title case, where that is one character.
pub(super) fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let Some(first) = rest.next() else { return String::new() };
    let mut upper = first.to_uppercase();
    let capital = if upper.len() == 1 { upper.next().unwrap_or(first) } else { first };
    format!("{capital}{}", rest.as_str())
}
