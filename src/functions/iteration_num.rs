//! `${__iterationNum}`: the turn of the user, from 1.

use super::call::call;
use crate::model::{Arity, FunctionType};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__iterationNum",
    arity: Arity::AtLeast(0),
    make: |parameters, _| call(parameters, |_, vu| Ok(vu.iteration.to_string())),
};
