//! Why a connection is closed: the codes of RFC 6455 section 7.4, and the payload of a close frame.

use std::fmt;

use bytes::Bytes;

/// A status code of a close frame, or one of the three that stand for something that was seen (1005, 1006, 1015).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CloseCode(pub u16);

impl CloseCode {
    /// The purpose of the connection has been fulfilled.
    pub const NORMAL_CLOSURE: Self = Self(1000);
    /// The server shuts down, or the page was left.
    pub const GOING_AWAY: Self = Self(1001);
    /// The other side broke the protocol.
    pub const PROTOCOL_ERROR: Self = Self(1002);
    /// A kind of data that cannot be taken.
    pub const UNSUPPORTED_DATA: Self = Self(1003);
    /// A close frame came without a code. Never sent.
    pub const NO_STATUS_RECEIVED: Self = Self(1005);
    /// The connection ended without a close frame. Never sent.
    pub const ABNORMAL_CLOSURE: Self = Self(1006);
    /// A text that is no UTF-8, and the like.
    pub const INVALID_PAYLOAD: Self = Self(1007);
    /// Against the rules of the other side.
    pub const POLICY_VIOLATION: Self = Self(1008);
    /// Too large a message.
    pub const MESSAGE_TOO_BIG: Self = Self(1009);
    /// The server did not agree on an extension that the client needs.
    pub const MANDATORY_EXTENSION: Self = Self(1010);
    /// Something went wrong within the server.
    pub const INTERNAL_ERROR: Self = Self(1011);
    /// The server starts again.
    pub const SERVICE_RESTART: Self = Self(1012);
    /// The server is overloaded.
    pub const TRY_AGAIN_LATER: Self = Self(1013);
    /// A gateway got a bad answer.
    pub const BAD_GATEWAY: Self = Self(1014);
    /// TLS could not be set up. Never sent.
    pub const TLS_HANDSHAKE: Self = Self(1015);

    /// The name in the registry of IANA; for the others the range that it is in.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.0 {
            1000 => "Normal Closure",
            1001 => "Going Away",
            1002 => "Protocol Error",
            1003 => "Unsupported Data",
            1004 => "Reserved",
            1005 => "No Status Received",
            1006 => "Abnormal Closure",
            1007 => "Invalid Payload Data",
            1008 => "Policy Violation",
            1009 => "Message Too Big",
            1010 => "Mandatory Extension",
            1011 => "Internal Error",
            1012 => "Service Restart",
            1013 => "Try Again Later",
            1014 => "Bad Gateway",
            1015 => "TLS Handshake",
            3000..=3999 => "Registered",
            4000..=4999 => "Private Use",
            _ => "Unassigned",
        }
    }

    /// Whether it may be in a close frame.
    #[must_use]
    pub const fn may_be_sent(self) -> bool {
        matches!(self.0, 1000..=1003 | 1007..=1014 | 3000..=4999)
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.name())
    }
}

/// The payload of a close frame.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClosePayload {
    /// The code, if there are at least two bytes.
    pub code: Option<CloseCode>,
    /// What follows the code; UTF-8 if the other side keeps to the RFC.
    pub reason: Bytes,
}

/// Why the payload of a close frame breaks the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosePayloadError {
    /// Half a code.
    #[error("a close frame with a payload of one byte")]
    OneByte,
    /// A code that must not be sent.
    #[error("a close frame with the code {}", .0.0)]
    Code(CloseCode),
    /// A reason that is no UTF-8.
    #[error("a close frame whose reason is not valid UTF-8")]
    Reason,
}

impl ClosePayload {
    /// Reads whatever can be read. A single byte says nothing.
    #[must_use]
    pub fn read(payload: &Bytes) -> Self {
        match payload[..] {
            [high, low, ..] => {
                Self { code: Some(CloseCode(u16::from_be_bytes([high, low]))), reason: payload.slice(2..) }
            }
            _ => Self::default(),
        }
    }

    /// Reads what RFC 6455 allows.
    ///
    /// # Errors
    /// When it does not.
    pub fn read_strictly(payload: &Bytes) -> Result<Self, ClosePayloadError> {
        let close = Self::read(payload);
        match close.code {
            None if payload.is_empty() => Ok(close),
            None => Err(ClosePayloadError::OneByte),
            Some(code) if !code.may_be_sent() => Err(ClosePayloadError::Code(code)),
            Some(_) if std::str::from_utf8(&close.reason).is_err() => Err(ClosePayloadError::Reason),
            Some(_) => Ok(close),
        }
    }

    /// The bytes of a payload, not judged: any number can be a code, and a reason may be too long for a control frame.
    #[must_use]
    pub fn write(code: u16, reason: &str) -> Vec<u8> {
        [&code.to_be_bytes(), reason.as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strictly(payload: &'static [u8]) -> Result<Option<u16>, ClosePayloadError> {
        ClosePayload::read_strictly(&Bytes::from_static(payload)).map(|close| close.code.map(|code| code.0))
    }

    #[test]
    fn the_codes_that_may_be_sent() {
        let codes: Vec<u16> = (0..=u16::MAX).filter(|code| CloseCode(*code).may_be_sent()).collect();
        let expected: Vec<u16> = (1000..=1003).chain(1007..=1014).chain(3000..=4999).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn strictly_read() {
        assert_eq!(strictly(b""), Ok(None));
        assert_eq!(strictly(b"\x03\xE8bye"), Ok(Some(1000)));
        assert_eq!(strictly(b"\x03"), Err(ClosePayloadError::OneByte));
        assert_eq!(strictly(b"\x03\xED"), Err(ClosePayloadError::Code(CloseCode(1005))));
        assert_eq!(strictly(b"\x03\xE8\xFF"), Err(ClosePayloadError::Reason));
    }

    #[test]
    fn everything_that_can_be_read_is_read() {
        let close = ClosePayload::read(&Bytes::from_static(b"\x00\x01\xFF"));
        assert_eq!((close.code, &close.reason[..]), (Some(CloseCode(1)), &b"\xFF"[..]));
        assert_eq!(ClosePayload::read(&Bytes::from_static(b"\x03")), ClosePayload::default());
        assert_eq!(ClosePayload::write(4000, "é"), b"\x0F\xA0\xC3\xA9");
        assert_eq!(CloseCode::GOING_AWAY.to_string(), "1001 Going Away");
    }
}
