//! What has come in, as samplers see it: fragments belong to messages, and what was compressed is inflated.
//!
//! One thing is better than in the plugin: a control frame between the fragments of a compressed message does no harm to it.

use bytes::Bytes;

use super::received_frame::{FrameKind, INCOMPLETE};
use super::{Failure, ReceivedFrame};
use crate::protocol::websocket::{DataKind, FragmentError, Fragments, Frame, InflateError, Inflater, Opcode};

/// Follows the messages of a connection, frame by frame.
pub(super) struct Inflating {
    fragments: Fragments,
    /// Whether the message under way is compressed.
    is_compressed: bool,
    /// What has come of it, inflated.
    inflated: Vec<u8>,
    inflater: Option<Box<Inflater>>,
    /// The largest message after decompression, in bytes.
    limit: usize,
}

impl Inflating {
    pub fn new(inflater: Option<Box<Inflater>>, limit: usize) -> Self {
        Self { fragments: Fragments::default(), is_compressed: false, inflated: Vec::new(), inflater, limit }
    }

    /// A frame as samplers see it.
    pub fn accept(&mut self, frame: Frame) -> Result<ReceivedFrame, Failure> {
        let Frame { header, payload, wire_size } = frame;
        let (fin, is_continuation) = (header.fin, header.opcode == Opcode::CONTINUATION);
        let control = match header.opcode {
            Opcode::PING => Some(FrameKind::Ping),
            Opcode::PONG => Some(FrameKind::Pong),
            Opcode::CLOSE => Some(FrameKind::Close),
            opcode if opcode.is_reserved() => {
                let exception = format!("java.lang.RuntimeException: unsupported frame type: {}", opcode.bits());
                return Err(Failure::Exception(exception.into()));
            }
            _ => None,
        };
        if let Some(kind) = control {
            return Ok(ReceivedFrame { kind, fin, is_continuation: false, payload, is_incomplete: false, wire_size });
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
        match inflater.inflate(fragment, fin, self.limit, &mut self.inflated) {
            Ok(()) if fin => Ok(std::mem::take(&mut self.inflated).into()),
            Ok(()) if kind == FrameKind::Text => Ok(Bytes::from_static(INCOMPLETE.as_bytes())),
            Ok(()) => Ok(Bytes::new()),
            Err(InflateError::Invalid { reason }) => {
                let exception = format!("java.lang.RuntimeException: java.util.zip.DataFormatException: {reason}");
                Err(Failure::Exception(exception.into()))
            }
            Err(InflateError::TooLarge { limit }) => Err(Failure::too_large("a compressed message", limit)),
        }
    }
}
