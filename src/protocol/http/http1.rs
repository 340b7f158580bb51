//! One request and its response over a connection of HTTP/1.1.

use std::time::Duration;

use tokio::time::Instant;

use super::connection::{Connection, Peer};
use super::head_scanner::HeadError;
use super::receive::{Patience, Received, receive};
use super::response_reader::AnswerTo;
use super::send::send;
use super::{Error, Measured, Request, RequestBody, RequestHead, Response, ResponseReader};

/// How long the body of a request waits for `100 Continue` (`HttpRequestExecutor.DEFAULT_WAIT_FOR_CONTINUE`).
const WAIT_FOR_CONTINUE: Duration = Duration::from_secs(3);

/// How far a try has got, which decides whether it may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Not everything is sent.
    Sending,
    /// Everything is sent, no response has begun.
    Waiting,
    /// The response's head is there.
    Receiving,
}

/// A response, and whether its connection may be used again.
pub(super) struct Answer {
    pub(super) response: Response,
    pub(super) keeps_connection: bool,
}

/// Sends the request and receives its response.
pub(super) async fn exchange(
    connection: &mut Connection,
    request: &Request<'_>,
    head_limit: usize,
    measured: &mut Measured,
    stage: &mut Stage,
) -> Result<Answer, Error> {
    let (head, body) = (request.head, request.body);
    let answer_to = if head.is_head() { AnswerTo::Head } else { AnswerTo::Other };
    let mut reader = ResponseReader::new(answer_to, head_limit, request.body_limit).after(connection.last_head.take());
    let peer = Peer { host: &request.route.host, address: connection.remote };
    if head.expects_continue() && !matches!(body, RequestBody::Empty) {
        Box::pin(send_and_wait(connection, request, &mut reader, &peer, measured)).await?;
    } else {
        send(&mut connection.stream, head.as_bytes(), body, &mut measured.sent).await?;
    }
    *stage = Stage::Waiting;
    // What fits into one write of a connection that is there has left at once: no need to look at the clock again.
    let left_at_once = measured.is_reused && measured.tunnel.is_none() && matches!(body, RequestBody::Empty);
    let since = || if left_at_once { measured.timing.start } else { Instant::now() };
    let patience = request.read_timeout.map(|timeout| Patience { since: since(), timeout });
    let result = receive(connection, &mut reader, &peer, patience, measured).await;
    measured.received_head = reader.head_bytes();
    if reader.head().is_some() {
        *stage = Stage::Receiving;
    }
    answer(reader, result?, head)
}

/// Asks a proxy to open a tunnel and receives its answer.
pub(super) async fn ask_for_tunnel(
    connection: &mut Connection,
    request: &Request<'_>,
    head: &RequestHead,
    head_limit: usize,
    measured: &mut Measured,
) -> Result<Answer, Error> {
    let mut reader = ResponseReader::new(AnswerTo::Connect, head_limit, request.body_limit);
    let peer = Peer { host: request.route.first_hop().0, address: connection.remote };
    send(&mut connection.stream, head.as_bytes(), RequestBody::Empty, &mut measured.sent).await?;
    let patience = request.read_timeout.map(|timeout| Patience { since: Instant::now(), timeout });
    let result = receive(connection, &mut reader, &peer, patience, measured).await;
    measured.received_head = reader.head_bytes();
    answer(reader, result?, head)
}

fn answer(reader: ResponseReader, received: Received, request: &RequestHead) -> Result<Answer, Error> {
    let response = reader.finish().ok_or(Error::NoResponse)?;
    let keeps_connection =
        received == Received::Open && !request.closes_connection() && response.head.keeps_connection(request.is_head());
    Ok(Answer { response, keeps_connection })
}

/// Sends the head, and the body only if the server does not refuse (`HttpRequestExecutor.doSendRequest`).
async fn send_and_wait(
    connection: &mut Connection,
    request: &Request<'_>,
    reader: &mut ResponseReader,
    peer: &Peer<'_>,
    measured: &mut Measured,
) -> Result<(), Error> {
    send(&mut connection.stream, request.head.as_bytes(), RequestBody::Empty, &mut measured.sent).await?;
    reader.stop_at_head();
    let patience = Patience { since: Instant::now(), timeout: WAIT_FOR_CONTINUE };
    match receive(connection, reader, peer, Some(patience), measured).await {
        Ok(_) | Err(Error::ReadTimeout) => {}
        Err(error) => return Err(error),
    }
    match reader.go_on() {
        Some(code) if code != 100 => Err(HeadError::UnexpectedInterim(code).into()),
        None if reader.head().is_some() => Ok(()),
        _ => {
            measured.received_while_sending = measured.received;
            send(&mut connection.stream, &[], request.body, &mut measured.sent).await
        }
    }
}
