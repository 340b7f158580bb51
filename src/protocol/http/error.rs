//! Why an exchange failed, with the facts that a message needs, in neutral words.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use super::Response;
use super::body_decoder::BodyError;
use super::head_scanner::HeadError;

/// Why an exchange failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The host's name has no address.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The host's name has a list of addresses, but an empty one.
    #[error("there is no address for {host}")]
    NoAddress {
        /// The host as the route names it.
        host: Arc<str>,
    },
    /// No address could be connected to.
    #[error(transparent)]
    Connect(#[from] Box<ConnectError>),
    /// The socket cannot have the local address that the route asks for.
    #[error("cannot use the local address {address}: {source}")]
    Bind {
        /// The local address.
        address: IpAddr,
        /// Why.
        source: io::Error,
    },
    /// No secure connection came about, or it broke.
    #[error(transparent)]
    Tls(#[from] Box<TlsError>),
    /// The proxy did not open the tunnel but gave this answer.
    #[error("the proxy answered {}", .0.head.status())]
    TunnelRefused(Box<Response>),
    /// The request is not one that can be sent.
    #[error("invalid request: {0}")]
    InvalidRequest(String),
    /// A file of the request's body cannot be read.
    #[error("{}: {source}", path.display())]
    RequestBody {
        /// The file.
        path: Arc<Path>,
        /// Why.
        source: io::Error,
    },
    /// The request could not be sent.
    #[error("sending failed: {0}")]
    Send(#[source] io::Error),
    /// The response could not be received, for instance because the connection was reset.
    #[error("receiving failed: {0}")]
    Receive(#[source] io::Error),
    /// Nothing came for as long as the request allows.
    #[error("nothing came in time")]
    ReadTimeout,
    /// The connection was closed before anything of a response came.
    #[error("the connection was closed without a response")]
    NoResponse,
    /// What came is no response.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The body is not complete.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// HTTP/2 failed.
    #[error(transparent)]
    Http2(h2::Error),
}

/// Why a name has no address.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{host}: {reason}")]
pub struct LookupError {
    /// The name.
    pub host: Arc<str>,
    /// What the resolver said, for instance `Name or service not known`.
    pub reason: Arc<str>,
    /// The resolver was not asked again, it had said so shortly before.
    pub is_remembered: bool,
    /// Given DNS servers were asked, not the system.
    pub by_servers: bool,
}

/// Why no connection was made.
#[derive(Debug, thiserror::Error)]
#[error("cannot connect to {host}:{port}: {cause}")]
pub struct ConnectError {
    /// The host as the route names it; the proxy's, if there is one.
    pub host: Arc<str>,
    /// The port.
    pub port: u16,
    /// Its addresses, all of which were tried.
    pub addresses: Arc<[IpAddr]>,
    /// The resolver has the addresses in its own table.
    pub are_given: bool,
    /// Why the last one failed.
    pub cause: ConnectCause,
}

/// Why one address could not be connected to.
#[derive(Debug, thiserror::Error)]
pub enum ConnectCause {
    /// It took longer than the request allows.
    #[error("timed out")]
    TimedOut,
    /// The handshake of TLS took longer than the request allows.
    #[error("TLS handshake timed out")]
    HandshakeTimedOut,
    /// The system's reason: refused, unreachable and the like.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Why there is no secure connection.
#[derive(Debug, thiserror::Error)]
#[error("TLS with {host} failed: {failure}")]
pub struct TlsError {
    /// The host whose certificate is wanted.
    pub host: Arc<str>,
    /// Where it was tried.
    pub address: SocketAddr,
    /// What happened.
    pub failure: TlsFailure,
}

/// What happened to a secure connection.
#[derive(Debug, thiserror::Error)]
pub enum TlsFailure {
    /// The server refused; the number of its alert (RFC 8446, section 6).
    #[error("the server sent alert {0}")]
    Alert(u8),
    /// The server's certificate is not acceptable.
    #[error("{0}")]
    Certificate(String),
    /// The two have no version or cipher in common.
    #[error("{0}")]
    Incompatible(String),
    /// What the server speaks is not TLS.
    #[error("the server does not speak TLS")]
    NotTls,
    /// The server closed the connection during the handshake.
    #[error("the connection was closed during the handshake")]
    Closed,
    /// It took longer than allowed.
    #[error("the handshake timed out")]
    TimedOut,
    /// The connection broke during the handshake.
    #[error(transparent)]
    Io(io::Error),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl TlsFailure {
    /// What an error of a TLS stream means.
    pub(super) fn of(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return Self::Closed;
        }
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::AlertReceived(alert)) => Self::Alert(u8::from(*alert)),
            Some(rustls::Error::InvalidCertificate(reason)) => Self::Certificate(format!("{reason:?}")),
            Some(rustls::Error::PeerIncompatible(reason)) => Self::Incompatible(format!("{reason:?}")),
            Some(rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType)) => Self::NotTls,
            Some(other) => Self::Other(other.to_string()),
            None => Self::Io(error),
        }
    }
}

impl From<h2::Error> for Error {
    fn from(error: h2::Error) -> Self {
        match error.get_io().map(|inner| io::Error::new(inner.kind(), inner.to_string())) {
            Some(inner) => Self::Receive(inner),
            None => Self::Http2(error),
        }
    }
}

impl Error {
    /// Whether it is worth while to send the request again on a new connection, as long as that does no harm
    /// (`DefaultHttpRequestRetryHandler`): not if it timed out, nobody is there, or what came makes no sense.
    pub(super) fn may_be_retried(&self) -> bool {
        matches!(self, Self::Send(_) | Self::Receive(_) | Self::NoResponse | Self::NoAddress { .. } | Self::Bind { .. })
    }
}
