//! Bytes that have come in and are not taken yet.

use std::future::Future;
use std::io;
use std::mem::MaybeUninit;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

/// How much is read at a time when it is not known what comes.
const AT_A_TIME: usize = 4096;

/// The buffer of what has come in. It owns memory only while there is something in it: waiting costs none.
#[derive(Debug, Default)]
pub(super) struct Inbound {
    pub(super) buffer: BytesMut,
    /// All bytes that ever came in.
    pub(super) received: u64,
}

impl Inbound {
    /// Waits for bytes and adds them to the buffer; 0 means that there will be no more.
    pub(super) fn poll_fill<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let read = if self.buffer.capacity() - self.buffer.len() >= AT_A_TIME {
            // The decoder has made room for a large payload: no copy.
            pin!(stream.read_buf(&mut self.buffer)).poll(cx)
        } else {
            let mut on_stack = [const { MaybeUninit::uninit() }; AT_A_TIME];
            let mut read = ReadBuf::uninit(&mut on_stack);
            Pin::new(stream).poll_read(cx, &mut read).map_ok(|()| {
                self.buffer.extend_from_slice(read.filled());
                read.filled().len()
            })
        };
        read.map(|read| match read {
            Ok(count) => {
                self.received += count as u64;
                Ok(count)
            }
            // TLS ended without saying so. A WebSocket has its own way to say so.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
            Err(error) => Err(error),
        })
    }

    /// Gives the memory back if nothing is left.
    pub(super) fn release(&mut self) {
        if self.buffer.is_empty() {
            self.buffer = BytesMut::new();
        }
    }
}
