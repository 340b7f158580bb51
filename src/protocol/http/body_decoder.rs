//! Finds the end of a body, however it is marked.

use super::chunked::{ChunkError, ChunkedDecoder};
use super::response_head::BodyLength;

/// Separates a body from what marks its end. It does no IO.
#[derive(Debug)]
pub(super) enum BodyDecoder {
    /// The body has come, or there is none.
    Done,
    /// So many bytes are expected, so many have come.
    Counted { expected: u64, received: u64 },
    /// Chunks.
    Chunked(ChunkedDecoder),
    /// Whatever comes.
    UntilClose,
}

/// Why a body is not complete.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// The stream ended before as many bytes had come as `Content-Length` says.
    #[error("premature end of the body: expected {expected} bytes, received {received}")]
    Premature {
        /// What `Content-Length` says.
        expected: u64,
        /// How many came.
        received: u64,
    },
    /// The chunks are broken.
    #[error(transparent)]
    Chunk(#[from] ChunkError),
}

impl BodyDecoder {
    pub(super) fn new(length: BodyLength) -> Self {
        match length {
            BodyLength::None | BodyLength::Bytes(0) => Self::Done,
            BodyLength::Bytes(expected) => Self::Counted { expected, received: 0 },
            BodyLength::Chunked => Self::Chunked(ChunkedDecoder::default()),
            BodyLength::UntilClose => Self::UntilClose,
        }
    }

    /// Takes what came, hands the body's bytes to `body` and returns how many bytes of `input` belong to this response.
    pub(super) fn feed(&mut self, input: &[u8], mut body: impl FnMut(&[u8])) -> Result<usize, BodyError> {
        match self {
            Self::Done => Ok(0),
            Self::Counted { expected, received } => {
                let wanted = usize::try_from(*expected - *received).unwrap_or(usize::MAX);
                let data = &input[..input.len().min(wanted)];
                body(data);
                *received += data.len() as u64;
                if received == expected {
                    *self = Self::Done;
                }
                Ok(data.len())
            }
            Self::Chunked(chunks) => Ok(chunks.feed(input, body)?),
            Self::UntilClose => {
                body(input);
                Ok(input.len())
            }
        }
    }

    /// The stream has ended.
    pub(super) fn end(&mut self) -> Result<(), BodyError> {
        match self {
            Self::Done | Self::UntilClose => {
                *self = Self::Done;
                Ok(())
            }
            Self::Counted { expected, received } => {
                Err(BodyError::Premature { expected: *expected, received: *received })
            }
            Self::Chunked(chunks) => Ok(chunks.end()?),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        match self {
            Self::Done => true,
            Self::Chunked(chunks) => chunks.is_done(),
            Self::Counted { .. } | Self::UntilClose => false,
        }
    }

    /// How many bytes are to come, where that is known.
    pub(super) fn expected(&self) -> Option<u64> {
        match self {
            Self::Done => Some(0),
            Self::Counted { expected, .. } => Some(*expected),
            Self::Chunked(_) | Self::UntilClose => None,
        }
    }

    /// The trailers after the last chunk.
    pub(super) fn trailers(&self) -> &[u8] {
        match self {
            Self::Chunked(chunks) => chunks.trailers(),
            _ => &[],
        }
    }
}
