//! What a server answered.

use std::sync::Arc;

use bytes::Bytes;

use super::ResponseHead;

/// A complete response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The head of the final response.
    pub head: Arc<ResponseHead>,
    /// The body, without what marked its end, but still compressed if it was.
    pub body: Body,
    /// The trailers after the last chunk, as received.
    pub trailers: Box<[u8]>,
    /// How many interim responses (1xx) came before it.
    pub interim_responses: u32,
}

/// The body of a response.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The bytes, up to the limit that the request gave.
    pub data: Bytes,
    /// How many bytes there were in all.
    pub length: u64,
}

impl Body {
    /// Whether there were more bytes than were kept.
    pub fn is_cut(&self) -> bool {
        self.length > self.data.len() as u64
    }
}
