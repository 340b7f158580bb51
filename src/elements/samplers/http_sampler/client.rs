//! The HTTP client of a user, and what all users of a run share of it.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use parking_lot::Mutex;
use rustls::sign::CertifiedKey;

use super::authentication::KnownProxies;
use super::properties::HttpProperties;
use super::proxy::RunProxy;
use super::source_address::LocalAddress;
use super::visit::Visit;
use crate::elements::config::http_scope::{ClientKeys, ClientKeysOfRun};
use crate::model::{Fault, Fields, Local, Properties, Run, Severity, VirtualUser};
use crate::protocol::http::{Client, Resolver, Settings, TlsConfig, TlsOptions, TlsVersions, Trust};

/// The variable that names the user of connections once a server has answered (`HTTPHC4Impl`): plans can see it.
const USER_TOKEN: &str = "__jmeter.U_T__";

/// What all HTTP requests of a run share.
pub(super) struct Http {
    pub properties: HttpProperties,
    pub proxy: Option<RunProxy>,
    /// `httpclient.localaddress`.
    pub local_address: Option<LocalAddress>,
    pub version: HttpVersion,
    settings: Arc<Settings>,
    tls: Mutex<Vec<(TlsKind, Arc<TlsConfig>)>>,
    options: TlsOptions,
    keys: OnceLock<Option<Arc<dyn ClientKeys>>>,
    has_told_of_cut: AtomicBool,
    user: Local<HttpUser>,
}

/// Which version of HTTP is spoken (`loadline.http.version`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpVersion {
    /// HTTP/1.1, as JMeter.
    Http1,
    /// HTTP/2 if the server chooses it during the handshake of TLS.
    Http2,
    /// HTTP/2 without asking.
    Http2Only,
}

/// The place of [`Http`] in a run.
#[derive(Default)]
struct InRun(OnceLock<Arc<Http>>);

/// What a user has of its own.
#[derive(Default)]
struct HttpUser {
    client: Option<Arc<Client>>,
    /// The iteration in which it was last used.
    iteration: u32,
    known_proxies: KnownProxies,
}

impl Http {
    /// That of the run that is being loaded. The first request says which properties have no effect.
    pub fn of(fields: &Fields<'_>) -> Arc<Self> {
        let run = &fields.loading.run;
        let make = || {
            for message in HttpProperties::without_effect(&run.properties) {
                fields.loading.add(fields.problem(Severity::Warning, message));
            }
            Arc::new(Self::new(run, fields.local()))
        };
        run.shared::<InRun>().0.get_or_init(make).clone()
    }

    fn new(run: &Run, user: Local<HttpUser>) -> Self {
        let properties = &run.properties;
        Self {
            properties: HttpProperties::of(run),
            proxy: RunProxy::of(run),
            local_address: LocalAddress::of_run(properties),
            version: HttpVersion::named(&properties.text("loadline.http.version", "1.1")),
            settings: Arc::new(settings(properties)),
            tls: Mutex::default(),
            options: tls_options(properties),
            keys: OnceLock::new(),
            has_told_of_cut: AtomicBool::new(false),
            user,
        }
    }

    /// The user's client. A new user, which each iteration of a group may be, has no connections yet.
    pub fn client(&self, vu: &mut VirtualUser) -> Arc<Client> {
        let is_new_user = self.properties.resets_each_iteration && !vu.group.same_user;
        let iteration = vu.iteration;
        let user = vu.local(&self.user);
        let before = std::mem::replace(&mut user.iteration, iteration);
        let client = user.client.get_or_insert_with(|| Arc::new(Client::new(self.settings.clone())));
        if is_new_user && before != iteration {
            client.reset();
            user.known_proxies.clear();
            let client = client.clone();
            vu.variables.remove(USER_TOKEN);
            return client;
        }
        client.clone()
    }

    /// Tells, once in a run, that no more than so many bytes of a response are kept although nobody has asked for that.
    pub fn tell_of_cut(&self, url: &str, most: usize) {
        if self.properties.stores_by_default() && !self.has_told_of_cut.swap(true, Ordering::Relaxed) {
            log::warn!(
                target: "o.a.j.p.h.s.HTTPSamplerBase",
                "{url}: the response is longer than the {most} bytes that are kept of it; all are counted. The property \
                 httpsampler.max_bytes_to_store_per_request sets another limit, 0 means none. This is told once"
            );
        }
    }

    /// Whether there is a client of that name; without one it is that of the property.
    pub fn knows_implementation(&self, name: &str) -> bool {
        let name = if name.trim().is_empty() { &*self.properties.implementation } else { name };
        matches!(name, "HttpClient4" | "HttpClient3.1" | "Java" | "HTTPSampler")
    }

    /// Whether users show certificates, each perhaps its own.
    pub fn has_client_keys(&self, vu: &VirtualUser) -> bool {
        self.keys.get_or_init(|| ClientKeysOfRun::get(&vu.run)).is_some()
    }

    /// What the user has said to proxies.
    pub fn known_proxies<'u>(&self, vu: &'u mut VirtualUser) -> &'u mut KnownProxies {
        &mut vu.local(&self.user).known_proxies
    }

    /// The configuration of TLS for that version, with the certificate that the user shows now.
    ///
    /// # Errors
    /// If there can be none, for instance because the system has no certificates to trust.
    pub fn tls(&self, version: HttpVersion, vu: &mut VirtualUser) -> Result<Arc<TlsConfig>, Fault> {
        let identity = match self.keys.get_or_init(|| ClientKeysOfRun::get(&vu.run)) {
            Some(keys) => keys.identity(vu)?,
            None => None,
        };
        let mut configs = self.tls.lock();
        let known = configs.iter().find(|(of, _)| of.version == version && of.has(identity.as_ref()));
        if let Some((_, config)) = known {
            return Ok(config.clone());
        }
        let alpn: &[&[u8]] = match version {
            HttpVersion::Http1 => &[],
            HttpVersion::Http2 => &[b"h2", b"http/1.1"],
            HttpVersion::Http2Only => &[b"h2"],
        };
        let alpn = alpn.iter().map(|name| name.to_vec()).collect();
        let options = TlsOptions { alpn, identity: identity.clone(), ..self.options.clone() };
        let config = TlsConfig::new(&options)
            .map_err(|error| Fault::exception("javax.net.ssl.SSLException", error.to_string()))?;
        configs.push((TlsKind { version, identity }, config.clone()));
        Ok(config)
    }
}

impl Visit<'_> {
    /// Sets the variable that names the user of connections.
    pub(super) fn remember_user(&self) {
        let vu = self.vu.lock();
        if !vu.variables.contains(USER_TOKEN) {
            vu.variables.put(USER_TOKEN, self.thread_name.clone());
        }
    }
}

/// What makes a difference between configurations of TLS.
struct TlsKind {
    version: HttpVersion,
    identity: Option<Arc<CertifiedKey>>,
}

impl TlsKind {
    fn has(&self, identity: Option<&Arc<CertifiedKey>>) -> bool {
        match (&self.identity, identity) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl HttpVersion {
    fn named(name: &str) -> Self {
        match name.trim() {
            "2" | "2.0" => Self::Http2,
            "2-prior-knowledge" => Self::Http2Only,
            _ => Self::Http1,
        }
    }
}

/// How clients behave, as the properties `httpclient4.*` and `httpclient.socket.*` say. Nothing up to 0 switches something off.
pub(super) fn settings(properties: &Properties) -> Settings {
    let millis = |name: &str, default| match u64::try_from(properties.integer(name, default)) {
        Ok(0) | Err(_) => None,
        Ok(millis) => Some(Duration::from_millis(millis)),
    };
    let rate = |name: &str| u32::try_from(properties.integer(name, 0)).ok().and_then(NonZeroU32::new);
    Settings {
        time_to_live: millis("httpclient4.time_to_live", 60_000),
        validate_after: millis("httpclient4.validate_after_inactivity", 4900),
        idle_timeout: millis("httpclient4.idletimeout", 0),
        retries: u32::try_from(properties.integer("httpclient4.retrycount", 0)).unwrap_or(0),
        retries_sent_requests: properties.flag("httpclient4.request_sent_retry_enabled", false),
        plain_rate: rate("httpclient.socket.http.cps"),
        tls_rate: rate("httpclient.socket.https.cps"),
        resolver: Arc::new(Resolver::default()),
        ..Settings::default()
    }
}

/// What is offered and accepted, as the properties `https.*` say.
fn tls_options(properties: &Properties) -> TlsOptions {
    let trust = if properties.flag("loadline.verify_tls", false) { Trust::System } else { Trust::All };
    let protocols = properties.text("https.socket.protocols", "");
    let protocols =
        if protocols.trim().is_empty() { properties.text("https.default.protocol", "TLS") } else { protocols };
    let has = |name: &str| protocols.split_whitespace().any(|protocol| protocol.eq_ignore_ascii_case(name));
    let versions = match (has("TLSv1.2"), has("TLSv1.3")) {
        (true, false) => TlsVersions::Tls12,
        (false, true) if protocols.split_whitespace().count() == 1 => TlsVersions::Tls13,
        _ => TlsVersions::All,
    };
    if ["SSLv3", "TLSv1", "TLSv1.1"].into_iter().any(has) {
        log::warn!("TLS before 1.2 cannot be spoken: \"{protocols}\" means 1.2 and 1.3");
    }
    TlsOptions { trust, versions, ..TlsOptions::default() }
}
