//! `${__char(65,0x42)}`: the characters of these codes. Two halves of a pair make one character.

use super::call::{Parameters, call};
use crate::java;
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__char", arity: Arity::AtLeast(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let mut units = Vec::new();
    for number in parameters.texts(0, vu)? {
        let number = java::trim(&number);
        match java::decode_long(number) {
            Some(code) => units.push(code as u16),
            None => log::warn!(
                target: "o.a.j.f.CharFunction",
                "Could not parse {number} : {}", Fault::number_format(number)
            ),
        }
    }
    Ok(String::from_utf16_lossy(&units))
}
