//! `${__evalVar(name)}`: evaluates what a variable holds.

use super::call::{Parameters, call};
use super::eval::evaluated;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__evalVar", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    if !vu.has_variables {
        log::error!(target: "o.a.j.f.EvalVarFunction", "Variables have not yet been defined");
        return Ok("**ERROR - see log file**".into());
    }
    match vu.variables.text(&name) {
        Some(text) => evaluated(&text, vu),
        None => Ok(String::new()),
    }
}
