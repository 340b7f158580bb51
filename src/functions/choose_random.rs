//! `${__chooseRandom(value,...,variable)}`: one of the values. The last parameter is always the variable's name.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__chooseRandom", arity: Arity::AtLeast(3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let variable = parameters.count() - 1;
    let chosen = vu.random_index(variable);
    let result = parameters.text(chosen, vu)?.into_owned();
    parameters.store(variable, &result, vu)?;
    Ok(result)
}
