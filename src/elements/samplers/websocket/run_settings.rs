//! What all WebSocket samplers of a run have in common: JMeter's properties, the proxy, TLS, and the place where each user
//! keeps its connections.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use rustls::ClientConfig;
use rustls::sign::CertifiedKey;

use super::Connections;
use crate::elements::config::http_scope::ClientKeysOfRun;
use crate::java;
use crate::model::{Fault, Fields, Local, Properties, Run, VirtualUser};
use crate::protocol::http::{Resolver, TlsConfig, TlsOptions, Trust};
use crate::protocol::websocket::Proxy;

/// What all WebSocket samplers of a run have in common.
pub(super) struct RunSettings {
    /// Where each user keeps its connections.
    pub connections: Local<Connections>,
    /// `websocket.thread.stop.policy`.
    pub stop_policy: StopPolicy,
    /// `websocket.result.size_includes_filtered_frames`.
    pub counts_filtered_frames: bool,
    /// Not `subresults.disable_renaming`.
    pub renames_parts: bool,
    /// The addresses of names, kept for a while.
    pub resolver: Resolver,
    /// How TLS is done: every certificate is trusted, as JMeter does, unless `loadline.verify_tls` says otherwise.
    tls: TlsOptions,
    /// What was made of it, by the certificate that the user shows.
    tls_clients: Mutex<Vec<TlsClient>>,
    proxy: Option<ProxyRules>,
}

/// What becomes of a user's connections at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StopPolicy {
    /// Nothing is said. The plugin leaves them to Java's garbage collector; here TCP ends with the user.
    None,
    /// TCP is closed.
    TcpClose,
    /// A close frame is sent, and TCP is closed.
    WsClose,
}

/// The proxy, and what is reached without it.
struct ProxyRules {
    proxy: Arc<Proxy>,
    exact: Vec<String>,
    suffixes: Vec<String>,
}

/// A certificate to show, or none, and the configuration for it.
type TlsClient = (Option<Arc<CertifiedKey>>, Arc<ClientConfig>);

fn tls_options(properties: &Properties) -> TlsOptions {
    let trust = if properties.flag("loadline.verify_tls", false) { Trust::System } else { Trust::All };
    TlsOptions { trust, ..TlsOptions::default() }
}

#[derive(Default)]
struct OfRun(OnceLock<Arc<RunSettings>>);

impl RunSettings {
    /// Those of the run that is being loaded.
    pub fn of(fields: &Fields<'_>) -> Arc<Self> {
        let run = &fields.loading.run;
        let of_run = run.shared::<OfRun>();
        of_run.0.get_or_init(|| Arc::new(Self::new(run, fields.local()))).clone()
    }

    fn new(run: &Run, connections: Local<Connections>) -> Self {
        let properties = &run.properties;
        let is_set = |name: &str| java::parse_boolean(&properties.text(name, "false"));
        Self {
            connections,
            stop_policy: StopPolicy::named(&properties.text("websocket.thread.stop.policy", "none")),
            counts_filtered_frames: is_set("websocket.result.size_includes_filtered_frames"),
            renames_parts: !properties.flag("subresults.disable_renaming", false),
            resolver: Resolver::default(),
            tls: tls_options(properties),
            tls_clients: Mutex::default(),
            proxy: ProxyRules::new(&run.system, properties),
        }
    }

    /// How the user does TLS now: with the certificate of a Keystore Configuration, if there is one.
    pub fn tls(&self, vu: &mut VirtualUser) -> Result<Arc<ClientConfig>, Fault> {
        let identity = match ClientKeysOfRun::get(&vu.run) {
            Some(keys) => keys.identity(vu)?,
            None => None,
        };
        let same = |known: &Option<Arc<CertifiedKey>>| match (known, &identity) {
            (Some(known), Some(identity)) => Arc::ptr_eq(known, identity),
            (known, identity) => known.is_none() && identity.is_none(),
        };
        let mut clients = self.tls_clients.lock();
        if let Some((_, client)) = clients.iter().find(|(known, _)| same(known)) {
            return Ok(client.clone());
        }
        let made = TlsConfig::new(&TlsOptions { identity: identity.clone(), ..self.tls.clone() });
        let made = made.map_err(|error| Fault::exception("javax.net.ssl.SSLException", error.to_string()))?;
        clients.push((identity, made.client()));
        Ok(made.client())
    }

    /// The proxy to that host, if there is one in between.
    pub fn proxy_to(&self, host: &str) -> Option<Arc<Proxy>> {
        self.proxy.as_ref().filter(|rules| rules.covers(host)).map(|rules| rules.proxy.clone())
    }
}

impl StopPolicy {
    fn named(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "tcpclose" => Self::TcpClose,
            "wsclose" => Self::WsClose,
            _ => Self::None,
        }
    }
}

impl ProxyRules {
    /// The proxy of Java's system properties, which are what `-H` and `-P` set. That for `https` does not count.
    fn new(system: &Properties, properties: &Properties) -> Option<Self> {
        let host = system.get("http.proxyHost").filter(|host| !host.trim().is_empty())?;
        let port = system.text("http.proxyPort", "0");
        let port = java::parse_int(&port).and_then(|port| u16::try_from(port).ok()).unwrap_or(0);
        let credentials = properties.get("http.proxyUser").zip(properties.get("http.proxyPass"));
        let credentials = credentials.map(|(user, password)| (user.to_string(), password.to_string()));
        let without = system.text("http.nonProxyHosts", "");
        let (wildcards, exact): (Vec<&str>, Vec<&str>) = without.split('|').partition(|entry| entry.starts_with('*'));
        Some(Self {
            proxy: Arc::new(Proxy { host: host.to_string(), port, credentials, read_timeout: None }),
            exact: exact.into_iter().map(str::to_owned).collect(),
            suffixes: wildcards.into_iter().map(|entry| entry[1..].to_owned()).collect(),
        })
    }

    fn covers(&self, host: &str) -> bool {
        !self.exact.iter().any(|exact| exact == host) && !self.suffixes.iter().any(|suffix| host.ends_with(suffix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn properties(set: &[(&str, &str)]) -> Properties {
        let properties = Properties::default();
        set.iter().for_each(|(name, value)| drop(properties.set(name, *value)));
        properties
    }

    #[test]
    fn hosts_without_proxy_are_named_exactly_or_by_their_end() {
        let system = properties(&[
            ("http.proxyHost", "p"),
            ("http.proxyPort", "3128"),
            ("http.nonProxyHosts", "a|*.local|127.*"),
        ]);
        let rules = ProxyRules::new(&system, &properties(&[("http.proxyUser", "u")])).unwrap();
        assert_eq!((rules.proxy.host.as_str(), rules.proxy.port, &rules.proxy.credentials), ("p", 3128, &None));
        for (host, covered) in [("a", false), ("b.local", false), ("127.0.0.1", true), ("local", true)] {
            assert_eq!(rules.covers(host), covered, "{host}");
        }
        let credentials = properties(&[("http.proxyUser", "u"), ("http.proxyPass", "")]);
        let rules = ProxyRules::new(&properties(&[("http.proxyHost", "p")]), &credentials).unwrap();
        assert_eq!((rules.proxy.port, rules.proxy.credentials.is_some()), (0, true));
        assert!(ProxyRules::new(&properties(&[("http.proxyHost", " ")]), &credentials).is_none());
    }

    #[test]
    fn a_policy_is_named_in_any_case() {
        let check = |text, expected| assert_eq!(StopPolicy::named(text), expected, "{text}");
        check(" wsClose ", StopPolicy::WsClose);
        check("TCPCLOSE", StopPolicy::TcpClose);
        check("other", StopPolicy::None);
    }
}
