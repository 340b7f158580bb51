//! `${__iterationNum}`: the number of the turn of the group's loop that the user is in, from 1.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__iterationNum", arity: Arity::AtLeast(0), make: |parameters, _| call(parameters, run) };

fn run(_parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    Ok(vu.iteration.to_string())
}
