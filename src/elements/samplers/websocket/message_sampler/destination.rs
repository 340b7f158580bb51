//! Where a sampler of the older plugin connects to (`WebSocketSampler.getUri`).

use crate::elements::samplers::http_sampler::{Parameter, write_query};
use crate::elements::samplers::websocket::Address;
use crate::java::{self, Uri};
use crate::model::{Fault, Fields, Prop, VirtualUser};

/// The properties that say where.
pub(super) struct DestinationProps {
    protocol: Prop<String>,
    server: Prop<String>,
    port: Prop<String>,
    path: Prop<String>,
    parameters: Vec<Parameter>,
    /// `contentEncoding`, which is that of the parameters too.
    pub encoding: Prop<String>,
}

/// Where, for one sample.
pub(super) struct Destination {
    pub address: Address,
    /// What `Host` says: the port only if the address names it.
    pub host: String,
}

impl DestinationProps {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            protocol: fields.text("protocol", ""),
            server: fields.text("serverAddress", ""),
            port: fields.text("serverPort", "0"),
            path: fields.text("contextPath", ""),
            parameters: Parameter::load_list(fields, "queryStringParameters"),
            encoding: fields.text("contentEncoding", "UTF-8"),
        }
    }

    /// Where, or what the plugin has to say against it.
    pub fn get(&self, vu: &mut VirtualUser) -> Result<Result<Destination, String>, Fault> {
        let path = self.path.text(vu)?.into_owned();
        let uri = if path.starts_with("ws://") || path.starts_with("wss://") {
            Uri::parse(path)
        } else {
            let protocol = self.protocol.text(vu)?.into_owned();
            let protocol = if protocol.is_empty() { "ws" } else { &protocol };
            let port = port(&self.port.text(vu)?, protocol);
            let mut query = String::new();
            let encoding = self.encoding.text(vu)?;
            write_query(&self.parameters, &encoding, vu, &mut query)?;
            let slash = if path.starts_with('/') { "" } else { "/" };
            let server = self.server.text(vu)?;
            Uri::of_parts(protocol, &server, port, &format!("{slash}{path}"), &query)
        };
        Ok(uri.map_err(|error| format!("Invalid URI syntax: {error}")).and_then(|uri| destination(&uri)))
    }
}

/// The port to be named: none if it is the protocol's own.
fn port(text: &str, protocol: &str) -> Option<u32> {
    let own = if protocol.eq_ignore_ascii_case("wss") { 443 } else { 80 };
    let port = java::parse_int(text).and_then(|port| u32::try_from(port).ok()).filter(|port| *port != 0);
    port.filter(|port| *port != own)
}

fn destination(uri: &Uri) -> Result<Destination, String> {
    let scheme = uri.scheme().unwrap_or_default();
    let tls = scheme.eq_ignore_ascii_case("wss");
    if !tls && !scheme.eq_ignore_ascii_case("ws") {
        return Err(format!("Unexpected error: URI scheme [{scheme}] not supported"));
    }
    let Some(name) = uri.host().map(str::to_owned) else {
        return Err("Unexpected error: null".to_owned());
    };
    let named_port = uri.port();
    let host = named_port.map_or_else(|| name.clone(), |port| format!("{name}:{port}"));
    let port = named_port.unwrap_or(if tls { 443 } else { 80 });
    let port = u16::try_from(port).map_err(|_| format!("Unexpected error: port out of range:{port}"))?;
    let path = if uri.path().is_empty() { "/" } else { uri.path() };
    let target = match uri.query() {
        Some(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    };
    Ok(Destination { address: Address { tls, host: name, port, target }, host })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_says_where() {
        let check = |uri: &str, expected: Result<(&str, &str), &str>| {
            let found = destination(&Uri::parse(uri).unwrap());
            let found = found.map(|found| (found.address.url().to_string(), found.host));
            let expected = expected.map(|(url, host)| (url.to_owned(), host.to_owned()));
            assert_eq!(found, expected.map_err(str::to_owned));
        };
        check("ws://h", Ok(("ws://h:80/", "h")));
        check("wss://h/a?b=c%20d", Ok(("wss://h:443/a?b=c%20d", "h")));
        check("ws://h:8080/a", Ok(("ws://h:8080/a", "h:8080")));
        check("ws://h:70000/a", Err("Unexpected error: port out of range:70000"));
        check("http://h/", Err("Unexpected error: URI scheme [http] not supported"));
        check("ws:/a", Err("Unexpected error: null"));
    }

    #[test]
    fn a_port_is_named_if_it_is_not_the_protocols_own() {
        let check = |text, protocol, expected| assert_eq!(port(text, protocol), expected, "{text}");
        check("0", "ws", None);
        check("none", "wss", None);
        check("80", "ws", None);
        check("80", "wss", Some(80));
        check("443", "WSS", None);
    }
}
