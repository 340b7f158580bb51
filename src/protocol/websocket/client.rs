//! A client that keeps to RFC 6455 and RFC 7692 by itself: whole messages, automatic pongs, compression, keep-alive pings,
//! the closing handshake, and in the end one answer to why the connection is gone.

use std::future::{Future, poll_fn};
use std::io;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout_at};

use super::keep_alive::{Due, Heartbeat};
use super::message::Assembly;
use super::{
    Cause, CloseCode, ClosePayload, Connection, DeflateParameters, Deflater, Ending, Frame, FrameHeader, FrameRules,
    Inflater, Initiator, KeepAlive, Message, Opcode, TimedOut, Wait, encode,
};

mod failure;
mod opening;

use failure::Failure;
pub use opening::{ClientRequest, OpenError, Opening};

/// While more than this waits to be sent, only the last ping is answered (RFC 6455 section 5.5.3).
const PONG_BACKLOG: usize = 4096;

/// The longest reason of a close frame, in bytes.
const LONGEST_REASON: usize = 123;

/// How a client behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientOptions {
    /// The largest message that is taken, in bytes, after decompression.
    pub max_message: usize,
    /// Pings at regular intervals. They are sent while the client waits in [`Client::next`] or [`Client::read`].
    pub keep_alive: Option<KeepAlive>,
    /// How long the other side may take to answer a close frame, and to close TCP.
    pub close_timeout: Duration,
    /// zlib's level for what is sent compressed, 1 to 9.
    pub compression_level: u32,
}

impl Default for ClientOptions {
    /// Messages up to 64 MiB, no pings, 5 seconds for closing, fast compression.
    fn default() -> Self {
        Self { max_message: 64 << 20, keep_alive: None, close_timeout: Duration::from_secs(5), compression_level: 1 }
    }
}

/// What a client receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A message.
    Message(Message),
    /// A ping; it is answered already.
    Ping(Bytes),
    /// A pong, asked for or not.
    Pong(Bytes),
}

/// A WebSocket client.
#[derive(Debug)]
pub struct Client<S> {
    connection: Connection<S>,
    options: ClientOptions,
    assembly: Assembly,
    inflater: Option<Box<Inflater>>,
    deflater: Option<Box<Deflater>>,
    heartbeat: Option<Heartbeat>,
    /// The ping that is answered once there is room.
    unanswered: Option<Bytes>,
    /// What this side's close frame said.
    closing: Option<Ending>,
    ended: Option<Ending>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Client<S> {
    /// A client on a connection whose handshake is done, with what was agreed on there.
    #[must_use]
    pub fn new(mut connection: Connection<S>, deflate: Option<DeflateParameters>, options: ClientOptions) -> Self {
        connection.set_rules(FrameRules::strict_client(options.max_message as u64, deflate.is_some()));
        let inflater =
            deflate.map(|agreed| Inflater::new(!agreed.server_no_context_takeover, agreed.server_window_bits));
        let deflater = deflate.map(|agreed| {
            let context_takeover = !agreed.client_no_context_takeover;
            Deflater::new(context_takeover, agreed.client_window_bits, options.compression_level)
        });
        Self {
            connection,
            options,
            assembly: Assembly::new(options.max_message),
            inflater: inflater.map(Box::new),
            deflater: deflater.map(Box::new),
            heartbeat: options.keep_alive.map(Heartbeat::new),
            unanswered: None,
            closing: None,
            ended: None,
        }
    }

    /// Waits for the next message. The future can be dropped without losing anything.
    ///
    /// # Errors
    /// When the connection has ended; then it always says why.
    pub async fn read(&mut self) -> Result<Message, Ending> {
        loop {
            if let Event::Message(message) = self.next().await? {
                return Ok(message);
            }
        }
    }

    /// Waits for the next message, ping or pong. The future can be dropped without losing anything.
    ///
    /// # Errors
    /// When the connection has ended; then it always says why.
    pub async fn next(&mut self) -> Result<Event, Ending> {
        if let Some(ending) = &self.ended {
            return Err(ending.clone());
        }
        match self.receive().await {
            Ok(event) => Ok(event),
            Err(failure) => Err(self.end(failure).await),
        }
    }

    /// Sends a text. If the future is dropped before its end, the rest is sent by the next call of any kind.
    ///
    /// # Errors
    /// When the connection has ended. To learn why, what has come and was not read is read then, and messages are dropped.
    pub async fn send_text(&mut self, text: &str) -> Result<(), Ending> {
        self.send(Opcode::TEXT, text.as_bytes()).await
    }

    /// Sends bytes, as [`Self::send_text`] does.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn send_binary(&mut self, bytes: &[u8]) -> Result<(), Ending> {
        self.send(Opcode::BINARY, bytes).await
    }

    /// Sends a ping of at most 125 bytes; what is beyond is cut off. Its pong is an [`Event::Pong`].
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn ping(&mut self, payload: &[u8]) -> Result<(), Ending> {
        self.must_be_open()?;
        self.write(FrameHeader::new(Opcode::PING), &payload[..payload.len().min(125)]).await
    }

    /// Closes the connection and waits for the other side to agree. Messages that come before that are dropped. A reason of
    /// more than 123 bytes is cut; a code that must not be sent is left away, with its reason.
    pub async fn close(&mut self, code: CloseCode, reason: &str) -> Ending {
        if let Some(ending) = &self.ended {
            return ending.clone();
        }
        if self.closing.is_none() {
            let reason = &reason[..reason.floor_char_boundary(LONGEST_REASON)];
            let code = Some(code).filter(|code| code.may_be_sent());
            let payload = code.map_or(Vec::new(), |code| ClosePayload::write(code.0, reason));
            self.closing = Some(Ending::by_close_frame(code, reason.to_owned(), Initiator::Local));
            self.queue(Opcode::CLOSE, &payload);
        }
        let deadline = Instant::now() + self.options.close_timeout;
        loop {
            let failure = match timeout_at(deadline, self.receive()).await {
                Ok(Ok(_)) => continue,
                Ok(Err(failure)) => failure,
                Err(_) => Failure::Lost(Cause::CloseTimeout, "the close frame was not answered".to_owned()),
            };
            return self.end(failure).await;
        }
    }

    /// How the connection ended, if it has.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.ended.as_ref()
    }

    /// The connection underneath, for its counts.
    #[must_use]
    pub fn connection(&self) -> &Connection<S> {
        &self.connection
    }

    async fn send(&mut self, opcode: Opcode, payload: &[u8]) -> Result<(), Ending> {
        self.must_be_open()?;
        let header = FrameHeader::new(opcode);
        match &mut self.deflater {
            None => self.write(header, payload).await,
            Some(deflater) => {
                let mut compressed = Vec::new();
                deflater.deflate(payload, true, &mut compressed);
                self.write(header.compressed(), &compressed).await
            }
        }
    }

    fn must_be_open(&self) -> Result<(), Ending> {
        self.ended.as_ref().or(self.closing.as_ref()).map_or(Ok(()), |ending| Err(ending.clone()))
    }

    async fn write(&mut self, header: FrameHeader, payload: &[u8]) -> Result<(), Ending> {
        match self.connection.write_frame(header, payload).await {
            Ok(_) => Ok(()),
            Err(error) => Err(self.end_of_writing(&error).await),
        }
    }

    /// Nothing can be sent any more: maybe because the other side has said goodbye, which is still to be read.
    async fn end_of_writing(&mut self, error: &io::Error) -> Ending {
        let deadline = Instant::now() + self.options.close_timeout;
        loop {
            let failure = match timeout_at(deadline, self.receive()).await {
                Ok(Ok(_)) => continue,
                Ok(Err(failure @ Failure::Closed(_))) => failure,
                _ => Failure::Lost(Cause::NetworkError, error.to_string()),
            };
            return self.end(failure).await;
        }
    }

    /// Puts a control frame behind what is to be sent.
    fn queue(&mut self, opcode: Opcode, payload: &[u8]) {
        encode(FrameHeader::new(opcode), payload, &mut self.connection.outbound.buffer);
    }

    async fn receive(&mut self) -> Result<Event, Failure> {
        loop {
            self.send_what_can_be_sent().await;
            match self.connection.take_frame() {
                Err(error) => return Err(error.into()),
                Ok(Some(frame)) => {
                    if let Some(event) = self.accept(frame)? {
                        self.send_what_can_be_sent().await;
                        return Ok(event);
                    }
                }
                Ok(None) => {
                    if let Some((header, length)) = self.connection.decoder.begun() {
                        self.assembly.glance(header, length, &self.connection.inbound.buffer)?;
                    }
                    self.wait().await?;
                }
            }
        }
    }

    /// Sends as much as goes without waiting.
    async fn send_what_can_be_sent(&mut self) {
        if self.connection.outbound.is_empty() {
            match self.unanswered.take() {
                Some(payload) => self.queue(Opcode::PONG, &payload),
                None => return,
            }
        }
        poll_fn(|cx| {
            // If nothing can be sent any more, there may still be something to read: reading tells how it ended.
            let _ = std::pin::pin!(self.connection.flush()).poll(cx);
            Poll::Ready(())
        })
        .await;
    }

    async fn wait(&mut self) -> Result<(), Failure> {
        let wait = self.heartbeat.as_ref().map_or(Wait::Forever, |heartbeat| Wait::Until(heartbeat.at()));
        let step = async {
            match self.unanswered {
                Some(_) => self.connection.fill_or_flush().await,
                None => self.connection.fill().await.map(Some),
            }
        };
        match wait.on(step).await {
            Ok(Ok(Some(0))) => {
                let end = self.connection.decoder.end(&mut self.connection.inbound.buffer);
                Err(Failure::Lost(Cause::AbnormalClosure, end.to_string()))
            }
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Failure::Lost(Cause::NetworkError, error.to_string())),
            Err(TimedOut) => match self.heartbeat.as_mut().map(Heartbeat::due) {
                Some(Due::Ping(payload)) => {
                    self.queue(Opcode::PING, &payload);
                    Ok(())
                }
                _ => Err(Failure::Lost(Cause::PingTimeout, "a ping was not answered".to_owned())),
            },
        }
    }

    fn accept(&mut self, frame: Frame) -> Result<Option<Event>, Failure> {
        match frame.header.opcode {
            Opcode::PING => {
                if self.connection.outbound.buffer.len() < PONG_BACKLOG {
                    self.queue(Opcode::PONG, &frame.payload);
                } else {
                    self.unanswered = Some(frame.payload.clone());
                }
                Ok(Some(Event::Ping(frame.payload)))
            }
            Opcode::PONG => {
                if let Some(heartbeat) = &mut self.heartbeat {
                    heartbeat.pong(&frame.payload);
                }
                Ok(Some(Event::Pong(frame.payload)))
            }
            Opcode::CLOSE => Err(Failure::Closed(ClosePayload::read_strictly(&frame.payload)?)),
            _ => Ok(self.assembly.accept(frame, self.inflater.as_deref_mut())?.map(Event::Message)),
        }
    }

    /// Ends the connection: answers or sends a close frame where that is due, and waits for the other side to close TCP.
    async fn end(&mut self, failure: Failure) -> Ending {
        let (ending, close_frame) = match failure {
            Failure::Closed(close) => match self.closing.take() {
                Some(ending) => (ending, None),
                None => {
                    let answer = close.code.map_or(Vec::new(), |code| ClosePayload::write(code.0, ""));
                    let reason = String::from_utf8_lossy(&close.reason).into_owned();
                    (Ending::by_close_frame(close.code, reason, Initiator::Remote), Some(answer))
                }
            },
            Failure::Violation(code, reason) => {
                let frame = self.closing.is_none().then(|| ClosePayload::write(code.0, &reason));
                (Ending::by_close_frame(Some(code), reason, Initiator::Local), frame)
            }
            Failure::Lost(cause, reason) => {
                let initiator = match cause {
                    Cause::PingTimeout | Cause::CloseTimeout => Initiator::Local,
                    Cause::NetworkError => Initiator::Unknown,
                    _ => Initiator::Remote,
                };
                let ending = Ending::without_close_frame(cause, reason, initiator);
                self.ended = Some(ending.clone());
                self.drop_connection().await;
                return ending;
            }
        };
        self.ended = Some(ending.clone());
        if let Some(payload) = close_frame {
            self.queue(Opcode::CLOSE, &payload);
        }
        let farewell = async {
            // It is the server that closes TCP first (section 7.1.1).
            self.connection.flush().await?;
            while self.connection.fill().await? > 0 {
                self.connection.inbound.buffer.clear();
            }
            Ok::<(), io::Error>(())
        };
        // How it ended is known already, whatever becomes of the farewell.
        let _ = Wait::Until(Instant::now() + self.options.close_timeout).on(farewell).await;
        self.drop_connection().await;
        ending
    }

    /// Closes TCP, without waiting for anything.
    async fn drop_connection(&mut self) {
        let _ = Wait::Until(Instant::now()).on(self.connection.shutdown()).await;
        self.connection.inbound.buffer.clear();
        self.connection.inbound.release();
    }
}

#[cfg(test)]
mod tests;
