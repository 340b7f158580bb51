//! Bytes as hexadecimal text, read and shown as by the WebSocket Samplers plugin (`BinaryUtils`).
//!
//! `0xca fe 0x1`: words between single blanks. A word is one number after `0x`, of which the lowest byte counts, or pairs
//! of digits, the last of which may be a single one. `0X`, tabs and line ends are no part of it.

use std::fmt::Write;

/// The bytes of a text; `None` if it is none of these.
#[must_use]
pub fn parse(text: &str) -> Option<Vec<u8>> {
    if text.chars().all(|char| char <= ' ') {
        return Some(Vec::new());
    }
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for word in text.split(' ') {
        match word.strip_prefix("0x") {
            Some(digits) => bytes.push(number(digits)?),
            None => pairs(word, &mut bytes)?,
        }
    }
    Some(bytes)
}

/// `Integer.decode` after the `0x`: up to 31 bits, without a sign.
fn number(digits: &str) -> Option<u8> {
    let number = i32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with(['+', '-']))?;
    Some(number as u8)
}

/// `Integer.parseInt` of each two characters, which takes a sign for the first.
fn pairs(word: &str, bytes: &mut Vec<u8>) -> Option<()> {
    for pair in word.as_bytes().chunks(2) {
        bytes.push(i32::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()? as u8);
    }
    Some(())
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
        let check = |text: &str, expected: Option<&[u8]>| assert_eq!(parse(text).as_deref(), expected, "{text:?}");
        check("0xca fe 0x1", Some(&[0xCA, 0xFE, 1]));
        check("cafe01", Some(&[0xCA, 0xFE, 1]));
        check("abc  d", Some(&[0xAB, 0x0C, 0x0D]));
        check("0x1ff +f -f", Some(&[0xFF, 0x0F, 0xF1]));
        check(" \t\n", Some(&[]));
        check("", Some(&[]));
        for text in ["0xzz", "0x", "0x-1", "0xfffffffff", "0XFF", "hello", "01\n02", "é0", "-"] {
            check(text, None);
        }
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
