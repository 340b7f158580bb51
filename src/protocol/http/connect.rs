//! Makes connections: finds addresses, tries them in order, begins TLS.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use tokio::net::{TcpSocket, TcpStream};

use super::connection::{Connection, Peer};
use super::error::{ConnectCause, ConnectError, Error, TlsError, TlsFailure};
use super::stream::Stream;
use super::{Request, Route, Settings, tls};

/// Makes a connection to the server, or to its proxy. All addresses of the host are tried in order; the error is the
/// last one's (`DefaultHttpClientConnectionOperator`).
pub(super) async fn connect(
    request: &Request<'_>,
    settings: &Settings,
    tls: Option<Arc<ClientConfig>>,
) -> Result<Box<Connection>, Error> {
    let (host, port) = request.route.first_hop();
    let resolver = request.resolver.unwrap_or(&settings.resolver);
    let addresses = resolver.addresses(host).await?;
    let mut failure = None;
    for address in addresses.iter() {
        let peer = Peer { host, address: SocketAddr::new(*address, port) };
        match connect_to(&peer, request, settings, tls.clone()).await {
            Ok(stream) => return Ok(Connection::new(stream, peer.address, !request.route.needs_tunnel())),
            Err(Failure::Final(error)) => return Err(error),
            Err(Failure::OfAddress(cause)) => failure = Some(cause),
        }
    }
    Err(match failure {
        None => Error::NoAddress { host: host.clone() },
        Some(AddressFailure::Bind(address, source)) => Error::Bind { address, source },
        Some(AddressFailure::Connect(cause)) => Error::from(Box::new(ConnectError {
            host: host.clone(),
            port,
            addresses,
            are_given: resolver.knows(host),
            cause,
        })),
    })
}

/// Why an address did not work.
enum Failure {
    /// Another one may.
    OfAddress(AddressFailure),
    /// Somebody was there.
    Final(Error),
}

enum AddressFailure {
    Bind(IpAddr, io::Error),
    Connect(ConnectCause),
}

async fn connect_to(
    peer: &Peer<'_>,
    request: &Request<'_>,
    settings: &Settings,
    tls: Option<Arc<ClientConfig>>,
) -> Result<Stream, Failure> {
    let socket = connect_socket(peer.address, request.route, request.connect_timeout).await?;
    let stream = Stream::Plain(socket);
    let Some(config) = tls else { return Ok(stream.slowed(settings.plain_rate)) };
    let secured = tls::handshake(stream, config, peer, request.connect_timeout).await;
    secured.map(|stream| stream.slowed(settings.tls_rate)).map_err(|error| match error {
        Error::Tls(inner) if matches!(*inner, TlsError { failure: TlsFailure::TimedOut, .. }) => {
            Failure::OfAddress(AddressFailure::Connect(ConnectCause::HandshakeTimedOut))
        }
        error => Failure::Final(error),
    })
}

async fn connect_socket(address: SocketAddr, route: &Route, timeout: Option<Duration>) -> Result<TcpStream, Failure> {
    let failed = |cause| Failure::OfAddress(AddressFailure::Connect(cause));
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() };
    let socket =
        socket.and_then(|socket| socket.set_nodelay(true).map(|()| socket)).map_err(|error| failed(error.into()))?;
    if let Some(local) = route.local {
        let bound = socket.bind(SocketAddr::new(local, 0));
        bound.map_err(|error| Failure::OfAddress(AddressFailure::Bind(local, error)))?;
    }
    let connecting = socket.connect(address);
    let connected = match timeout {
        Some(timeout) => tokio::time::timeout(timeout, connecting).await.map_err(|_| failed(ConnectCause::TimedOut))?,
        None => connecting.await,
    };
    connected.map_err(|error| failed(error.into()))
}
