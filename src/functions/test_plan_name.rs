//! `${__TestPlanName}`: the name of the plan's file, without its folder.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__TestPlanName", arity: Arity::Exactly(0), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    debug_assert_eq!(parameters.count(), 0);
    Ok(vu.run.plan.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}
