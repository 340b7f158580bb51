//! Sends requests: head and body in one write where they fit into one.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::ops::Range;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Poll, ready};

use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWrite};

use super::stream::Stream;
use super::{BodyPiece, Error, RequestBody};

/// How much of a body in pieces is gathered before it is sent, in bytes.
const GATHERED: usize = 32 * 1024;

/// Sends a head and a body, and counts the bytes.
pub(super) async fn send(stream: &mut Stream, head: &[u8], body: RequestBody<'_>, sent: &mut u64) -> Result<(), Error> {
    match body {
        RequestBody::Empty => write(stream, head, &[], sent).await,
        RequestBody::Bytes(bytes) => write(stream, head, bytes, sent).await,
        RequestBody::Pieces(pieces) => Box::pin(send_pieces(&mut CountedStream { stream, sent }, head, pieces)).await,
    }
}

/// Where the parts of a body go.
pub(super) trait BodySink {
    /// Writes two parts one after the other.
    fn write(&mut self, first: &[u8], second: &[u8]) -> impl Future<Output = Result<(), Error>> + Send;
}

struct CountedStream<'a> {
    stream: &'a mut Stream,
    sent: &'a mut u64,
}

impl BodySink for CountedStream<'_> {
    async fn write(&mut self, first: &[u8], second: &[u8]) -> Result<(), Error> {
        write(self.stream, first, second, self.sent).await
    }
}

/// Writes two parts one after the other, with as few calls of the system as possible.
async fn write(stream: &mut Stream, first: &[u8], second: &[u8], sent: &mut u64) -> Result<(), Error> {
    let mut done = 0;
    let written = poll_fn(|cx| {
        while done < first.len() + second.len() {
            let stream = Pin::new(&mut *stream);
            let count = ready!(match done.checked_sub(first.len()) {
                Some(done) => stream.poll_write(cx, &second[done..]),
                None if second.is_empty() => stream.poll_write(cx, &first[done..]),
                None => stream.poll_write_vectored(cx, &[IoSlice::new(&first[done..]), IoSlice::new(second)]),
            })?;
            if count == 0 {
                return Poll::Ready(Err(io::Error::from(io::ErrorKind::WriteZero)));
            }
            done += count;
        }
        Pin::new(&mut *stream).poll_flush(cx)
    });
    let result = written.await.map_err(Error::Send);
    *sent += done as u64;
    result
}

/// Sends a body of pieces. Small ones go together with the head.
pub(super) async fn send_pieces(sink: &mut impl BodySink, head: &[u8], pieces: &[BodyPiece]) -> Result<(), Error> {
    let mut gathered = Vec::with_capacity(GATHERED);
    gathered.extend_from_slice(head);
    for piece in pieces {
        match piece {
            BodyPiece::Bytes(bytes) if gathered.len() + bytes.len() <= GATHERED => gathered.extend_from_slice(bytes),
            BodyPiece::Bytes(bytes) => {
                sink.write(&gathered, bytes).await?;
                gathered.clear();
            }
            BodyPiece::File { path, range } => send_file(sink, &mut gathered, path, range).await?,
        }
    }
    if gathered.is_empty() { Ok(()) } else { sink.write(&gathered, &[]).await }
}

/// Sends a part of a file, after what has been gathered. Its last bytes stay there.
async fn send_file(
    sink: &mut impl BodySink,
    gathered: &mut Vec<u8>,
    path: &Arc<Path>,
    range: &Range<u64>,
) -> Result<(), Error> {
    let failed = |source| Error::RequestBody { path: path.clone(), source };
    let mut file = File::open(path).await.map_err(failed)?;
    file.set_max_buf_size(GATHERED);
    file.seek(io::SeekFrom::Start(range.start)).await.map_err(failed)?;
    let mut left = range.end.saturating_sub(range.start);
    while left > 0 {
        if gathered.len() >= GATHERED {
            sink.write(gathered, &[]).await?;
            gathered.clear();
        }
        let room = (GATHERED - gathered.len()) as u64;
        let count = (&mut file).take(left.min(room)).read_buf(gathered).await.map_err(failed)?;
        if count == 0 {
            return Err(failed(io::ErrorKind::UnexpectedEof.into()));
        }
        left -= count as u64;
    }
    Ok(())
}
