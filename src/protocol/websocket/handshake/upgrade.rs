//! The handshake as it is done on a stream.

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncWrite};

use super::super::{Connection, FrameRules, Wait};
use super::{Agreement, HandshakeError, HandshakeRules, HeadReader, Refusal, ResponseHead, UpgradeRequest};

/// A connection that has become a WebSocket.
#[derive(Debug)]
pub struct Upgraded<S> {
    /// The WebSocket. Frames that came right behind the answer are in it.
    pub connection: Connection<S>,
    /// The answer.
    pub head: ResponseHead,
    /// What was agreed on.
    pub agreement: Agreement,
    /// The size of the request in bytes.
    pub request_size: usize,
}

/// Asks for a WebSocket on a fresh stream. A status other than 101 is told at once, without waiting for the rest of the head.
///
/// # Errors
/// When the request cannot be sent, no answer comes in time, or the answer is not as the rules want it.
pub async fn upgrade<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    request: &UpgradeRequest,
    rules: &HandshakeRules,
    frame_rules: FrameRules,
    wait: Wait,
) -> Result<Upgraded<S>, HandshakeError> {
    let bytes = request.write()?;
    let mut connection = Connection::new(stream, BytesMut::new(), frame_rules);
    connection.outbound.buffer.extend_from_slice(&bytes);
    wait.on(connection.flush()).await??;
    let head = read_head(&mut connection, rules.max_head, wait).await?;
    let judged = match head.status {
        101 => rules.check(&head, &request.key),
        status => Err(Refusal::Status(status)),
    };
    match judged {
        Ok(agreement) => Ok(Upgraded { connection, head, agreement, request_size: bytes.len() }),
        Err(refusal) => Err(HandshakeError::Refused { refusal, head: Box::new(head) }),
    }
}

async fn read_head<S: AsyncRead + AsyncWrite + Unpin>(
    connection: &mut Connection<S>,
    limit: usize,
    wait: Wait,
) -> Result<ResponseHead, HandshakeError> {
    let mut reader = HeadReader::new(limit);
    while !reader.read(&mut connection.inbound.buffer)? {
        if reader.head().is_some_and(|head| head.status != 101) {
            break;
        }
        if wait.on(connection.fill()).await?? == 0 {
            reader.end(&mut connection.inbound.buffer)?;
            break;
        }
    }
    connection.inbound.release();
    Ok(reader.into_head())
}

#[cfg(test)]
mod tests;
