//! `${__escapeHtml(text)}`: the text with the characters that HTML 4 has names for written by these.

use super::call::{Parameters, call};
use super::html_entities;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__escapeHtml", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    Ok(html_entities::escaped(&parameters.text(0, vu)?))
}
