//! `java.net.URLEncoder` and `java.net.URLDecoder`.

use std::borrow::Cow;

use super::Charset;

/// Why a text cannot be decoded, in the words of `java.lang.IllegalArgumentException`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlDecodeError {
    /// A `%` with too little after it.
    #[error("URLDecoder: Incomplete trailing escape (%) pattern")]
    Incomplete,
    /// A `%` with something else than two hexadecimal digits after it.
    #[error("URLDecoder: Illegal hex characters in escape (%) pattern - {0}")]
    Illegal(String),
}

/// Appends a text in the form of `application/x-www-form-urlencoded`.
pub fn url_encode(text: &str, charset: Charset, out: &mut String) {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.' | '*');
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.find(|char| !is_plain(char)).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
        if let Some(after) = rest.strip_prefix(' ') {
            out.push('+');
            rest = after;
            continue;
        }
        // Neighbours are encoded together: charsets such as UTF-16 begin each run with a mark.
        let run = rest.find(|char| is_plain(char) || char == ' ').unwrap_or(rest.len());
        charset.encode(&rest[..run]).iter().for_each(|byte| push_escaped(*byte, out));
        rest = &rest[run..];
    }
}

/// Appends a byte as `%XX`.
pub fn push_escaped(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// What a text in that form says.
///
/// # Errors
/// If an escape is broken.
pub fn url_decode(text: &str, charset: Charset) -> Result<Cow<'_, str>, UrlDecodeError> {
    if !text.contains(['%', '+']) {
        return Ok(text.into());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['%', '+']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('+') {
            out.push(' ');
            rest = after;
            continue;
        }
        let mut bytes = Vec::new();
        while rest.starts_with('%') {
            let mut after = rest[1..].chars();
            let (Some(first), Some(second)) = (after.next(), after.next()) else {
                return Err(UrlDecodeError::Incomplete);
            };
            bytes.push(escaped_byte([first, second])?);
            rest = after.as_str();
        }
        out.push_str(&charset.decode(&bytes));
    }
    out.push_str(rest);
    Ok(out.into())
}

/// `Integer.parseInt` of two characters, which also takes `+5`.
fn escaped_byte(digits: [char; 2]) -> Result<u8, UrlDecodeError> {
    let is_signed = matches!(digits[0], '+' | '-');
    let number = &digits[usize::from(is_signed)..];
    if let Some(bad) = number.iter().position(|char| !char.is_ascii_hexdigit()) {
        let [first, second] = digits;
        let at = bad + usize::from(is_signed);
        return Err(UrlDecodeError::Illegal(format!("Error at index {at} in: \"{first}{second}\"")));
    }
    let value = number.iter().filter_map(|digit| digit.to_digit(16)).fold(0, |value, digit| value * 16 + digit);
    match digits[0] {
        '-' if value > 0 => Err(UrlDecodeError::Illegal("negative value".into())),
        _ => Ok(value as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_encoded_for_forms() {
        let check = |text: &str, charset: &str, expected: &str| {
            let mut out = String::new();
            url_encode(text, Charset::named(charset).unwrap(), &mut out);
            assert_eq!(out, expected, "{text} in {charset}");
        };
        check("a b+c%d&e=f/g?h~-_.*", "UTF-8", "a+b%2Bc%25d%26e%3Df%2Fg%3Fh%7E-_.*");
        check("\u{fc}\u{20ac}", "UTF-8", "%C3%BC%E2%82%AC");
        check("a b*-._~/\u{e9}\u{20ac}+%", "UTF-8", "a+b*-._%7E%2F%C3%A9%E2%82%AC%2B%25");
        check("\u{fc}\u{20ac}", "ISO-8859-1", "%FC%3F");
        check("\u{fc}\u{20ac}a\u{fc}", "UTF-16", "%FE%FF%00%FC%20%ACa%FE%FF%00%FC");
    }

    #[test]
    fn forms_are_decoded() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let decoded = url_decode(text, Charset::UTF_8).map_err(|error| error.to_string());
            assert_eq!(decoded.as_deref().map_err(String::as_str), expected, "{text}");
        };
        check("plain", Ok("plain"));
        check("a+b%20c%C3%BC%", Err("URLDecoder: Incomplete trailing escape (%) pattern"));
        check("a+b%20c%C3%BC", Ok("a b c\u{fc}"));
        check("a+b%20%C3%A9~\u{e9}", Ok("a b \u{e9}~\u{e9}"));
        check("%", Err("URLDecoder: Incomplete trailing escape (%) pattern"));
        check("%zz", Err("URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: \"zz\""));
        check("%5g", Err("URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 1 in: \"5g\""));
        check(
            "%\u{e9}1",
            Err("URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: \"\u{e9}1\""),
        );
        check("%-1", Err("URLDecoder: Illegal hex characters in escape (%) pattern - negative value"));
        check("%C3", Ok("\u{fffd}"));
    }
}
