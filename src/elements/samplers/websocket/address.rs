//! Where a sampler connects to.

use std::sync::Arc;

use super::limits;
use crate::java::Url;
use crate::model::{Fault, Fields, Prop, VirtualUser};

/// The properties that say where.
pub(super) struct AddressProps {
    tls: Prop<bool>,
    server: Prop<String>,
    port: Prop<String>,
    path: Prop<String>,
}

/// Where, for one sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub tls: bool,
    /// As typed; an address of IPv6 gets brackets. May be empty, which is this machine.
    pub host: String,
    pub port: u16,
    /// Path and query.
    pub target: String,
}

impl AddressProps {
    pub fn load(fields: &Fields<'_>) -> Self {
        let port = fields.text("port", "80");
        if let Some(Err(complaint)) = port.as_fixed().map(|text| limits::port(text)) {
            let creates = fields.raw("createNewConnection").is_none_or(|text| text == "true");
            if creates {
                fields.warn("port", format!("{complaint} Each sample will fail"));
            }
        }
        Self { tls: fields.prop("TLS", false), server: fields.text("server", ""), port, path: fields.text("path", "") }
    }

    /// The port, or what the plugin has to say against it.
    pub fn port(&self, vu: &mut VirtualUser) -> Result<Result<u16, String>, Fault> {
        Ok(limits::port(&self.port.text(vu)?))
    }

    /// Where, given the port.
    pub fn get(&self, port: u16, vu: &mut VirtualUser) -> Result<Address, Fault> {
        let tls = self.tls.get(vu)?;
        match (tls, port) {
            (true, 80) => log::warn!(target: "e.l.j.w.WebsocketSampler", "wss on port 80: is that what is meant?"),
            (false, 443) => log::warn!(target: "e.l.j.w.WebsocketSampler", "ws on port 443: is that what is meant?"),
            _ => {}
        }
        let server = self.server.text(vu)?;
        let has_bare_colon = server.contains(':') && !server.starts_with('[');
        let host = if has_bare_colon { format!("[{server}]") } else { server.into_owned() };
        let target = target(&self.path.text(vu)?);
        Url::of_parts("http", Some(&host), port.into(), &target)
            .map_err(|error| Fault::exception("java.lang.RuntimeException", error.0))?;
        Ok(Address { tls, host, port, target })
    }
}

/// What the request asks for: the path with a slash, without a fragment (`java.net.URL`, `WebSocketClient.correctUrl`).
fn target(path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let before_query = path.rsplit_once('?').map_or(path, |(before, _)| before);
    match before_query {
        _ if path.starts_with('/') => path.to_owned(),
        "" => format!("/{}", path.trim()),
        _ => format!("/{path}"),
    }
}

impl Address {
    /// `ws://host:port/path`, as results show it.
    pub fn url(&self) -> Arc<str> {
        self.with_scheme(if self.tls { "wss" } else { "ws" }).into()
    }

    /// The same as an address of HTTP: what is asked for through a proxy, and what cookies belong to.
    pub fn http_url(&self) -> String {
        self.with_scheme(if self.tls { "https" } else { "http" })
    }

    fn with_scheme(&self, scheme: &str) -> String {
        let Self { host, port, target, .. } = self;
        format!("{scheme}://{host}:{port}{target}")
    }

    /// What stands in `Host`: always with the port.
    pub fn host_and_port(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The host to connect to.
    pub fn reachable_host(&self) -> &str {
        if self.host.is_empty() { "localhost" } else { &self.host }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_a_slash_and_no_fragment() {
        let check = |path: &str, expected: &str| assert_eq!(target(path), expected, "{path}");
        check("", "/");
        check("/echo?x=1#frag", "/echo?x=1");
        check("echo?a=b", "/echo?a=b");
        check("?a=b ", "/?a=b");
        check("a?b?c", "/a?b?c");
        check("#only", "/");
    }

    #[test]
    fn an_address_is_shown_with_its_port() {
        let address = Address { tls: true, host: "[::1]".into(), port: 443, target: "/x".into() };
        assert_eq!(address.url().as_ref(), "wss://[::1]:443/x");
        assert_eq!(address.http_url(), "https://[::1]:443/x");
        let empty = Address { tls: false, host: String::new(), port: 9555, target: "/x".into() };
        assert_eq!((empty.url().as_ref(), empty.reachable_host()), ("ws://:9555/x", "localhost"));
        assert_eq!(empty.host_and_port(), ":9555");
    }
}
