//! `${__property(name,variable,default)}`: a property, or else the default, or else its name.

use super::call::{Parameters, call, reading_call, store};
use crate::java;
use crate::model::{Arity, Dependence, Fault, FunctionType, Template, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__property",
    arity: Arity::Between(1, 3),
    make: |parameters, _| match parameters.get(1).and_then(Template::as_literal) {
        None if parameters.len() > 1 => call(parameters, run),
        None | Some("") => reading_call(parameters, Dependence::Properties, run),
        Some(_variable) => call(parameters, run),
    },
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    let default = if parameters.count() > 2 { parameters.text(2, vu)? } else { name.clone() };
    let value = vu.run.property(&name).unwrap_or_else(|| default.as_ref().into());
    let value = java::trim(&value).to_owned();
    let variable = parameters.text(1, vu)?;
    store(&variable, &value, vu);
    Ok(value)
}
