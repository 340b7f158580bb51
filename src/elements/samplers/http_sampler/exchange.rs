//! Sending a request as Apache HttpClient does: with the headers that it adds, through proxies.

use std::sync::Arc;

use tokio::time::Instant;

use super::body::{Body, Data};
use super::client::HttpVersion;
use super::draft::Draft;
use super::failure;
use super::headers::HeaderList;
use super::proxy::ProxyNow;
use super::target::{Host, proxied_target, request_target};
use super::visit::Visit;
use crate::model::Fault;
use crate::model::java::Uri;
use crate::protocol::http::{Error, Measured, Proxy, Request, RequestBody, RequestHead, Response, Route};

/// What came of a request.
pub(super) struct Sent<'a> {
    pub outcome: Result<Response, Fault>,
    /// `None` if it did not come to sending.
    pub measured: Option<Measured>,
    /// The headers of the last request, if it came to that.
    pub headers: Option<HeaderList<'a>>,
}

impl<'a> Sent<'a> {
    fn failed(fault: Fault, headers: Option<HeaderList<'a>>) -> Self {
        Self { outcome: Err(fault), measured: None, headers }
    }
}

impl Visit<'_> {
    /// Sends a request and receives its response.
    pub(super) async fn send<'a>(&self, draft: Draft<'a>) -> Sent<'a> {
        let host = match Host::of(&draft.uri) {
            Ok(host) => host,
            Err(fault) => return Sent::failed(fault, None),
        };
        let Some(port) = host.effective_port() else {
            return Sent::failed(failure::client_protocol(), None);
        };
        let Draft { uri, method, mut headers, takes_body, body, proxy, local, .. } = draft;
        let is_passed_on = proxy.is_some() && !host.is_secure();
        if let Err(fault) =
            self.add_client_headers(&mut headers, &method, takes_body.then_some(&body), &host, is_passed_on)
        {
            return Sent::failed(fault, Some(headers));
        }
        if !matches!(host.scheme.as_str(), "http" | "https") {
            let message = format!("{} protocol is not supported", host.scheme);
            let fault = Fault::exception("org.apache.http.conn.UnsupportedSchemeException", message);
            return Sent::failed(fault, Some(headers));
        }
        let Ok(port) = u16::try_from(port) else {
            return Sent::failed(Fault::illegal_argument(format!("port out of range:{port}")), None);
        };
        if let Some(Body { data: Data::Unreadable(fault), .. }) = &body {
            return Sent::failed(fault.clone(), Some(headers));
        }
        let way = Way { host: &host, port, uri: &uri, proxy: proxy.as_ref(), local };
        let route = match self.route(&way) {
            Ok(route) => route,
            Err(fault) => return Sent::failed(fault, Some(headers)),
        };
        let target = if is_passed_on { proxied_target(&uri) } else { request_target(&uri) };
        let tunnel = route.needs_tunnel().then(|| self.tunnel_head(&way));
        let head = headers.head(&method, &target);
        let request = Request {
            body: body.as_ref().map_or(RequestBody::Empty, Body::as_request_body),
            tunnel: tunnel.as_ref().map(|(_, head)| head),
            connect_timeout: self.timeouts.0,
            read_timeout: self.timeouts.1,
            body_limit: self.body_limit,
            ..Request::new(&route, &head)
        };
        let resolver = self.resolver();
        let request = Request { resolver: resolver.as_deref(), ..request };
        let begin = Instant::now();
        let Some((outcome, measured)) = self.exchange(&request).await else {
            let measured = Some(Measured::interrupted(begin, Instant::now()));
            return Sent { outcome: Err(failure::interrupted()), measured, headers: Some(headers) };
        };
        let outcome = match outcome {
            Err(Error::TunnelRefused(response)) => {
                self.client.close_idle(&route);
                headers = tunnel.map(|(headers, _)| headers).unwrap_or_default();
                Ok(*response)
            }
            outcome => outcome.map_err(|error| failure::exception(&error, &host.header())),
        };
        Sent { outcome, measured: Some(measured), headers: Some(headers) }
    }

    /// Adds what HttpClient's interceptors add, in their order. `body` is there for methods that take one.
    fn add_client_headers(
        &self,
        headers: &mut HeaderList<'_>,
        method: &str,
        body: Option<&Option<Body>>,
        host: &Host,
        is_passed_on: bool,
    ) -> Result<(), Fault> {
        if let Some(body) = body {
            if headers.has("Transfer-Encoding") {
                return Err(failure::client_protocol());
            }
            headers.add("Content-Length", body.as_ref().map_or(0, |body| body.length).to_string());
            if let Some(kind) = body.as_ref().and_then(|body| body.content_type.clone()) {
                headers.add_missing("Content-Type", || kind.into());
            }
        }
        headers.add_missing("Host", || host.header().into());
        if method.eq_ignore_ascii_case("CONNECT") {
            headers.set("Proxy-Connection", "Keep-Alive");
        } else if is_passed_on {
            headers.add_missing("Proxy-Connection", || "Keep-Alive".into());
        }
        if let Some(agent) = &self.sampler.http.properties.user_agent {
            headers.add_missing("User-Agent", || agent.to_string().into());
        }
        Ok(())
    }

    async fn exchange(&self, request: &Request<'_>) -> Option<(Result<Response, Error>, Measured)> {
        let exchange = self.handle.guard(self.deadline, self.client.exchange(request)).await.ok()?;
        Some((exchange.outcome, exchange.measured))
    }

    fn route(&self, way: &Way<'_>) -> Result<Arc<Route>, Fault> {
        let version = self.sampler.http.version;
        let tls = if way.host.is_secure() { Some(self.sampler.http.tls(version)?) } else { None };
        let proxy = way.proxy.map(|proxy| {
            let tls = if proxy.is_secure { Some(self.sampler.http.tls(HttpVersion::Http1)?) } else { None };
            Ok::<_, Fault>(Proxy { host: proxy.host.clone(), port: proxy.port, user: proxy.user.clone(), tls })
        });
        Ok(Arc::new(Route {
            host: Arc::from(way.host.name.trim_start_matches('[').trim_end_matches(']')),
            port: way.port,
            authority: Arc::from(way.uri.authority().unwrap_or_default()),
            tls,
            proxy: proxy.transpose()?.map(Arc::new),
            local: way.local,
            speaks_http2: version == HttpVersion::Http2Only,
        }))
    }

    /// The request that opens a tunnel.
    fn tunnel_head<'a>(&self, way: &Way<'_>) -> (HeaderList<'a>, RequestHead) {
        let mut headers = HeaderList::default();
        headers.add("Host", way.host.header());
        if let Some(agent) = &self.sampler.http.properties.user_agent {
            headers.add("User-Agent", agent.to_string());
        }
        let head = headers.head("CONNECT", &format!("{}:{}", way.host.name, way.port));
        (headers, head)
    }
}

/// Where a request goes, and which way.
struct Way<'a> {
    host: &'a Host,
    port: u16,
    uri: &'a Uri,
    proxy: Option<&'a ProxyNow>,
    local: Option<std::net::IpAddr>,
}

/// When a request that was not sent began and ended.
pub(super) fn span(measured: Option<&Measured>) -> (Instant, Instant) {
    match measured {
        Some(measured) => (measured.timing.start, measured.timing.end),
        None => (Instant::now(), Instant::now()),
    }
}
