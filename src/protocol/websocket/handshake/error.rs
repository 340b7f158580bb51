//! Why a handshake failed.

use std::io;

use super::super::{ExtensionError, TimedOut};
use super::{HeadError, InvalidHeader, ResponseHead};

/// Why there is no WebSocket.
#[derive(Debug, thiserror::Error)]
pub enum HandshakeError {
    /// The request cannot be sent.
    #[error(transparent)]
    InvalidHeader(#[from] InvalidHeader),
    /// The server did not answer in time.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The network failed.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The answer cannot be read.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The answer is not an upgrade to a WebSocket. Of a response with another status than 101 the head has what came with
    /// its status line.
    #[error("{refusal}")]
    Refused {
        /// What is not as it should be, first of all.
        refusal: Refusal,
        /// The answer.
        head: Box<ResponseHead>,
    },
}

impl From<TimedOut> for HandshakeError {
    fn from(_: TimedOut) -> Self {
        Self::TimedOut
    }
}

/// What is not as it should be in the answer to an upgrade request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The status is not 101.
    #[error("the server answered with the status {0}")]
    Status(u16),
    /// `Upgrade` is missing or not `websocket`.
    #[error("the response has no header Upgrade with the value websocket")]
    Upgrade,
    /// `Connection` is missing or not `Upgrade`.
    #[error("the response has no header Connection with the value Upgrade")]
    Connection,
    /// `Sec-WebSocket-Accept` is missing.
    #[error("the response has no header Sec-WebSocket-Accept")]
    NoAccept,
    /// `Sec-WebSocket-Accept` does not fit to the key.
    #[error("the response has the wrong Sec-WebSocket-Accept {found:?}")]
    WrongAccept {
        /// What the server sent.
        found: String,
    },
    /// The server chose a subprotocol that was not offered.
    #[error("the server chose the subprotocol {0:?}, which was not offered")]
    Subprotocol(String),
    /// The server's extensions cannot be taken.
    #[error(transparent)]
    Extension(#[from] ExtensionError),
}
