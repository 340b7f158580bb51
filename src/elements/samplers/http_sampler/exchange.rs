//! Sending a request as Apache HttpClient does: with the headers that it adds, through proxies.

use std::pin::pin;

use tokio::time::Instant;

use super::authentication::{Asked, Identity};
use super::auto_redirects::{Trail, shown_url};
use super::body::Body;
use super::draft::Draft;
use super::failure;
use super::headers::HeaderList;
use super::target::{Host, proxied_target, request_target};
use super::visit::Visit;
use crate::java::Url;
use crate::model::Fault;
use crate::protocol::http::{Error, Exchange, Measured, Request, RequestBody, RequestHead, Response, Timing};

/// What came of a request.
pub(super) struct Sent<'a> {
    pub outcome: Result<Response, Fault>,
    /// `None` if it did not come to sending.
    pub measured: Option<Measured>,
    /// The headers of the last request, if it came to that.
    pub headers: Option<HeaderList<'a>>,
    /// The address of the last request, if the client may follow redirects by itself.
    pub url: Option<Url>,
}

impl<'a> Sent<'a> {
    fn failed(fault: Fault, headers: Option<HeaderList<'a>>) -> Self {
        Self { outcome: Err(fault), measured: None, headers, url: None }
    }
}

impl Visit<'_> {
    /// Sends a request and receives its response, the last one if the client follows redirects by itself.
    pub(super) async fn send<'a>(&self, mut draft: Box<Draft<'a>>) -> Sent<'a> {
        if !draft.follows_redirects {
            let headers = std::mem::take(&mut draft.headers);
            return self.deliver(&draft, headers, None).await;
        }
        let mut trail = Trail::default();
        let mut before = None;
        loop {
            let mut sent = self.deliver(&draft, draft.headers.clone(), before).await;
            sent.url = shown_url(&draft.uri);
            let Ok(response) = &sent.outcome else { return sent };
            match self.redirect(&mut draft, &response.head, &mut trail) {
                Ok(true) => before = sent.measured.map(|measured| measured.timing),
                Ok(false) => return sent,
                Err(fault) => return Sent { outcome: Err(fault), ..sent },
            }
        }
    }

    /// Sends one request, again if somebody asks who is there and there is an answer. `before` is what led to it.
    async fn deliver<'a>(
        &self,
        draft: &Draft<'_>,
        mut headers: HeaderList<'a>,
        mut before: Option<Timing>,
    ) -> Sent<'a> {
        let way = match Way::of(draft) {
            Ok(way) => way,
            Err(fault) => return Sent::failed(fault, None),
        };
        if let Err(fault) = draft.add_client_headers(&mut headers, &way.host, &self.sampler.http) {
            return Sent::failed(fault, Some(headers));
        }
        let route = draft.route(&way.host, way.port, self.sampler, &mut self.vu.lock());
        let (route, mut identity) = match route.and_then(|route| Ok((route, self.identity(draft)?))) {
            Ok(ready) => ready,
            Err(fault) => return Sent::failed(fault, Some(headers)),
        };
        let resolver = self.resolver();
        let target = if way.is_passed_on { proxied_target(&draft.uri) } else { request_target(&draft.uri) };
        let plain = headers.len();
        loop {
            identity.write(&mut headers, way.is_passed_on);
            let tunnel = route.needs_tunnel().then(|| self.tunnel_head(&way, &identity));
            let head = headers.head(&draft.method, &target);
            let request = Request {
                body: draft.body.as_ref().map_or(RequestBody::Empty, Body::as_request_body),
                tunnel: tunnel.as_ref().map(|(_, head)| head),
                connect_timeout: self.timeouts.0,
                read_timeout: self.timeouts.1,
                body_limit: self.body_limit,
                resolver: resolver.as_deref(),
                ..Request::new(&route, &head)
            };
            let begin = Instant::now();
            let Ok(exchange) = self.handle.guard(self.deadline, pin!(self.client.exchange(&request))).await else {
                let measured = Some(Measured::interrupted(begin, Instant::now()));
                return Sent { outcome: Err(failure::interrupted()), measured, headers: Some(headers), url: None };
            };
            let Exchange { outcome, mut measured } = exchange;
            if let Some(before) = &before {
                measured.timing.start = before.start;
                measured.timing.connect_end = measured.timing.connect_end.or(before.connect_end);
            }
            let asked = match &outcome {
                Ok(response) => Some((response, Asked { method: &draft.method, target: &target, is_tunnel: false })),
                Err(Error::TunnelRefused(response)) => {
                    Some((&**response, Asked { method: "CONNECT", target: &way.authority(), is_tunnel: true }))
                }
                Err(_) => None,
            };
            let again = match asked {
                Some((response, asked)) => self.answer(&mut identity, draft, &asked, &response.head),
                None => Ok(false),
            };
            let outcome = match (again, outcome) {
                (Ok(true), _) => {
                    headers.truncate(plain);
                    before = Some(measured.timing);
                    continue;
                }
                (Err(fault), _) => Err(fault),
                (Ok(false), Err(Error::TunnelRefused(response))) => {
                    self.client.close_idle(&route);
                    headers = tunnel.map(|(headers, _)| headers).unwrap_or_default();
                    Ok(*response)
                }
                (Ok(false), outcome) => outcome.map_err(|error| failure::exception(&error, &way.host.header())),
            };
            return Sent { outcome, measured: Some(measured), headers: Some(headers), url: None };
        }
    }

    /// The request that opens a tunnel.
    fn tunnel_head<'a>(&self, way: &Way, identity: &Identity) -> (HeaderList<'a>, RequestHead) {
        let mut headers = HeaderList::default();
        headers.add("Host", way.host.header());
        if let Some(agent) = &self.sampler.http.properties.user_agent {
            headers.add("User-Agent", agent.to_string());
        }
        identity.write_to_proxy(&mut headers);
        let head = headers.head("CONNECT", &way.authority());
        (headers, head)
    }
}

/// Where a request goes, and which way.
struct Way {
    host: Host,
    port: u16,
    /// A proxy passes the request on; through a tunnel it does not see it.
    is_passed_on: bool,
}

impl Way {
    fn of(draft: &Draft<'_>) -> Result<Self, Fault> {
        let host = Host::of(&draft.uri)?;
        let port = host.effective_port().ok_or_else(failure::client_protocol)?;
        let port = u16::try_from(port).map_err(|_| Fault::illegal_argument(format!("port out of range:{port}")))?;
        let is_passed_on = draft.is_passed_on(&host);
        Ok(Self { host, port, is_passed_on })
    }

    /// What a tunnel leads to.
    fn authority(&self) -> String {
        format!("{}:{}", self.host.name, self.port)
    }
}

/// When a request that was not sent began and ended.
pub(super) fn span(measured: Option<&Measured>) -> (Instant, Instant) {
    match measured {
        Some(measured) => (measured.timing.start, measured.timing.end),
        None => (Instant::now(), Instant::now()),
    }
}
