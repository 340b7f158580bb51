//! `${__threadGroupName}`: the name of the user's thread group.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__threadGroupName", arity: Arity::Exactly(0), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    debug_assert_eq!(parameters.count(), 0);
    // JMeter's main thread is in no group.
    let name = if vu.group.number == 0 { "" } else { &vu.group.name };
    Ok(name.to_owned())
}
