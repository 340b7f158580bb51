//! TLS: what is accepted from servers and what is offered to them.
//!
//! Configurations are shared by all users. Only a user's sessions are their own, since users of a load test are
//! strangers to each other: rustls looks sessions up in the configuration, so each user gets a copy of its top level.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tokio_rustls::TlsConnector;

use super::connection::Peer;
use super::error::{Error, TlsError, TlsFailure};
use super::stream::Stream;

mod session_store;
mod trust_all;

pub(super) use session_store::SessionStore;
use trust_all::TrustAll;

/// What a client wants of TLS.
#[derive(Debug, Clone)]
pub struct TlsOptions {
    /// Which servers are trusted.
    pub trust: Trust,
    /// The client's own certificate with its key.
    pub identity: Option<Arc<CertifiedKey>>,
    /// The versions offered.
    pub versions: TlsVersions,
    /// The protocols offered, the best one first, for instance `h2` and `http/1.1`. Usually none.
    pub alpn: Vec<Vec<u8>>,
    /// Whether a user's later connections resume the session of the earlier ones.
    pub resumes_sessions: bool,
    /// Whether the server is told the name that is wanted. Addresses are never told.
    pub sends_server_name: bool,
}

/// Which servers are trusted.
#[derive(Debug, Clone)]
pub enum Trust {
    /// All of them, whatever their certificate says.
    All,
    /// Those that the system trusts.
    System,
    /// Those with a certificate from one of these authorities.
    Authorities(Vec<CertificateDer<'static>>),
}

/// The versions of TLS that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsVersions {
    /// 1.2 and 1.3.
    All,
    /// 1.2 only.
    Tls12,
    /// 1.3 only.
    Tls13,
}

/// Why there can be no such configuration.
#[derive(Debug, thiserror::Error)]
pub enum TlsConfigError {
    /// The system's authorities cannot be read.
    #[error("cannot read the system's certificates: {0}")]
    SystemCertificates(String),
    /// A text in PEM form is not what it should be.
    #[error("invalid PEM: {0}")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// A certificate or key cannot be used.
    #[error(transparent)]
    Rustls(#[from] rustls::Error),
    /// The authorities cannot be used.
    #[error(transparent)]
    Verifier(#[from] rustls::client::VerifierBuilderError),
}

/// A configuration of TLS, made once and shared.
#[derive(Debug)]
pub struct TlsConfig {
    shared: Arc<ClientConfig>,
    resumes_sessions: bool,
}

impl Default for TlsOptions {
    /// All servers are trusted, both versions are offered, no protocol is, sessions are resumed.
    fn default() -> Self {
        Self {
            trust: Trust::All,
            identity: None,
            versions: TlsVersions::All,
            alpn: Vec::new(),
            resumes_sessions: true,
            sends_server_name: true,
        }
    }
}

impl TlsConfig {
    /// A configuration with these options.
    ///
    /// # Errors
    /// If authorities or keys cannot be used.
    pub fn new(options: &TlsOptions) -> Result<Arc<Self>, TlsConfigError> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(options.versions.offered())?
            .dangerous();
        let builder = match authorities(&options.trust)? {
            None => builder.with_custom_certificate_verifier(Arc::new(TrustAll::new(&provider))),
            Some(roots) => builder.with_custom_certificate_verifier(
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build()?,
            ),
        };
        let mut config = match &options.identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(CertifiedKey::clone(identity))))
            }
        };
        config.alpn_protocols.clone_from(&options.alpn);
        config.enable_sni = options.sends_server_name;
        config.resumption = Resumption::disabled();
        Ok(Arc::new(Self { shared: Arc::new(config), resumes_sessions: options.resumes_sessions }))
    }

    /// The configuration for a client of another protocol. It keeps no sessions.
    #[must_use]
    pub fn client(&self) -> Arc<ClientConfig> {
        self.shared.clone()
    }

    /// Whether the server may choose HTTP/2.
    pub(super) fn offers_http2(&self) -> bool {
        self.shared.alpn_protocols.iter().any(|protocol| protocol == b"h2")
    }

    /// The configuration for a user with those sessions.
    pub(super) fn for_user(&self, sessions: &Arc<SessionStore>) -> Arc<ClientConfig> {
        if !self.resumes_sessions {
            return self.shared.clone();
        }
        let mut config = ClientConfig::clone(&self.shared);
        config.resumption = Resumption::store(sessions.clone());
        Arc::new(config)
    }
}

/// A client's certificate with its chain, and its key, both in PEM form.
///
/// # Errors
/// If they are not, or do not belong together.
pub fn identity_from_pem(certificates: &[u8], key: &[u8]) -> Result<Arc<CertifiedKey>, TlsConfigError> {
    let chain = CertificateDer::pem_slice_iter(certificates).collect::<Result<Vec<_>, _>>()?;
    let key = PrivateKeyDer::from_pem_slice(key)?;
    Ok(Arc::new(CertifiedKey::from_der(chain, key, &ring::default_provider())?))
}

/// Turns a stream into one inside TLS.
pub(super) async fn handshake(
    stream: Stream,
    config: Arc<ClientConfig>,
    peer: &Peer<'_>,
    timeout: Option<Duration>,
) -> Result<Stream, Error> {
    // An address is not sent as a server name, so it also stands in for names that cannot be sent.
    let name = ServerName::try_from(&**peer.host).map_or_else(|_| peer.address.ip().into(), |name| name.to_owned());
    let handshake = TlsConnector::from(config).connect(name, stream);
    let result = match timeout {
        Some(timeout) => tokio::time::timeout(timeout, handshake).await.map_err(|_| TlsFailure::TimedOut),
        None => Ok(handshake.await),
    };
    let stream = result.and_then(|result| result.map_err(TlsFailure::of)).map_err(|failure| peer.tls_error(failure))?;
    Ok(Stream::Tls(Box::new(stream)))
}

/// What an error of an established stream means, if it comes from TLS.
pub(super) fn broken(error: io::Error, peer: &Peer<'_>) -> Result<Error, io::Error> {
    match error.get_ref() {
        Some(inner) if inner.is::<rustls::Error>() => Ok(peer.tls_error(TlsFailure::of(error))),
        _ => Err(error),
    }
}

impl Peer<'_> {
    fn tls_error(&self, failure: TlsFailure) -> Error {
        Error::from(Box::new(TlsError { host: self.host.clone(), address: self.address, failure }))
    }
}

static TLS12_ONLY: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];
static TLS13_ONLY: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13];

impl TlsVersions {
    pub(super) fn offered(self) -> &'static [&'static SupportedProtocolVersion] {
        match self {
            Self::All => rustls::DEFAULT_VERSIONS,
            Self::Tls12 => TLS12_ONLY,
            Self::Tls13 => TLS13_ONLY,
        }
    }
}

/// The authorities to trust; `None` for no check at all.
fn authorities(trust: &Trust) -> Result<Option<RootCertStore>, TlsConfigError> {
    let mut roots = RootCertStore::empty();
    match trust {
        Trust::All => return Ok(None),
        Trust::Authorities(certificates) => {
            for certificate in certificates {
                roots.add(certificate.clone())?;
            }
        }
        Trust::System => {
            let found = rustls_native_certs::load_native_certs();
            if found.certs.is_empty() {
                let reasons: Vec<_> = found.errors.iter().map(ToString::to_string).collect();
                return Err(TlsConfigError::SystemCertificates(reasons.join(", ")));
            }
            roots.add_parsable_certificates(found.certs);
        }
    }
    Ok(Some(roots))
}
