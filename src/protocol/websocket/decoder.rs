//! Bytes to frames, as they come in, without IO of its own.
//!
//! Whatever has come of a frame stays in the caller's buffer, so a wait that is given up in the middle of a frame loses
//! nothing. A large frame is read into one allocation of its size and handed over in it.

use bytes::{Buf, Bytes, BytesMut};

use super::mask::mask;
use super::{Frame, FrameHeader, Opcode};

/// Payloads up to this size, and those that would keep a buffer of twice their size alive, are copied out of the buffer.
const COPIED: usize = 512;

/// How incoming frames are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameRules {
    /// The longest payload that is taken, in bytes.
    pub max_payload: u64,
    /// What the mask bit means.
    pub mask_bit: MaskBit,
    /// Whether what RFC 6455 forbids is taken.
    pub conformance: Conformance,
}

/// What becomes of the mask bit of an incoming frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaskBit {
    /// It is told but means nothing: no key is expected, whatever follows the length is payload.
    Ignored,
    /// It must not be set: the frames come from a server.
    Forbidden,
    /// It must be set, and the mask is taken off: the frames come from a client.
    Required,
}

/// Whether reserved bits and opcodes, control frames of more than 125 bytes or without FIN, and lengths in more bytes than
/// needed are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conformance {
    /// They are.
    Lenient,
    /// They are errors.
    Strict {
        /// Whether RSV1 may mark the first frame of a message, because compression was agreed on.
        compression: bool,
    },
}

impl FrameRules {
    /// Takes everything that can be told apart as frames.
    #[must_use]
    pub const fn lenient(max_payload: u64) -> Self {
        Self { max_payload, mask_bit: MaskBit::Ignored, conformance: Conformance::Lenient }
    }

    /// What RFC 6455 asks of a client.
    #[must_use]
    pub const fn strict_client(max_payload: u64, compression: bool) -> Self {
        let conformance = Conformance::Strict { compression };
        Self { max_payload, mask_bit: MaskBit::Forbidden, conformance }
    }

    /// What RFC 6455 asks of a server.
    #[must_use]
    pub const fn strict_server(max_payload: u64, compression: bool) -> Self {
        let conformance = Conformance::Strict { compression };
        Self { max_payload, mask_bit: MaskBit::Required, conformance }
    }

    fn check(&self, header: FrameHeader, length: Length) -> Result<(), FrameError> {
        match self.mask_bit {
            MaskBit::Forbidden if header.masked => return Err(FrameError::Masked),
            MaskBit::Required if !header.masked => return Err(FrameError::NotMasked),
            _ => {}
        }
        if let Conformance::Strict { compression } = self.conformance {
            let begins_message = matches!(header.opcode, Opcode::TEXT | Opcode::BINARY);
            if header.rsv2 || header.rsv3 || header.rsv1 && !(compression && begins_message) {
                return Err(FrameError::ReservedBits);
            }
            if header.opcode.is_reserved() {
                return Err(FrameError::ReservedOpcode(header.opcode));
            }
            if header.opcode.is_control() && !header.fin {
                return Err(FrameError::FragmentedControl(header.opcode));
            }
            if header.opcode.is_control() && length.value > 125 {
                return Err(FrameError::LongControl { opcode: header.opcode, length: length.value });
            }
            if length.is_padded() {
                return Err(FrameError::PaddedLength(length.value));
            }
        }
        if length.value > self.max_payload || usize::try_from(length.value).is_err() {
            return Err(FrameError::TooLarge { length: length.value, limit: self.max_payload });
        }
        Ok(())
    }
}

/// Why a frame is not taken. All of these are known from its header, before its payload has come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The payload is longer than the rules allow. Nothing was allocated for it.
    #[error("a frame of {length} bytes is larger than the limit of {limit}")]
    TooLarge {
        /// The length that the header says, in bytes.
        length: u64,
        /// What the rules allow.
        limit: u64,
    },
    /// A bit is set that nobody agreed on.
    #[error("reserved bits are set")]
    ReservedBits,
    /// The opcode has no meaning.
    #[error("{0} is not known")]
    ReservedOpcode(Opcode),
    /// A server masks.
    #[error("a server must not mask its frames")]
    Masked,
    /// A client does not mask.
    #[error("a client must mask its frames")]
    NotMasked,
    /// A control frame that is not final.
    #[error("a {0} frame must not be fragmented")]
    FragmentedControl(Opcode),
    /// A control frame that is too long.
    #[error("a {opcode} frame of {length} bytes, more than 125")]
    LongControl {
        /// What it is.
        opcode: Opcode,
        /// Its length in bytes.
        length: u64,
    },
    /// The length is written in more bytes than it needs.
    #[error("the length {0} is not written in as few bytes as possible")]
    PaddedLength(u64),
}

/// Where in a frame the stream ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnexpectedEnd {
    /// Before its first byte: between two frames.
    #[error("the connection ended")]
    BetweenFrames,
    /// After the first of the two bytes that begin every frame.
    #[error("the connection ended in a frame's header")]
    InHeader,
    /// In the length that follows them.
    #[error("the connection ended in a frame's length: {received} of {expected} bytes came")]
    InLength {
        /// 2 or 8.
        expected: usize,
        /// How many bytes of it came.
        received: usize,
    },
    /// In the key of the mask.
    #[error("the connection ended in a frame's masking key")]
    InMaskingKey,
    /// In the payload.
    #[error("the connection ended in a frame's payload: {received} of {expected} bytes came")]
    InPayload {
        /// Its length in bytes.
        expected: u64,
        /// How many bytes of it came.
        received: u64,
    },
}

/// Takes frames off the front of a buffer.
#[derive(Debug)]
pub struct FrameDecoder {
    rules: FrameRules,
    /// The header of the frame whose payload is awaited; its bytes are no longer in the buffer.
    begun: Option<Begun>,
}

#[derive(Debug, Clone, Copy)]
struct Begun {
    header: FrameHeader,
    key: [u8; 4],
    length: usize,
    header_size: usize,
}

impl FrameDecoder {
    /// A decoder at the start of a frame.
    #[must_use]
    pub const fn new(rules: FrameRules) -> Self {
        Self { rules, begun: None }
    }

    /// Judges frames by other rules, from the next one on that has not begun.
    pub fn set_rules(&mut self, rules: FrameRules) {
        self.rules = rules;
    }

    /// Takes the next frame off the front of `buffer`, if it is there as a whole. If not, `buffer` is left with room for
    /// what is missing of a payload whose length is known.
    ///
    /// # Errors
    /// When the rules do not allow the frame. Its header is gone then, its payload is not: there is no way to go on but
    /// to take what follows for a frame.
    pub fn decode(&mut self, buffer: &mut BytesMut) -> Result<Option<Frame>, FrameError> {
        let begun = match self.begun {
            Some(begun) => begun,
            None => match self.begin(buffer)? {
                Some(begun) => begun,
                None => return Ok(None),
            },
        };
        if buffer.len() < begun.length {
            buffer.reserve(begun.length - buffer.len());
            self.begun = Some(begun);
            return Ok(None);
        }
        self.begun = None;
        if begun.header.masked && self.rules.mask_bit == MaskBit::Required {
            mask(&mut buffer[..begun.length], begun.key);
        }
        let wire_size = (begun.header_size + begun.length) as u64;
        Ok(Some(Frame { header: begun.header, payload: take(buffer, begun.length), wire_size }))
    }

    /// The header and the length of the frame whose payload is awaited. What has come of it is the buffer.
    #[must_use]
    pub fn begun(&self) -> Option<(FrameHeader, usize)> {
        self.begun.map(|begun| (begun.header, begun.length))
    }

    /// Says where in a frame a stream ended that left `buffer` behind, and forgets that frame.
    pub fn end(&mut self, buffer: &mut BytesMut) -> UnexpectedEnd {
        let received = buffer.len();
        let end = match (self.begun.take(), &buffer[..]) {
            (Some(begun), _) => UnexpectedEnd::InPayload { expected: begun.length as u64, received: received as u64 },
            (None, []) => UnexpectedEnd::BetweenFrames,
            (None, [_]) => UnexpectedEnd::InHeader,
            (None, [_, second, ..]) => match length_size(*second) {
                expected if received - 2 < expected => UnexpectedEnd::InLength { expected, received: received - 2 },
                _ => UnexpectedEnd::InMaskingKey,
            },
        };
        buffer.clear();
        end
    }

    /// Takes a header off the front of `buffer`, if it is there as a whole.
    fn begin(&self, buffer: &mut BytesMut) -> Result<Option<Begun>, FrameError> {
        let [first, second, ..] = buffer[..] else { return Ok(None) };
        let header = FrameHeader::from_bytes(first, second);
        let Some(length) = Length::read(second, &buffer[2..]) else { return Ok(None) };
        let has_key = header.masked && self.rules.mask_bit == MaskBit::Required;
        let key_at = 2 + length.size;
        let key = match buffer.get(key_at..key_at + 4) {
            Some(&[a, b, c, d]) if has_key => [a, b, c, d],
            _ if has_key => return Ok(None),
            _ => [0; 4],
        };
        let header_size = if has_key { key_at + 4 } else { key_at };
        buffer.advance(header_size);
        self.rules.check(header, length)?;
        Ok(Some(Begun { header, key, length: length.value as usize, header_size }))
    }
}

/// A payload's length and how many bytes beyond the second one say it.
#[derive(Clone, Copy)]
struct Length {
    value: u64,
    size: usize,
}

impl Length {
    fn read(second: u8, rest: &[u8]) -> Option<Self> {
        let size = length_size(second);
        let value = match size {
            0 => u64::from(second & 0x7F),
            _ => rest.get(..size)?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
        };
        Some(Self { value, size })
    }

    fn is_padded(self) -> bool {
        match self.size {
            0 => false,
            2 => self.value <= 125,
            _ => self.value <= 0xFFFF,
        }
    }
}

fn length_size(second: u8) -> usize {
    match second & 0x7F {
        126 => 2,
        127 => 8,
        _ => 0,
    }
}

/// Takes a payload off the front of a buffer, without copying it if it is most of what the buffer holds.
fn take(buffer: &mut BytesMut, length: usize) -> Bytes {
    if length <= COPIED || length < buffer.capacity() / 2 {
        let payload = Bytes::copy_from_slice(&buffer[..length]);
        buffer.advance(length);
        payload
    } else {
        buffer.split_to(length).freeze()
    }
}

#[cfg(test)]
mod tests;
