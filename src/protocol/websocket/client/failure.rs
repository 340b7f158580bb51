//! What ends a client's connection from within.

use super::super::message::MessageError;
use super::super::{Cause, CloseCode, ClosePayload, ClosePayloadError, FrameError};

/// Why there are no more events.
pub(super) enum Failure {
    /// A close frame came.
    Closed(ClosePayload),
    /// The other side did what it must not.
    Violation(CloseCode, String),
    /// The connection is of no use any more.
    Lost(Cause, String),
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        let code = match error {
            FrameError::TooLarge { .. } => CloseCode::MESSAGE_TOO_BIG,
            _ => CloseCode::PROTOCOL_ERROR,
        };
        Self::Violation(code, error.to_string())
    }
}

impl From<MessageError> for Failure {
    fn from(error: MessageError) -> Self {
        Self::Violation(error.code(), error.to_string())
    }
}

impl From<ClosePayloadError> for Failure {
    fn from(error: ClosePayloadError) -> Self {
        let code = match error {
            ClosePayloadError::Reason => CloseCode::INVALID_PAYLOAD,
            _ => CloseCode::PROTOCOL_ERROR,
        };
        Self::Violation(code, error.to_string())
    }
}
