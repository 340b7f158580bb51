//! The head of an HTTP response, line by line as it comes in.

use bytes::{Buf, BytesMut};

/// A status line and headers, as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseHead {
    /// The status line.
    pub status_line: String,
    /// The status in it.
    pub status: u16,
    /// Names as they came, values without the blanks around them, in order. Bytes beyond ASCII are U+FFFD.
    pub headers: Vec<(String, String)>,
    /// The size of the head in bytes, as far as it has come.
    pub size: usize,
}

/// Why a head cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// The connection ended before the first byte.
    #[error("no response: the connection was closed")]
    NoResponse,
    /// The first line is none of HTTP/1.
    #[error("{0:?} is no status line")]
    StatusLine(String),
    /// It is too long.
    #[error("the response's head is larger than {limit} bytes")]
    TooLarge {
        /// What is allowed, in bytes.
        limit: usize,
    },
}

impl ResponseHead {
    /// The value of a header, several ones joined by a comma.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let named = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        let values: Vec<&str> = named.map(|(_, value)| value.as_str()).collect();
        if values.is_empty() { None } else { Some(values.join(", ")) }
    }
}

/// Takes a head off the front of a buffer. Lines end with LF; every CR is dropped; a line of blanks ends the head.
#[derive(Debug)]
pub struct HeadReader {
    head: ResponseHead,
    limit: usize,
    /// How much of the buffer has no LF in it.
    searched: usize,
}

impl HeadReader {
    /// A reader that takes at most `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { head: ResponseHead::default(), limit, searched: 0 }
    }

    /// Takes the lines that have come off the front of `buffer`, and says whether that was all of the head. What
    /// follows it is left in `buffer`.
    ///
    /// # Errors
    /// When there is no status line, or the head is too large.
    pub fn read(&mut self, buffer: &mut BytesMut) -> Result<bool, HeadError> {
        while let Some(at) = memchr::memchr(b'\n', &buffer[self.searched..]) {
            let length = self.searched + at + 1;
            self.searched = 0;
            let ended = self.take_line(&buffer[..length])?;
            buffer.advance(length);
            if ended {
                return Ok(true);
            }
        }
        self.searched = buffer.len();
        if self.head.size + buffer.len() > self.limit {
            Err(HeadError::TooLarge { limit: self.limit })
        } else {
            Ok(false)
        }
    }

    /// Takes what is left in `buffer` as the last line: the connection has ended.
    ///
    /// # Errors
    /// As [`Self::read`], and when nothing came at all.
    pub fn end(&mut self, buffer: &mut BytesMut) -> Result<(), HeadError> {
        if self.has_status() && buffer.is_empty() {
            return Ok(());
        }
        if buffer.is_empty() {
            return Err(HeadError::NoResponse);
        }
        self.take_line(&buffer.split())?;
        Ok(())
    }

    /// What has come so far; nothing before the status line.
    #[must_use]
    pub fn head(&self) -> Option<&ResponseHead> {
        self.has_status().then_some(&self.head)
    }

    /// What has come.
    #[must_use]
    pub fn into_head(self) -> ResponseHead {
        self.head
    }

    fn has_status(&self) -> bool {
        self.head.status != 0
    }

    fn take_line(&mut self, bytes: &[u8]) -> Result<bool, HeadError> {
        self.head.size += bytes.len();
        if self.head.size > self.limit {
            return Err(HeadError::TooLarge { limit: self.limit });
        }
        let line: String =
            bytes.iter().filter(|byte| !matches!(byte, b'\r' | b'\n')).map(|byte| ascii(*byte)).collect();
        if !self.has_status() {
            let Some(status) = status(&line) else { return Err(HeadError::StatusLine(line)) };
            (self.head.status_line, self.head.status) = (line, status);
            return Ok(false);
        }
        if let Some((name, value)) = line.split_once(':') {
            self.head.headers.push((name.to_owned(), value.trim_matches(is_blank).to_owned()));
            return Ok(false);
        }
        Ok(line.chars().all(is_blank))
    }
}

fn ascii(byte: u8) -> char {
    if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER }
}

fn is_blank(character: char) -> bool {
    character <= ' '
}

/// The three digits after `HTTP/d.d `, whatever follows them.
fn status(line: &str) -> Option<u16> {
    let (version, rest) = line.strip_prefix("HTTP/")?.split_at_checked(4)?;
    let is_version =
        matches!(version.as_bytes(), [major, b'.', minor, b' '] if major.is_ascii_digit() && minor.is_ascii_digit());
    let digits = rest.get(..3).filter(|digits| is_version && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|status| *status != 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads what comes in pieces of `size` bytes; the head, and what is left.
    fn read(bytes: &[u8], size: usize, limit: usize) -> Result<(ResponseHead, BytesMut), HeadError> {
        let (mut reader, mut buffer) = (HeadReader::new(limit), BytesMut::new());
        let mut pieces = bytes.chunks(size);
        while !reader.read(&mut buffer)? {
            match pieces.next() {
                Some(piece) => buffer.extend_from_slice(piece),
                None => {
                    reader.end(&mut buffer)?;
                    break;
                }
            }
        }
        buffer.extend(pieces.flatten());
        Ok((reader.into_head(), buffer))
    }

    #[test]
    fn a_head_is_kept_as_it_came_however_it_is_cut() {
        let bytes = b"HTTP/1.1 101 Switching  Protocols\r\nUPGRADE:  websocket \nx: 1\r\nno colon\r\nX:2\r\ncaf\xC3\xA9: \r\n\r\n\x81\x00";
        for size in 1..bytes.len() {
            let (head, rest) = read(bytes, size, 1000).unwrap();
            assert_eq!((head.status_line.as_str(), head.status), ("HTTP/1.1 101 Switching  Protocols", 101));
            let headers: Vec<String> = head.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(headers, ["UPGRADE=websocket", "x=1", "X=2", "caf\u{FFFD}\u{FFFD}="]);
            assert_eq!((head.header("x"), head.header("y")), (Some("1, 2".to_owned()), None));
            assert_eq!((head.size, &rest[..]), (bytes.len() - 2, &b"\x81\x00"[..]));
        }
    }

    #[test]
    fn what_is_no_head() {
        let check = |bytes: &[u8], expected: HeadError| assert_eq!(read(bytes, 3, 40), Err(expected));
        check(b"", HeadError::NoResponse);
        for line in ["", "HTTP/2 404", "HTTP/1.1 4x4 Hm", "HTTP/1.1 40", "ICY 200 OK", "HTTP/1.1  101"] {
            check(format!("{line}\r\n").as_bytes(), HeadError::StatusLine(line.to_owned()));
        }
        check(&[b'x'; 41], HeadError::TooLarge { limit: 40 });
        check(b"HTTP/1.1 101 OK\r\nX: 1234567890\r\nX: 1234567890\r\n", HeadError::TooLarge { limit: 40 });
    }

    #[test]
    fn an_end_within_the_head_ends_the_head() {
        let (head, _) = read(b"HTTP/1.1 101 OK\r\nUpgrade: websocket", 7, 1000).unwrap();
        assert_eq!(head.header("upgrade").as_deref(), Some("websocket"));
        let (head, _) = read(b"HTTP/1.0 4045", 7, 1000).unwrap();
        assert_eq!(head.status, 404);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), size in 1_usize..20) {
            let _ = read(&[b"HTTP/1.1 101 OK\n", &bytes[..]].concat(), size, 150);
            let _ = read(&bytes, size, 150);
        }
    }
}
