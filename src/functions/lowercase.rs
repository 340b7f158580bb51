//! `${__lowercase(text,variable)}`: a text in lower case.

use super::call::call;
use crate::model::{Arity, FunctionType};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__lowercase",
    arity: Arity::AtLeast(1),
    make: |parameters, _| {
        call(parameters, |parameters, vu| {
            let result = parameters.text(0, vu)?.to_lowercase();
            parameters.store(1, &result, vu)?;
            Ok(result)
        })
    },
};
