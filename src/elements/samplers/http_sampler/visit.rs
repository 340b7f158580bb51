//! One sample: the request that the properties ask for, and all that it leads to (`HTTPSamplerBase`, `HTTPHC4Impl`).

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::draft::Draft;
use super::exchange::{Sent, span};
use super::prepared::Prepared;
use super::response::may_have_body;
use super::sampler::HttpSampler;
use crate::elements::config::http_scope::{Answered, CookieJar};
use crate::elements::samplers::Sampled;
use crate::java::Url;
use crate::model::{Clock, DataType, Fault, HttpDetails, SampleResult, UserHandle, VirtualUser};
use crate::protocol::http::{Client, Measured, Response};

/// A sample under way, shared by all requests that it makes.
pub(super) struct Visit<'a> {
    pub sampler: &'a HttpSampler,
    /// Downloads side by side take turns here; nobody keeps it while waiting.
    pub vu: &'a Mutex<&'a mut VirtualUser>,
    pub client: Arc<Client>,
    pub handle: Arc<UserHandle>,
    pub deadline: Option<Instant>,
    pub clock: Clock,
    pub thread_name: Arc<str>,
    /// For connecting, and for each wait for the response.
    pub timeouts: (Option<Duration>, Option<Duration>),
    /// Results carry the headers of responses: somebody may read them.
    pub keeps_headers: bool,
    /// How many bytes of a body are received for keeping.
    pub body_limit: usize,
    /// How many bytes of a body are kept, decompressed.
    pub most_stored: usize,
    /// Bodies are kept as their hash.
    pub hashes: bool,
    /// The cookies of a download that runs beside others.
    pub jar: Mutex<Option<CookieJar>>,
}

/// A request of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hop {
    /// A redirect led there.
    pub follows: bool,
    /// How deep in frames it is.
    pub depth: u32,
}

/// A result in the making; none if a cache has it.
pub(super) type Visiting<'s> = Pin<Box<dyn Future<Output = Sampled> + Send + 's>>;

impl<'a> Visit<'a> {
    pub fn new(sampler: &'a HttpSampler, user: &'a Mutex<&'a mut VirtualUser>) -> Self {
        let vu = &mut user.lock();
        Self {
            sampler,
            client: sampler.http.client(vu),
            handle: vu.handle.clone(),
            deadline: vu.sample_deadline,
            clock: vu.run.clock,
            thread_name: vu.thread_name.clone(),
            vu: user,
            timeouts: (None, None),
            keeps_headers: true,
            body_limit: usize::MAX,
            most_stored: usize::MAX,
            hashes: false,
            jar: Mutex::default(),
        }
    }

    /// Takes the sample.
    pub async fn run(mut self) -> Sampled {
        let prepared = self.read_settings()?;
        if let Some(prepared) = prepared {
            let mut result = self.send_prepared(&prepared).await?;
            if self.leads_on(&result)? {
                result = Box::pin(self.process(result, Hop::default())).await?;
            }
            return self.named(result).map(Some);
        }
        let result = match self.begin() {
            Ok((url, method)) => self.sample(url, method, Hop::default()).await?,
            Err(fault) => {
                // An address that is none has no name either.
                let mut result = SampleResult::starting(Arc::default(), self.clock.now());
                result.http = Some(Box::default());
                fail(&mut result, fault)?;
                return Ok(Some(result));
            }
        };
        result.map(|result| self.named(result)).transpose()
    }

    /// Whether there may be more to a result than itself.
    fn leads_on(&self, result: &SampleResult) -> Result<bool, Fault> {
        let vu = &mut self.vu.lock();
        Ok(is_redirect(result) && self.sampler.follow_redirects.get(vu)? || self.sampler.embedded.is_wanted(vu)?)
    }

    /// The result with the sampler's name.
    fn named(&self, mut result: SampleResult) -> Result<SampleResult, Fault> {
        result.label = self.sampler.name.get(&mut self.vu.lock())?;
        Ok(result)
    }

    /// What holds for all of the sample, and its first request, if that is kept ready.
    fn read_settings(&mut self) -> Result<Option<Arc<Prepared>>, Fault> {
        let sampler = self.sampler;
        let vu = &mut self.vu.lock();
        self.timeouts = sampler.timeouts(vu)?;
        self.hashes = sampler.md5.get(vu)?;
        let are_read = vu.contents_are_read || sampler.embedded.is_wanted(vu)?;
        self.keeps_headers = are_read;
        self.most_stored = sampler.http.properties.most_stored(are_read);
        // Enough for the wanted ones to come out if the body is compressed.
        let received = self.most_stored.saturating_add(self.most_stored / 64).saturating_add(64 << 10);
        self.body_limit = if self.hashes { usize::MAX } else { received };
        Ok(sampler.prepared(vu))
    }

    fn begin(&self) -> Result<(Url, Cow<'a, str>), Fault> {
        let vu = &mut self.vu.lock();
        Ok((self.sampler.url(vu)?, self.sampler.method(vu)?))
    }

    /// Asks for an address, and for what the answer leads to.
    pub fn sample<'s>(&'s self, url: Url, method: Cow<'s, str>, hop: Hop) -> Visiting<'s> {
        Box::pin(async move {
            if self.sampler.protocol(&mut self.vu.lock())? == "file" {
                return self.read_file(&url, hop).await;
            }
            if let Some(result) = self.unknown_implementation()? {
                return Ok(Some(result));
            }
            self.request(url, method, hop).await
        })
    }

    async fn request(&self, url: Url, method: Cow<'_, str>, hop: Hop) -> Sampled {
        let mut result = self.starting(&url, &method)?;
        let drafted = {
            let vu = &mut self.vu.lock();
            Draft::new(self.sampler, url, method, hop.follows, vu)
        };
        let found = match drafted {
            Ok(mut draft) => draft.find_source(self.client.resolver()).await.map(|()| draft),
            Err(fault) => Err(fault),
        };
        let with_cookies = found.and_then(|mut draft| {
            self.add_cookies(&mut draft.headers, &draft.url, &mut result)?;
            Ok(draft)
        });
        let mut draft = match with_cookies {
            Ok(draft) => draft,
            Err(fault) => {
                fail(&mut result, fault)?;
                return Ok(Some(result));
            }
        };
        if self.is_in_cache(&draft.url, &draft.method, &draft.headers) {
            return Ok(self.sampler.http.properties.cached.result(result));
        }
        let made = draft.add_body(self.sampler, &mut self.vu.lock());
        if let Err(fault) = made {
            fail(&mut result, fault)?;
            return Ok(Some(result));
        }
        if let Some(body) = &mut draft.body {
            details(&mut result).query_string = std::mem::take(&mut body.shown).into();
        }
        result.start = self.clock.now();
        let url = draft.url.clone();
        let mut sent = self.send(draft).await;
        let url = sent.url.take().unwrap_or(url);
        match self.finish(&mut result, sent, &url) {
            Ok(()) => self.process(result, hop).await.map(Some),
            Err(fault) => {
                fail(&mut result, fault)?;
                Ok(Some(result))
            }
        }
    }

    /// A result for that address.
    pub fn starting(&self, url: &Url, method: &str) -> Result<SampleResult, Fault> {
        let label = match self.sampler.http.properties.renames_parts {
            true => self.sampler.name.get(&mut self.vu.lock())?,
            false => url.text().clone(),
        };
        let mut result = SampleResult::starting(label, self.clock.now());
        result.url = Some(url.text().clone());
        let method = match method {
            "GET" => "GET".into(),
            "POST" => "POST".into(),
            other => other.to_owned().into(),
        };
        result.http = Some(Box::new(HttpDetails { method, ..HttpDetails::default() }));
        Ok(result)
    }

    /// Adds a part with all it counts. The whole then has a thread's name, which results get no sooner.
    pub fn add_part(&self, whole: &mut SampleResult, part: SampleResult) {
        if whole.thread_name.is_empty() {
            whole.thread_name = self.thread_name.clone();
        }
        whole.add_part(part, self.sampler.http.properties.renames_parts);
    }

    fn unknown_implementation(&self) -> Sampled {
        let vu = &mut self.vu.lock();
        let name = self.sampler.implementation.text(vu)?;
        if self.sampler.http.knows_implementation(&name) {
            return Ok(None);
        }
        let name = if name.trim().is_empty() { &*self.sampler.http.properties.implementation } else { &*name };
        let mut result = SampleResult::starting(Arc::default(), self.clock.now());
        result.http = Some(Box::default());
        fail(&mut result, Fault::illegal_argument(format!("Unknown implementation type: '{name}'")))?;
        Ok(Some(result))
    }

    /// Fills a result with what came of its request.
    fn finish(&self, result: &mut SampleResult, sent: Sent<'_>, url: &Url) -> Result<(), Fault> {
        self.take_times(result, sent.measured.as_ref());
        let mut headers = sent.headers.unwrap_or_default();
        if let Some(local) = self.sampler.http.local_address.as_ref().filter(|_| sent.outcome.is_ok()) {
            headers.add("X-LocalAddress", local.shown.as_str());
        }
        result.request_headers = headers.text().into();
        let (mut response, measured) = (sent.outcome?, sent.measured.expect("a response was measured"));
        self.fill(result, &mut response, &measured)?;
        result.url = Some(url.text().clone());
        self.keep_cookies(&response.head, url);
        let method = details(result).method.as_ref();
        self.keep_in_cache(&Answered { url, method, headers: headers.as_slice(), response: &response.head })
    }

    /// Start, end and connect time, as far as they are known.
    pub fn take_times(&self, result: &mut SampleResult, measured: Option<&Measured>) {
        let (start, end) = span(measured);
        (result.start, result.end) = (self.clock.at(start), self.clock.at(end));
        if let Some(connected) = measured.and_then(|measured| measured.timing.connect_end) {
            result.connect = self.clock.at(connected) - result.start;
        }
    }

    /// Until the first byte of the body; until the end if there might have been one, and not at all if there was none.
    pub fn latency(&self, response: &Response, measured: &Measured, result: &SampleResult) -> i64 {
        let until = match measured.timing.body_first_byte {
            None if !may_have_body(&response.head, result) => return 0,
            None => measured.timing.end,
            Some(first) => first,
        };
        self.clock.at(until) - result.start
    }

    /// How many bytes of a decompressed body are kept.
    pub fn decoded_limit(&self) -> usize {
        if self.hashes { usize::MAX } else { self.most_stored }
    }
}

/// What only HTTP results have.
pub(super) fn details(result: &mut SampleResult) -> &mut HttpDetails {
    result.http.get_or_insert_default()
}

/// Makes a result one of an exception (`HTTPSamplerBase.errorResult`).
///
/// # Errors
/// The fault itself if it is more than an exception.
pub(super) fn fail(result: &mut SampleResult, fault: Fault) -> Result<(), Fault> {
    let Fault::Exception { class, message } = &fault else { return Err(fault) };
    let message = if message.is_empty() { "null" } else { message };
    result.data_type = DataType::Text;
    result.response_data = fault.to_string().into();
    result.response_code = format!("Non HTTP response code: {class}").into();
    result.response_message = format!("Non HTTP response message: {message}").into();
    result.successful = false;
    Ok(())
}

/// Whether a result leads elsewhere (`HTTPSampleResult.isRedirect`).
pub(super) fn is_redirect(result: &SampleResult) -> bool {
    let method = result.http.as_ref().map_or("", |http| http.method.as_ref());
    match &*result.response_code {
        "301" | "302" | "303" | "308" => true,
        "307" => matches!(method, "GET" | "HEAD"),
        _ => false,
    }
}

pub(super) fn missing_location(result: &SampleResult) -> Fault {
    let method = result.http.as_ref().map_or("", |http| http.method.as_ref());
    let url = result.url.as_deref().unwrap_or_default();
    Fault::illegal_argument(format!("Missing location header in redirect for {method} {url} HTTP/1.1"))
}
