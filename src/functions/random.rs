//! `${__Random(min,max,variable)}`: a random whole number, both ends included.

use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use rand::RngExt;

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__Random", arity: Arity::Between(2, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let number = |text: String| java::parse_long(&text).ok_or_else(|| Fault::number_format(&text));
    let (least, most) = (number(parameters.trimmed(0, vu)?)?, number(parameters.trimmed(1, vu)?)?);
    // Java adds one to the bound, which the largest number does not survive.
    if least >= most.wrapping_add(1) {
        return Err(Fault::illegal_argument("bound must be greater than origin"));
    }
    let result = vu.random_source().random_range(least..=most).to_string();
    parameters.store(2, &result, vu)?;
    Ok(result)
}
