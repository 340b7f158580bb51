//! `${__isVarDefined(name)}`: whether there is a variable of that name.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__isVarDefined", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    Ok((vu.has_variables && vu.variables.contains(&name)).to_string())
}
