//! Puts a response together from the bytes as they come.
//!
//! Servers mostly answer with the very head that they answered with before; comparing it costs a fraction of reading it.

use std::sync::Arc;

use bytes::Bytes;

use super::body_decoder::BodyDecoder;
use super::head_scanner::{HeadError, HeadScanner};
use super::response_head::BodyLength;
use super::{Body, Error, Response, ResponseHead};

/// The most memory that is set aside for a body because of its `Content-Length` alone, in bytes.
const LARGEST_RESERVE: usize = 1 << 20;

/// Reads one response. It does no IO.
#[derive(Debug)]
pub struct ResponseReader {
    answer_to: AnswerTo,
    stops_at_head: bool,
    head_limit: usize,
    body_limit: usize,
    scanner: HeadScanner,
    /// A head of which a part has come.
    partial: Vec<u8>,
    /// The head that came before on the same connection.
    previous: Option<Arc<ResponseHead>>,
    head: Option<Arc<ResponseHead>>,
    /// The interim response that it stopped at.
    interim: Option<u32>,
    interim_responses: u32,
    head_bytes: u64,
    decoder: BodyDecoder,
    body: Vec<u8>,
    body_length: u64,
}

/// What is answered, as far as it decides whether there is a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerTo {
    /// `HEAD`: no body.
    Head,
    /// `CONNECT`: no body if a tunnel is opened.
    Connect,
    /// Any other method.
    Other,
}

impl ResponseReader {
    /// A reader of the answer to a request. Heads longer than `head_limit` bytes are refused; of the body no more than
    /// `body_limit` bytes are kept.
    pub fn new(answer_to: AnswerTo, head_limit: usize, body_limit: usize) -> Self {
        Self {
            answer_to,
            stops_at_head: false,
            head_limit,
            body_limit,
            scanner: HeadScanner::default(),
            partial: Vec::new(),
            previous: None,
            head: None,
            interim: None,
            interim_responses: 0,
            head_bytes: 0,
            decoder: BodyDecoder::new(BodyLength::None),
            body: Vec::new(),
            body_length: 0,
        }
    }

    /// The same, knowing the head that came before on the same connection: it is not read again if it comes again.
    #[must_use]
    pub(super) fn after(self, previous: Option<Arc<ResponseHead>>) -> Self {
        Self { previous, ..self }
    }

    /// Takes what came and returns how many bytes belong to this response: fewer than all once it
    /// [`is_done`](Self::is_done).
    ///
    /// # Errors
    /// If this is no response.
    pub fn feed(&mut self, input: &[u8]) -> Result<usize, Error> {
        let mut used = 0;
        while self.head.is_none() {
            if used == input.len() || self.interim.is_some() {
                return Ok(used);
            }
            used += self.feed_head(&input[used..])?;
        }
        if self.stops_at_head {
            return Ok(used);
        }
        let (body, length, limit) = (&mut self.body, &mut self.body_length, self.body_limit);
        used += self.decoder.feed(&input[used..], |data| {
            *length += data.len() as u64;
            body.extend_from_slice(&data[..data.len().min(limit - body.len())]);
        })?;
        Ok(used)
    }

    /// The stream has ended.
    ///
    /// # Errors
    /// If something is missing.
    pub fn end(&mut self) -> Result<(), Error> {
        if self.head.is_none() && !self.partial.is_empty() {
            let mut bytes = std::mem::take(&mut self.partial);
            // The end of the stream is the end of its last line.
            if !bytes.ends_with(b"\n") {
                bytes.push(b'\n');
            }
            self.scan(&bytes, true)?;
        }
        if self.head.is_none() {
            return Err(Error::NoResponse);
        }
        Ok(self.decoder.end()?)
    }

    /// Whether the response is complete.
    pub fn is_done(&self) -> bool {
        self.head.is_some() && self.decoder.is_done()
    }

    /// The head of the final response, once it is there.
    pub fn head(&self) -> Option<&ResponseHead> {
        self.head.as_deref()
    }

    /// The bytes of all heads so far, interim responses included.
    pub fn head_bytes(&self) -> u64 {
        self.head_bytes
    }

    /// Whether any byte of the body has come.
    pub fn has_body(&self) -> bool {
        self.body_length > 0
    }

    /// Makes it stop after the next head, to let the request's body be sent if that is an interim response.
    pub(super) fn stop_at_head(&mut self) {
        self.stops_at_head = true;
    }

    /// Goes on after a head; its code, if it was an interim response.
    pub(super) fn go_on(&mut self) -> Option<u32> {
        self.stops_at_head = false;
        self.interim.take()
    }

    /// Whether it wants no more bytes for now.
    pub(super) fn is_stopped(&self) -> bool {
        self.is_done() || self.stops_at_head && (self.interim.is_some() || self.head.is_some())
    }

    /// The response, once it is complete.
    pub fn finish(self) -> Option<Response> {
        let body = Body { data: Bytes::from(self.body), length: self.body_length };
        let trailers = self.decoder.trailers().into();
        Some(Response { head: self.head?, body, trailers, interim_responses: self.interim_responses })
    }

    fn feed_head(&mut self, input: &[u8]) -> Result<usize, Error> {
        let before = self.partial.len();
        if before > 0 {
            let mut bytes = std::mem::take(&mut self.partial);
            bytes.extend_from_slice(input);
            if let Some(end) = self.scan_within_limit(&bytes)? {
                return Ok(end - before);
            }
            self.partial = bytes;
            return Ok(input.len());
        }
        if let Some(head) = self.previous.take_if(|previous| input.starts_with(previous.as_bytes())) {
            let end = head.as_bytes().len();
            self.head_bytes += end as u64;
            self.begin_body(head);
            return Ok(end);
        }
        let end = self.scan_within_limit(input)?;
        if end.is_none() {
            self.partial.extend_from_slice(input);
        }
        Ok(end.unwrap_or(input.len()))
    }

    fn scan_within_limit(&mut self, bytes: &[u8]) -> Result<Option<usize>, Error> {
        let end = self.scan(&bytes[..bytes.len().min(self.head_limit)], false)?;
        if end.is_none() && bytes.len() > self.head_limit {
            return Err(HeadError::TooLong(self.head_limit).into());
        }
        Ok(end)
    }

    /// Looks for the end of a head and returns where it is.
    fn scan(&mut self, bytes: &[u8], ended: bool) -> Result<Option<usize>, Error> {
        let Some(scanned) = self.scanner.scan(bytes, ended)? else { return Ok(None) };
        self.scanner = HeadScanner::default();
        let end = scanned.end;
        self.head_bytes += end as u64;
        if scanned.status_line.code < 200 {
            self.interim_responses += 1;
            self.interim = self.stops_at_head.then_some(scanned.status_line.code);
            return Ok(Some(end));
        }
        self.begin_body(Arc::new(ResponseHead::new(bytes, scanned)));
        Ok(Some(end))
    }

    fn begin_body(&mut self, head: Arc<ResponseHead>) {
        self.decoder = BodyDecoder::new(self.body_length(&head));
        let expected = self.decoder.expected().and_then(|expected| usize::try_from(expected).ok()).unwrap_or(0);
        self.body.reserve_exact(expected.min(self.body_limit).min(LARGEST_RESERVE));
        self.head = Some(head);
    }

    fn body_length(&self, head: &ResponseHead) -> BodyLength {
        match self.answer_to {
            AnswerTo::Connect if (200..300).contains(&head.status()) => BodyLength::None,
            answer_to => head.body_length(answer_to == AnswerTo::Head),
        }
    }
}

#[cfg(test)]
mod tests;
