//! Bytes on their way out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use tokio::io::AsyncWrite;

/// The buffer of what is to be sent. What a write that was given up has left is sent by the next read or write, so
/// that frames never mix. It owns memory only while there is something in it.
#[derive(Debug, Default)]
pub(super) struct Outbound {
    pub(super) buffer: BytesMut,
    /// All bytes that were ever sent.
    pub(super) sent: u64,
    /// All is written, but maybe not through TLS.
    unflushed: bool,
}

impl Outbound {
    pub(super) fn is_empty(&self) -> bool {
        self.buffer.is_empty() && !self.unflushed
    }

    /// Sends everything. After an error nothing is left to send.
    pub(super) fn poll_flush<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_empty() {
            return Poll::Ready(Ok(()));
        }
        let sent = ready!(self.poll_send(stream, cx));
        self.buffer = BytesMut::new();
        self.unflushed = false;
        Poll::Ready(sent)
    }

    fn poll_send<S: AsyncWrite + Unpin>(&mut self, stream: &mut S, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.unflushed = true;
        while !self.buffer.is_empty() {
            let count = ready!(Pin::new(&mut *stream).poll_write(cx, &self.buffer))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.buffer.advance(count);
            self.sent += count as u64;
        }
        Pin::new(stream).poll_flush(cx)
    }
}
