//! `${__uppercase(text,variable)}`: a text in upper case.

use super::call::call;
use crate::model::{Arity, FunctionType};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__uppercase",
    arity: Arity::AtLeast(1),
    make: |parameters, _| {
        call(parameters, |parameters, vu| {
            let result = parameters.text(0, vu)?.to_uppercase();
            parameters.store(1, &result, vu)?;
            Ok(result)
        })
    },
};
