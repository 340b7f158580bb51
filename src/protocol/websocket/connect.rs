//! From a host and a port to a stream: name, TCP, proxy, TLS, each with its time.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::Instant;
use tokio_rustls::client::TlsStream;
use tokio_rustls::{Connect, TlsConnector};

use super::wait::while_it_goes_on;
use super::{Proxy, ProxyError, Socket, Stream, TimedOut, Wait, proxy};

/// Where a connection goes.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The host: a name or an address, one of IPv6 with or without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The host's addresses, tried in this order; if there are none, the name is looked up. Behind a proxy it is the proxy
    /// that does so.
    pub addresses: Vec<IpAddr>,
    /// How TLS is done; without it there is none. The host is the name asked for (SNI).
    pub tls: Option<Arc<ClientConfig>>,
    /// The proxy in between.
    pub proxy: Option<Arc<Proxy>>,
}

/// How long connecting may take. Looking up a name has no limit but the resolver's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectTimeouts {
    /// For the TCP connection.
    pub connect: Option<Duration>,
    /// How long the other side may stay silent during the TLS handshake.
    pub read: Option<Duration>,
}

/// When the steps of connecting were done.
#[derive(Debug, Clone, Copy)]
pub struct ConnectTimes {
    /// The start.
    pub started: Instant,
    /// The name was looked up.
    pub resolved: Instant,
    /// The TCP connection was there.
    pub connected: Instant,
    /// The proxy had answered.
    pub tunnelled: Option<Instant>,
    /// TLS was there.
    pub secured: Option<Instant>,
}

/// Why there is no TCP connection.
#[derive(Debug, thiserror::Error)]
pub enum TcpError {
    /// The name is not known.
    #[error("{host}: {source}")]
    Resolve {
        /// The name.
        host: String,
        /// What the resolver said.
        source: io::Error,
    },
    /// It took too long.
    #[error("{0} did not answer in time")]
    TimedOut(SocketAddr),
    /// It was refused, or there is no way to it. With several addresses this is the first one.
    #[error("{address}: {source}")]
    Connect {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No TCP connection to the host.
    #[error(transparent)]
    Tcp(#[from] TcpError),
    /// No tunnel through the proxy.
    #[error(transparent)]
    Proxy(#[from] ProxyError),
    /// The host cannot be asked for in TLS.
    #[error("{0} is not a name that TLS knows")]
    ServerName(String),
    /// The server stayed silent during the TLS handshake.
    #[error("the server did not go on with the TLS handshake in time")]
    TlsTimedOut,
    /// The TLS handshake failed.
    #[error("TLS: {0}")]
    Tls(io::Error),
}

/// Connects, through the proxy if there is one, and sets up TLS if it is asked for.
///
/// # Errors
/// When one of the steps fails.
pub async fn open(endpoint: &Endpoint, timeouts: ConnectTimeouts) -> Result<(Stream, ConnectTimes), ConnectError> {
    let (socket, times) = match &endpoint.proxy {
        None => direct(endpoint, timeouts).await?,
        Some(proxy) => tunnelled(endpoint, proxy, timeouts).await?,
    };
    match &endpoint.tls {
        None => Ok((Stream::Tcp(socket), times)),
        Some(config) => {
            let tls = secure(socket, &endpoint.host, config, timeouts.read).await?;
            Ok((Stream::Tls(Box::new(tls)), ConnectTimes { secured: Some(Instant::now()), ..times }))
        }
    }
}

async fn direct(endpoint: &Endpoint, timeouts: ConnectTimeouts) -> Result<(Socket, ConnectTimes), ConnectError> {
    let started = Instant::now();
    let known = &endpoint.addresses;
    let (tcp, resolved) = connect_tcp(&endpoint.host, endpoint.port, known, timeouts.connect).await?;
    let times = ConnectTimes { started, resolved, connected: Instant::now(), tunnelled: None, secured: None };
    Ok((Socket::new(tcp, Bytes::new()), times))
}

async fn tunnelled(
    endpoint: &Endpoint,
    proxy: &Proxy,
    timeouts: ConnectTimeouts,
) -> Result<(Socket, ConnectTimes), ProxyError> {
    let started = Instant::now();
    let (mut tcp, resolved) = connect_tcp(&proxy.host, proxy.port, &[], timeouts.connect).await?;
    let connected = Instant::now();
    let early = proxy::tunnel(&mut tcp, proxy, &endpoint.host, endpoint.port).await?;
    let times = ConnectTimes { started, resolved, connected, tunnelled: Some(Instant::now()), secured: None };
    Ok((Socket::new(tcp, early), times))
}

/// Connects to the first address that answers, and tells when the addresses were known.
async fn connect_tcp(
    host: &str,
    port: u16,
    known: &[IpAddr],
    limit: Option<Duration>,
) -> Result<(TcpStream, Instant), TcpError> {
    let addresses = if known.is_empty() {
        look_up(host, port).await?
    } else {
        known.iter().map(|address| SocketAddr::new(*address, port)).collect()
    };
    let resolved = Instant::now();
    let wait = limit.map_or(Wait::Forever, |limit| Wait::Until(resolved + limit));
    let mut first_error = None;
    for address in addresses {
        let Ok(connected) = wait.on(TcpStream::connect(address)).await else {
            return Err(first_error.unwrap_or(TcpError::TimedOut(address)));
        };
        match connected.and_then(|tcp| tcp.set_nodelay(true).map(|()| tcp)) {
            Ok(tcp) => return Ok((tcp, resolved)),
            Err(source) => first_error = first_error.or(Some(TcpError::Connect { address, source })),
        }
    }
    Err(first_error.unwrap_or_else(|| unknown(host, io::ErrorKind::NotFound.into())))
}

/// The addresses of a host, those of IPv4 first, as a JVM has them.
async fn look_up(host: &str, port: u16) -> Result<Vec<SocketAddr>, TcpError> {
    let found = lookup_host((unbracketed(host), port)).await.map_err(|source| unknown(host, source))?;
    let mut addresses: Vec<SocketAddr> = found.collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    Ok(addresses)
}

fn unknown(host: &str, source: io::Error) -> TcpError {
    TcpError::Resolve { host: host.to_owned(), source }
}

async fn secure(
    socket: Socket,
    host: &str,
    config: &Arc<ClientConfig>,
    idle_limit: Option<Duration>,
) -> Result<TlsStream<Socket>, ConnectError> {
    let name = ServerName::try_from(unbracketed(host).to_owned());
    let name = name.map_err(|_| ConnectError::ServerName(host.to_owned()))?;
    let handshake = TlsConnector::from(config.clone()).connect(name, socket);
    let secured = match idle_limit {
        None => handshake.await,
        Some(limit) => {
            let received = |handshake: &Connect<Socket>| handshake.get_ref().map_or(0, Socket::received);
            let secured = while_it_goes_on(limit, handshake, received).await;
            secured.map_err(|TimedOut| ConnectError::TlsTimedOut)?
        }
    };
    secured.map_err(ConnectError::Tls)
}

fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests;
