//! Java's texts count UTF-16 units; these functions do so for ours.
//!
//! A half of a surrogate pair cannot be kept: it becomes U+FFFD.

use std::sync::Arc;

use crate::script::value::Value;

/// How many UTF-16 units a text has.
#[must_use]
pub fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The unit at a place.
#[must_use]
pub fn unit_at(text: &str, at: usize) -> Option<u16> {
    if text.is_ascii() { text.as_bytes().get(at).map(|byte| u16::from(*byte)) } else { text.encode_utf16().nth(at) }
}

/// The units of a text.
#[must_use]
pub fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// The text of units.
#[must_use]
pub fn from_units(units: &[u16]) -> String {
    String::from_utf16_lossy(units)
}

/// The text of one unit.
#[must_use]
pub fn from_unit(unit: u16) -> String {
    from_units(&[unit])
}

/// The part from one place to another, both counted in units and inside the text.
#[must_use]
pub fn part(text: &str, from: usize, to: usize) -> String {
    if text.is_ascii() {
        return text.get(from..to).unwrap_or_default().to_owned();
    }
    let units = units(text);
    from_units(units.get(from..to).unwrap_or_default())
}

/// Where a part begins, from a place on.
#[must_use]
pub fn index_of(text: &str, part: &str, from: usize) -> Option<usize> {
    let Some(start) = byte_at(text, from) else {
        return (part.is_empty()).then(|| length(text));
    };
    let found = start + text[start..].find(part)?;
    Some(unit_index(text, found))
}

/// Where a part begins last, at a place or before it.
#[must_use]
pub fn last_index_of(text: &str, part: &str, from: usize) -> Option<usize> {
    let mut end = byte_at(text, from).unwrap_or(text.len());
    end = (end + part.len()).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(unit_index(text, text[..end].rfind(part)?))
}

/// The byte where a unit is; `None` beyond the end.
#[must_use]
pub fn byte_at(text: &str, unit: usize) -> Option<usize> {
    if text.is_ascii() {
        return (unit <= text.len()).then_some(unit);
    }
    let mut units = 0;
    for (at, char) in text.char_indices() {
        if units >= unit {
            return Some(at);
        }
        units += char.len_utf16();
    }
    (unit <= units).then_some(text.len())
}

/// The unit that begins at a byte.
#[must_use]
pub fn unit_index(text: &str, byte: usize) -> usize {
    length(&text[..byte])
}

/// What comes after a text: its last character counts on.
#[must_use]
pub fn next(text: &str, by: i32) -> String {
    let mut units = units(text);
    match units.last_mut() {
        Some(last) => *last = last.wrapping_add(by as u16),
        None => units.push(if by < 0 { u16::MAX } else { 0 }),
    }
    from_units(&units)
}

/// `String.compareTo`.
#[must_use]
pub fn compare(a: &str, b: &str) -> i32 {
    let (mut left, mut right) = (a.encode_utf16(), b.encode_utf16());
    loop {
        match (left.next(), right.next()) {
            (Some(x), Some(y)) if x == y => {}
            (Some(x), Some(y)) => return i32::from(x) - i32::from(y),
            (None, None) => return 0,
            _ => return length(a) as i32 - length(b) as i32,
        }
    }
}

/// The text that a value is: a `String` or a `char`.
#[must_use]
pub fn of(value: &Value) -> Option<Arc<str>> {
    match value {
        Value::Str(text) => Some(text.clone()),
        Value::Char(unit) => Some(from_unit(*unit).into()),
        _ => None,
    }
}

/// `Character.isWhitespace`.
#[must_use]
pub fn is_whitespace(char: char) -> bool {
    matches!(char, '\u{1c}'..='\u{1f}')
        || (char.is_whitespace() && !matches!(char, '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{85}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_in_units() {
        let text = "a😀b";
        assert_eq!(length(text), 4);
        assert_eq!(part(text, 1, 3), "😀");
        assert_eq!(index_of(text, "b", 0), Some(3));
        assert_eq!(last_index_of("hello", "l", 2), Some(2));
        assert_eq!(index_of("abc", "", 9), Some(3));
        assert_eq!(next("az", 1), "a{");
        assert_eq!(compare("a", "c"), -2);
        assert_eq!(compare("abc", "a"), 2);
    }
}
