//! TLS with servers of all kinds.

use std::net::Ipv4Addr;

use rcgen::{CertifiedKey, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::*;

/// A certificate for `localhost`, signed by itself.
pub(super) fn certificate() -> CertifiedKey<KeyPair> {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

fn key(certificate: &CertifiedKey<KeyPair>) -> PrivateKeyDer<'static> {
    PrivateKeyDer::try_from(certificate.signing_key.serialize_der()).unwrap()
}

pub(super) fn server_config(certificate: &CertifiedKey<KeyPair>, versions: TlsVersions) -> ServerConfig {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions.offered())
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key(certificate))
        .unwrap()
}

/// A server that speaks TLS and tells with each response what it knows of the handshake.
pub(super) async fn telling(config: ServerConfig) -> Server {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    Server::start(move |caller| {
        let acceptor = acceptor.clone();
        async move {
            let Ok(stream) = acceptor.accept(caller.stream).await else { return };
            let told = tell(&stream);
            let mut caller = Caller { stream, number: caller.number };
            while caller.head().await.is_some() {
                caller.answer(&told).await;
            }
        }
    })
    .await
}

fn tell(stream: &TlsStream<TcpStream>) -> String {
    let session = stream.get_ref().1;
    format!("{:?} for {:?}", session.handshake_kind().unwrap(), session.server_name())
}

/// Asks a server under some name.
pub(super) async fn ask(client: &Client, name: &str, server: &Server, config: &Arc<TlsConfig>) -> Exchange {
    let resolver = Resolver::default().with_host(name, vec!["127.0.0.1".into()]);
    let route = Arc::new(Route::plain(name, server.address.port()).with_tls(config.clone()));
    let head = RequestHead::build("GET", "/").header("Connection", "close").finish();
    client.exchange(&Request { resolver: Some(&resolver), ..Request::new(&route, &head) }).await
}

pub(super) fn config(change: impl FnOnce(&mut TlsOptions)) -> Arc<TlsConfig> {
    let mut options = TlsOptions::default();
    change(&mut options);
    TlsConfig::new(&options).unwrap()
}

/// The failure of TLS, if that is why the exchange failed.
fn failure(exchange: Exchange) -> TlsFailure {
    match exchange.outcome {
        Err(Error::Tls(error)) => error.failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn all_servers_are_trusted_unless_told_otherwise() {
    let certificate = certificate();
    let server = telling(server_config(&certificate, TlsVersions::All)).await;
    let only = |trusted: CertificateDer<'static>| config(|options| options.trust = Trust::Authorities(vec![trusted]));
    let (all, this) = (config(|_| {}), only(certificate.cert.der().clone()));
    let other = only(self::certificate().cert.der().clone());
    for (config, name, expected) in [
        (&all, "localhost", r#"200 OK "Full for Some(\"localhost\")""#),
        (&all, "other.test", r#"200 OK "Full for Some(\"other.test\")""#),
        (&all, "127.0.0.1", r#"200 OK "Full for None""#),
        (&this, "localhost", r#"200 OK "Full for Some(\"localhost\")""#),
    ] {
        assert_eq!(line(&ask(&client(), name, &server, config).await), expected);
    }
    for (config, name, expected) in [(&this, "other.test", "NotValidForName"), (&other, "localhost", "BadSignature")] {
        match failure(ask(&client(), name, &server, config).await) {
            TlsFailure::Certificate(reason) => assert!(reason.contains(expected), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn the_server_s_name_may_be_kept_from_it() {
    let server = telling(server_config(&certificate(), TlsVersions::All)).await;
    let config = config(|options| options.sends_server_name = false);
    assert_eq!(line(&ask(&client(), "localhost", &server, &config).await), r#"200 OK "Full for None""#);
}

#[tokio::test]
async fn sessions_are_resumed_by_the_same_user_until_a_reset() {
    for versions in [TlsVersions::Tls12, TlsVersions::Tls13] {
        let server = telling(server_config(&certificate(), versions)).await;
        let (client, config) = (client(), config(|_| {}));
        let resumed = r#"200 OK "Resumed for Some(\"localhost\")""#;
        let full = r#"200 OK "Full for Some(\"localhost\")""#;
        for expected in [full, resumed, resumed] {
            assert_eq!(line(&ask(&client, "localhost", &server, &config).await), expected, "{versions:?}");
        }
        assert_eq!(line(&ask(&super::client(), "localhost", &server, &config).await), full);
        client.reset();
        assert_eq!(line(&ask(&client, "localhost", &server, &config).await), full);
        let off = self::config(|options| options.resumes_sessions = false);
        for _ in 0..2 {
            assert_eq!(line(&ask(&client, "localhost", &server, &off).await), full);
        }
    }
}

#[tokio::test]
async fn a_client_may_have_a_certificate() {
    let (certificate, own) = (certificate(), certificate());
    let mut roots = rustls::RootCertStore::empty();
    roots.add(own.cert.der().clone()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build().unwrap();
    let server_config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate.cert.der().clone()], key(&certificate))
        .unwrap();
    let server = telling(server_config).await;
    let identity = identity_from_pem(own.cert.pem().as_bytes(), own.signing_key.serialize_pem().as_bytes()).unwrap();
    let with_certificate = config(|options| options.identity = Some(identity));
    assert!(ask(&client(), "localhost", &server, &with_certificate).await.outcome.is_ok());
    let without = failure(ask(&client(), "localhost", &server, &config(|_| {})).await);
    assert!(matches!(without, TlsFailure::Alert(116)), "{without:?}");
}

#[tokio::test]
async fn client_and_server_may_have_nothing_in_common() {
    let server = telling(server_config(&certificate(), TlsVersions::Tls12)).await;
    let config = config(|options| options.versions = TlsVersions::Tls13);
    let failure = failure(ask(&client(), "localhost", &server, &config).await);
    assert!(matches!(failure, TlsFailure::Alert(70)), "{failure:?}");
}

#[tokio::test]
async fn servers_may_speak_something_else_or_hang_up() {
    for (answer, expected) in [
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "the server does not speak TLS"),
        ("", "the connection was closed during the handshake"),
    ] {
        let server = Server::start(move |mut caller| async move {
            // All of it must be read, or else closing would break the connection off.
            assert!(caller.stream.read(&mut [0; 4096]).await.unwrap() > 0);
            caller.send(answer).await;
        })
        .await;
        assert_eq!(failure(ask(&client(), "localhost", &server, &config(|_| {})).await).to_string(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_handshake_has_a_time_limit() {
    let server = Server::start(|mut caller| async move { drop(caller.bytes(usize::MAX >> 40).await) }).await;
    let (client, config, head) = (client(), config(|_| {}), get("/"));
    let route = Arc::new(Route::clone(&server.route()).with_tls(config));
    let request = Request { connect_timeout: Some(Duration::from_secs(3)), ..Request::new(&route, &head) };
    match client.exchange(&request).await.outcome {
        Err(Error::Connect(error)) => {
            assert!(matches!(error.cause, ConnectCause::HandshakeTimedOut));
            assert_eq!(*error.addresses, [Ipv4Addr::LOCALHOST]);
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn tls_is_not_counted_and_may_end_without_goodbye() {
    let acceptor = TlsAcceptor::from(Arc::new(server_config(&certificate(), TlsVersions::All)));
    let server = Server::start(move |caller| {
        let acceptor = acceptor.clone();
        async move {
            let stream = acceptor.accept(caller.stream).await.unwrap();
            let mut caller = Caller { stream, number: caller.number };
            caller.head().await;
            caller.send("HTTP/1.1 200 OK\r\n\r\nuntil the end").await;
        }
    })
    .await;
    let (config, head) = (config(|_| {}), get("/"));
    let route = Arc::new(Route::clone(&server.route()).with_tls(config));
    let exchange = client().exchange(&Request::new(&route, &head)).await;
    assert_eq!(line(&exchange), r#"200 OK "until the end""#);
    assert_eq!((exchange.measured.sent, exchange.measured.received), (head.as_bytes().len() as u64, 19 + 13));
}
