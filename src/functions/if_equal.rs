//! `${__if(actual,expected,then,else,variable)}`: one of two texts. The other one is not evaluated.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__if", arity: Arity::AtLeast(4), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let actual = parameters.text(0, vu)?;
    let are_equal = actual == parameters.text(1, vu)?;
    let result = parameters.text(if are_equal { 2 } else { 3 }, vu)?.into_owned();
    parameters.store(4, &result, vu)?;
    Ok(result)
}
