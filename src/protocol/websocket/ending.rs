//! Why and by whom a connection was ended.

use std::fmt;

use super::CloseCode;

/// How a connection ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Ending {
    /// Why.
    pub cause: Cause,
    /// The code: as received, as sent, or one of those that are never sent (1005, 1006).
    pub code: CloseCode,
    /// The reason in the close frame, or what went wrong.
    pub reason: String,
    /// Who ended it.
    pub initiator: Initiator,
}

/// Who ended a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Initiator {
    /// This side.
    Local,
    /// The other side.
    Remote,
    /// Neither said so: the network failed.
    Unknown,
}

/// Why a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// It was closed on purpose: code 1000, or none.
    NormalClosure,
    /// An endpoint shuts down or restarts: 1001, 1012.
    EndpointShutdown,
    /// A side broke the protocol: 1002.
    ProtocolError,
    /// A kind of data that cannot be taken, or a text that is no UTF-8: 1003, 1007.
    InvalidData,
    /// Against a side's rules: 1008.
    PolicyViolation,
    /// A message was too large: 1009.
    MessageTooBig,
    /// An extension was missing: 1010.
    MissingExtension,
    /// The server, or one behind it, failed or is overloaded: 1011, 1013, 1014.
    ServerError,
    /// A code of the application: 3000 to 4999.
    Application,
    /// The connection ended without a close frame: 1006.
    AbnormalClosure,
    /// A ping was not answered in time: 1006.
    PingTimeout,
    /// A close frame was not answered in time: 1006.
    CloseTimeout,
    /// The network failed: 1006.
    NetworkError,
}

impl Cause {
    /// The cause that a code in a close frame names.
    #[must_use]
    pub const fn of(code: CloseCode) -> Self {
        match code.0 {
            1000 | 1005 => Self::NormalClosure,
            1001 | 1012 => Self::EndpointShutdown,
            1003 | 1007 => Self::InvalidData,
            1006 => Self::AbnormalClosure,
            1008 => Self::PolicyViolation,
            1009 => Self::MessageTooBig,
            1010 => Self::MissingExtension,
            1011 | 1013 | 1014 => Self::ServerError,
            3000..=4999 => Self::Application,
            _ => Self::ProtocolError,
        }
    }

    /// The cause in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NormalClosure => "normal closure",
            Self::EndpointShutdown => "endpoint shutdown",
            Self::ProtocolError => "protocol error",
            Self::InvalidData => "invalid data",
            Self::PolicyViolation => "policy violation",
            Self::MessageTooBig => "message too big",
            Self::MissingExtension => "missing extension",
            Self::ServerError => "server error",
            Self::Application => "closed by the application",
            Self::AbnormalClosure => "abnormal closure",
            Self::PingTimeout => "ping time-out",
            Self::CloseTimeout => "close time-out",
            Self::NetworkError => "network error",
        }
    }
}

impl Ending {
    pub(super) fn by_close_frame(code: Option<CloseCode>, reason: String, initiator: Initiator) -> Self {
        let code = code.unwrap_or(CloseCode::NO_STATUS_RECEIVED);
        Self { cause: Cause::of(code), code, reason, initiator }
    }

    pub(super) fn without_close_frame(cause: Cause, reason: String, initiator: Initiator) -> Self {
        Self { cause, code: CloseCode::ABNORMAL_CLOSURE, reason, initiator }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (code {})", self.cause.words(), self.code)?;
        if self.reason.is_empty() { Ok(()) } else { write!(f, ": {}", self.reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_told_in_words() {
        let check = |code, reason: &str, expected: &str| {
            let ending = Ending::by_close_frame(code, reason.to_owned(), Initiator::Remote);
            assert_eq!(ending.to_string(), expected);
        };
        check(None, "", "normal closure (code 1005 No Status Received)");
        check(Some(CloseCode(1001)), "bye", "endpoint shutdown (code 1001 Going Away): bye");
        check(Some(CloseCode(1008)), "", "policy violation (code 1008 Policy Violation)");
        check(Some(CloseCode(4321)), "", "closed by the application (code 4321 Private Use)");
        let lost = Ending::without_close_frame(Cause::PingTimeout, String::new(), Initiator::Local);
        assert_eq!(lost.to_string(), "ping time-out (code 1006 Abnormal Closure)");
    }
}
