//! What all WebSocket samplers of a run have in common: JMeter's properties, the proxy, TLS, and the place where each user
//! keeps its connections.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;

use super::Connections;
use crate::model::{Fields, Local, Properties, Run, java};
use crate::protocol::http::{Resolver, TlsConfig, TlsOptions};
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
    /// How TLS is done: every certificate is trusted, as JMeter does.
    pub tls: Result<Arc<ClientConfig>, String>,
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
            tls: TlsConfig::new(&TlsOptions::default()).map(|tls| tls.client()).map_err(|error| error.to_string()),
            proxy: ProxyRules::new(&run.system, properties),
        }
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
