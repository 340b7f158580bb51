//! Requests over HTTP/2, measured like the others.
//!
//! The head is given as that of HTTP/1.1: names go out in lower case, headers that speak of the connection stay behind,
//! and `Host` becomes the authority.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use h2::{RecvStream, SendStream};
use tokio::time::{Instant, timeout};

use super::connection::Connection;
use super::http1::Stage;
use super::send::{BodySink, send_pieces};
use super::{Body, Error, Measured, Request, RequestBody, Response, ResponseHead};

mod connections;
mod counted;
mod request;

pub use connections::Http2Connections;
use counted::{Counted, Counters};

/// What the server may send without being asked for more: for one response, and for all of a connection, in bytes.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 1 << 22;
/// How much of a request's body is handed over at once, in bytes.
const PART: usize = 16 * 1024;

/// A connection that speaks HTTP/2. It is closed when the last copy is dropped and no request is under way.
#[derive(Debug, Clone)]
pub(super) struct Http2Connection {
    requests: SendRequest<Bytes>,
    counters: Arc<Counters>,
    pub(super) local: Option<SocketAddr>,
    pub(super) remote: SocketAddr,
    expires: Option<Instant>,
}

impl Http2Connection {
    /// Begins HTTP/2 on a connection.
    pub(super) async fn begin(
        connection: Connection,
        head_limit: usize,
        time_to_live: Option<Duration>,
    ) -> Result<Self, Error> {
        let counters = Arc::<Counters>::default();
        let stream = Counted { stream: connection.stream, counters: counters.clone() };
        let (requests, driver) = h2::client::Builder::new()
            .initial_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_header_list_size(u32::try_from(head_limit).unwrap_or(u32::MAX))
            .enable_push(false)
            .handshake(stream)
            .await?;
        let ending = counters.clone();
        tokio::spawn(async move {
            if let Err(error) = driver.await {
                log::debug!("a connection of HTTP/2 ended: {error}");
            }
            ending.close();
        });
        let expires = time_to_live.map(|duration| connection.created + duration);
        Ok(Self { requests, counters, local: connection.local, remote: connection.remote, expires })
    }

    fn is_usable(&self, now: Instant) -> bool {
        !self.counters.is_closed() && self.expires.is_none_or(|expires| now < expires)
    }

    /// Sends a request and receives its response.
    pub(super) async fn exchange(
        self,
        request: &Request<'_>,
        measured: &mut Measured,
        stage: &mut Stage,
    ) -> Result<Response, Error> {
        let counters = self.counters.clone();
        let result = self.send_and_receive(request, measured, stage).await;
        (measured.sent, measured.received) = counters.claim();
        let body = result.as_ref().map_or(0, |response| response.body.length);
        measured.received_head = measured.received.saturating_sub(body);
        result
    }

    async fn send_and_receive(
        self,
        request: &Request<'_>,
        measured: &mut Measured,
        stage: &mut Stage,
    ) -> Result<Response, Error> {
        let head = request::of_http1(request.head.as_bytes(), request.route)?;
        let has_body = !matches!(request.body, RequestBody::Empty | RequestBody::Bytes([]));
        let (response, mut body) = self.requests.ready().await?.send_request(head, !has_body)?;
        if has_body {
            send_body(&mut body, request.body).await?;
        }
        *stage = Stage::Waiting;
        let (head, stream) = in_time(request.read_timeout, response).await??.into_parts();
        *stage = Stage::Receiving;
        let now = Instant::now();
        measured.timing.end = now;
        measured.timing.first_byte = Some(now);
        let head = ResponseHead::of_http2(head.status, &head.headers, &request::header_lines(&head.headers));
        receive_body(head, stream, request, measured).await
    }
}

async fn send_body(stream: &mut SendStream<Bytes>, body: RequestBody<'_>) -> Result<(), Error> {
    let mut sink = StreamSink { stream };
    match body {
        RequestBody::Empty => {}
        RequestBody::Bytes(bytes) => sink.write(bytes, &[]).await?,
        RequestBody::Pieces(pieces) => send_pieces(&mut sink, &[], pieces).await?,
    }
    Ok(stream.send_data(Bytes::new(), true)?)
}

/// Sends parts of a body as the server makes room for them.
struct StreamSink<'a> {
    stream: &'a mut SendStream<Bytes>,
}

impl BodySink for StreamSink<'_> {
    async fn write(&mut self, first: &[u8], second: &[u8]) -> Result<(), Error> {
        for mut part in first.chunks(PART).chain(second.chunks(PART)).map(Bytes::copy_from_slice) {
            while !part.is_empty() {
                self.stream.reserve_capacity(part.len());
                let room = std::future::poll_fn(|cx| self.stream.poll_capacity(cx)).await;
                let room = room.ok_or_else(|| Error::Send(std::io::ErrorKind::BrokenPipe.into()))??;
                self.stream.send_data(part.split_to(room.min(part.len())), false)?;
            }
        }
        Ok(())
    }
}

async fn receive_body(
    head: ResponseHead,
    mut stream: RecvStream,
    request: &Request<'_>,
    measured: &mut Measured,
) -> Result<Response, Error> {
    let mut body = Vec::new();
    let mut length = 0;
    while let Some(part) = in_time(request.read_timeout, stream.data()).await? {
        let part = part?;
        let now = Instant::now();
        measured.timing.end = now;
        measured.timing.body_first_byte.get_or_insert(now);
        length += part.len() as u64;
        body.extend_from_slice(&part[..part.len().min(request.body_limit - body.len())]);
        stream.flow_control().release_capacity(part.len())?;
    }
    let trailers = in_time(request.read_timeout, stream.trailers()).await??;
    measured.timing.end = Instant::now();
    let trailers = trailers.map(|trailers| request::header_lines(&trailers)).unwrap_or_default();
    let body = Body { data: body.into(), length };
    Ok(Response { head: Arc::new(head), body, trailers: trailers.into(), interim_responses: 0 })
}

async fn in_time<T>(limit: Option<Duration>, work: impl Future<Output = T>) -> Result<T, Error> {
    match limit {
        Some(limit) => timeout(limit, work).await.map_err(|_| Error::ReadTimeout),
        None => Ok(work.await),
    }
}
