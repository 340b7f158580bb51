//! An open connection, frame by frame: nothing is answered, put together or judged by itself beyond the rules given.
//!
//! A connection that waits holds no buffer. Every wait can be given up (a timeout, a dropped future) without losing a
//! byte in either direction.

use std::future::poll_fn;
use std::io;
use std::task::Poll;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};

use super::inbound::Inbound;
use super::outbound::Outbound;
use super::{Frame, FrameDecoder, FrameError, FrameHeader, FrameRules, TimedOut, UnexpectedEnd, Wait, encode};

/// A WebSocket after its opening handshake.
#[derive(Debug)]
pub struct Connection<S> {
    stream: S,
    pub(super) decoder: FrameDecoder,
    pub(super) inbound: Inbound,
    pub(super) outbound: Outbound,
}

/// Why there is no frame.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Nothing came in time. What came of a frame is kept for the next read.
    #[error(transparent)]
    TimedOut(#[from] TimedOut),
    /// The other side closed the connection.
    #[error(transparent)]
    Ended(#[from] UnexpectedEnd),
    /// The rules do not allow the frame.
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// The network failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    /// A connection at the start of a frame. `received` is what came in already.
    #[must_use]
    pub fn new(stream: S, received: BytesMut, rules: FrameRules) -> Self {
        let inbound = Inbound { received: received.len() as u64, buffer: received };
        Self { stream, decoder: FrameDecoder::new(rules), inbound, outbound: Outbound::default() }
    }

    /// Reads the next frame, whatever it is.
    ///
    /// # Errors
    /// When none comes in time, or the rules do not allow it, or there will be none.
    pub async fn read_frame(&mut self, wait: Wait) -> Result<Frame, ReadError> {
        loop {
            if let Some(frame) = self.take_frame()? {
                return Ok(frame);
            }
            if wait.on(self.fill()).await?? == 0 {
                return Err(self.decoder.end(&mut self.inbound.buffer).into());
            }
        }
    }

    /// Waits until something of the next frame has come.
    ///
    /// # Errors
    /// When nothing comes in time, or the connection has ended.
    pub async fn wait_for_data(&mut self, wait: Wait) -> Result<(), ReadError> {
        let begun = self.decoder.begun().is_some() || !self.inbound.buffer.is_empty();
        if !begun && wait.on(self.fill()).await?? == 0 {
            return Err(self.decoder.end(&mut self.inbound.buffer).into());
        }
        Ok(())
    }

    /// Writes a frame and returns its size on the wire in bytes. If the future is dropped before that, the frame is
    /// still sent as a whole: what is left of it goes first at the next read or write.
    ///
    /// # Errors
    /// When the network fails.
    pub async fn write_frame(&mut self, header: FrameHeader, payload: &[u8]) -> io::Result<usize> {
        let size = encode(header, payload, &mut self.outbound.buffer);
        self.flush().await?;
        Ok(size)
    }

    /// Ends the stream: closes TLS, then this side of TCP. No close frame is sent. Dropping the connection closes TCP
    /// as well.
    ///
    /// # Errors
    /// When the network fails.
    pub async fn shutdown(&mut self) -> io::Result<()> {
        self.flush().await?;
        self.stream.shutdown().await
    }

    /// All bytes received so far, the opening handshake included, TLS not.
    #[must_use]
    pub fn bytes_received(&self) -> u64 {
        self.inbound.received
    }

    /// All bytes sent so far, the opening handshake included, TLS not.
    #[must_use]
    pub fn bytes_sent(&self) -> u64 {
        self.outbound.sent
    }

    /// Changes how frames are judged, from the next one on that has not begun.
    pub fn set_rules(&mut self, rules: FrameRules) {
        self.decoder.set_rules(rules);
    }

    /// The stream underneath.
    #[must_use]
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// Takes a frame that has come in as a whole.
    pub(super) fn take_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        let frame = self.decoder.decode(&mut self.inbound.buffer);
        self.inbound.release();
        frame
    }

    /// Waits for more bytes; 0 means that there will be none. Meanwhile sends what is left to be sent.
    pub(super) async fn fill(&mut self) -> io::Result<usize> {
        poll_fn(|cx| {
            // A side that no longer reads may still have sent something: the next write will tell.
            let _ = self.outbound.poll_flush(&mut self.stream, cx);
            self.inbound.poll_fill(&mut self.stream, cx)
        })
        .await
    }

    /// Waits for more bytes as [`Self::fill`], or until everything that is left to be sent is sent: `None`.
    pub(super) async fn fill_or_flush(&mut self) -> io::Result<Option<usize>> {
        poll_fn(|cx| match self.outbound.poll_flush(&mut self.stream, cx) {
            Poll::Ready(_) => Poll::Ready(Ok(None)),
            Poll::Pending => self.inbound.poll_fill(&mut self.stream, cx).map_ok(Some),
        })
        .await
    }

    /// Sends everything that is left to be sent.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        poll_fn(|cx| self.outbound.poll_flush(&mut self.stream, cx)).await
    }
}

#[cfg(test)]
mod tests;
