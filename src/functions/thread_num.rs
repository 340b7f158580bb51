//! `${__threadNum}`: the user's number in its group: what follows the last hyphen of its thread name.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__threadNum", arity: Arity::Exactly(0), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    debug_assert_eq!(parameters.count(), 0);
    let name = &vu.thread_name;
    Ok(name.rsplit('-').next().unwrap_or(name).to_owned())
}
