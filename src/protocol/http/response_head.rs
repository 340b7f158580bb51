//! The head of a response, kept byte for byte as the server sent it.

use std::borrow::Cow;
use std::ops::Range;
use std::time::Duration;

use super::field;
use super::head_scanner::{ConnectionTokens, FramingFields, ScannedHead, StatusLine, TransferEncoding};

/// The head of a response: the bytes as received, and what was seen while they were read. Headers are looked up when
/// they are asked for.
#[derive(Debug, Clone)]
pub struct ResponseHead {
    bytes: Box<[u8]>,
    status_line: StatusLine,
    framing: FramingFields,
}

/// A header of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// The name, as received.
    pub name: &'a [u8],
    /// The value without white space around it, folded lines joined by a blank.
    pub value: Cow<'a, [u8]>,
}

/// Where a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyLength {
    /// There is none, whatever the headers say.
    None,
    /// After so many bytes.
    Bytes(u64),
    /// After the last chunk.
    Chunked,
    /// When the connection is closed.
    UntilClose,
}

impl ResponseHead {
    /// The head that was found in those bytes.
    pub(super) fn new(bytes: &[u8], head: ScannedHead) -> Self {
        Self { bytes: bytes[head.start..head.end].into(), status_line: head.status_line, framing: head.framing }
    }

    /// A head of HTTP/2, written as one of HTTP/1, with `lines` for its headers.
    pub(super) fn of_http2(status: http::StatusCode, headers: &http::HeaderMap, lines: &[u8]) -> Self {
        let mut bytes = format!("HTTP/2 {}\r\n", status.as_str()).into_bytes();
        let end = bytes.len() - 2;
        let framing = FramingFields {
            sets_cookies: headers.contains_key(http::header::SET_COOKIE),
            has_location: headers.contains_key(http::header::LOCATION),
            is_encoded: headers.contains_key(http::header::CONTENT_ENCODING),
            headers: headers.len(),
            headers_length: lines.len() - 2 * headers.len(),
            ..FramingFields::default()
        };
        bytes.extend_from_slice(lines);
        bytes.extend_from_slice(b"\r\n");
        let status_line = StatusLine::new((2, 0), u32::from(status.as_u16()), end..end);
        Self { bytes: bytes.into(), status_line, framing }
    }

    /// All bytes, from the status line to the empty line.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The status code. Servers may send any number from 100.
    pub fn status(&self) -> u32 {
        self.status_line.code
    }

    /// The version's two numbers, for instance `(1, 1)`.
    pub fn version(&self) -> (u32, u32) {
        self.status_line.version
    }

    /// The reason phrase without white space around it, often empty.
    pub fn reason(&self) -> &[u8] {
        &self.bytes[self.status_line.reason.clone()]
    }

    /// The headers in their order, each in one line without its end: folded lines are joined by a blank, all else is as
    /// received.
    pub fn lines(&self) -> impl Iterator<Item = Cow<'_, [u8]>> {
        HeaderLines::new(&self.bytes).map(|line| field::unfolded(&self.bytes[line]))
    }

    /// The headers in their order.
    pub fn headers(&self) -> impl Iterator<Item = Header<'_>> {
        HeaderLines::new(&self.bytes).filter_map(|line| {
            let line = &self.bytes[line];
            let colon = memchr::memchr(b':', line)?;
            Some(Header { name: field::trim(&line[..colon]), value: value(&line[colon + 1..]) })
        })
    }

    /// The values of all headers of that name, upper and lower case being the same.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Cow<'a, [u8]>> {
        self.headers()
            .filter(move |header| header.name.eq_ignore_ascii_case(name.as_bytes()))
            .map(|header| header.value)
    }

    /// The value of the first header of that name.
    pub fn first(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        self.headers().find(|header| header.name.eq_ignore_ascii_case(name.as_bytes())).map(|header| header.value)
    }

    /// The value of the last header of that name.
    pub fn last(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        self.headers()
            .filter(|header| header.name.eq_ignore_ascii_case(name.as_bytes()))
            .last()
            .map(|header| header.value)
    }

    /// The value of the last `Content-Type`; known without a search where HTTP/1 is spoken.
    pub fn content_type(&self) -> Option<Cow<'_, [u8]>> {
        match &self.framing.content_type {
            Some(place) => Some(value(&self.bytes[place.clone()])),
            None if self.version().0 == 2 => self.last("Content-Type"),
            None => None,
        }
    }

    /// How many headers there are; known without a search.
    pub fn headers_count(&self) -> usize {
        self.framing.headers
    }

    /// How long the [`lines`](Self::lines) are together, in bytes; known without a search.
    pub fn lines_length(&self) -> usize {
        self.framing.headers_length
    }

    /// Whether there is a `Set-Cookie`; known without a search.
    pub fn sets_cookies(&self) -> bool {
        self.framing.sets_cookies
    }

    /// Whether there is a `Location`; known without a search.
    pub fn has_location(&self) -> bool {
        self.framing.has_location
    }

    /// Whether there is a `Content-Encoding`; known without a search.
    pub fn is_encoded(&self) -> bool {
        self.framing.is_encoded
    }

    /// Whether the headers say that the body is empty.
    pub fn declares_empty_body(&self) -> bool {
        self.framing.transfer_encoding.is_none() && self.framing.content_length == Some(0)
    }

    /// Where the body of this response ends (`HttpRequestExecutor.canResponseHaveBody`, `LaxContentLengthStrategy`). A
    /// length that is no number or negative does not count.
    pub(super) fn body_length(&self, is_answer_to_head: bool) -> BodyLength {
        if is_answer_to_head || !self.can_have_body() {
            return BodyLength::None;
        }
        match (self.framing.transfer_encoding, self.framing.content_length) {
            (Some(TransferEncoding::Chunked | TransferEncoding::ChunkedLast), _) => BodyLength::Chunked,
            (None, Some(length)) => u64::try_from(length).map_or(BodyLength::UntilClose, BodyLength::Bytes),
            (Some(TransferEncoding::Other), _) | (None, None) => BodyLength::UntilClose,
        }
    }

    /// Whether the connection may serve another request, as far as the response says
    /// (`DefaultConnectionReuseStrategy`).
    pub(super) fn keeps_connection(&self, is_answer_to_head: bool) -> bool {
        let framing = &self.framing;
        // Content where none may be would be taken for the next response.
        let is_muddled = framing.content_length.unwrap_or(0) > 0 || framing.transfer_encoding.is_some();
        if self.status() == 204 && is_muddled {
            return false;
        }
        let ends_by_itself = match framing.transfer_encoding {
            Some(encoding) => encoding == TransferEncoding::Chunked,
            None if is_answer_to_head || !self.can_have_body() => true,
            None => framing.content_lengths == 1 && framing.content_length.is_some_and(|length| length >= 0),
        };
        match framing.connection.or(framing.proxy_connection) {
            _ if !ends_by_itself => false,
            Some(ConnectionTokens { close: true, .. } | ConnectionTokens { invalid: true, .. }) => false,
            Some(ConnectionTokens { keep_alive: true, .. }) => true,
            _ => self.version() > (1, 0),
        }
    }

    /// For how long the server keeps the idle connection, if it says so.
    pub(super) fn keep_alive(&self) -> Option<Duration> {
        self.framing.keep_alive.filter(|duration| !duration.is_zero())
    }

    fn can_have_body(&self) -> bool {
        self.status() >= 200 && !matches!(self.status(), 204 | 205 | 304)
    }
}

/// The value of a header, of what follows its colon.
fn value(rest: &[u8]) -> Cow<'_, [u8]> {
    match field::unfolded(rest) {
        Cow::Borrowed(value) => Cow::Borrowed(field::trim(value)),
        Cow::Owned(value) => Cow::Owned(field::trim(&value).to_vec()),
    }
}

/// Where the headers are in a head, each with its line end and the lines folded into it.
struct HeaderLines<'a> {
    bytes: &'a [u8],
    next: usize,
}

impl<'a> HeaderLines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, next: Self::line_end(bytes, 0) }
    }

    fn line_end(bytes: &[u8], from: usize) -> usize {
        memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |offset| from + offset + 1)
    }
}

impl Iterator for HeaderLines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.next;
        let mut end = Self::line_end(self.bytes, start);
        if field::without_line_end(&self.bytes[start..end]).is_empty() {
            return None;
        }
        while matches!(self.bytes.get(end), Some(b' ' | b'\t')) {
            end = Self::line_end(self.bytes, end);
        }
        self.next = end;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests;
