//! A request that is the same every time: made once, with its head as bytes, for all users.

use std::sync::Arc;

use tokio::time::Instant;

use super::body::{Body, Data};
use super::draft::Draft;
use super::failure;
use super::sampler::HttpSampler;
use super::target::{Host, request_target};
use super::visit::{Visit, details};
use crate::model::java::Url;
use crate::model::{Fault, SampleResult, VirtualUser};
use crate::protocol::http::{Exchange, Measured, Request, RequestBody, RequestHead, Route};

/// A request ready to be sent.
pub(super) struct Prepared {
    url: Url,
    method: String,
    route: Arc<Route>,
    head: RequestHead,
    /// The headers as results show them.
    headers: String,
    body: Option<Vec<u8>>,
    /// The body as results show it.
    shown_body: String,
    cookies: String,
    /// The host as messages name it.
    host: String,
}

impl HttpSampler {
    /// The request, if it is the same every time and nobody has changed it for this sample.
    pub(super) fn prepared(&self, vu: &mut VirtualUser) -> Option<&Prepared> {
        if !self.is_constant || !vu.overrides.is_empty() {
            return None;
        }
        self.prepared.get_or_init(|| Prepared::of(self, vu).ok().flatten().map(Box::new)).as_deref()
    }

    /// Whether nothing that makes the request can change from sample to sample.
    pub(super) fn never_changes(&self) -> bool {
        let flags = [
            &self.use_keepalive,
            &self.do_multipart_post,
            &self.browser_compatible_multipart,
            &self.post_body_raw,
            &self.auto_redirects,
        ];
        let scope = &self.scope;
        let is_managed = scope.cookies.is_some() || scope.cache.is_some() || scope.authorizations.is_some();
        self.address.is_fixed()
            && self.parameters.iter().all(super::parameters::Parameter::is_fixed)
            && self.files.is_empty()
            && self.proxy.is_fixed()
            && self.source_address.is_absent()
            && self.implementation.as_fixed().is_some()
            && flags.iter().all(|flag| flag.as_fixed().is_some())
            && scope.headers.are_fixed()
            && scope.names.is_none()
            && !is_managed
    }
}

impl Prepared {
    /// `None` if it is not the same for all users after all, or cannot even be sent.
    fn of(sampler: &HttpSampler, vu: &mut VirtualUser) -> Result<Option<Self>, Fault> {
        let http = &sampler.http;
        let is_usual = http.local_address.is_none() && http.knows_implementation(&sampler.implementation.text(vu)?);
        let (url, method) = (sampler.url(vu)?, sampler.method(vu)?.into_owned());
        if !is_usual || !matches!(url.protocol(), "http" | "https") {
            return Ok(None);
        }
        let mut draft = Draft::new(sampler, url, method.into(), false, vu)?;
        draft.add_body(sampler, vu)?;
        let host = Host::of(&draft.uri)?;
        let port = host.effective_port().and_then(|port| u16::try_from(port).ok());
        let has_keys = host.is_secure() && http.has_client_keys(vu);
        let (Some(port), None, false, false) = (port, &draft.proxy, draft.follows_redirects, has_keys) else {
            return Ok(None);
        };
        let cookies = draft.headers.cookies();
        let mut headers = std::mem::take(&mut draft.headers);
        draft.add_client_headers(&mut headers, &host, http)?;
        let route = draft.route(&host, port, sampler, vu)?;
        let head = headers.head(&draft.method, &request_target(&draft.uri));
        let (body, shown_body) = match draft.body.take() {
            Some(Body { data: Data::Memory(body), shown, .. }) => (Some(body), shown),
            None => (None, String::new()),
            Some(_) => return Ok(None),
        };
        let (headers, host, method) = (headers.text(), host.header(), draft.method.into_owned());
        Ok(Some(Self { url: draft.url, method, route, head, headers, body, shown_body, cookies, host }))
    }
}

impl Visit<'_> {
    /// Sends a prepared request; the result is as good as it can be without following it anywhere.
    ///
    /// # Errors
    /// What costs the sample.
    pub(super) async fn send_prepared(&self, prepared: &Prepared) -> Result<SampleResult, Fault> {
        let mut result = self.starting(&prepared.url, &prepared.method)?;
        let http = details(&mut result);
        if !prepared.shown_body.is_empty() {
            http.query_string = prepared.shown_body.clone().into();
        }
        if !prepared.cookies.is_empty() {
            http.cookies = prepared.cookies.clone().into();
        }
        let request = Request {
            body: prepared.body.as_deref().map_or(RequestBody::Empty, RequestBody::Bytes),
            connect_timeout: self.timeouts.0,
            read_timeout: self.timeouts.1,
            body_limit: self.body_limit,
            ..Request::new(&prepared.route, &prepared.head)
        };
        let begin = Instant::now();
        let done = self.handle.guard(self.deadline, self.client.exchange(&request)).await;
        result.request_headers = prepared.headers.clone().into();
        let finished = match done {
            Ok(Exchange { outcome, measured }) => {
                self.take_times(&mut result, Some(&measured));
                match outcome {
                    Ok(response) => self.fill(&mut result, &response, &measured),
                    Err(error) => Err(failure::exception(&error, &prepared.host)),
                }
            }
            Err(_interrupted) => {
                self.take_times(&mut result, Some(&Measured::interrupted(begin, Instant::now())));
                Err(failure::interrupted())
            }
        };
        if let Err(fault) = finished {
            super::visit::fail(&mut result, fault)?;
        }
        Ok(result)
    }
}
