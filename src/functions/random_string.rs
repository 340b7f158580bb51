//! `${__RandomString(length,characters,variable)}`: random characters, of any script if none are given.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use std::sync::LazyLock;

use crate::java;
use rand::RngExt;
use regex::Regex;

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__RandomString", arity: Arity::Between(1, 3), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let length = parameters.text(0, vu)?;
    let length = java::parse_int(&length).ok_or_else(|| Fault::number_format(&length))?;
    let characters: Vec<char> = parameters.trimmed(1, vu)?.chars().collect();
    let Ok(length) = usize::try_from(length) else {
        return Err(Fault::illegal_argument(format!("Requested random string length {length} is less than 0.")));
    };
    let mut result = String::with_capacity(length);
    let mut units = 0;
    while units < length {
        let char = match characters.as_slice() {
            [] => any_char(vu),
            characters => characters[vu.random_index(characters.len())],
        };
        if units + char.len_utf16() <= length {
            units += char.len_utf16();
            result.push(char);
        }
    }
    parameters.store(2, &result, vu)?;
    Ok(result)
}

/// Characters that Unicode knows and that are not for private use.
static KNOWN: LazyLock<Regex> = LazyLock::new(|| Regex::new("[^\\p{Cn}\\p{Co}]").expect("a valid class"));

fn any_char(vu: &mut VirtualUser) -> char {
    loop {
        let char: char = vu.random_source().random_range('\0'..=char::MAX);
        if KNOWN.is_match(char.encode_utf8(&mut [0; 4])) {
            return char;
        }
    }
}
