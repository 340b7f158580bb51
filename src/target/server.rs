//! Listening and answering.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::login::Sessions;
use super::routes;

/// The name of HTTP/2 where the two sides of TLS agree on a protocol.
const HTTP2: &[u8] = b"h2";

/// How to listen.
#[derive(Debug, Clone)]
pub struct TargetOptions {
    /// The address; port 0 is any free one.
    pub address: SocketAddr,
    /// Speak TLS, with a certificate made on the spot that nobody vouches for.
    pub tls: bool,
}

/// A server that is listening.
pub struct Target {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    sessions: Arc<Sessions>,
}

impl Target {
    /// Starts listening.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn listen(options: &TargetOptions) -> io::Result<Self> {
        let listener = TcpListener::bind(options.address).await?;
        let tls = if options.tls { Some(self_signed()?) } else { None };
        Ok(Self { listener, tls, sessions: Arc::default() })
    }

    /// The address that it listens on.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers for ever.
    pub async fn serve(self) {
        loop {
            // A connection that could not be accepted is its client's trouble.
            let Ok((stream, _)) = self.listener.accept().await else { continue };
            let (tls, sessions) = (self.tls.clone(), self.sessions.clone());
            drop(tokio::spawn(connection(stream, tls, sessions)));
        }
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, sessions: Arc<Sessions>) {
    let _ = stream.set_nodelay(true);
    match tls {
        None => answer(stream, sessions).await,
        Some(tls) => match tls.accept(stream).await {
            Ok(stream) if stream.get_ref().1.alpn_protocol() == Some(HTTP2) => answer_http2(stream, sessions).await,
            Ok(stream) => answer(stream, sessions).await,
            Err(_) => {}
        },
    }
}

async fn answer(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, sessions: Arc<Sessions>) {
    let service = service_fn(move |request| {
        let sessions = sessions.clone();
        async move { Ok::<_, Infallible>(routes::answer(request, &sessions).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new());
    let _ = builder.serve_connection(TokioIo::new(stream), service).with_upgrades().await;
}

async fn answer_http2(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, sessions: Arc<Sessions>) {
    let service = service_fn(move |request| {
        let sessions = sessions.clone();
        async move { Ok::<_, Infallible>(routes::answer(request, &sessions).await) }
    });
    let builder = http2::Builder::new(TokioExecutor::new());
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

fn self_signed() -> io::Result<TlsAcceptor> {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(io::Error::other)?.with_no_client_auth();
    let mut config = config.with_single_cert(vec![made.cert.der().clone()], key).map_err(io::Error::other)?;
    config.alpn_protocols = vec![HTTP2.to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

#[cfg(test)]
mod tests;
