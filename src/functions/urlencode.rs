//! `${__urlencode(text)}`: the text as `java.net.URLEncoder` writes it.

use super::call::{Parameters, call};
use crate::java::{self, Charset};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__urlencode", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut encoded = String::new();
    java::url_encode(&parameters.text(0, vu)?, Charset::UTF_8, &mut encoded);
    Ok(encoded)
}
