//! `${__longSum(1,2,variable)}`: the sum in 64 bits. A last parameter that is no number names a variable.

use super::call::store;
use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__longSum", arity: Arity::AtLeast(2), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut texts = parameters.texts(0, vu)?;
    let last = texts.pop().unwrap_or_default();
    let last = java::trim(&last);
    let mut sum = 0_i64;
    for text in &texts {
        sum = sum.wrapping_add(java::parse_long(text).ok_or_else(|| Fault::number_format(text))?);
    }
    if let Some(number) = java::parse_long(last) {
        return Ok(sum.wrapping_add(number).to_string());
    }
    let result = sum.to_string();
    store(last, &result, vu);
    Ok(result)
}
