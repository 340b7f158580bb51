//! The opening handshake (RFC 6455 section 4): a request written exactly as asked for, and an answer that is read as it
//! came and judged step by step.

mod error;
mod head;
mod key;
mod request;
mod rules;
mod upgrade;

pub use error::{HandshakeError, Refusal};
pub use head::{HeadError, HeadReader, ResponseHead};
pub use key::HandshakeKey;
pub use request::{InvalidHeader, UpgradeRequest, is_upgrade_header};
pub use rules::{Agreement, ConnectionHeader, Extensions, HandshakeRules, MAX_HEAD, Subprotocols};
pub use upgrade::{Upgraded, upgrade};
