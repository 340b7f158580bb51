//! The headers of a request: in the order of the wire, each as it is written.

use std::borrow::Cow;

use crate::protocol::http::{RequestHead, RequestHeadBuilder};

/// Names and values, changed as Apache HttpClient's `HeaderGroup` does it.
#[derive(Debug, Clone, Default)]
pub(super) struct HeaderList<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> HeaderList<'a> {
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Vec::with_capacity(capacity))
    }

    /// Adds one at the end, whether there is one of that name or not.
    pub fn add(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.0.push((name.into(), value.into()));
    }

    /// Replaces the first of that name, or else adds one at the end.
    pub fn set(&mut self, name: &'static str, value: impl Into<Cow<'a, str>>) {
        let new = (name.into(), value.into());
        match self.0.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some(header) => *header = new,
            None => self.0.push(new),
        }
    }

    /// Adds one at the end, if there is none of that name.
    pub fn add_missing(&mut self, name: &'static str, value: impl FnOnce() -> Cow<'a, str>) {
        if !self.has(name) {
            self.add(name, value());
        }
    }

    /// Removes all of that name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// The value of the first of that name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }

    pub fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    pub fn as_slice(&self) -> &[(Cow<'a, str>, Cow<'a, str>)] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Removes the last ones but for so many.
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// The head of a request with these headers.
    pub fn head(&self, method: &str, target: &str) -> RequestHead {
        let builder = RequestHead::build(wire(method), wire(target));
        self.iter().fold(builder, |builder, (name, value)| header(builder, name, value)).finish()
    }

    /// The headers as results show them: one a line, cookies left out.
    pub fn text(&self) -> String {
        let shown = || self.iter().filter(|(name, _)| !is_cookie(name));
        let mut text = String::with_capacity(shown().map(|(name, value)| name.len() + value.len() + 3).sum());
        for part in shown().flat_map(|(name, value)| [name, ": ", value, "\n"]) {
            text.push_str(part);
        }
        text
    }

    /// The cookies as results show them: those of all headers of that name.
    pub fn cookies(&self) -> String {
        let lines: Vec<String> =
            self.iter().filter(|(name, _)| is_cookie(name)).map(|(name, value)| format!("{name}: {value}\n")).collect();
        let text = lines.concat();
        text.trim().get("Cookie:".len()..).unwrap_or_default().trim().to_owned()
    }
}

fn is_cookie(name: &str) -> bool {
    name.eq_ignore_ascii_case("Cookie")
}

fn header(builder: RequestHeadBuilder, name: &str, value: &str) -> RequestHeadBuilder {
    // Line breaks in values become blanks (`BasicLineFormatter`).
    match is_plain(value) {
        true => builder.header(wire(name), value.as_bytes()),
        false => builder.header(wire(name), wire(&value.replace(['\r', '\n', '\x0c', '\x0b'], " "))),
    }
}

/// The bytes of a text in a head: ISO 8859-1 without control characters, all else is a question mark
/// (`ByteArrayBuffer.append`). So no name, value or target can break a line.
fn wire(text: &str) -> Cow<'_, [u8]> {
    if is_plain(text) {
        return text.as_bytes().into();
    }
    let byte = |char: char| match char {
        '\t' | ' '..='~' | '\u{a0}'..='\u{ff}' => char as u8,
        _ => b'?',
    };
    text.encode_utf16().map(|unit| char::from_u32(u32::from(unit)).map_or(b'?', byte)).collect()
}

/// Whether a text is the same on the wire. All bytes are looked at, many at once.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |is_plain, byte| is_plain & matches!(byte, b' '..=b'~' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_header_can_break_a_line() {
        let check = |name: &str, value: &str, expected: &str| {
            let mut headers = HeaderList::default();
            headers.add(name, value);
            let head = headers.head("GET", "/");
            let line = head.as_bytes().split(|byte| *byte == b'\n').nth(1).unwrap();
            assert_eq!(line.iter().map(|byte| char::from(*byte)).collect::<String>(), format!("{expected}\r"));
        };
        check("X-A", "plain", "X-A: plain");
        check("X-A", "\u{fc}\u{20ac}\u{1f600}", "X-A: \u{fc}???");
        check("X-A", "one\r\nX-B: two", "X-A: one  X-B: two");
        check("X-A: 1\r\nX-B", "2", "X-A: 1??X-B: 2");
        check("", "value", ": value");
    }

    #[test]
    fn headers_keep_their_places() {
        let mut headers = HeaderList::default();
        headers.add("Connection", "keep-alive");
        headers.add("X-A", "1");
        headers.add("x-a", "2");
        headers.set("X-A", "3");
        headers.set("Cookie", "a=1");
        headers.add_missing("X-B", || "4".into());
        headers.add_missing("x-b", || "5".into());
        assert_eq!(headers.text(), "Connection: keep-alive\nX-A: 3\nx-a: 2\nX-B: 4\n");
        assert_eq!(headers.cookies(), "a=1");
        headers.remove("X-a");
        assert_eq!((headers.first("X-A"), headers.first("x-b")), (None, Some("4")));
    }
}
