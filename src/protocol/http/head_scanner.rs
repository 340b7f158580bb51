//! Finds the end of a response's head, and what the head says about the body and the connection.
//!
//! As lenient as Apache HttpClient 4 (`DefaultHttpResponseParser`, `AbstractMessageParser`): lines before the status
//! line are skipped, LF alone ends a line, names may be anything before a colon, and a stream that ends inside the head
//! ends the head.

use std::ops::Range;
use std::time::Duration;

use super::field;

/// Reads a head as its bytes come. It does no IO and never looks at a byte twice.
#[derive(Debug, Default)]
pub struct HeadScanner {
    /// Where the line that is being read begins.
    line: usize,
    /// Where to look for its end.
    searched: usize,
    status_line: Option<StatusLine>,
    framing: FramingFields,
}

/// Why a head cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// No status line came, only other lines.
    #[error("no status line")]
    NoStatusLine,
    /// A status line whose version or code is none.
    #[error("invalid status line: {0}")]
    InvalidStatusLine(String),
    /// A line without a colon, or with nothing before it.
    #[error("invalid header: {0}")]
    InvalidHeader(String),
    /// The head goes on for more bytes than allowed.
    #[error("the head is longer than {0} bytes")]
    TooLong(usize),
    /// The server answered with that code where only a final response or `100 Continue` makes sense.
    #[error("unexpected interim response {0}")]
    UnexpectedInterim(u32),
}

/// A head that is there as a whole.
#[derive(Debug)]
pub struct ScannedHead {
    /// Where the status line begins: what is before it was no response.
    pub start: usize,
    /// Where the body begins.
    pub end: usize,
    /// The status line, its ranges counted from `start`.
    pub status_line: StatusLine,
    /// What the head says about body and connection.
    pub framing: FramingFields,
}

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
    /// The version's two numbers.
    pub version: (u32, u32),
    /// The status code, which may have more or fewer than three digits.
    pub code: u32,
    /// Where the reason phrase is.
    pub reason: Range<usize>,
    /// Where the line begins.
    start: usize,
}

/// The header fields that decide where the body ends and whether the connection stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FramingFields {
    /// The last `Content-Length` that is a number.
    pub content_length: Option<i64>,
    /// How many `Content-Length` there are.
    pub content_lengths: u32,
    /// What the first `Transfer-Encoding` means.
    pub transfer_encoding: Option<TransferEncoding>,
    /// What `Connection` says.
    pub connection: Option<ConnectionTokens>,
    /// What `Proxy-Connection` says.
    pub proxy_connection: Option<ConnectionTokens>,
    /// The `timeout` of `Keep-Alive`.
    pub keep_alive: Option<Duration>,
    /// There is a `Set-Cookie`.
    pub sets_cookies: bool,
    /// There is a `Location`.
    pub has_location: bool,
    /// There is a `Content-Encoding`.
    pub is_encoded: bool,
    /// Where the value of the last `Content-Type` is, with the end of its line.
    pub content_type: Option<Range<usize>>,
    /// Some header goes over several lines.
    pub is_folded: bool,
    /// How many headers there are.
    pub headers: usize,
    /// How long they are, in bytes, without their line ends.
    pub headers_length: usize,
}

/// What `Transfer-Encoding` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferEncoding {
    /// `chunked` and nothing else.
    Chunked,
    /// Ends with `chunked`.
    ChunkedLast,
    /// Anything else: the body lasts until the connection is closed.
    Other,
}

/// What `Connection` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConnectionTokens {
    /// `close` is among them.
    pub close: bool,
    /// `keep-alive` is among them.
    pub keep_alive: bool,
    /// Something that is no token is among them.
    pub invalid: bool,
}

impl HeadScanner {
    /// Goes on with all bytes of the response so far, `ended` if no more will come. `None` while the head is not
    /// complete.
    ///
    /// # Errors
    /// If this is no head of a response.
    pub fn scan(&mut self, bytes: &[u8], ended: bool) -> Result<Option<ScannedHead>, HeadError> {
        while self.status_line.is_none() {
            let Some(end) = self.line_end(bytes, ended) else {
                return if ended { Err(HeadError::NoStatusLine) } else { Ok(None) };
            };
            self.status_line = StatusLine::parse(bytes, self.line..end)?;
            self.advance(end);
        }
        loop {
            let Some(end) = self.header_end(bytes, ended) else {
                return Ok(ended.then(|| self.finish(bytes.len())).flatten());
            };
            if field::without_line_end(&bytes[self.line..end]).is_empty() {
                return Ok(self.finish(end));
            }
            self.framing.read(bytes, self.line..end)?;
            self.advance(end);
        }
    }

    fn advance(&mut self, end: usize) {
        (self.line, self.searched) = (end, end);
    }

    fn finish(&mut self, end: usize) -> Option<ScannedHead> {
        let mut status_line = self.status_line.take()?;
        let start = std::mem::take(&mut status_line.start);
        status_line.reason = status_line.reason.start - start..status_line.reason.end - start;
        let mut framing = std::mem::take(&mut self.framing);
        framing.content_type = framing.content_type.map(|value| value.start - start..value.end - start);
        Some(ScannedHead { start, end, status_line, framing })
    }

    /// Where the line ends that begins at `self.line`, its LF included.
    fn line_end(&mut self, bytes: &[u8], ended: bool) -> Option<usize> {
        match memchr::memchr(b'\n', &bytes[self.searched..]) {
            Some(offset) => Some(self.searched + offset + 1),
            None if ended && self.line < bytes.len() => Some(bytes.len()),
            None => {
                self.searched = bytes.len();
                None
            }
        }
    }

    /// Where the header ends that begins at `self.line`, with the lines folded into it.
    fn header_end(&mut self, bytes: &[u8], ended: bool) -> Option<usize> {
        loop {
            let end = self.line_end(bytes, ended)?;
            match bytes.get(end) {
                _ if field::without_line_end(&bytes[self.line..end]).is_empty() => return Some(end),
                Some(b' ' | b'\t') => {
                    self.searched = end;
                    self.framing.is_folded = true;
                }
                None if !ended => {
                    // The first byte of the next line decides. This line's LF is the place to go on from.
                    self.searched = end - 1;
                    return None;
                }
                _ => return Some(end),
            }
        }
    }
}

impl StatusLine {
    /// A status line of HTTP/1 that begins with the bytes.
    pub(super) fn new(version: (u32, u32), code: u32, reason: Range<usize>) -> Self {
        Self { version, code, reason, start: 0 }
    }

    /// Reads a line; `None` if it does not look like a status line at all.
    fn parse(bytes: &[u8], range: Range<usize>) -> Result<Option<Self>, HeadError> {
        let line = field::without_line_end(&bytes[range.clone()]);
        let blanks = line.iter().take_while(|byte| field::is_space(**byte)).count();
        let text = &line[blanks..];
        if text.len() < 8 || !text.starts_with(b"HTTP/") {
            return Ok(None);
        }
        let parsed = Self::numbers(&text[5..]).map(|(version, code, reason)| {
            let reason = &text[5..][reason..];
            let trimmed = field::trim(reason);
            let end = range.start + line.len() - reason.iter().rev().take_while(|byte| field::is_space(**byte)).count();
            Self { version, code, reason: end - trimmed.len()..end, start: range.start }
        });
        parsed.map(Some).ok_or_else(|| HeadError::InvalidStatusLine(field::latin1(line)))
    }

    /// Version, code and where the reason begins, of what follows `HTTP/`.
    fn numbers(text: &[u8]) -> Option<((u32, u32), u32, usize)> {
        let period = memchr::memchr(b'.', text)?;
        let major = parse_int(field::trim(&text[..period]))?;
        let blank = memchr::memchr(b' ', &text[period..]).map_or(text.len(), |offset| period + offset);
        let minor = parse_int(field::trim(&text[period + 1..blank]))?;
        let code = blank + text[blank..].iter().take_while(|byte| field::is_space(**byte)).count();
        let code_end = memchr::memchr(b' ', &text[code..]).map_or(text.len(), |offset| code + offset);
        let digits = field::trim(&text[code..code_end]);
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let status = u32::try_from(parse_int(digits)?).ok()?;
        (status >= 100).then_some(((u32::try_from(major).ok()?, u32::try_from(minor).ok()?), status, code_end))
    }
}

/// A number that Java's `Integer.parseInt` takes.
fn parse_int(digits: &[u8]) -> Option<i32> {
    i32::try_from(field::parse_long(digits, 10)?).ok()
}

impl FramingFields {
    /// Reads the header at that place, with its line end and the lines folded into it.
    fn read(&mut self, bytes: &[u8], place: Range<usize>) -> Result<(), HeadError> {
        let line = &bytes[place.clone()];
        let invalid = || HeadError::InvalidHeader(field::latin1(&field::unfolded(line)));
        let colon = memchr::memchr(b':', line).ok_or_else(invalid)?;
        let name = field::trim(&line[..colon]);
        if name.is_empty() {
            return Err(invalid());
        }
        self.headers += 1;
        self.headers_length +=
            if self.is_folded { field::unfolded(line).len() } else { field::without_line_end(line).len() };
        // Most headers are none of these, and their length tells.
        if !matches!(name.len(), 8 | 10 | 12 | 14 | 16 | 17) {
            return Ok(());
        }
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
        let value = || field::unfolded(&line[colon + 1..]);
        match name.len() {
            8 => self.has_location |= is("Location"),
            10 if is("Set-Cookie") => self.sets_cookies = true,
            10 if is("Connection") => self.connection.get_or_insert_default().read(&value()),
            10 if is("Keep-Alive") => self.read_keep_alive(&value()),
            12 if is("Content-Type") => self.content_type = Some(place.start + colon + 1..place.end),
            14 if is("Content-Length") => {
                self.content_lengths += 1;
                self.content_length = field::parse_long(field::trim(&value()), 10).or(self.content_length);
            }
            16 if is("Content-Encoding") => self.is_encoded = true,
            16 if is("Proxy-Connection") => self.proxy_connection.get_or_insert_default().read(&value()),
            17 if is("Transfer-Encoding") && self.transfer_encoding.is_none() => {
                self.transfer_encoding = Some(TransferEncoding::read(&value()));
            }
            _ => {}
        }
        Ok(())
    }

    fn read_keep_alive(&mut self, value: &[u8]) {
        if self.keep_alive.is_some() {
            return;
        }
        self.keep_alive = field::elements(value)
            .filter(|element| field::element_name(element).eq_ignore_ascii_case(b"timeout"))
            .find_map(|element| field::parse_long(field::element_value(element)?, 10))
            .map(|seconds| Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
    }
}

impl TransferEncoding {
    fn read(value: &[u8]) -> Self {
        let is_chunked = |name: &[u8]| name.eq_ignore_ascii_case(b"chunked");
        if is_chunked(field::trim(value)) {
            Self::Chunked
        } else if field::elements(value).last().is_some_and(|last| is_chunked(field::element_name(last))) {
            Self::ChunkedLast
        } else {
            Self::Other
        }
    }
}

impl ConnectionTokens {
    fn read(&mut self, value: &[u8]) {
        if value.trim_ascii() == b"keep-alive" {
            self.keep_alive = true;
            return;
        }
        for token in field::elements(value) {
            self.close |= token.eq_ignore_ascii_case(b"close");
            self.keep_alive |= token.eq_ignore_ascii_case(b"keep-alive");
            self.invalid |= !field::is_token(token);
        }
    }
}

#[cfg(test)]
mod tests;
