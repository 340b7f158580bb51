//! `${__intSum(1,2,variable)}`: the sum in 32 bits. A last parameter that is no number names a variable, even without a name.

use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__intSum", arity: Arity::AtLeast(2), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut texts = parameters.texts(0, vu)?;
    let last = texts.pop().unwrap_or_default();
    let last = java::trim(&last);
    let mut sum = 0_i32;
    for text in &texts {
        sum = sum.wrapping_add(java::parse_int(text).ok_or_else(|| Fault::number_format(text))?);
    }
    if let Some(number) = java::parse_int(last) {
        return Ok(sum.wrapping_add(number).to_string());
    }
    let result = sum.to_string();
    if vu.has_variables {
        vu.variables.put(last, result.as_str());
    }
    Ok(result)
}
