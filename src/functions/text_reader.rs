//! Reads texts from files as Java's `BufferedReader` does: line by line or character by character.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::java::{Charset, Decoder};

/// How many bytes are read at once.
const CHUNK: usize = 8 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text that is read from its start on. Lines end with LF, CR LF or CR.
pub struct TextReader {
    source: Box<dyn Read + Send>,
    decoder: Decoder,
    /// What was decoded and not all read yet.
    text: String,
    at: usize,
    /// A CR was read as the end of a line: an LF that follows belongs to it.
    skips_line_feed: bool,
    has_ended: bool,
}

impl TextReader {
    /// Opens a file. A UTF-8 byte order mark is dropped, whatever the charset.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub fn open(file: &Path, charset: Charset) -> io::Result<Self> {
        Self::without_mark(File::open(file)?, charset)
    }

    fn without_mark(mut source: impl Read + Send + 'static, charset: Charset) -> io::Result<Self> {
        let mut start = Vec::with_capacity(BYTE_ORDER_MARK.len());
        source.by_ref().take(BYTE_ORDER_MARK.len() as u64).read_to_end(&mut start)?;
        let mut reader = Self::new(Box::new(source), charset);
        if start != BYTE_ORDER_MARK {
            reader.decoder.decode(&start, false, &mut reader.text);
        }
        Ok(reader)
    }

    /// Reads from that source.
    #[must_use]
    pub fn new(source: Box<dyn Read + Send>, charset: Charset) -> Self {
        Self {
            source,
            decoder: charset.decoder(),
            text: String::new(),
            at: 0,
            skips_line_feed: false,
            has_ended: false,
        }
    }

    /// Reads the next line into `line`, without its end; false when there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_line(&mut self, line: &mut String) -> io::Result<bool> {
        line.clear();
        if !self.fill()? {
            return Ok(false);
        }
        loop {
            let rest = &self.text[self.at..];
            if let Some(end) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) {
                line.push_str(&rest[..end]);
                self.skips_line_feed = rest.as_bytes()[end] == b'\r';
                self.at += end + 1;
                return Ok(true);
            }
            line.push_str(rest);
            self.at = self.text.len();
            if !self.fill()? {
                return Ok(true);
            }
        }
    }

    /// Takes the next character; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_char(&mut self) -> io::Result<Option<char>> {
        let char = self.peek()?;
        self.at += char.map_or(0, char::len_utf8);
        Ok(char)
    }

    /// The next character, which stays; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn peek(&mut self) -> io::Result<Option<char>> {
        if !self.fill()? {
            return Ok(None);
        }
        Ok(self.text[self.at..].chars().next())
    }

    /// Sees to it that there is something to read; false when there is nothing left.
    fn fill(&mut self) -> io::Result<bool> {
        loop {
            if self.skips_line_feed && self.at < self.text.len() {
                self.skips_line_feed = false;
                self.at += usize::from(self.text.as_bytes()[self.at] == b'\n');
            }
            if self.at < self.text.len() {
                return Ok(true);
            }
            if self.has_ended {
                return Ok(false);
            }
            self.text.clear();
            self.at = 0;
            let mut bytes = [0; CHUNK];
            let read = self.source.read(&mut bytes)?;
            self.has_ended = read == 0;
            self.decoder.decode(&bytes[..read], self.has_ended, &mut self.text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &'static [u8], charset: &str) -> Vec<String> {
        let mut reader = TextReader::without_mark(bytes, Charset::named(charset).unwrap()).unwrap();
        let (mut lines, mut line) = (Vec::new(), String::new());
        while reader.read_line(&mut line).unwrap() {
            lines.push(line.clone());
        }
        lines
    }

    #[test]
    fn lines_end_in_three_ways() {
        assert_eq!(lines(b"a\nb\r\nc\rd", "UTF-8"), ["a", "b", "c", "d"]);
        assert_eq!(lines(b"a\n\n\r\n", "UTF-8"), ["a", "", ""]);
        assert_eq!(lines(b"", "UTF-8"), [""; 0]);
        assert_eq!(lines(b"\xEF\xBB\xBFa", "ISO-8859-1"), ["a"]);
        assert_eq!(lines(b"\xE9\n\xEF", "ISO-8859-1"), ["\u{E9}", "\u{EF}"]);
        assert_eq!(lines(b"\xFE\xFF\0a\0\n\0b", "UTF-16"), ["a", "b"]);
    }

    #[test]
    fn lines_longer_than_a_chunk() {
        let bytes: &'static [u8] = Box::leak(("é".repeat(CHUNK) + "\nx").into_bytes().into_boxed_slice());
        let lines = lines(bytes, "UTF-8");
        assert_eq!((lines[0].len(), lines[1].as_str()), (2 * CHUNK, "x"));
    }

    #[test]
    fn characters_and_lines() {
        let mut reader = TextReader::new(Box::new(&b"a\r\nbc"[..]), Charset::UTF_8);
        let mut line = String::new();
        assert!(reader.read_line(&mut line).unwrap());
        assert_eq!((reader.peek().unwrap(), reader.read_char().unwrap()), (Some('b'), Some('b')));
        assert_eq!((reader.read_char().unwrap(), reader.read_char().unwrap()), (Some('c'), None));
    }
}
