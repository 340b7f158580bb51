//! Messages, put together from frames and judged as they come.

use bytes::Bytes;

use super::{
    CloseCode, DataKind, FragmentError, Fragments, Frame, FrameHeader, InflateError, Inflater, InvalidUtf8, Opcode,
    Utf8Check,
};

/// A whole message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A text.
    Text(String),
    /// Bytes.
    Binary(Bytes),
}

/// Why a message cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum MessageError {
    #[error(transparent)]
    Fragment(#[from] FragmentError),
    #[error(transparent)]
    Utf8(#[from] InvalidUtf8),
    #[error(transparent)]
    Inflate(#[from] InflateError),
    #[error("a message is larger than {limit} bytes")]
    TooLarge { limit: usize },
}

impl MessageError {
    pub(super) fn code(self) -> CloseCode {
        match self {
            Self::Fragment(_) => CloseCode::PROTOCOL_ERROR,
            Self::Utf8(_) | Self::Inflate(InflateError::Invalid { .. }) => CloseCode::INVALID_PAYLOAD,
            Self::TooLarge { .. } | Self::Inflate(InflateError::TooLarge { .. }) => CloseCode::MESSAGE_TOO_BIG,
        }
    }
}

/// The message that is being received.
#[derive(Debug)]
pub(super) struct Assembly {
    limit: usize,
    fragments: Fragments,
    /// Whether the message is compressed.
    compressed: bool,
    /// The fragments so far, inflated.
    payload: Vec<u8>,
    utf8: Utf8Check,
    /// How many bytes of the frame that is coming in are checked already.
    checked: usize,
}

impl Assembly {
    /// Takes messages of at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        let fragments = Fragments::default();
        Self { limit, fragments, compressed: false, payload: Vec::new(), utf8: Utf8Check::default(), checked: 0 }
    }

    /// Looks at a frame of which only a part has come, so that a text that went wrong, a fragment out of place and a
    /// message that grows too large are not waited for.
    pub(super) fn glance(&mut self, header: FrameHeader, length: usize, part: &[u8]) -> Result<(), MessageError> {
        let Some(kind) = Fragments::accept(&mut self.fragments.clone(), header)? else { return Ok(()) };
        if self.payload.len().saturating_add(length) > self.limit {
            return Err(MessageError::TooLarge { limit: self.limit });
        }
        if kind == DataKind::Text && !self.is_compressed(header) {
            self.utf8.push(&part[self.checked..])?;
            self.checked = part.len();
        }
        Ok(())
    }

    /// Takes a data frame, and gives the message that it ends.
    pub(super) fn accept(
        &mut self,
        frame: Frame,
        inflater: Option<&mut Inflater>,
    ) -> Result<Option<Message>, MessageError> {
        let Some(kind) = self.fragments.accept(frame.header)? else { return Ok(None) };
        self.compressed = self.is_compressed(frame.header);
        let (fin, checked) = (frame.header.fin, std::mem::take(&mut self.checked));
        if fin && !self.compressed && frame.header.opcode != Opcode::CONTINUATION {
            // A message in one frame stays where it was read.
            self.utf8 = Utf8Check::default();
            return self.whole(kind, frame.payload).map(Some);
        }
        let start = self.payload.len();
        match inflater {
            Some(inflater) if self.compressed => {
                inflater.inflate(&frame.payload, fin, self.limit, &mut self.payload)?;
            }
            _ => self.payload.extend_from_slice(&frame.payload),
        }
        if self.payload.len() > self.limit {
            return Err(MessageError::TooLarge { limit: self.limit });
        }
        if kind == DataKind::Text {
            self.utf8.push(&self.payload[start + checked..])?;
        }
        if !fin {
            return Ok(None);
        }
        self.utf8.finish()?;
        let payload = std::mem::take(&mut self.payload);
        self.whole(kind, payload.into()).map(Some)
    }

    fn is_compressed(&self, header: FrameHeader) -> bool {
        if header.opcode == Opcode::CONTINUATION { self.compressed } else { header.rsv1 }
    }

    fn whole(&self, kind: DataKind, payload: Bytes) -> Result<Message, MessageError> {
        if payload.len() > self.limit {
            return Err(MessageError::TooLarge { limit: self.limit });
        }
        match kind {
            DataKind::Binary => Ok(Message::Binary(payload)),
            DataKind::Text => Ok(Message::Text(String::from_utf8(payload.into()).map_err(|_| InvalidUtf8)?)),
        }
    }
}
