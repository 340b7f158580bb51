//! What Apache HttpClient adds to a request: headers of its own, and the way.

use std::sync::Arc;

use super::body::{Body, Data};
use super::client::{Http, HttpVersion};
use super::draft::Draft;
use super::failure;
use super::headers::HeaderList;
use super::sampler::HttpSampler;
use super::target::Host;
use crate::model::{Fault, VirtualUser};
use crate::protocol::http::{Proxy, Route};

impl Draft<'_> {
    /// Whether a proxy passes the request on; through a tunnel it does not see it.
    pub(super) fn is_passed_on(&self, host: &Host) -> bool {
        self.proxy.is_some() && !host.is_secure()
    }

    /// Adds what HttpClient's interceptors add, in their order.
    ///
    /// # Errors
    /// If the headers contradict the body.
    pub(super) fn add_client_headers(
        &self,
        headers: &mut HeaderList<'_>,
        host: &Host,
        http: &Http,
    ) -> Result<(), Fault> {
        if self.takes_body {
            if headers.has("Transfer-Encoding") {
                return Err(failure::client_protocol());
            }
            headers.add("Content-Length", self.body.as_ref().map_or(0, |body| body.length).to_string());
            if let Some(kind) = self.body.as_ref().and_then(|body| body.content_type.clone()) {
                headers.add_missing("Content-Type", || kind.into());
            }
        }
        headers.add_missing("Host", || host.header().into());
        if self.method.eq_ignore_ascii_case("CONNECT") {
            headers.set("Proxy-Connection", "Keep-Alive");
        } else if self.is_passed_on(host) {
            headers.add_missing("Proxy-Connection", || "Keep-Alive".into());
        }
        if let Some(agent) = &http.properties.user_agent {
            headers.add_missing("User-Agent", || agent.to_string().into());
        }
        Ok(())
    }

    /// Where the request goes.
    ///
    /// # Errors
    /// If it cannot go there.
    pub(super) fn route(
        &self,
        host: &Host,
        port: u16,
        sampler: &HttpSampler,
        vu: &mut VirtualUser,
    ) -> Result<Arc<Route>, Fault> {
        let schemes = std::iter::once(host.scheme.as_str()).chain(self.proxy.as_ref().map(|proxy| &*proxy.scheme));
        if let Some(scheme) = schemes.into_iter().find(|scheme| !matches!(*scheme, "http" | "https")) {
            let message = format!("{scheme} protocol is not supported");
            return Err(Fault::exception("org.apache.http.conn.UnsupportedSchemeException", message));
        }
        if let Some(Body { data: Data::Unreadable(fault), .. }) = &self.body {
            return Err(fault.clone());
        }
        let (http, version) = (&sampler.http, sampler.version);
        let tls = if host.is_secure() { Some(http.tls(version, vu)?) } else { None };
        let proxy = self.proxy.as_ref().map(|proxy| {
            let tls = if proxy.is_secure() { Some(http.tls(HttpVersion::Http1, vu)?) } else { None };
            Ok::<_, Fault>(Proxy { host: proxy.host.clone(), port: proxy.port, user: proxy.user.clone(), tls })
        });
        Ok(Arc::new(Route {
            host: Arc::from(host.name.trim_start_matches('[').trim_end_matches(']')),
            port,
            authority: Arc::from(self.uri.authority().unwrap_or_default()),
            tls,
            proxy: proxy.transpose()?.map(Arc::new),
            local: self.local,
            speaks_http2: version == HttpVersion::Http2Only,
        }))
    }
}
