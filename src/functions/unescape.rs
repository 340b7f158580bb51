//! `${__unescape(text)}`: the text with Java's escapes replaced by their characters.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__unescape", arity: Arity::Exactly(1), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    unescaped(&parameters.text(0, vu)?)
}

fn unescaped(text: &str) -> Result<String, Fault> {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        if char != '\\' {
            units.extend_from_slice(char.encode_utf16(&mut [0; 2]));
            continue;
        }
        let escaped = rest.as_str();
        match rest.next() {
            Some('n') => units.push(0x0A),
            Some('r') => units.push(0x0D),
            Some('t') => units.push(0x09),
            Some('b') => units.push(0x08),
            Some('f') => units.push(0x0C),
            Some('u') => {
                let digits = escaped.trim_start_matches('u');
                let digits = digits.strip_prefix('+').unwrap_or(digits);
                units.push(unit(digits)?);
                rest = digits[4..].chars();
            }
            Some('0'..='7') => {
                let octal = octal(escaped);
                units.push(u16::from_str_radix(octal, 8).unwrap_or_default());
                rest = escaped[octal.len()..].chars();
            }
            Some(other) => units.extend_from_slice(other.encode_utf16(&mut [0; 2])),
            // A lone backslash at the end is dropped.
            None => {}
        }
    }
    Ok(String::from_utf16_lossy(&units))
}

/// The UTF-16 unit of four hexadecimal digits.
fn unit(digits: &str) -> Result<u16, Fault> {
    let Some(digits) = digits.get(..4) else {
        let message = format!("Less than 4 hex digits in unicode value: '\\u{digits}' due to end of CharSequence");
        return Err(Fault::illegal_argument(message));
    };
    u16::from_str_radix(digits, 16)
        .map_err(|_| Fault::illegal_argument(format!("Unable to parse unicode value: {digits}")))
}

/// Up to three octal digits that make no more than 255.
fn octal(text: &str) -> &str {
    let most = if text.starts_with(['0', '1', '2', '3']) { 3 } else { 2 };
    let length = text.bytes().take(most).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    &text[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_unescaped() {
        let check = |text, expected: &str| assert_eq!(unescaped(text).unwrap(), expected, "{text}");
        check("a\\tb\\n\\\\\\\"\\'\\q", "a\tb\n\\\"'q");
        check("\\u0041\\uu0042\\uD83D\\uDE00", "AB😀");
        check("\\101\\7\\477", "A\u{7}'7");
        check("x\\", "x");
        let fault = "java.lang.IllegalArgumentException: Less than 4 hex digits in unicode value: '\\u12' due to end of CharSequence";
        assert_eq!(unescaped("\\u12").unwrap_err().to_string(), fault);
    }
}
