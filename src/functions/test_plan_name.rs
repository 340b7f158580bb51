//! `${__TestPlanName}`: the name of the plan's file, without its folder.

use super::call::call;
use crate::model::{Arity, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__TestPlanName",
    arity: Arity::Exactly(0),
    make: |parameters, _| call(parameters, |_, vu| Ok(text(vu))),
};

fn text(vu: &VirtualUser) -> String {
    vu.run.plan.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
