//! The proxy of a request: its own, or the one for the whole run (`-H`, `-P`, `-N`, `-u`, `-a`).

use std::sync::Arc;

use crate::java;
use crate::model::{Fault, Fields, Prop, Run, VirtualUser};

/// The proxy that a sampler names.
#[derive(Debug)]
pub(super) struct ProxyProperties {
    scheme: Prop<String>,
    host: Prop<String>,
    port: Prop<String>,
    user: Prop<String>,
    password: Prop<String>,
}

/// A proxy that is used now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProxyNow {
    /// `http`, `https`, or what is not supported.
    pub scheme: Arc<str>,
    pub host: Arc<str>,
    pub port: u16,
    pub user: Arc<str>,
    pub password: Arc<str>,
}

/// The proxy for the whole run.
#[derive(Debug)]
pub(super) struct RunProxy {
    proxy: ProxyNow,
    /// Hosts that are reached without it.
    exact: Vec<String>,
    /// Their ends.
    suffixes: Vec<String>,
}

impl ProxyProperties {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            scheme: fields.text("HTTPSampler.proxyScheme", "http"),
            host: fields.text("HTTPSampler.proxyHost", ""),
            port: fields.text("HTTPSampler.proxyPort", ""),
            user: fields.text("HTTPSampler.proxyUser", ""),
            password: fields.text("HTTPSampler.proxyPass", ""),
        }
    }

    /// The sampler's own proxy, if it names one by host and port; else that of the run.
    pub fn now(&self, host: &str, of_run: Option<&RunProxy>, vu: &mut VirtualUser) -> Result<Option<ProxyNow>, Fault> {
        let own = self.host.text(vu)?;
        let port = java::parse_int(&self.port.text(vu)?).unwrap_or(0);
        if own.trim().is_empty() || port <= 0 {
            return Ok(of_run.filter(|proxy| proxy.serves(host)).map(|proxy| proxy.proxy.clone()));
        }
        let port = u16::try_from(port).map_err(|_| Fault::illegal_argument(format!("port out of range:{port}")))?;
        Ok(Some(ProxyNow {
            scheme: scheme_named(&self.scheme.text(vu)?),
            host: own.as_ref().into(),
            port,
            user: self.user.text(vu)?.as_ref().into(),
            password: self.password.text(vu)?.as_ref().into(),
        }))
    }

    /// Whether it never changes from sample to sample.
    pub fn is_fixed(&self) -> bool {
        let all = [&self.scheme, &self.host, &self.port, &self.user, &self.password];
        all.iter().all(|prop| prop.as_fixed().is_some())
    }
}

impl ProxyNow {
    /// Whether connections to it are encrypted.
    pub fn is_secure(&self) -> bool {
        &*self.scheme == "https"
    }
}

fn scheme_named(name: &str) -> Arc<str> {
    if name.is_empty() { "http".into() } else { name.to_lowercase().into() }
}

impl RunProxy {
    pub fn of(run: &Run) -> Option<Self> {
        let system = |name: &str| run.system.text(name, "");
        let host = system("http.proxyHost");
        let port = java::parse_int(&system("http.proxyPort")).and_then(|port| u16::try_from(port).ok()).unwrap_or(0);
        if host.is_empty() || port == 0 {
            return None;
        }
        let proxy = ProxyNow {
            scheme: scheme_named(&system("http.proxyScheme")),
            host,
            port,
            user: run.properties.text("http.proxyUser", ""),
            password: run.properties.text("http.proxyPass", ""),
        };
        let (mut exact, mut suffixes) = (Vec::new(), Vec::new());
        for pattern in system("http.nonProxyHosts").split('|').filter(|pattern| !pattern.is_empty()) {
            match pattern.strip_prefix('*') {
                Some(suffix) => suffixes.push(suffix.to_owned()),
                None => exact.push(pattern.to_owned()),
            }
        }
        Some(Self { proxy, exact, suffixes })
    }

    fn serves(&self, host: &str) -> bool {
        !self.exact.iter().any(|exact| exact == host) && !self.suffixes.iter().any(|suffix| host.ends_with(&**suffix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::virtual_user::tests::user;

    #[test]
    fn some_hosts_go_without_the_proxy() {
        let run = &user().run;
        let set = |name: &str, value: &str| drop(run.system.set(name, value));
        set("http.proxyHost", "proxy");
        set("http.proxyPort", "3128");
        set("http.nonProxyHosts", "127.0.0.1|*.local|*x*");
        let proxy = RunProxy::of(run).unwrap();
        let check = |host: &str, expected| assert_eq!(proxy.serves(host), expected, "{host}");
        check("127.0.0.1", false);
        check("a.local", false);
        check("local", true);
        check("axb", true);
        check("axx*", false);
    }
}
