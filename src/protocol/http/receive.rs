//! Receives responses and notes when what came.
//!
//! Bytes are read into one buffer per thread and taken out of it before anybody else can run, so that a user who waits
//! holds no memory for it.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::connection::{Connection, Peer};
use super::{Error, Measured, ResponseReader, tls};

/// How much is read at once, in bytes.
const BUFFER: usize = 64 * 1024;

thread_local! {
    static READ_BUFFER: RefCell<Box<[u8]>> = RefCell::new(vec![0; BUFFER].into());
}

/// Whether the stream goes on after what was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Received {
    Open,
    Ended,
}

/// How long to wait for something to come: so long after that instant, and again after each time that something came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) since: Instant,
    pub(super) timeout: Duration,
}

/// Receives until the reader wants no more. It fails if nothing comes for too long.
pub(super) async fn receive(
    connection: &mut Connection,
    reader: &mut ResponseReader,
    peer: &Peer<'_>,
    patience: Option<Patience>,
    measured: &mut Measured,
) -> Result<Received, Error> {
    if !connection.leftover.is_empty() {
        let bytes = std::mem::take(&mut connection.leftover);
        connection.leftover = take(&bytes, reader, measured, Instant::now())?;
    }
    if reader.is_stopped() {
        return Ok(Received::Open);
    }
    poll_fn(|cx| {
        let read = READ_BUFFER.with_borrow_mut(|buffer| read(cx, connection, reader, peer, measured, buffer));
        if let (Poll::Pending, Some(Patience { since, timeout })) = (&read, patience) {
            let since = connection.stream.pauses_until().map_or(since, |until| until.max(since));
            let due = since.max(measured.timing.end) + timeout;
            return wait(cx, &mut connection.timer, due).map(|()| Err(Error::ReadTimeout));
        }
        read
    })
    .await
}

/// Reads as long as something is there.
fn read(
    cx: &mut Context<'_>,
    connection: &mut Connection,
    reader: &mut ResponseReader,
    peer: &Peer<'_>,
    measured: &mut Measured,
    buffer: &mut [u8],
) -> Poll<Result<Received, Error>> {
    loop {
        let mut buffer = ReadBuf::new(buffer);
        match ready!(Pin::new(&mut connection.stream).poll_read(cx, &mut buffer)) {
            Ok(()) => {}
            // Servers often close without TLS's own goodbye, which is as good as an end.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
            Err(error) => return Poll::Ready(Err(tls::broken(error, peer).unwrap_or_else(Error::Receive))),
        }
        let now = Instant::now();
        let bytes = buffer.filled();
        if bytes.is_empty() {
            measured.timing.end = now;
            return Poll::Ready(reader.end().map(|()| Received::Ended));
        }
        measured.received += bytes.len() as u64;
        connection.leftover = take(bytes, reader, measured, now)?;
        if reader.is_stopped() {
            return Poll::Ready(Ok(Received::Open));
        }
    }
}

/// Hands bytes that came to the reader and returns what does not belong to its response.
fn take(bytes: &[u8], reader: &mut ResponseReader, measured: &mut Measured, now: Instant) -> Result<Vec<u8>, Error> {
    measured.timing.end = now;
    measured.timing.first_byte.get_or_insert(now);
    let used = reader.feed(bytes)?;
    if reader.has_body() {
        measured.timing.body_first_byte.get_or_insert(now);
    }
    Ok(bytes[used..].to_vec())
}

/// Waits until an instant. Nearly all waits end early, and the next request's instant is a later one: the timer stays with its
/// connection and is only set again when it is due, or when it would be late.
fn wait(cx: &mut Context<'_>, timer: &mut Option<Pin<Box<Sleep>>>, due: Instant) -> Poll<()> {
    let sleep = timer.get_or_insert_with(|| Box::pin(sleep_until(due)));
    if sleep.deadline() > due {
        sleep.as_mut().reset(due);
    }
    loop {
        ready!(sleep.as_mut().poll(cx));
        if sleep.deadline() >= due {
            return Poll::Ready(());
        }
        sleep.as_mut().reset(due);
    }
}
