//! How the answer to a handshake is judged.

use super::super::extension::agree;
use super::super::{DeflateOffer, DeflateParameters};
use super::{HandshakeKey, Refusal, ResponseHead};

/// The default limit of a response's head, in bytes.
pub const MAX_HEAD: usize = 64 * 1024;

/// How the answer to a handshake is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandshakeRules {
    /// How `Connection` is read.
    pub connection: ConnectionHeader,
    /// Whether the server's choice of a subprotocol is looked at.
    pub subprotocols: Subprotocols,
    /// Whether the server's choice of extensions is looked at.
    pub extensions: Extensions,
    /// The largest head that is taken, in bytes.
    pub max_head: usize,
}

/// How the header `Connection` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionHeader {
    /// It must be `Upgrade` and nothing else.
    Equal,
    /// `Upgrade` must be one of its values: `keep-alive, Upgrade` is taken.
    Contains,
}

/// Whether the server's choice of a subprotocol is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subprotocols {
    /// It is not.
    Ignored,
    /// It must be one of these, or none.
    Offered(Vec<String>),
}

/// Whether the server's choice of extensions is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extensions {
    /// It is not.
    Ignored,
    /// It must answer this offer; without one there must be none.
    Offered(Option<DeflateOffer>),
}

/// What client and server agreed on beyond the protocol itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The subprotocol that the server named.
    pub subprotocol: Option<String>,
    /// How messages are compressed; never present if extensions are ignored.
    pub deflate: Option<DeflateParameters>,
}

impl HandshakeRules {
    /// Only what makes it a WebSocket is looked at, and `Connection` has to be the one word.
    #[must_use]
    pub const fn lenient() -> Self {
        Self {
            connection: ConnectionHeader::Equal,
            subprotocols: Subprotocols::Ignored,
            extensions: Extensions::Ignored,
            max_head: MAX_HEAD,
        }
    }

    /// What RFC 6455 asks of a client that offered this.
    #[must_use]
    pub const fn strict(subprotocols: Vec<String>, deflate: Option<DeflateOffer>) -> Self {
        Self {
            connection: ConnectionHeader::Contains,
            subprotocols: Subprotocols::Offered(subprotocols),
            extensions: Extensions::Offered(deflate),
            max_head: MAX_HEAD,
        }
    }

    /// Judges a head with the status 101, in the order in which RFC 6455 section 4.1 names the steps.
    pub(super) fn check(&self, head: &ResponseHead, key: &HandshakeKey) -> Result<Agreement, Refusal> {
        let is = |value: &str, word: &str| value.trim().eq_ignore_ascii_case(word);
        if !head.header("Upgrade").is_some_and(|value| value.eq_ignore_ascii_case("websocket")) {
            return Err(Refusal::Upgrade);
        }
        let upgrades = |value: String| match self.connection {
            ConnectionHeader::Equal => value.eq_ignore_ascii_case("upgrade"),
            ConnectionHeader::Contains => value.split(',').any(|token| is(token, "upgrade")),
        };
        if !head.header("Connection").is_some_and(upgrades) {
            return Err(Refusal::Connection);
        }
        let found = head.header("Sec-WebSocket-Accept").ok_or(Refusal::NoAccept)?;
        if found != key.accept() {
            return Err(Refusal::WrongAccept { found });
        }
        let subprotocol = head.header("Sec-WebSocket-Protocol");
        if let (Subprotocols::Offered(offered), Some(chosen)) = (&self.subprotocols, &subprotocol)
            && !offered.contains(chosen)
        {
            return Err(Refusal::Subprotocol(chosen.clone()));
        }
        let deflate = match (self.extensions, head.header("Sec-WebSocket-Extensions")) {
            (Extensions::Offered(offer), Some(answer)) => agree(offer.as_ref(), &answer)?,
            _ => None,
        };
        Ok(Agreement { subprotocol, deflate })
    }
}
