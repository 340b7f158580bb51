//! `${__threadNum}`: the user's number in its group: what follows the last hyphen of its thread name.

use super::call::reading_call;
use crate::model::{Arity, Dependence, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__threadNum",
    arity: Arity::Exactly(0),
    make: |parameters, _| reading_call(parameters, Dependence::User, |_, vu| Ok(text(vu))),
};

fn text(vu: &VirtualUser) -> String {
    let name = &vu.thread_name;
    name.rsplit('-').next().unwrap_or(name).to_owned()
}
