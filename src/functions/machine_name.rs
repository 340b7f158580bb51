//! `${__machineName(variable)}`: the name of this machine.

use std::sync::LazyLock;

use super::call::call;
use crate::model::{Arity, FunctionType};

static NAME: LazyLock<String> = LazyLock::new(|| gethostname::gethostname().to_string_lossy().into());

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__machineName",
    arity: Arity::Between(0, 1),
    make: |parameters, _| {
        call(parameters, |parameters, vu| {
            parameters.store(0, &NAME, vu)?;
            Ok(NAME.clone())
        })
    },
};
