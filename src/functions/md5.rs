//! `${__MD5(text,variable)}`: the MD5 sum of a text, in hexadecimal.

use super::call::call;
use super::digest::hex;
use crate::model::{Arity, FunctionType};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__MD5",
    arity: Arity::AtLeast(1),
    make: |parameters, _| {
        call(parameters, |parameters, vu| {
            let result = hex::<::md5::Md5>(parameters.text(0, vu)?.as_bytes());
            parameters.store(1, &result, vu)?;
            Ok(result)
        })
    },
};
