//! Bodies that come in chunks.
//!
//! As lenient as Apache HttpClient 4 (`ChunkedInputStream`): extensions are ignored, LF alone ends a line, and trailers
//! may be cut off by the end of the stream.

use super::field;

/// The longest line of a chunk header or trailer that is accepted, and the most trailers in all, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// Takes the chunks apart as they come. It does no IO.
#[derive(Debug)]
pub struct ChunkedDecoder {
    state: State,
    /// The part of a line that has come.
    line: Vec<u8>,
    /// The size of the chunk that is being read, and how much of it has come.
    chunk: (u64, u64),
    trailers: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Header,
    Data,
    DataEnd,
    Trailers,
    Done,
}

/// Why chunks cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// A chunk's header is no hexadecimal number.
    #[error("bad chunk header: {0}")]
    BadHeader(String),
    /// A chunk's size is negative.
    #[error("negative chunk size")]
    NegativeSize,
    /// There is something between a chunk and its line end.
    #[error("unexpected content at the end of a chunk")]
    UnexpectedContent,
    /// The stream ended where a chunk's line end should be.
    #[error("a chunk's line end is missing")]
    MissingLineEnd,
    /// The stream ended inside a chunk.
    #[error("truncated chunk: expected {expected} bytes, received {received}")]
    Truncated {
        /// The chunk's size.
        expected: u64,
        /// What came of it.
        received: u64,
    },
    /// The stream ended where the next chunk should begin.
    #[error("the last chunk is missing")]
    MissingLastChunk,
    /// A trailer without a colon, or with nothing before it.
    #[error("invalid trailer: {0}")]
    InvalidTrailer(String),
    /// A line, or the trailers, go on for too long.
    #[error("a line of the chunks is too long")]
    TooLong,
}

impl Default for ChunkedDecoder {
    fn default() -> Self {
        Self { state: State::Header, line: Vec::new(), chunk: (0, 0), trailers: Vec::new() }
    }
}

impl ChunkedDecoder {
    /// Takes what came, hands the body's bytes to `body` and returns how many bytes of `input` belong to the chunks:
    /// fewer than all once [`is_done`](Self::is_done).
    ///
    /// # Errors
    /// If these are no chunks.
    pub fn feed(&mut self, input: &[u8], mut body: impl FnMut(&[u8])) -> Result<usize, ChunkError> {
        let mut used = 0;
        while used < input.len() && self.state != State::Done {
            let rest = &input[used..];
            if self.state == State::Data {
                let wanted = usize::try_from(self.chunk.0 - self.chunk.1).unwrap_or(usize::MAX);
                let data = &rest[..rest.len().min(wanted)];
                body(data);
                used += data.len();
                self.chunk.1 += data.len() as u64;
                if self.chunk.0 == self.chunk.1 {
                    self.state = State::DataEnd;
                }
                continue;
            }
            match memchr::memchr(b'\n', rest) {
                Some(end) if self.line.is_empty() => {
                    used += end + 1;
                    self.line(&rest[..=end])?;
                }
                Some(end) => {
                    used += end + 1;
                    self.keep(&rest[..=end])?;
                    let line = std::mem::take(&mut self.line);
                    self.line(&line)?;
                }
                None => {
                    used = input.len();
                    self.keep(rest)?;
                }
            }
        }
        Ok(used)
    }

    /// The stream has ended.
    ///
    /// # Errors
    /// If something is missing.
    pub fn end(&mut self) -> Result<(), ChunkError> {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.line(&line)?;
        }
        match self.state {
            State::Header => Err(ChunkError::MissingLastChunk),
            State::Data => Err(ChunkError::Truncated { expected: self.chunk.0, received: self.chunk.1 }),
            State::DataEnd => Err(ChunkError::MissingLineEnd),
            State::Trailers | State::Done => {
                self.state = State::Done;
                Ok(())
            }
        }
    }

    /// Whether the last chunk and the trailers have come.
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// The trailers as received, without the empty line after them.
    pub fn trailers(&self) -> &[u8] {
        &self.trailers
    }

    fn keep(&mut self, part: &[u8]) -> Result<(), ChunkError> {
        self.line.extend_from_slice(part);
        if self.line.len() > LONGEST_LINE { Err(ChunkError::TooLong) } else { Ok(()) }
    }

    /// Takes a whole line, its end included.
    fn line(&mut self, line: &[u8]) -> Result<(), ChunkError> {
        let text = field::without_line_end(line);
        match self.state {
            State::Header => self.header(text),
            State::DataEnd if text.is_empty() => {
                self.state = State::Header;
                Ok(())
            }
            State::DataEnd => Err(ChunkError::UnexpectedContent),
            State::Trailers => self.trailer(line),
            State::Data | State::Done => Ok(()),
        }
    }

    fn header(&mut self, text: &[u8]) -> Result<(), ChunkError> {
        let end = memchr::memchr(b';', text).unwrap_or(text.len());
        let size = field::trim(&text[..end]);
        let number = field::parse_long(size, 16).ok_or_else(|| ChunkError::BadHeader(field::latin1(size)))?;
        let number = u64::try_from(number).map_err(|_| ChunkError::NegativeSize)?;
        self.chunk = (number, 0);
        self.state = if number == 0 { State::Trailers } else { State::Data };
        Ok(())
    }

    fn trailer(&mut self, line: &[u8]) -> Result<(), ChunkError> {
        let text = field::without_line_end(line);
        if text.is_empty() {
            self.state = State::Done;
            return Ok(());
        }
        let is_folded = matches!(text[0], b' ' | b'\t') && !self.trailers.is_empty();
        let has_name = memchr::memchr(b':', text).is_some_and(|colon| !field::trim(&text[..colon]).is_empty());
        if !is_folded && !has_name {
            return Err(ChunkError::InvalidTrailer(field::latin1(text)));
        }
        self.trailers.extend_from_slice(line);
        if self.trailers.len() > LONGEST_LINE { Err(ChunkError::TooLong) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
