//! Decompresses bodies. It is a step of its own on a body that has come, so that it never disturbs what is measured.

use std::io::Read;

use bytes::Bytes;
use flate2::{Decompress, FlushDecompress, Status};

use super::{Body, ResponseHead, field};

/// How much room is made at once for what comes out, in bytes.
const STEP: usize = 16 * 1024;

/// A way of compressing a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentCoding {
    /// `gzip` or `x-gzip`.
    Gzip,
    /// `deflate`, with the frame of zlib or without.
    Deflate,
    /// `br`.
    Brotli,
    /// `zstd`.
    Zstd,
}

/// A decompressed body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// What came out.
    pub data: Bytes,
    /// There is more: the limit was reached, or the body had been cut.
    pub is_cut: bool,
}

/// Why a body cannot be decompressed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodingError {
    /// It does not begin like `gzip`.
    #[error("not in gzip format")]
    NotGzip,
    /// It ends within what is before the compressed data or after it.
    #[error("the frame of the compressed data ends too early")]
    FrameTruncated {
        /// What came out until then.
        decoded: Bytes,
    },
    /// The compressed data ends too early.
    #[error("the compressed data ends too early")]
    Truncated {
        /// What came out until then.
        decoded: Bytes,
    },
    /// It is broken.
    #[error("broken {coding:?} data: {reason}")]
    Corrupt {
        /// The coding.
        coding: ContentCoding,
        /// What the decompressor says.
        reason: String,
    },
}

impl ContentCoding {
    /// What nearly all clients know. Bodies in other codings are better left as they are.
    pub const USUAL: &'static [Self] = &[Self::Gzip, Self::Deflate, Self::Brotli];

    /// The codings that a response's first `Content-Encoding` names, in that order, as far as they are among `known`.
    pub fn of_response(head: &ResponseHead, known: &[Self]) -> Vec<Self> {
        if !head.is_encoded() {
            return Vec::new();
        }
        let value = head.first("Content-Encoding").unwrap_or_default();
        let named = field::elements(&value).filter_map(|element| Self::named(field::element_name(element)));
        named.filter(|coding| known.contains(coding)).collect()
    }

    fn named(name: &[u8]) -> Option<Self> {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
        match name {
            _ if is("gzip") || is("x-gzip") => Some(Self::Gzip),
            _ if is("deflate") => Some(Self::Deflate),
            _ if is("br") => Some(Self::Brotli),
            _ if is("zstd") => Some(Self::Zstd),
            _ => None,
        }
    }

    /// Decompresses a body, but no more than `limit` bytes of it.
    ///
    /// # Errors
    /// If the body is not what it should be. A body that had been cut may end anywhere.
    pub fn decode(self, body: &Body, limit: usize) -> Result<Decoded, CodingError> {
        let mut output = Output { data: Vec::new(), limit };
        let end = match self {
            Self::Gzip => output.gzip(&body.data),
            Self::Deflate => output.deflate(&body.data),
            Self::Brotli => output.brotli(&body.data, body.is_cut()),
            Self::Zstd => output.zstd(&body.data, body.is_cut()),
        };
        match end? {
            End::Whole => Ok(Decoded { data: output.data.into(), is_cut: false }),
            End::Limit => Ok(Decoded { data: output.data.into(), is_cut: true }),
            End::FrameTruncated | End::Truncated if body.is_cut() => {
                Ok(Decoded { data: output.data.into(), is_cut: true })
            }
            End::FrameTruncated => Err(CodingError::FrameTruncated { decoded: output.data.into() }),
            End::Truncated => Err(CodingError::Truncated { decoded: output.data.into() }),
        }
    }
}

/// What comes out of a decompressor.
struct Output {
    data: Vec<u8>,
    limit: usize,
}

/// Where decompressing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    Limit,
    FrameTruncated,
    Truncated,
}

impl Output {
    /// One member after the other; what follows the last one and is none is ignored, as Java does.
    fn gzip(&mut self, mut input: &[u8]) -> Result<End, CodingError> {
        if input.len() >= 2 && !is_gzip(input) {
            return Err(CodingError::NotGzip);
        }
        loop {
            let (end, used) = self.inflate(Decompress::new_gzip(15), input, ContentCoding::Gzip)?;
            if end == End::Truncated && !ends_inside_data(input) {
                return Ok(End::FrameTruncated);
            }
            input = &input[used..];
            if end != End::Whole || !is_gzip(input) {
                return Ok(end);
            }
        }
    }

    /// The standard means zlib's frame, but some servers send none.
    fn deflate(&mut self, input: &[u8]) -> Result<End, CodingError> {
        if input.len() == 1 {
            return Err(broken(ContentCoding::Deflate, "Unexpected end of stream"));
        }
        let has_frame = matches!(input, [first, second, ..]
            if first & 15 == 8 && first >> 4 <= 7 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
        self.inflate(Decompress::new(has_frame), input, ContentCoding::Deflate).map(|(end, _)| end)
    }

    /// Decompresses one stream of zlib's kinds; also returns how much of the input it took.
    fn inflate(
        &mut self,
        mut stream: Decompress,
        input: &[u8],
        coding: ContentCoding,
    ) -> Result<(End, usize), CodingError> {
        loop {
            let used = usize::try_from(stream.total_in()).unwrap_or(input.len());
            if !self.make_room() {
                return Ok((End::Limit, used));
            }
            let before = (stream.total_in(), self.data.len());
            let status = stream
                .decompress_vec(&input[used..], &mut self.data, FlushDecompress::None)
                .map_err(|error| broken(coding, &error.to_string()))?;
            let used = usize::try_from(stream.total_in()).unwrap_or(input.len());
            let is_stuck = before == (stream.total_in(), self.data.len());
            match status {
                _ if self.is_over() => return Ok((End::Limit, used)),
                Status::StreamEnd => return Ok((End::Whole, used)),
                Status::Ok | Status::BufError if is_stuck => return Ok((End::Truncated, used)),
                Status::Ok | Status::BufError => {}
            }
        }
    }

    fn brotli(&mut self, mut input: &[u8], is_cut: bool) -> Result<End, CodingError> {
        let decoder = brotli::Decompressor::new(&mut input, STEP);
        match self.read(decoder) {
            // It does not tell what is broken from what is missing.
            Err(_) if is_cut => Ok(End::Truncated),
            result => result.map_err(|error| corrupt(ContentCoding::Brotli, &error)),
        }
    }

    fn zstd(&mut self, mut input: &[u8], is_cut: bool) -> Result<End, CodingError> {
        let mut end = End::Whole;
        while !input.is_empty() && end == End::Whole {
            if let Some(rest) = after_skippable_frame(input) {
                input = rest;
                continue;
            }
            let read = match ruzstd::decoding::StreamingDecoder::new(&mut input) {
                Ok(decoder) => self.read(decoder).map_err(|error| corrupt(ContentCoding::Zstd, &error)),
                Err(error) => Err(corrupt(ContentCoding::Zstd, &error)),
            };
            end = match read {
                Err(_) if is_cut => End::Truncated,
                result => result?,
            };
        }
        Ok(end)
    }

    fn read(&mut self, decoder: impl Read) -> std::io::Result<End> {
        let room = (self.limit - self.data.len()) as u64;
        decoder.take(room.saturating_add(1)).read_to_end(&mut self.data)?;
        Ok(if self.is_over() { End::Limit } else { End::Whole })
    }

    /// Makes room for more than the limit by one byte at most, so that what ends exactly there is whole. `false` if
    /// there is too much already.
    fn make_room(&mut self) -> bool {
        let left = self.limit.saturating_add(1) - self.data.len();
        if self.data.capacity() == self.data.len() {
            self.data.reserve(left.min(STEP.max(self.data.len())));
        }
        left > 0
    }

    /// Whether there is more than the limit; what is too much goes.
    fn is_over(&mut self) -> bool {
        let is_over = self.data.len() > self.limit;
        self.data.truncate(self.limit);
        is_over
    }
}

fn is_gzip(input: &[u8]) -> bool {
    input.starts_with(&[0x1f, 0x8b])
}

/// Whether a member that is too short lacks some of its compressed data, and not just of its header or its trailer.
fn ends_inside_data(member: &[u8]) -> bool {
    let Some(data) = after_gzip_header(member) else { return false };
    let mut stream = Decompress::new(false);
    let mut nowhere = vec![0; STEP];
    loop {
        let used = usize::try_from(stream.total_in()).unwrap_or(data.len());
        let before = (stream.total_in(), stream.total_out());
        match stream.decompress(&data[used..], &mut nowhere, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return false,
            Ok(_) if before != (stream.total_in(), stream.total_out()) => {}
            _ => return true,
        }
    }
}

/// What follows a member's header (RFC 1952, section 2.3).
fn after_gzip_header(member: &[u8]) -> Option<&[u8]> {
    let (flags, mut rest) = (*member.get(3)?, member.get(10..)?);
    if flags & 4 != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [8, 16] {
        if flags & text != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & 2 != 0 { rest.get(2..) } else { Some(rest) }
}

/// What zlib says, without the library's introduction.
fn broken(coding: ContentCoding, reason: &str) -> CodingError {
    let reason = reason.strip_prefix("deflate decompression error: ").unwrap_or(reason);
    CodingError::Corrupt { coding, reason: reason.to_owned() }
}

fn corrupt(coding: ContentCoding, error: &dyn std::error::Error) -> CodingError {
    CodingError::Corrupt { coding, reason: error.to_string() }
}

/// What follows a frame that has no data (RFC 8878, section 3.1.2), if one is first.
fn after_skippable_frame(input: &[u8]) -> Option<&[u8]> {
    let (magic, rest) = input.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let is_skippable = u32::from_le_bytes(*magic) & 0xffff_fff0 == 0x184d_2a50;
    rest.get(u32::from_le_bytes(*length) as usize..).filter(|_| is_skippable)
}

#[cfg(test)]
mod tests;
