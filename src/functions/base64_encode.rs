//! `${__base64Encode(text,variable)}`: a text in Base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::call::{Parameters, call, store};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__base64Encode", arity: Arity::Between(1, 2), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let result = BASE64_STANDARD.encode(parameters.text(0, vu)?.as_bytes());
    store(&parameters.text(1, vu)?, &result, vu);
    Ok(result)
}
