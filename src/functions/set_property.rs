//! `${__setProperty(name,value,true)}`: sets a property for everybody; with `true` it gives what it held.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__setProperty", arity: Arity::Between(2, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let (name, value) = (parameters.text(0, vu)?, parameters.text(1, vu)?);
    let gives_old = parameters.text(2, vu)?.eq_ignore_ascii_case("true");
    let old = vu.run.properties.set(&name, value.as_ref());
    Ok(match old {
        Some(old) if gives_old => old.text().to_string(),
        None if gives_old => "null".into(),
        _ => String::new(),
    })
}
