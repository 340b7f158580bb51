//! What a frame is: the four bits that say so.

use std::fmt;

/// A frame's opcode (RFC 6455 section 5.2). All sixteen can be sent and received; ten of them mean nothing yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Opcode(u8);

impl Opcode {
    /// A further fragment of a message.
    pub const CONTINUATION: Self = Self(0x0);
    /// A text, or its first fragment.
    pub const TEXT: Self = Self(0x1);
    /// Bytes, or their first fragment.
    pub const BINARY: Self = Self(0x2);
    /// The end of the connection.
    pub const CLOSE: Self = Self(0x8);
    /// Asks for a pong.
    pub const PING: Self = Self(0x9);
    /// The answer to a ping, or a sign of life that nobody asked for.
    pub const PONG: Self = Self(0xA);

    /// The opcode of these bits; only the lower four count.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 0x0F)
    }

    /// The opcode as a number, 0 to 15.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether it is one of the control frames, which may come between the fragments of a message.
    #[must_use]
    pub const fn is_control(self) -> bool {
        self.0 & 0x8 != 0
    }

    /// Whether the RFC gives it no meaning.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        matches!(self.0, 0x3..=0x7 | 0xB..=0xF)
    }
}

impl fmt::Display for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::CONTINUATION => f.write_str("continuation"),
            Self::TEXT => f.write_str("text"),
            Self::BINARY => f.write_str("binary"),
            Self::CLOSE => f.write_str("close"),
            Self::PING => f.write_str("ping"),
            Self::PONG => f.write_str("pong"),
            Self(bits) => write!(f, "reserved opcode {bits}"),
        }
    }
}

impl fmt::Debug for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opcode_is_control_or_data_and_known_or_reserved() {
        let told: Vec<String> = (0..16).map(|bits| Opcode::from_bits(0xF0 | bits).to_string()).collect();
        assert_eq!(told[..3], ["continuation", "text", "binary"]);
        assert_eq!(told[8..11], ["close", "ping", "pong"]);
        assert_eq!(told.iter().filter(|name| name.starts_with("reserved")).count(), 10);
        assert_eq!((0..16).filter(|bits| Opcode::from_bits(*bits).is_reserved()).count(), 10);
        assert_eq!((0..16).filter(|bits| Opcode::from_bits(*bits).is_control()).count(), 8);
    }
}
