//! `${__substring(text,begin,end,variable)}`: the part of a text between two places, in units of UTF-16.

use super::call::{Parameters, call, store};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__substring", arity: Arity::AtLeast(3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let units: Vec<_> = parameters.text(0, vu)?.encode_utf16().collect();
    let number = |text: String| java::parse_int(&text).ok_or_else(|| Fault::number_format(&text));
    let (begin, end) = (number(parameters.trimmed(1, vu)?)?, number(parameters.trimmed(2, vu)?)?);
    let range = usize::try_from(begin).ok().zip(usize::try_from(end).ok());
    let Some(part) = range.and_then(|(begin, end)| units.get(begin..end)) else {
        let length = units.len();
        return Err(Fault::exception(
            "java.lang.StringIndexOutOfBoundsException",
            format!("begin {begin}, end {end}, length {length}"),
        ));
    };
    let result = String::from_utf16_lossy(part);
    store(&parameters.text(3, vu)?, &result, vu);
    Ok(result)
}
