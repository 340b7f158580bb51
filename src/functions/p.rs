//! `${__P(name,default)}`: a property, or else the default, or else 1. Both without white space around.

use super::call::{Parameters, reading_call};
use crate::java;
use crate::model::{Arity, Dependence, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__P",
    arity: Arity::Between(1, 2),
    make: |parameters, _| reading_call(parameters, Dependence::Properties, run),
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let name = parameters.text(0, vu)?;
    if let Some(value) = vu.run.property(&name) {
        return Ok(java::trim(&value).to_owned());
    }
    if parameters.count() > 1 { parameters.trimmed(1, vu) } else { Ok("1".into()) }
}
