//! What Java does with numbers, texts and addresses, where that decides what a plan does.

mod form_coding;
mod hash_map;
mod uri;
mod url;

pub use form_coding::{UrlDecodeError, push_escaped, url_decode, url_encode};
pub use hash_map::sort_as_hash_map;
pub use uri::{Uri, UriSyntaxError};
pub use url::{MalformedUrl, Url};

/// `Integer.parseInt`: an optional sign and digits, nothing else.
#[must_use]
pub fn parse_int(text: &str) -> Option<i32> {
    digits(text).and_then(|text| text.parse().ok())
}

/// `Long.parseLong`.
#[must_use]
pub fn parse_long(text: &str) -> Option<i64> {
    digits(text).and_then(|text| text.parse().ok())
}

fn digits(text: &str) -> Option<&str> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    (!bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// `Long.decode`: decimal, `0x`, `#` or octal with a leading `0`, each with an optional sign.
#[must_use]
pub fn decode_long(text: &str) -> Option<i64> {
    let (negative, bare) = match text.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, bare) = if let Some(hex) = bare.strip_prefix("0x").or_else(|| bare.strip_prefix("0X")) {
        (16, hex)
    } else if let Some(hex) = bare.strip_prefix('#') {
        (16, hex)
    } else if bare.len() > 1 && bare.starts_with('0') {
        (8, &bare[1..])
    } else {
        (10, bare)
    };
    if !bare.starts_with(|char: char| char.is_digit(radix)) {
        return None;
    }
    let magnitude = i128::from_str_radix(bare, radix).ok()?;
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

/// `Double.parseDouble`: white space around, an exponent, a `d` or `f` at the end, `NaN` and `Infinity`.
#[must_use]
pub fn parse_double(text: &str) -> Option<f64> {
    let text = text.trim_matches(|char| char <= ' ');
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(bare, "NaN" | "Infinity") {
        return text.parse().ok();
    }
    let text = text.strip_suffix(['d', 'D', 'f', 'F']).unwrap_or(text);
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if plain { text.parse().ok() } else { None }
}

/// `Double.toString`: always a decimal point, and `E` notation below 10^-3 and from 10^7 on.
#[must_use]
pub fn double_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity".into() } else { "-Infinity".into() };
    }
    let size = number.abs();
    if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let text = format!("{number:E}");
        return match text.split_once('E') {
            Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
            _ => text,
        };
    }
    let text = format!("{number}");
    if text.contains('.') { text } else { text + ".0" }
}

/// `String.split` by one character: empty parts at the end are dropped.
#[must_use]
pub fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts: Vec<_> = text.split(separator).collect();
    while parts.len() > 1 && parts.last() == Some(&"") {
        parts.pop();
    }
    // A text of separators alone has no parts, but an empty text has one.
    if parts == [""] && !text.is_empty() { Vec::new() } else { parts }
}

/// `String.trim`: the text without control characters and spaces around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(|char| char <= ' ')
}

/// `Boolean.parseBoolean`: the word `true` in any case, and nothing else.
#[must_use]
pub fn parse_boolean(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_java_does() {
        let check = |text, expected| assert_eq!(parse_int(text), expected, "{text}");
        check("12", Some(12));
        check("+3", Some(3));
        check("-03", Some(-3));
        for text in ["", "+", " 2", "1.5", "0x2", "abc", "2147483648", "1_000"] {
            check(text, None);
        }
        let check = |text, expected| assert_eq!(decode_long(text), expected, "{text}");
        check("0x64", Some(100));
        check("-#ff", Some(-255));
        check("010", Some(8));
        check("0", Some(0));
        check("08", None);
        check("1.5", None);
        let check = |text, expected| assert_eq!(parse_double(text), expected, "{text}");
        check(" 5e2 ", Some(500.0));
        check("1d", Some(1.0));
        check(".5", Some(0.5));
        check("-Infinity", Some(f64::NEG_INFINITY));
        check("inf", None);
        check("1 2", None);
    }

    #[test]
    fn texts_are_split_as_java_does() {
        let check = |text, expected: &[&str]| assert_eq!(split(text, ';'), expected, "{text}");
        check("a;b", &["a", "b"]);
        check(";a;;b;;", &["", "a", "", "b"]);
        check("", &[""]);
        check(";;", &[]);
    }

    #[test]
    fn decimals_are_printed_as_java_does() {
        let check = |number, expected| assert_eq!(double_text(number), expected);
        check(3.0, "3.0");
        check(-0.0, "-0.0");
        check(0.001, "0.001");
        check(0.0001, "1.0E-4");
        check(9_999_999.0, "9999999.0");
        check(1e7, "1.0E7");
        check(1.234_567_89e8, "1.23456789E8");
        check(f64::NAN, "NaN");
    }
}
