//! A connection while nobody uses it, and what is known of it. It has no buffers of its own.

use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use rustls::ClientConfig;
use socket2::SockRef;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::stream::Stream;
use super::{Error, ResponseHead, tls};

/// A connection to a server or proxy. Dropping it closes it.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) stream: Stream,
    /// What came after the last response, or unasked.
    pub(super) leftover: Vec<u8>,
    /// The head of the last response.
    pub(super) last_head: Option<Arc<ResponseHead>>,
    /// The way to the server is complete: no tunnel is missing.
    pub(super) is_complete: bool,
    pub(super) local: Option<SocketAddr>,
    pub(super) remote: SocketAddr,
    pub(super) created: Instant,
    /// When it was last given back.
    pub(super) used: Instant,
    /// From when on it is not to be used any more.
    pub(super) expires: Option<Instant>,
    /// Which of the pool's generations it belongs to.
    pub(super) generation: u32,
    /// Ends waiting for responses.
    pub(super) timer: Option<Pin<Box<Sleep>>>,
}

/// Who is at the other end, for messages.
#[derive(Debug)]
pub(super) struct Peer<'a> {
    pub(super) host: &'a Arc<str>,
    pub(super) address: SocketAddr,
}

impl Connection {
    pub(super) fn new(stream: Stream, remote: SocketAddr, is_complete: bool) -> Box<Self> {
        let now = Instant::now();
        let local = stream.socket().local_addr().ok();
        Box::new(Self {
            stream,
            leftover: Vec::new(),
            last_head: None,
            is_complete,
            local,
            remote,
            created: now,
            used: now,
            expires: None,
            generation: 0,
            timer: None,
        })
    }

    /// Whether the server has closed the connection, or it is broken. What comes unasked is kept for the next response,
    /// as Apache HttpClient 4 does (`BHttpConnectionBase.isStale`).
    pub(super) async fn is_stale(&mut self) -> bool {
        match SockRef::from(self.stream.socket()).peek(&mut [MaybeUninit::uninit()]) {
            Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
            Ok(0) => true,
            Ok(_) => self.read_unasked().await,
        }
    }

    /// Begins TLS.
    pub(super) async fn secure(
        mut self: Box<Self>,
        config: Arc<ClientConfig>,
        peer: &Peer<'_>,
        timeout: Option<Duration>,
    ) -> Result<Box<Self>, Error> {
        self.stream = tls::handshake(self.stream, config, peer, timeout).await?;
        Ok(self)
    }

    /// Reads what is there and returns whether that is the end. Inside TLS there may be nothing for us in it.
    async fn read_unasked(&mut self) -> bool {
        let mut bytes = [0; 1024];
        let mut buffer = ReadBuf::new(&mut bytes);
        let stream = &mut self.stream;
        let read = std::future::poll_fn(|cx| match Pin::new(&mut *stream).poll_read(cx, &mut buffer) {
            Poll::Pending => Poll::Ready(None),
            Poll::Ready(result) => Poll::Ready(Some(result)),
        });
        match read.await {
            None => false,
            Some(Ok(())) if !buffer.filled().is_empty() => {
                self.leftover.extend_from_slice(buffer.filled());
                false
            }
            Some(_) => true,
        }
    }
}
