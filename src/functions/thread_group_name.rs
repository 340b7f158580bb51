//! `${__threadGroupName}`: the name of the user's thread group.

use super::call::call;
use crate::model::{Arity, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__threadGroupName",
    arity: Arity::Exactly(0),
    make: |parameters, _| call(parameters, |_, vu| Ok(text(vu))),
};

fn text(vu: &VirtualUser) -> String {
    // JMeter's main thread is in no group.
    let name = if vu.group.number == 0 { "" } else { &vu.group.name };
    name.to_owned()
}
