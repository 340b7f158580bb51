//! What is sent, byte for byte as the caller wants it.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::{Resolver, Route, field};

/// A request, and how it is to be sent. It only borrows, so that what stays the same between samples is prepared once.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Where it goes.
    pub route: &'a Arc<Route>,
    /// Its request line and headers.
    pub head: &'a RequestHead,
    /// What follows the head.
    pub body: RequestBody<'a>,
    /// The `CONNECT` request that opens a tunnel, for routes with TLS through a proxy.
    pub tunnel: Option<&'a RequestHead>,
    /// How long to wait for each address of the host, and then for the handshake of TLS.
    pub connect_timeout: Option<Duration>,
    /// How long to wait for the next bytes of the response, every time.
    pub read_timeout: Option<Duration>,
    /// How many bytes of the response's body are kept. The rest is only counted.
    pub body_limit: usize,
    /// Who finds addresses, if not the resolver of the client's settings.
    pub resolver: Option<&'a Resolver>,
}

impl<'a> Request<'a> {
    /// A request without a body, without time limits, whose response is kept as a whole.
    pub fn new(route: &'a Arc<Route>, head: &'a RequestHead) -> Self {
        Self {
            route,
            head,
            body: RequestBody::Empty,
            tunnel: None,
            connect_timeout: None,
            read_timeout: None,
            body_limit: usize::MAX,
            resolver: None,
        }
    }
}

/// The body of a request. Its headers are the caller's business.
#[derive(Debug, Clone, Copy)]
pub enum RequestBody<'a> {
    /// Nothing.
    Empty,
    /// Bytes in memory.
    Bytes(&'a [u8]),
    /// Pieces one after the other, files among them: these are read while they are sent.
    Pieces(&'a [BodyPiece]),
}

/// A piece of a body.
#[derive(Debug, Clone)]
pub enum BodyPiece {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A part of a file.
    File {
        /// The file.
        path: Arc<Path>,
        /// Which of its bytes. The file must have them all.
        range: Range<u64>,
    },
}

/// A request line with headers, ready to be sent, and what it means for the connection.
#[derive(Debug, Clone)]
pub struct RequestHead {
    bytes: Vec<u8>,
    is_head: bool,
    is_idempotent: bool,
    closes: bool,
    expects_continue: bool,
}

impl RequestHead {
    /// Begins a head of HTTP/1.1. Method and target are sent as they are.
    pub fn build(method: impl AsRef<[u8]>, target: impl AsRef<[u8]>) -> RequestHeadBuilder {
        let (method, target) = (method.as_ref(), target.as_ref());
        let idempotent: [&[u8]; 6] = [b"GET", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"TRACE"];
        let mut bytes = Vec::with_capacity(256);
        for part in [method, b" ", target, b" HTTP/1.1\r\n"] {
            bytes.extend_from_slice(part);
        }
        RequestHeadBuilder(RequestHead {
            bytes,
            is_head: method.eq_ignore_ascii_case(b"HEAD"),
            is_idempotent: idempotent.iter().any(|name| method.eq_ignore_ascii_case(name)),
            closes: false,
            expects_continue: false,
        })
    }

    /// All bytes, the empty line included.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the answer has no body because the method is `HEAD`.
    pub fn is_head(&self) -> bool {
        self.is_head
    }

    /// Whether sending it twice does no harm.
    pub(super) fn is_idempotent(&self) -> bool {
        self.is_idempotent
    }

    /// Whether it asks to close the connection afterwards.
    pub(super) fn closes_connection(&self) -> bool {
        self.closes
    }

    /// Whether the body waits for `100 Continue`.
    pub(super) fn expects_continue(&self) -> bool {
        self.expects_continue
    }
}

/// A request head that gets its headers.
#[derive(Debug)]
pub struct RequestHeadBuilder(RequestHead);

impl RequestHeadBuilder {
    /// Adds a header; name and value are sent as they are.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        let (name, value) = (name.as_ref(), value.as_ref());
        for part in [name, b": ", value, b"\r\n"] {
            self.0.bytes.extend_from_slice(part);
        }
        if name.eq_ignore_ascii_case(b"Connection") {
            self.0.closes |= field::elements(value).any(|token| token.eq_ignore_ascii_case(b"close"));
        } else if name.eq_ignore_ascii_case(b"Expect") {
            self.0.expects_continue |= value.eq_ignore_ascii_case(b"100-continue");
        }
        self
    }

    /// Ends the head.
    #[must_use]
    pub fn finish(mut self) -> RequestHead {
        self.0.bytes.extend_from_slice(b"\r\n");
        self.0
    }
}
