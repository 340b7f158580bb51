//! A user's connection, frame by frame as the plugin reads it (`WebSocketClient`, `Frame`).
//!
//! Nothing is answered by itself unless the plan asks for it. What breaks RFC 6455 is taken as far as the plugin takes it.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use tokio::time::{Instant, sleep_until};

use super::inflating::Inflating;
use super::received_frame::FrameKind;
use super::{Failure, ReceivedFrame};
use crate::protocol::websocket::{
    Connection, Deflater, Due, FrameError, FrameHeader, Heartbeat, Inflater, KeepAlive, Opcode, ReadError, Stream, Wait,
};

/// A connection after its handshake.
pub(super) struct OpenConnection {
    connection: Connection<Stream>,
    pub state: State,
    /// `ws://host:port/path`.
    pub url: Arc<str>,
    inflating: Inflating,
    deflater: Option<Box<Deflater>>,
    options: ConnectionOptions,
    watch: Option<Box<Watch>>,
}

/// What a connection does beyond what the plugin's do.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConnectionOptions {
    /// `loadline.maxFrameSize`: the largest frame that is taken, in bytes, after decompression.
    pub max_frame_size: usize,
    /// `loadline.autoPong`: pings are answered and not shown.
    pub auto_pong: bool,
    /// `loadline.keepAlive`: pings at regular intervals, whose pongs are not shown.
    pub keep_alive: Option<KeepAlive>,
}

/// What belongs to connections that are watched all the time, between samples too.
#[derive(Default)]
struct Watch {
    heartbeat: Option<Heartbeat>,
    /// What came between samples.
    unread: VecDeque<ReceivedFrame>,
    /// The bytes of it.
    unread_size: usize,
    /// What went wrong between samples.
    failure: Option<Failure>,
}

/// How many bytes may come between samples before the connection is left to itself until the next one.
const MOST_UNREAD: usize = 16 << 20;

/// How far a connection is, in the plugin's words. An error of the network changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Connected,
    /// This side has sent a close frame.
    ClosedClient,
    /// A close frame has come.
    ClosedServer,
    /// Both.
    Closed,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connected => "CONNECTED",
            Self::ClosedClient => "CLOSED_CLIENT",
            Self::ClosedServer => "CLOSED_SERVER",
            Self::Closed => "CLOSED",
        })
    }
}

/// What the two sides compress with.
#[derive(Default)]
pub(super) struct Compression {
    pub inflater: Option<Box<Inflater>>,
    pub deflater: Option<Box<Deflater>>,
}

impl OpenConnection {
    pub fn new(
        connection: Connection<Stream>,
        url: Arc<str>,
        compression: Compression,
        options: ConnectionOptions,
    ) -> Self {
        let Compression { inflater, deflater } = compression;
        let heartbeat = options.keep_alive.map(Heartbeat::new);
        let is_watched = options.auto_pong || heartbeat.is_some();
        Self {
            connection,
            state: State::Connected,
            url,
            inflating: Inflating::new(inflater, options.max_frame_size),
            deflater,
            options,
            watch: is_watched.then(|| Box::new(Watch { heartbeat, ..Watch::default() })),
        }
    }

    pub fn is_connected(&self) -> bool {
        self.state == State::Connected
    }

    /// Whether it is to be watched between samples.
    pub fn is_watched(&self) -> bool {
        self.watch.is_some()
    }

    /// Whether a close frame may still be sent.
    pub fn may_close(&self) -> bool {
        matches!(self.state, State::Connected | State::ClosedServer)
    }

    /// Sends a frame and gives its size.
    pub async fn send(&mut self, opcode: Opcode, payload: &[u8]) -> Result<u64, Failure> {
        let header = FrameHeader::new(opcode);
        let sent = match &mut self.deflater {
            Some(deflater) if !opcode.is_control() => {
                let mut compressed = Vec::new();
                deflater.deflate(payload, true, &mut compressed);
                self.connection.write_frame(header.compressed(), &compressed).await
            }
            _ => self.connection.write_frame(header, payload).await,
        };
        let size = sent.map_err(|error| Failure::writing(&error))?;
        if opcode == Opcode::CLOSE {
            self.state = match self.state {
                State::Connected => State::ClosedClient,
                State::ClosedServer => State::Closed,
                other => other,
            };
        }
        Ok(size as u64)
    }

    /// Reads the next frame.
    pub async fn receive(&mut self, wait: Wait) -> Result<ReceivedFrame, Failure> {
        let received = match self.next_unread() {
            Some(received) => received,
            None => self.read(wait).await,
        };
        let frame = received.inspect_err(|failure| {
            if failure.ends_connection() {
                self.state = State::Closed;
            }
        })?;
        if frame.kind == FrameKind::Close {
            self.state = match self.state {
                State::Connected => State::ClosedServer,
                _ => State::Closed,
            };
        }
        Ok(frame)
    }

    /// Waits until something of the next frame has come.
    pub async fn wait_for_data(&mut self, wait: Wait) -> Result<(), Failure> {
        let Some(watch) = &self.watch else { return Ok(self.connection.wait_for_data(wait).await?) };
        if watch.unread.is_empty() && watch.failure.is_none() {
            let frame = self.read(wait).await?;
            self.keep(frame);
        }
        Ok(())
    }

    /// Reads a frame between samples and keeps it. Says whether there is more to watch for. The future can be dropped
    /// without losing anything.
    pub async fn read_ahead(&mut self) -> bool {
        let read = self.read(Wait::Forever).await;
        match read {
            Ok(frame) => {
                let is_last = frame.kind == FrameKind::Close;
                self.keep(frame);
                !is_last && self.watch.as_ref().is_some_and(|watch| watch.unread_size < MOST_UNREAD)
            }
            Err(failure) => {
                if let Some(watch) = &mut self.watch {
                    watch.failure = Some(failure);
                }
                false
            }
        }
    }

    /// Keeps a frame for the next read.
    fn keep(&mut self, frame: ReceivedFrame) {
        if let Some(watch) = &mut self.watch {
            watch.unread_size += frame.payload.len() + size_of::<ReceivedFrame>();
            watch.unread.push_back(frame);
        }
    }

    /// When the connection's next ping is due, or the last one is given up.
    pub fn next_beat(&self) -> Option<Instant> {
        Some(self.watch.as_ref()?.heartbeat.as_ref()?.at())
    }

    /// What came between samples, and at its end what went wrong there.
    fn next_unread(&mut self) -> Option<Result<ReceivedFrame, Failure>> {
        let watch = self.watch.as_mut()?;
        match watch.unread.pop_front() {
            Some(frame) => {
                watch.unread_size -= frame.payload.len() + size_of::<ReceivedFrame>();
                Some(Ok(frame))
            }
            None => watch.failure.take().map(Err),
        }
    }

    /// Reads the next frame that is not dealt with here.
    async fn read(&mut self, wait: Wait) -> Result<ReceivedFrame, Failure> {
        let wait = match wait {
            Wait::Idle(limit) if self.is_watched() => Wait::Until(Instant::now() + limit),
            wait => wait,
        };
        loop {
            let frame = match self.next_beat() {
                None => self.connection.read_frame(wait).await,
                Some(due) => tokio::select! {
                    biased;
                    frame = self.connection.read_frame(wait) => frame,
                    () = sleep_until(due) => {
                        self.beat().await?;
                        continue;
                    }
                },
            };
            let frame = match frame {
                Ok(frame) => self.inflating.accept(frame)?,
                Err(ReadError::Frame(FrameError::TooLarge { length, .. })) => return Err(self.too_large(length)),
                Err(error) => return Err(error.into()),
            };
            match frame.kind {
                FrameKind::Ping if self.options.auto_pong => {
                    self.send(Opcode::PONG, &frame.payload).await?;
                }
                FrameKind::Pong if self.heartbeat().is_some_and(|heartbeat| heartbeat.pong(&frame.payload)) => {}
                _ => return Ok(frame),
            }
        }
    }

    fn heartbeat(&mut self) -> Option<&mut Heartbeat> {
        self.watch.as_mut()?.heartbeat.as_mut()
    }

    /// Sends a ping of the connection's own, or gives up because the last one was not answered.
    async fn beat(&mut self) -> Result<(), Failure> {
        match self.heartbeat().map(Heartbeat::due) {
            Some(Due::Ping(payload)) => self.send(Opcode::PING, &payload).await.map(drop),
            Some(Due::Unanswered) => Err(Failure::ping_timeout()),
            None => Ok(()),
        }
    }

    /// A frame is too large: the plugin goes on behind its header. For the limit here, which is much lower, that is the end.
    fn too_large(&self, length: u64) -> Failure {
        if length > i32::MAX as u64 {
            let limit = "Java does not support arrays longer than 2147483647 bytes.";
            return Failure::Exception(format!("java.lang.RuntimeException: Frame too large; {limit}").into());
        }
        Failure::too_large(&format!("a frame of {length} bytes"), self.options.max_frame_size)
    }
}
