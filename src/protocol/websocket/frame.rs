//! A frame as it was on the wire.

use bytes::Bytes;

use super::Opcode;

/// What the first two bytes of a frame say, apart from the length. Nothing is judged here: any combination can be
/// written, for whoever tests what a server makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHeader {
    /// Whether the message ends with this frame.
    pub fin: bool,
    /// The first reserved bit: on the first frame of a message that is compressed.
    pub rsv1: bool,
    /// The second reserved bit.
    pub rsv2: bool,
    /// The third reserved bit.
    pub rsv3: bool,
    /// What the frame is.
    pub opcode: Opcode,
    /// Whether the payload is masked, as all that a client sends must be.
    pub masked: bool,
}

impl FrameHeader {
    /// The header of a whole message, or of a control frame, as a client sends it: final and masked.
    #[must_use]
    pub const fn new(opcode: Opcode) -> Self {
        Self { fin: true, rsv1: false, rsv2: false, rsv3: false, opcode, masked: true }
    }

    /// The same, with more fragments to come.
    #[must_use]
    pub const fn not_final(self) -> Self {
        Self { fin: false, ..self }
    }

    /// The same, not masked: as a server sends.
    #[must_use]
    pub const fn unmasked(self) -> Self {
        Self { masked: false, ..self }
    }

    /// The same, marked as compressed.
    #[must_use]
    pub const fn compressed(self) -> Self {
        Self { rsv1: true, ..self }
    }

    pub(super) const fn from_bytes(first: u8, second: u8) -> Self {
        Self {
            fin: first & 0x80 != 0,
            rsv1: first & 0x40 != 0,
            rsv2: first & 0x20 != 0,
            rsv3: first & 0x10 != 0,
            opcode: Opcode::from_bits(first),
            masked: second & 0x80 != 0,
        }
    }

    pub(super) const fn first_byte(self) -> u8 {
        let bits = (self.fin as u8) << 7 | (self.rsv1 as u8) << 6 | (self.rsv2 as u8) << 5 | (self.rsv3 as u8) << 4;
        bits | self.opcode.bits()
    }
}

/// A frame that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What it is.
    pub header: FrameHeader,
    /// The payload as it came: still compressed, if it was.
    pub payload: Bytes,
    /// All its bytes on the wire, header included.
    pub wire_size: u64,
}
