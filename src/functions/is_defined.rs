//! `${__isDefined(variable)}`: `1` if there is such a variable, else `0`.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__isDefined", arity: Arity::AtLeast(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.trimmed(0, vu)?;
    let is_defined = vu.has_variables && vu.variables.contains(&name);
    Ok(if is_defined { "1" } else { "0" }.into())
}
