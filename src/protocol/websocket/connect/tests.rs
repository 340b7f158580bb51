use std::io::ErrorKind;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::protocol::websocket::handshake::HeadError;

const NO_LIMITS: ConnectTimeouts = ConnectTimeouts { connect: None, read: None };

async fn listen() -> (TcpListener, Endpoint) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, Endpoint { host: "127.0.0.1".to_owned(), port, addresses: Vec::new(), tls: None, proxy: None })
}

/// A server's and a client's side of TLS for the name `localhost`.
fn tls() -> (TlsAcceptor, Arc<ClientConfig>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = CertificateDer::from(made.cert.der().to_vec());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().unwrap();
    let server = server.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let client = client.with_root_certificates(roots).with_no_client_auth();
    (TlsAcceptor::from(Arc::new(server)), Arc::new(client))
}

#[tokio::test]
async fn a_port_that_nobody_listens_on() {
    let (listener, endpoint) = listen().await;
    drop(listener);
    let error = open(&endpoint, NO_LIMITS).await.unwrap_err();
    let ConnectError::Tcp(TcpError::Connect { address, source }) = error else { panic!("{error:?}") };
    assert_eq!((address.port(), source.kind()), (endpoint.port, ErrorKind::ConnectionRefused));

    let proxy = Proxy { host: "127.0.0.1".to_owned(), port: endpoint.port, credentials: None, read_timeout: None };
    let error = open(&Endpoint { proxy: Some(Arc::new(proxy)), ..endpoint }, NO_LIMITS).await.unwrap_err();
    assert!(matches!(error, ConnectError::Proxy(ProxyError::Tcp(TcpError::Connect { .. }))), "{error:?}");
}

#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn a_host_that_does_not_answer() {
    // The queue of a listener that accepts nobody has room for one.
    let listener = tokio::net::TcpSocket::new_v4().unwrap();
    listener.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    let _first = TcpStream::connect(address).await.unwrap();
    let endpoint =
        Endpoint { host: "127.0.0.1".to_owned(), port: address.port(), addresses: Vec::new(), tls: None, proxy: None };
    let timeouts = ConnectTimeouts { connect: Some(Duration::from_secs(20)), read: None };
    let start = Instant::now();
    let error = open(&endpoint, timeouts).await.unwrap_err();
    assert!(matches!(error, ConnectError::Tcp(TcpError::TimedOut(to)) if to == address), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 20);
}

#[tokio::test]
async fn hosts_may_be_addresses_in_brackets() {
    let Ok(listener) = TcpListener::bind("[::1]:0").await else { return };
    let port = listener.local_addr().unwrap().port();
    let endpoint = Endpoint { host: "[::1]".to_owned(), port, addresses: Vec::new(), tls: None, proxy: None };
    let (stream, times) = open(&endpoint, NO_LIMITS).await.unwrap();
    assert_eq!(stream.socket().tcp().peer_addr().unwrap().port(), port);
    assert!(times.started <= times.resolved && times.resolved <= times.connected);
    assert_eq!((times.tunnelled, times.secured), (None, None));
}

#[tokio::test]
async fn tls_asks_for_the_host_by_name() {
    let (listener, endpoint) = listen().await;
    let (acceptor, config) = tls();
    let server = tokio::spawn(async move {
        let mut tls = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        tls.write_all(b"secret").await.unwrap();
        tls.shutdown().await.unwrap();
        tls.get_ref().1.server_name().map(str::to_owned)
    });
    let endpoint = Endpoint { host: "localhost".to_owned(), tls: Some(config), ..endpoint };
    let (mut stream, times) = open(&endpoint, NO_LIMITS).await.unwrap();
    let mut received = String::new();
    stream.read_to_string(&mut received).await.unwrap();
    assert_eq!(received, "secret");
    assert!(times.secured.unwrap() >= times.connected && stream.socket().received() > 6);
    assert_eq!(server.await.unwrap().as_deref(), Some("localhost"));
}

#[tokio::test]
async fn tls_that_fails() {
    let (listener, endpoint) = listen().await;
    let (acceptor, config) = tls();
    tokio::spawn(async move {
        let _ = acceptor.accept(listener.accept().await.unwrap().0).await;
        let (mut tcp, _) = listener.accept().await.unwrap();
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let wrong_name = Endpoint { tls: Some(config.clone()), ..endpoint.clone() };
    let error = open(&wrong_name, NO_LIMITS).await.unwrap_err();
    assert!(matches!(error, ConnectError::Tls(_)), "{error:?}");
    let no_tls = Endpoint { host: "localhost".to_owned(), tls: Some(config.clone()), ..endpoint.clone() };
    let error = open(&no_tls, NO_LIMITS).await.unwrap_err();
    assert!(matches!(error, ConnectError::Tls(_)), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn silence_within_tls() {
    let (_listener, endpoint) = listen().await;
    let endpoint = Endpoint { host: "localhost".to_owned(), tls: Some(tls().1), ..endpoint };
    let timeouts = ConnectTimeouts { connect: None, read: Some(Duration::from_secs(6)) };
    let error = open(&endpoint, timeouts).await.unwrap_err();
    assert!(matches!(error, ConnectError::TlsTimedOut), "{error:?}");
}

#[tokio::test]
async fn addresses_that_are_known_are_not_looked_up() {
    let (_listener, endpoint) = listen().await;
    let addresses = vec!["127.0.0.9".parse().unwrap(), "127.0.0.1".parse().unwrap()];
    let endpoint = Endpoint { host: "no such host".to_owned(), addresses, ..endpoint };
    let (stream, _) = open(&endpoint, NO_LIMITS).await.unwrap();
    assert_eq!(stream.socket().tcp().peer_addr().unwrap().to_string(), format!("127.0.0.1:{}", endpoint.port));
}

/// Goes through a proxy that answers with these bytes and then echoes. Gives what the proxy was asked for as well.
async fn through_proxy(
    answer: &'static [u8],
    credentials: Option<(&str, &str)>,
) -> (String, Result<Stream, ConnectError>) {
    let (listener, endpoint) = listen().await;
    let server = tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(tcp.read_u8().await.unwrap());
        }
        tcp.write_all(answer).await.unwrap();
        if answer.starts_with(b"HTTP/1.1 200") {
            let byte = tcp.read_u8().await.unwrap();
            tcp.write_u8(byte).await.unwrap();
        }
        String::from_utf8(request).unwrap()
    });
    let credentials = credentials.map(|(user, password)| (user.to_owned(), password.to_owned()));
    let proxy = Proxy { host: endpoint.host, port: endpoint.port, credentials, read_timeout: None };
    let target = Endpoint {
        host: "example.com".to_owned(),
        port: 80,
        addresses: Vec::new(),
        tls: None,
        proxy: Some(Arc::new(proxy)),
    };
    let opened = match open(&target, NO_LIMITS).await {
        Ok((mut stream, times)) => {
            assert!(times.tunnelled.unwrap() >= times.connected);
            stream.write_all(b"!").await.unwrap();
            Ok(stream)
        }
        Err(error) => Err(error),
    };
    (server.await.unwrap(), opened)
}

#[tokio::test]
async fn a_tunnel_through_a_proxy() {
    let (request, stream) = through_proxy(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\nearly", None).await;
    assert_eq!(request, "CONNECT example.com:80 HTTP/1.1\r\nHost: example.com\r\n\r\n");
    let mut received = String::new();
    stream.unwrap().read_to_string(&mut received).await.unwrap();
    assert_eq!(received, "early!");
    let (request, _) = through_proxy(b"HTTP/1.1 200 OK\r\n\r\n", Some(("user", "pass"))).await;
    let expected = "CONNECT example.com:80 HTTP/1.1\r\nHost: example.com\r\n\
                    Proxy-Authorization: Basic dXNlcjpwYXNz\r\n\r\n";
    assert_eq!(request, expected);
}

#[tokio::test]
async fn a_proxy_that_gives_no_tunnel() {
    let check = async |answer: &'static [u8], expected: &str| {
        let error = through_proxy(answer, None).await.1.unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    let refused = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n";
    check(refused, "the proxy refused with \"HTTP/1.1 407 Proxy Authentication Required\"").await;
    check(b"", &format!("the proxy: {}", HeadError::NoResponse)).await;
    check(b"what?\n", "the proxy: \"what?\" is no status line").await;
}

#[tokio::test(start_paused = true)]
async fn a_silent_proxy() {
    let (_listener, endpoint) = listen().await;
    let read_timeout = Some(Duration::from_secs(6));
    let proxy = Proxy { host: endpoint.host.clone(), port: endpoint.port, credentials: None, read_timeout };
    let error = open(&Endpoint { proxy: Some(Arc::new(proxy)), ..endpoint }, NO_LIMITS).await.unwrap_err();
    assert!(matches!(error, ConnectError::Proxy(ProxyError::TimedOut)), "{error:?}");
}
