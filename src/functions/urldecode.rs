//! `${__urldecode(text)}`: the text that `java.net.URLDecoder` reads.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__urldecode", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    decoded(&parameters.text(0, vu)?).map_err(Fault::illegal_argument)
}

fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let Some((digits, after)) = rest.split_at_checked(2) else {
                    return Err("URLDecoder: Incomplete trailing escape (%) pattern".into());
                };
                bytes.push(byte(digits)?);
                rest = after;
            }
            byte => bytes.push(*byte),
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The byte that two hexadecimal digits stand for, as Java's `Integer.parseInt` reads them.
fn byte(digits: &[u8]) -> Result<u8, String> {
    let text = String::from_utf8_lossy(digits);
    match i32::from_str_radix(&text, 16) {
        Ok(byte) if byte < 0 => Err("URLDecoder: Illegal hex characters in escape (%) pattern - negative value".into()),
        Ok(byte) => Ok(byte as u8),
        Err(_) => {
            Err(format!("URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: \"{text}\""))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_decoded() {
        let check = |text, expected: Result<&str, &str>| {
            assert_eq!(decoded(text).as_deref().map_err(String::as_str), expected);
        };
        check("a+b%20%C3%A9~é", Ok("a b é~é"));
        check("%", Err("URLDecoder: Incomplete trailing escape (%) pattern"));
        check("%zz", Err("URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: \"zz\""));
        check("%-1", Err("URLDecoder: Illegal hex characters in escape (%) pattern - negative value"));
    }
}
