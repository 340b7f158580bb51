//! How values of header fields are taken apart, as leniently as Apache HttpClient 4 does.

use std::borrow::Cow;

/// A field without the white space around it.
pub(super) fn trim(bytes: &[u8]) -> &[u8] {
    let Some(start) = bytes.iter().position(|byte| !is_space(*byte)) else { return &[] };
    let end = bytes.iter().rposition(|byte| !is_space(*byte)).unwrap_or(start);
    &bytes[start..=end]
}

/// White space of a head: blank, tab, CR, LF.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// A line without its end, which is LF or CR LF.
pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// A line that may have been folded, as one: each further part follows after one blank.
pub(super) fn unfolded(line: &[u8]) -> Cow<'_, [u8]> {
    let line = without_line_end(line);
    if memchr::memchr(b'\n', line).is_none() {
        return Cow::Borrowed(line);
    }
    let mut joined = Vec::with_capacity(line.len());
    for (index, part) in line.split(|byte| *byte == b'\n').enumerate() {
        let part = part.strip_suffix(b"\r").unwrap_or(part);
        if index == 0 {
            joined.extend_from_slice(part);
        } else {
            let text = part.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(part.len());
            joined.push(b' ');
            joined.extend_from_slice(&part[text..]);
        }
    }
    Cow::Owned(joined)
}

/// The elements of a list such as `gzip, chunked`, without empty ones.
pub(super) fn elements(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(trim).filter(|element| !element.is_empty())
}

/// The name of an element, without its value and parameters.
pub(super) fn element_name(element: &[u8]) -> &[u8] {
    let end = element.iter().position(|byte| matches!(byte, b';' | b'=')).unwrap_or(element.len());
    trim(&element[..end])
}

/// The value of an element such as `timeout=5`, without quotes and parameters.
pub(super) fn element_value(element: &[u8]) -> Option<&[u8]> {
    let value = &element[memchr::memchr(b'=', element)? + 1..];
    let end = memchr::memchr(b';', value).unwrap_or(value.len());
    let value = trim(&value[..end]);
    Some(value.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(value))
}

/// Whether every byte may stand in a token.
pub(super) fn is_token(bytes: &[u8]) -> bool {
    let is_part = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || *byte == b'-'
            || byte.is_ascii_graphic() && !b",;=()<>@:\\\"/[]?{}".contains(byte)
    };
    !bytes.is_empty() && bytes.iter().all(is_part)
}

/// A whole number, signs included, as `Long.parseLong` of Java takes it.
pub(super) fn parse_long(digits: &[u8], radix: u32) -> Option<i64> {
    i64::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

/// Bytes of a head as a text, each byte a character (ISO-8859-1).
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_joined_by_one_blank() {
        let check = |line: &str, joined: &str| assert_eq!(unfolded(line.as_bytes()), joined.as_bytes());
        check("A: b\r\n", "A: b");
        check("A: b\n", "A: b");
        check("A: b\r\n \t c\r\n  d \r\n", "A: b c d ");
        check("A:\n \n", "A: ");
    }

    #[test]
    fn lists_are_taken_apart() {
        let check = |list: &str, parts: &[&str]| {
            assert_eq!(elements(list.as_bytes()).map(latin1).collect::<Vec<_>>(), parts);
        };
        check("gzip, chunked", &["gzip", "chunked"]);
        check(" , a ,,b\t,", &["a", "b"]);
        check("", &[]);
    }

    #[test]
    fn elements_have_a_name_and_perhaps_a_value() {
        let check = |element: &str, name: &str, value: Option<&str>| {
            assert_eq!(element_name(element.as_bytes()), name.as_bytes());
            assert_eq!(element_value(element.as_bytes()), value.map(str::as_bytes));
        };
        check("chunked", "chunked", None);
        check("chunked;q=1", "chunked", Some("1"));
        check("timeout = \"5\" ; x", "timeout", Some("5"));
    }

    #[test]
    fn tokens_have_no_separators() {
        let check = |text: &str, expected| assert_eq!(is_token(text.as_bytes()), expected, "{text}");
        check("keep-alive", true);
        check("!#$%&'*+.^_`|~", true);
        check("", false);
        check("keep alive", false);
        check("a=b", false);
        check("\u{e9}", false);
    }

    #[test]
    fn numbers_are_java_s() {
        let check = |text: &str, radix, number| assert_eq!(parse_long(text.as_bytes(), radix), number);
        check("12", 10, Some(12));
        check("+12", 10, Some(12));
        check("-1", 10, Some(-1));
        check("fF", 16, Some(255));
        check("", 10, None);
        check("+", 10, None);
        check("1 ", 10, None);
        check("9223372036854775808", 10, None);
    }
}
