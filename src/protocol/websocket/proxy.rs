//! A tunnel through an HTTP proxy (CONNECT).

use std::future::poll_fn;
use std::io;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::handshake::{HeadError, HeadReader, MAX_HEAD, ResponseHead};
use super::inbound::Inbound;
use super::{TcpError, TimedOut, Wait};

/// An HTTP proxy. It is asked for a tunnel for `ws://` as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User and password. They are sent with the first request, without being asked for (Basic).
    pub credentials: Option<(String, String)>,
    /// How long it may stay silent before it answers; no limit if absent.
    pub read_timeout: Option<Duration>,
}

/// Why a proxy gave no tunnel.
#[derive(Debug, thiserror::Error)]
pub enum ProxyError {
    /// No TCP connection to the proxy.
    #[error("the proxy: {0}")]
    Tcp(#[from] TcpError),
    /// It did not answer in time.
    #[error("the proxy did not answer in time")]
    TimedOut,
    /// The network failed.
    #[error("the proxy: {0}")]
    Io(#[from] io::Error),
    /// Its answer cannot be read.
    #[error("the proxy: {0}")]
    Head(#[from] HeadError),
    /// It answered with another status than 200.
    #[error("the proxy refused with {:?}", .0.status_line)]
    Refused(Box<ResponseHead>),
}

/// Asks the proxy for a tunnel. Returns what came after its answer, normally nothing.
pub(super) async fn tunnel(tcp: &mut TcpStream, proxy: &Proxy, host: &str, port: u16) -> Result<Bytes, ProxyError> {
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}\r\n");
    if let Some((user, password)) = &proxy.credentials {
        let credentials = STANDARD.encode(format!("{user}:{password}"));
        request.extend(["Proxy-Authorization: Basic ", &credentials, "\r\n"]);
    }
    request.push_str("\r\n");
    tcp.write_all(request.as_bytes()).await?;
    let wait = Wait::idle(proxy.read_timeout);
    let mut inbound = Inbound::default();
    let mut reader = HeadReader::new(MAX_HEAD);
    while !reader.read(&mut inbound.buffer)? {
        let filled = wait.on(poll_fn(|cx| inbound.poll_fill(tcp, cx))).await;
        if filled.map_err(|TimedOut| ProxyError::TimedOut)?? == 0 {
            reader.end(&mut inbound.buffer)?;
            break;
        }
    }
    let head = reader.into_head();
    match head.status {
        200 => Ok(inbound.buffer.freeze()),
        _ => Err(ProxyError::Refused(Box::new(head))),
    }
}
