//! `${__samplerName(variable)}`: the name of the sampler whose turn it is.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__samplerName", arity: Arity::Between(0, 1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = vu.sampler_name.clone().get(vu)?;
    parameters.store(0, &name, vu)?;
    Ok(name.to_string())
}
