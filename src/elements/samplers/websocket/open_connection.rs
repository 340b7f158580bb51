//! A user's connection, frame by frame as the plugin reads it (`WebSocketClient`, `Frame`).
//!
//! Nothing is answered by itself unless the plan asks for it. What breaks RFC 6455 is taken as far as the plugin takes it;
//! one thing is better here: a control frame between the fragments of a compressed message does no harm to it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::received_frame::{FrameKind, INCOMPLETE};
use super::{Failure, ReceivedFrame};
use crate::protocol::websocket::{
    Connection, DataKind, Deflater, FragmentError, Fragments, Frame, FrameError, FrameHeader, InflateError, Inflater,
    Opcode, ReadError, Stream, Wait,
};

/// A connection after its handshake.
pub(super) struct OpenConnection {
    connection: Connection<Stream>,
    pub state: State,
    /// `ws://host:port/path`.
    pub url: Arc<str>,
    fragments: Fragments,
    /// Whether the message under way is compressed.
    is_compressed: bool,
    /// What has come of it, inflated.
    inflated: Vec<u8>,
    inflater: Option<Box<Inflater>>,
    deflater: Option<Box<Deflater>>,
    options: ConnectionOptions,
}

/// What a connection does beyond what the plugin's do.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConnectionOptions {
    /// `loadline.maxFrameSize`: the largest frame that is taken, in bytes, after decompression.
    pub max_frame_size: usize,
    /// `loadline.autoPong`: pings are answered and not shown.
    pub auto_pong: bool,
}

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
        let (state, fragments) = (State::Connected, Fragments::default());
        Self {
            connection,
            state,
            url,
            fragments,
            is_compressed: false,
            inflated: Vec::new(),
            inflater,
            deflater,
            options,
        }
    }

    pub fn is_connected(&self) -> bool {
        self.state == State::Connected
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
        if opcode == Opcode::CLOSE && self.state == State::Connected {
            self.state = State::ClosedClient;
        }
        Ok(size as u64)
    }

    /// Reads the next frame.
    pub async fn receive(&mut self, wait: Wait) -> Result<ReceivedFrame, Failure> {
        loop {
            let frame = match self.connection.read_frame(wait).await {
                Ok(frame) => self.accept(frame)?,
                Err(ReadError::Frame(FrameError::TooLarge { length, .. })) => return Err(self.refuse(length)),
                Err(error) => return Err(error.into()),
            };
            if frame.kind == FrameKind::Ping && self.options.auto_pong {
                self.send(Opcode::PONG, &frame.payload).await?;
                continue;
            }
            return Ok(frame);
        }
    }

    /// Waits until something of the next frame has come.
    pub async fn wait_for_data(&mut self, wait: Wait) -> Result<(), Failure> {
        Ok(self.connection.wait_for_data(wait).await?)
    }

    /// A frame is too large: the plugin goes on behind its header; for the limit here, which is much lower, that is the end.
    fn refuse(&mut self, length: u64) -> Failure {
        if length > i32::MAX as u64 {
            let limit = "Java does not support arrays longer than 2147483647 bytes.";
            return Failure::Exception(format!("java.lang.RuntimeException: Frame too large; {limit}").into());
        }
        self.state = State::Closed;
        let limit = self.options.max_frame_size;
        Failure::io(format!("a frame of {length} bytes is larger than loadline.maxFrameSize, {limit} bytes"))
    }

    fn accept(&mut self, frame: Frame) -> Result<ReceivedFrame, Failure> {
        let Frame { header, payload, wire_size } = frame;
        let (fin, is_continuation) = (header.fin, header.opcode == Opcode::CONTINUATION);
        let whole = |kind, payload| {
            Ok(ReceivedFrame { kind, fin, is_continuation: false, payload, is_incomplete: false, wire_size })
        };
        match header.opcode {
            Opcode::PING => return whole(FrameKind::Ping, payload),
            Opcode::PONG => return whole(FrameKind::Pong, payload),
            Opcode::CLOSE => {
                self.state = match self.state {
                    State::Connected => State::ClosedServer,
                    _ => State::Closed,
                };
                return whole(FrameKind::Close, payload);
            }
            opcode if opcode.is_reserved() => {
                let exception = format!("java.lang.RuntimeException: unsupported frame type: {}", opcode.bits());
                return Err(Failure::Exception(exception.into()));
            }
            _ => {}
        }
        let kind = match self.fragments.accept(header) {
            Ok(Some(DataKind::Binary)) => FrameKind::Binary,
            Ok(_) => FrameKind::Text,
            Err(FragmentError::NothingToContinue) => return Err(Failure::io("no continuation frame expected")),
            Err(FragmentError::MessageNotFinished) => return Err(Failure::io("missing continuation frame")),
        };
        if !is_continuation {
            self.is_compressed = header.rsv1;
        }
        let is_incomplete = self.is_compressed && !fin;
        let payload = if self.is_compressed { self.inflate(&payload, kind, fin)? } else { payload };
        Ok(ReceivedFrame { kind, fin, is_continuation, payload, is_incomplete, wire_size })
    }

    /// What a compressed fragment shows: nothing before its message is whole.
    fn inflate(&mut self, fragment: &[u8], kind: FrameKind, fin: bool) -> Result<Bytes, Failure> {
        let Some(inflater) = &mut self.inflater else {
            return Err(Failure::Exception(
                "java.lang.NullPointerException: Cannot invoke \
                 \"eu.luminis.websocket.WebSocketInflater.appendCompressedData(byte[], boolean, \
                 org.apache.log.Logger)\" because \"webSocketInflater\" is null"
                    .into(),
            ));
        };
        let limit = self.options.max_frame_size;
        match inflater.inflate(fragment, fin, limit, &mut self.inflated) {
            Ok(()) if fin => Ok(std::mem::take(&mut self.inflated).into()),
            Ok(()) if kind == FrameKind::Text => Ok(Bytes::from_static(INCOMPLETE.as_bytes())),
            Ok(()) => Ok(Bytes::new()),
            Err(InflateError::Invalid) => {
                let exception = "java.util.zip.DataFormatException: invalid compressed data";
                Err(Failure::Exception(format!("java.lang.RuntimeException: {exception}").into()))
            }
            Err(InflateError::TooLarge { limit }) => {
                self.state = State::Closed;
                let message = format!("a compressed message is larger than loadline.maxFrameSize, {limit} bytes");
                Err(Failure::io(message))
            }
        }
    }
}
