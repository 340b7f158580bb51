//! A request that is the same time and again: made once, with its head as bytes, for all users.
//!
//! What makes a request are fixed texts, mostly, with a variable or a property here and there that hardly ever changes:
//! the host, the port. So those texts are read for each sample, and if they are the same as before, so is the request.

use std::collections::hash_map::Entry;
use std::pin::pin;
use std::sync::Arc;

use parking_lot::RwLock;
use rustc_hash::FxHashMap;

use super::body::{Body, Data};
use super::draft::Draft;
use super::failure;
use super::parameters::Parameter;
use super::sampler::HttpSampler;
use super::target::{Host, request_target};
use super::visit::{Visit, details};
use crate::java::Url;
use crate::model::{Dependence, Fault, Prop, SampleResult, Template, VirtualUser};
use crate::protocol::http::{Exchange, Request, RequestBody, RequestHead, Route};

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

/// How many requests of a sampler are kept ready.
const MOST: usize = 32;

/// How often they may be made anew because a property was set. After that it is not worth it.
const MOST_RENEWALS: u32 = 64;

/// The requests of a sampler that are ready, by the texts that make each.
pub(super) struct PreparedRequests {
    /// The texts that depend on more than properties.
    texts: Vec<Template>,
    known: RwLock<Known>,
}

/// The requests that were made since a property was set.
#[derive(Default)]
struct Known {
    /// How often one had been set before.
    changes: u64,
    renewals: u32,
    /// By the texts; `None` for one that cannot be sent like this.
    requests: FxHashMap<String, Option<Arc<Prepared>>>,
}

impl PreparedRequests {
    /// For a sampler whose requests depend on nothing but texts, which can be read once more than JMeter does.
    pub fn of(sampler: &HttpSampler) -> Option<Self> {
        let flags = [
            &sampler.use_keepalive,
            &sampler.do_multipart_post,
            &sampler.browser_compatible_multipart,
            &sampler.post_body_raw,
            &sampler.auto_redirects,
        ];
        let scope = &sampler.scope;
        let is_managed = scope.cookies.is_some() || scope.cache.is_some() || scope.authorizations.is_some();
        let can_be_compared = sampler.files.is_empty()
            && sampler.proxy.is_fixed()
            && sampler.source_address.is_absent()
            && sampler.implementation.as_fixed().is_some()
            && flags.iter().all(|flag| flag.as_fixed().is_some())
            && sampler.parameters.iter().all(|parameter| parameter.always_encode.as_fixed().is_some())
            && scope.names.is_none()
            && !is_managed;
        if !can_be_compared {
            return None;
        }
        let address = sampler.address.texts().into_iter();
        let texts = address.chain(sampler.parameters.iter().flat_map(Parameter::texts)).chain(scope.headers.texts());
        let texts: Vec<Template> = texts.filter_map(Prop::as_template).cloned().collect();
        let depends_on = |template: &Template| template.depends_on();
        let knows_all = texts.iter().map(depends_on).max() < Some(Dependence::Unknown);
        let texts = texts.into_iter().filter(|text| depends_on(text) == Dependence::User).collect();
        knows_all.then(|| Self { texts, known: RwLock::default() })
    }

    /// What the changing texts are now; the length after each keeps them apart.
    fn now(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        let mut now = String::with_capacity(16 * self.texts.len());
        for text in &self.texts {
            let start = now.len();
            text.write(vu, &mut now)?;
            let length = now.len() - start;
            now.push('\n');
            now.push_str(itoa::Buffer::new().format(length));
        }
        Ok(now)
    }
}

impl HttpSampler {
    /// The request as it is now, if it is one of those that are kept ready and nobody has changed it for this sample.
    pub(super) fn prepared(&self, vu: &mut VirtualUser) -> Option<Arc<Prepared>> {
        let requests = self.prepared.as_ref().filter(|_| vu.overrides.is_empty())?;
        if self.scope.headers.are_changed(vu) {
            return None;
        }
        let changes = vu.run.property_changes();
        let now = requests.now(vu).ok()?;
        {
            let known = requests.known.read();
            if known.changes == changes
                && let Some(request) = known.requests.get(&now)
            {
                return request.clone();
            }
            if known.renewals >= MOST_RENEWALS || known.changes == changes && known.requests.len() >= MOST {
                return None;
            }
        }
        let made = Prepared::of(self, vu).ok().flatten().map(Arc::new);
        let known = &mut *requests.known.write();
        if known.changes != changes {
            known.requests.clear();
            (known.changes, known.renewals) = (changes, known.renewals + 1);
        }
        match known.requests.entry(now) {
            Entry::Occupied(meanwhile) => meanwhile.get().clone(),
            Entry::Vacant(place) => place.insert(made).clone(),
        }
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
        let done = self.handle.guard(self.deadline, pin!(self.client.exchange(&request))).await;
        result.request_headers = prepared.headers.clone().into();
        let finished = match done {
            Ok(Exchange { outcome, measured }) => {
                self.take_times(&mut result, Some(&measured));
                match outcome {
                    Ok(mut response) => self.fill(&mut result, &mut response, &measured),
                    Err(error) => Err(failure::exception(&error, &prepared.host)),
                }
            }
            Err(_interrupted) => {
                result.end = self.clock.now();
                Err(failure::interrupted())
            }
        };
        if let Err(fault) = finished {
            super::visit::fail(&mut result, fault)?;
        }
        Ok(result)
    }
}
