//! `${__property(name,variable,default)}`: a property, or else the default, or else its name.

use super::call::store;
use super::call::{Parameters, call};
use crate::model::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__property", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    let default = if parameters.count() > 2 { parameters.text(2, vu)? } else { name.clone() };
    let value = vu.run.property(&name).unwrap_or_else(|| default.as_ref().into());
    let value = java::trim(&value).to_owned();
    let variable = parameters.text(1, vu)?;
    store(&variable, &value, vu);
    Ok(value)
}
