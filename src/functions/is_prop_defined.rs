//! `${__isPropDefined(name)}`: whether there is a property of that name.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__isPropDefined", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    Ok(vu.run.property(&name).is_some().to_string())
}
