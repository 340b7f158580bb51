//! `${__V(name,default)}`: the variable whose name is made from others, or else the default, or else the name.

use super::call::{Parameters, reading_call};
use crate::model::{Arity, Dependence, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__V",
    arity: Arity::Between(1, 2),
    make: |parameters, _| reading_call(parameters, Dependence::User, run),
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    if !vu.has_variables {
        return Err(Fault::exception("java.lang.NullPointerException", "there are no variables yet"));
    }
    match vu.variables.text(&name) {
        Some(value) => Ok(value.to_string()),
        None if parameters.count() > 1 => Ok(parameters.text(1, vu)?.into_owned()),
        None => Ok(name.into_owned()),
    }
}
