//! `${__strLen(text,variable)}`: the length of a text in units of UTF-16.

use super::call::call;
use crate::model::{Arity, FunctionType};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__strLen",
    arity: Arity::AtLeast(1),
    make: |parameters, _| {
        call(parameters, |parameters, vu| {
            let result = parameters.text(0, vu)?.encode_utf16().count().to_string();
            parameters.store(1, &result, vu)?;
            Ok(result)
        })
    },
};
