//! Character references in attribute values.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// The text with its character references decoded. What is none stays as it is.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest[1..].strip_prefix('#') {
            Some(number) => numeric(number, &mut out).map(|length| 2 + length),
            None => named(&rest[1..], &mut out).map(|length| 1 + length),
        };
        let length = length.unwrap_or_else(|| {
            out.push('&');
            1
        });
        rest = &rest[length..];
    }
    out.push_str(rest);
    out.into()
}

/// How long the reference is.
fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits.find(|char: char| !char.is_digit(radix)).unwrap_or(digits.len());
    if length == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    out.push(char::from_u32(code).filter(|char| *char != '\0').unwrap_or('\u{fffd}'));
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some(prefix + length + semicolon)
}

fn named(text: &str, out: &mut String) -> Option<usize> {
    let end = text.find(|char: char| !char.is_ascii_alphanumeric()).filter(|end| text[*end..].starts_with(';'))?;
    out.push_str(resolve_html5_entity(&text[..end])?);
    Some(end + 1)
}
