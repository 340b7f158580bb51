//! `${__base64Decode(text,variable)}`: the text behind Base64, in the usual alphabet or that of URLs.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::call::{Parameters, call, store};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__base64Decode", arity: Arity::Between(1, 2), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let result = decoded(&parameters.text(0, vu)?);
    store(&parameters.text(1, vu)?, &result, vu);
    Ok(result)
}

/// What stands before the padding; characters of no alphabet are passed over, and so is a digit that makes no byte.
fn decoded(text: &str) -> String {
    let digits = text.bytes().take_while(|byte| *byte != b'=').filter_map(|byte| match byte {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        b'+' | b'/' => Some(byte),
        byte => byte.is_ascii_alphanumeric().then_some(byte),
    });
    let mut digits: Vec<_> = digits.collect();
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    String::from_utf8_lossy(&LENIENT.decode(digits).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let check = |text, expected: &str| assert_eq!(decoded(text), expected, "{text}");
        check("YcOp", "aé");
        check("YQ==", "a");
        check("YQ", "a");
        check("Y Q\n==YQ", "a");
        check("fn5-fn5_", "~~~~~\u{7f}");
        check("fn5+fn5/Y", "~~~~~\u{7f}");
        check("", "");
    }
}
