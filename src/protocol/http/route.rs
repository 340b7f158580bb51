//! Where requests go, and the way there.

use std::net::IpAddr;
use std::sync::Arc;

use super::TlsConfig;

/// Where requests go and how. Requests of equal routes share connections.
#[derive(Debug, Clone)]
pub struct Route {
    /// The server's name or address, IPv6 without brackets.
    pub host: Arc<str>,
    /// The server's port.
    pub port: u16,
    /// The authority as the address of the request spells it: `localhost` and `127.0.0.1` never share connections.
    pub authority: Arc<str>,
    /// Over TLS, with that configuration.
    pub tls: Option<Arc<TlsConfig>>,
    /// Through that proxy.
    pub proxy: Option<Arc<Proxy>>,
    /// From that local address.
    pub local: Option<IpAddr>,
    /// HTTP/2 without asking the server. Over TLS, HTTP/2 is also spoken if the server chooses `h2`.
    pub speaks_http2: bool,
}

/// A proxy. Requests without TLS are sent to it with the whole address as their target, for others it opens a tunnel.
#[derive(Debug, Clone)]
pub struct Proxy {
    /// Its name or address.
    pub host: Arc<str>,
    /// Its port.
    pub port: u16,
    /// On whose behalf it is used: different users do not share connections.
    pub user: Arc<str>,
    /// The proxy itself is spoken to over TLS.
    pub tls: Option<Arc<TlsConfig>>,
}

impl Route {
    /// A route straight to a server, without TLS.
    pub fn plain(host: impl Into<Arc<str>>, port: u16) -> Self {
        let host = host.into();
        let authority = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
        Self { host, port, authority: authority.into(), tls: None, proxy: None, local: None, speaks_http2: false }
    }

    /// The same route over TLS.
    #[must_use]
    pub fn with_tls(self, tls: Arc<TlsConfig>) -> Self {
        Self { tls: Some(tls), ..self }
    }

    /// The same route through a proxy.
    #[must_use]
    pub fn with_proxy(self, proxy: Proxy) -> Self {
        Self { proxy: Some(Arc::new(proxy)), ..self }
    }

    /// Whether the proxy has to open a tunnel.
    pub fn needs_tunnel(&self) -> bool {
        self.proxy.is_some() && self.tls.is_some()
    }

    /// Whether HTTP/2 is spoken, or the server may choose it.
    pub(super) fn may_speak_http2(&self) -> bool {
        self.speaks_http2 || self.tls.as_ref().is_some_and(|tls| tls.offers_http2())
    }

    /// The host and port that the connection goes to.
    pub(super) fn first_hop(&self) -> (&Arc<str>, u16) {
        match &self.proxy {
            Some(proxy) => (&proxy.host, proxy.port),
            None => (&self.host, self.port),
        }
    }

    /// The TLS that begins as soon as the connection is there.
    pub(super) fn first_tls(&self) -> Option<&Arc<TlsConfig>> {
        match &self.proxy {
            Some(proxy) => proxy.tls.as_ref(),
            None => self.tls.as_ref(),
        }
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Self) -> bool {
        self.port == other.port
            && self.authority == other.authority
            && self.host == other.host
            && self.local == other.local
            && self.speaks_http2 == other.speaks_http2
            && is_same(self.tls.as_ref(), other.tls.as_ref())
            && self.proxy == other.proxy
    }
}

impl PartialEq for Proxy {
    fn eq(&self, other: &Self) -> bool {
        self.port == other.port
            && self.host == other.host
            && self.user == other.user
            && is_same(self.tls.as_ref(), other.tls.as_ref())
    }
}

impl Eq for Route {}

impl Eq for Proxy {}

fn is_same(one: Option<&Arc<TlsConfig>>, other: Option<&Arc<TlsConfig>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
