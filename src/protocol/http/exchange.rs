//! A request and its answer, measured.

use std::net::SocketAddr;

use tokio::time::Instant;

use super::{Error, Response};

/// What became of a request, and what was measured on the way. It is there whether or not the request failed.
#[derive(Debug)]
pub struct Exchange {
    /// The response, or why there is none.
    pub outcome: Result<Response, Error>,
    /// The measurements.
    pub measured: Measured,
}

/// What was measured.
#[derive(Debug, Clone)]
pub struct Measured {
    /// When what happened.
    pub timing: Timing,
    /// Whether a connection of an earlier request was used.
    pub is_reused: bool,
    /// Whether HTTP/2 was spoken.
    pub is_http2: bool,
    /// How often the request was tried, which is more than once only if the settings allow for it.
    pub tries: u32,
    /// Bytes sent, head and body. What TLS adds does not count.
    pub sent: u64,
    /// Bytes received, framing of chunks and interim responses included. What TLS adds does not count.
    pub received: u64,
    /// How many of these came while the request was not yet sent as a whole: a `100 Continue`.
    pub received_while_sending: u64,
    /// How many of these are heads of responses.
    pub received_head: u64,
    /// The connection's near end.
    pub local: Option<SocketAddr>,
    /// The connection's far end: the server, or the proxy.
    pub remote: Option<SocketAddr>,
    /// What it took to get through the proxy.
    pub tunnel: Option<Box<Tunnel>>,
}

/// When what happened. Apache HttpClient's users know `body_first_byte` as the end of the latency.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// The beginning.
    pub start: Instant,
    /// When the connection was there, TLS included, or could not be made. `None` if a connection was reused.
    pub connect_end: Option<Instant>,
    /// When the first byte of the response came.
    pub first_byte: Option<Instant>,
    /// When the first byte of the response's body came. `None` if there is no body.
    pub body_first_byte: Option<Instant>,
    /// The end: the last byte of the response, or the failure.
    pub end: Instant,
}

/// The exchange with a proxy that opens a tunnel.
#[derive(Debug, Clone)]
pub struct Tunnel {
    /// Bytes sent.
    pub sent: u64,
    /// Bytes received.
    pub received: u64,
    /// The proxy's answer. A refusal is the exchange's outcome instead.
    pub response: Option<Response>,
    /// When the tunnel was open, TLS through it not included.
    pub end: Instant,
}

impl Measured {
    pub(super) fn start(now: Instant) -> Self {
        let timing = Timing { start: now, connect_end: None, first_byte: None, body_first_byte: None, end: now };
        Self {
            timing,
            is_reused: false,
            is_http2: false,
            tries: 1,
            sent: 0,
            received: 0,
            received_while_sending: 0,
            received_head: 0,
            local: None,
            remote: None,
            tunnel: None,
        }
    }

    /// What is known of an exchange whose future was dropped: how long it went on.
    pub fn interrupted(start: Instant, end: Instant) -> Self {
        let mut measured = Self::start(start);
        measured.timing.end = end;
        measured
    }

    /// Forgets a try that failed.
    pub(super) fn start_again(&mut self) {
        *self = Self { tries: self.tries + 1, ..Self::start(self.timing.start) };
    }
}
