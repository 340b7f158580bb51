//! `${__doubleSum(number,...,variable)}`: the sum of decimal numbers. A last parameter that is no number is the variable's name.

use super::call::{Parameters, call, store};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__doubleSum", arity: Arity::AtLeast(2), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let texts = parameters.texts(0, vu)?;
    let Some((last, numbers)) = texts.split_last() else { return Ok(String::new()) };
    let mut sum = 0.0;
    for number in numbers {
        sum += java::parse_double(number).ok_or_else(|| Fault::number_format(java::trim(number)))?;
    }
    let variable = match java::parse_double(last) {
        Some(number) => {
            sum += number;
            ""
        }
        None => java::trim(last),
    };
    let result = java::double_text(sum);
    store(variable, &result, vu);
    Ok(result)
}
