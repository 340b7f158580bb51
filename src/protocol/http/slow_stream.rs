//! A stream as slow as an old line, with so many bytes a second.
//!
//! It waits where JMeter's slow sockets do (`SlowSocket`): what is written waits as long as all of it takes before it is sent. A
//! response begins no earlier than 8 KiB take, since Apache HttpClient asks for so much, however little comes; what comes after
//! that waits as long as it takes.

use std::io;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::stream::Stream;

/// How many bytes Apache HttpClient asks for at once.
const BUFFER: usize = 8 * 1024;

/// A slow stream.
#[derive(Debug)]
pub(super) struct SlowStream {
    pub(super) stream: Stream,
    /// In bytes a second.
    rate: NonZeroU32,
    pause: Pin<Box<Sleep>>,
    reading: Reading,
    writing: Writing,
    /// What was read and is not handed on yet.
    held: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Nothing was read since a request was sent.
    NotBegun,
    /// Pausing before the beginning.
    Begins,
    GoesOn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Idle,
    Pausing,
    /// So many bytes have paused and may go.
    MayGo(usize),
}

impl SlowStream {
    pub(super) fn new(stream: Stream, rate: NonZeroU32) -> Self {
        let pause = Box::pin(sleep_until(Instant::now()));
        Self { stream, rate, pause, reading: Reading::NotBegun, writing: Writing::Idle, held: Vec::new() }
    }

    /// When the last pause ends or has ended.
    pub(super) fn pauses_until(&self) -> Instant {
        self.pause.deadline()
    }

    /// Pauses for as long as so many bytes take, in whole milliseconds (`CPSPauser`).
    fn pause_for(&mut self, bytes: usize) {
        let millis = (bytes as u64).saturating_mul(1000) / u64::from(self.rate.get());
        self.pause.as_mut().reset(Instant::now() + Duration::from_millis(millis));
    }

    /// Reads what is there into `held`; nothing means the end.
    fn hold(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.held.resize(BUFFER, 0);
        let mut buffer = ReadBuf::new(&mut self.held);
        let result = Pin::new(&mut self.stream).poll_read(cx, &mut buffer);
        let count = buffer.filled().len();
        self.held.truncate(count);
        result
    }

    fn hand_on(&mut self, buffer: &mut ReadBuf<'_>) {
        let count = self.held.len().min(buffer.remaining());
        buffer.put_slice(&self.held[..count]);
        self.held.drain(..count);
    }
}

impl AsyncRead for SlowStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.reading == Reading::NotBegun {
            this.pause_for(BUFFER);
            this.reading = Reading::Begins;
        }
        ready!(this.pause.as_mut().poll(cx));
        if this.held.is_empty() {
            ready!(this.hold(cx))?;
            if this.reading == Reading::GoesOn && !this.held.is_empty() {
                this.pause_for(this.held.len());
                ready!(this.pause.as_mut().poll(cx));
            }
        }
        this.reading = Reading::GoesOn;
        this.hand_on(buffer);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for SlowStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        this.reading = Reading::NotBegun;
        if this.writing == Writing::Idle {
            this.pause_for(bytes.len());
            this.writing = Writing::Pausing;
        }
        if this.writing == Writing::Pausing {
            ready!(this.pause.as_mut().poll(cx));
            this.writing = Writing::MayGo(bytes.len());
        }
        let Writing::MayGo(most) = this.writing else { return Poll::Ready(Ok(0)) };
        let count = ready!(Pin::new(&mut this.stream).poll_write(cx, &bytes[..bytes.len().min(most)]))?;
        this.writing = if count < most { Writing::MayGo(most - count) } else { Writing::Idle };
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}
