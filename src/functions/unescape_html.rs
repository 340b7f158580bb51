//! `${__unescapeHtml(text)}`: the text with HTML 4's names and numbers replaced by their characters.

use super::call::{Parameters, call};
use super::html_entities;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__unescapeHtml", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    Ok(html_entities::unescaped(&parameters.text(0, vu)?).into_owned())
}
