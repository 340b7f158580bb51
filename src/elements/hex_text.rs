//! Bytes as hexadecimal text, read and shown as by the WebSocket Samplers plugin (`BinaryUtils`).
//!
//! `0xca fe 0x1`: words between single blanks. A word is one number after `0x`, of which the lowest byte counts, or pairs
//! of digits, the last of which may be a single one. `0X`, tabs and line ends are no part of it.

use std::fmt::Write;

/// A word that is no bytes, as Java's `NumberFormatException` tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadHex(pub String);

/// The bytes of a text.
///
/// # Errors
/// If it is none of these.
pub fn parse(text: &str) -> Result<Vec<u8>, BadHex> {
    if text.chars().all(|char| char <= ' ') {
        return Ok(Vec::new());
    }
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for word in text.split(' ') {
        match word.strip_prefix("0x") {
            Some(digits) => bytes.push(number(digits)?),
            None => pairs(word, &mut bytes)?,
        }
    }
    Ok(bytes)
}

/// `Integer.decode` after the `0x`: up to 31 bits, without a sign.
fn number(digits: &str) -> Result<u8, BadHex> {
    if digits.starts_with(['+', '-']) {
        return Err(BadHex("Sign character in wrong position".to_owned()));
    }
    i32::from_str_radix(digits, 16).map(|number| number as u8).map_err(|_| no_number(digits))
}

/// `Integer.parseInt` of each two characters, which takes a sign for the first.
fn pairs(word: &str, bytes: &mut Vec<u8>) -> Result<(), BadHex> {
    let mut chars = word.chars();
    loop {
        let pair: String = chars.by_ref().take(2).collect();
        if pair.is_empty() {
            return Ok(());
        }
        bytes.push(i32::from_str_radix(&pair, 16).map_err(|_| no_number(&pair))? as u8);
    }
}

fn no_number(digits: &str) -> BadHex {
    BadHex(format!("For input string: \"{digits}\" under radix 16"))
}

/// Bytes as `0xca 0xfe`.
#[must_use]
pub fn show(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5);
    for byte in bytes {
        let separator = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{separator}{byte:#04x}");
    }
    text
}

/// The first bytes, and `more` behind them if there are others.
#[must_use]
pub fn show_first(bytes: &[u8], limit: usize, more: &str) -> String {
    match bytes.get(..limit) {
        Some(first) if bytes.len() > limit => show(first) + more,
        _ => show(bytes),
    }
}

/// Whether bytes occur in others. No bytes at all occur nowhere.
#[must_use]
pub fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && memchr::memmem::find(bytes, wanted).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_by_the_plugin() {
        let check = |text: &str, expected: Option<&[u8]>| assert_eq!(parse(text).ok().as_deref(), expected, "{text:?}");
        check("0xca fe 0x1", Some(&[0xCA, 0xFE, 1]));
        check("cafe01", Some(&[0xCA, 0xFE, 1]));
        check("abc  d", Some(&[0xAB, 0x0C, 0x0D]));
        check("0x1ff +f -f", Some(&[0xFF, 0x0F, 0xF1]));
        check(" \t\n", Some(&[]));
        check("", Some(&[]));
        for text in ["0xzz", "0x", "0x-1", "0xfffffffff", "0XFF", "hello", "01\n02", "é0", "-"] {
            check(text, None);
        }
        let bad = |text: &str| parse(text).unwrap_err().0;
        assert_eq!(bad("cazz"), "For input string: \"zz\" under radix 16");
        assert_eq!(bad("0x-1"), "Sign character in wrong position");
    }

    #[test]
    fn bytes_are_shown_as_by_the_plugin() {
        assert_eq!(show(&[0xCA, 0, 7]), "0xca 0x00 0x07");
        assert_eq!(show(&[]), "");
        assert_eq!(show_first(&[1, 2, 3], 2, " ..."), "0x01 0x02 ...");
        assert_eq!(show_first(&[1, 2], 2, " ..."), "0x01 0x02");
    }

    #[test]
    fn nothing_occurs_nowhere() {
        assert!(contains(&[1, 2, 3], &[2, 3]) && !contains(&[1, 2], &[2, 1]) && !contains(&[1], &[]));
    }
}
