//! `${__env(name,variable,default)}`: an environment variable, or else the default, or else its name.

use super::call::{Parameters, call, store};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__env", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?.into_owned();
    let variable = parameters.text(1, vu)?.into_owned();
    let default = if parameters.count() > 2 { parameters.text(2, vu)?.into_owned() } else { name.clone() };
    let value = std::env::vars_os().find(|(known, _)| known.to_str() == Some(&name));
    let value = value.map_or(default, |(_, value)| value.to_string_lossy().into_owned());
    let result = java::trim(&value).to_owned();
    store(&variable, &result, vu);
    Ok(result)
}
