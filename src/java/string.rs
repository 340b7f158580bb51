//! `java.lang.String`: what its methods answer.

/// `String.trim`: the text without control characters and spaces around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(|char| char <= ' ')
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

/// `String.hashCode`, by which Java's hash tables put texts in order.
#[must_use]
pub fn string_hash(text: &str) -> i32 {
    let step = |hash: i32, unit: u16| hash.wrapping_mul(31).wrapping_add(i32::from(unit));
    if text.is_ascii() { text.bytes().map(u16::from).fold(0, step) } else { text.encode_utf16().fold(0, step) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed() {
        assert_eq!(trim("\t\0 a b\u{a0}\n"), "a b\u{a0}");
    }

    #[test]
    fn texts_are_split() {
        let check = |text, expected: &[&str]| assert_eq!(split(text, ';'), expected, "{text}");
        check("a;b", &["a", "b"]);
        check(";a;;b;;", &["", "a", "", "b"]);
        check("", &[""]);
        check(";;", &[]);
    }

    #[test]
    fn texts_have_hashes() {
        let check = |text, expected| assert_eq!(string_hash(text), expected, "{text}");
        check("", 0);
        check("abc", 96354);
        check("\u{e9}", 233);
        check("polygenelubricants", i32::MIN);
    }
}
