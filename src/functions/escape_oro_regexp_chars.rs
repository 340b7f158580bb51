//! `${__escapeOroRegexpChars(text,variable)}`: the text with a backslash before all that may mean something in a pattern.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType = FunctionType {
    name: "__escapeOroRegexpChars",
    arity: Arity::Between(1, 2),
    make: |parameters, _| call(parameters, run),
};

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut result = String::new();
    for char in parameters.text(0, vu)?.chars() {
        let is_word = char.is_alphanumeric() || char == '_';
        if !is_word {
            result.push('\\');
        }
        result.push(char);
    }
    parameters.store(1, &result, vu)?;
    Ok(result)
}
