//! How a client opens its connection.

use super::super::{
    Agreement, ConnectError, ConnectTimeouts, ConnectTimes, DeflateOffer, Endpoint, FrameRules, HandshakeError,
    HandshakeRules, ResponseHead, Stream, UpgradeRequest, Wait, open, upgrade,
};
use super::{Client, ClientOptions};

/// What a client asks a server for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientRequest {
    /// The path and the query.
    pub target: String,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The subprotocols offered, the best one first.
    pub subprotocols: Vec<String>,
    /// The compression offered.
    pub deflate: Option<DeflateOffer>,
}

/// How the opening went.
#[derive(Debug)]
pub struct Opening {
    /// What was agreed on.
    pub agreement: Agreement,
    /// The server's answer.
    pub head: ResponseHead,
    /// When the steps were done.
    pub times: ConnectTimes,
}

/// Why a client has no connection.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no stream.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// It did not become a WebSocket.
    #[error(transparent)]
    Handshake(#[from] HandshakeError),
}

impl ClientRequest {
    fn headers(&self) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        if !self.subprotocols.is_empty() {
            headers.push(("Sec-WebSocket-Protocol".to_owned(), self.subprotocols.join(", ")));
        }
        if let Some(offer) = self.deflate {
            headers.push(("Sec-WebSocket-Extensions".to_owned(), offer.to_string()));
        }
        headers
    }
}

impl Client<Stream> {
    /// Connects and does the opening handshake as RFC 6455 wants it.
    ///
    /// # Errors
    /// When one of the steps fails.
    pub async fn open(
        endpoint: &Endpoint,
        request: &ClientRequest,
        timeouts: ConnectTimeouts,
        options: ClientOptions,
    ) -> Result<(Self, Opening), OpenError> {
        let (stream, times) = open(endpoint, timeouts).await?;
        let default_port = if endpoint.tls.is_some() { 443 } else { 80 };
        let host = match endpoint.port {
            port if port == default_port => endpoint.host.clone(),
            port => format!("{}:{port}", endpoint.host),
        };
        let upgrade_request = UpgradeRequest::new(request.target.as_str(), &host, request.headers());
        let rules = HandshakeRules::strict(request.subprotocols.clone(), request.deflate);
        let frame_rules = FrameRules::strict_client(options.max_message as u64, false);
        let upgraded = upgrade(stream, &upgrade_request, &rules, frame_rules, Wait::idle(timeouts.read)).await?;
        let client = Self::new(upgraded.connection, upgraded.agreement.deflate, options);
        Ok((client, Opening { agreement: upgraded.agreement, head: upgraded.head, times }))
    }
}
