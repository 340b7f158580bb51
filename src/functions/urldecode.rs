//! `${__urldecode(text)}`: the text that `java.net.URLDecoder` reads.

use super::call::{Parameters, call};
use crate::java::{self, Charset};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__urldecode", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?;
    let decoded =
        java::url_decode(&text, Charset::UTF_8).map_err(|error| Fault::illegal_argument(error.to_string()))?;
    Ok(decoded.into_owned())
}
