//! Embedded resources: what a page or style sheet needs beside itself is fetched, too, and all of it is one sample
//! (`HTTPSamplerBase.downloadPageResources`).

use std::fmt::Write;

use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt};

use super::page::{Parser, media_type};
use super::redirects::sanitized;
use super::visit::{Hop, Visit, fail};
use crate::elements::config::http_scope::CookieJar;
use crate::elements::pattern_prop::PatternProp;
use crate::elements::samplers::Sampled;
use crate::java::{self, Charset, Uri, Url};
use crate::model::{DataType, Fault, Fields, Prop, SampleResult, VirtualUser};
use crate::query::regex::Pattern;

/// How many downloads run side by side if the plan does not say.
const POOL_SIZE: usize = 6;

/// Which resources of a page are fetched, and how.
pub(super) struct Embedded {
    wanted: Prop<bool>,
    is_parallel: Prop<bool>,
    pool_size: Prop<String>,
    allow: PatternProp,
    exclude: PatternProp,
}

/// What a page's resources are chosen by.
struct Filter {
    allow: Option<std::sync::Arc<Pattern>>,
    exclude: Option<std::sync::Arc<Pattern>>,
}

impl Embedded {
    pub fn load(fields: &Fields<'_>) -> Self {
        let pattern = |name| PatternProp::new(fields.text(name, ""), fields);
        Self {
            wanted: fields.prop("HTTPSampler.image_parser", false),
            is_parallel: fields.prop("HTTPSampler.concurrentDwn", false),
            pool_size: fields.text("HTTPSampler.concurrentPool", ""),
            allow: pattern("HTTPSampler.embedded_url_re"),
            exclude: pattern("HTTPSampler.embedded_url_exclude_re"),
        }
    }

    /// Whether resources are fetched at all.
    pub fn is_wanted(&self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        self.wanted.get(vu)
    }

    /// How many downloads run side by side; 1 is one after the other.
    fn parallel(&self, vu: &mut VirtualUser) -> Result<usize, Fault> {
        if !self.is_parallel.get(vu)? {
            return Ok(1);
        }
        let size = java::parse_int(&self.pool_size.text(vu)?);
        Ok(size.map_or(POOL_SIZE, |size| usize::try_from(size).unwrap_or(1).max(1)))
    }

    fn filter(&self, vu: &mut VirtualUser) -> Result<Filter, Fault> {
        let pattern = |of: &PatternProp, vu: &mut VirtualUser| {
            if of.text().text(vu)?.is_empty() {
                return Ok::<_, Fault>(None);
            }
            Ok(of.get(vu)?.inspect_err(warn_of_pattern).ok())
        };
        Ok(Filter { allow: pattern(&self.allow, vu)?, exclude: pattern(&self.exclude, vu)? })
    }
}

fn warn_of_pattern(error: &crate::query::regex::SyntaxError) {
    log::warn!(target: "o.a.j.p.h.s.HTTPSamplerBase", "Ignoring embedded URL string: {error}");
}

impl Filter {
    /// Whether a resource is fetched: an expression has to match its whole address.
    fn takes(&self, url: &Url) -> bool {
        let matches = |pattern: &Pattern| pattern.is_whole(url.as_str());
        self.allow.as_deref().is_none_or(matches) && !self.exclude.as_deref().is_some_and(matches)
    }
}

impl Visit<'_> {
    /// Fetches what a result needs, if it is wanted.
    ///
    /// # Errors
    /// What costs the sample.
    pub(super) async fn embed(&self, mut result: SampleResult, hop: Hop) -> Result<SampleResult, Fault> {
        let properties = &self.sampler.http.properties;
        let is_page = result.successful && result.data_type == DataType::Text;
        if !is_page || !self.sampler.embedded.wanted.get(&mut self.vu.lock())? {
            return Ok(result);
        }
        if i64::from(hop.depth) > properties.max_frame_depth {
            let message = "Maximum frame/iframe nesting depth exceeded.";
            self.add_failure(&mut result, Fault::exception("java.lang.Exception", message))?;
            return Ok(result);
        }
        let urls = match self.resources(&result) {
            Ok(urls) if urls.is_empty() => return Ok(result),
            Ok(urls) => urls,
            Err(fault) => {
                self.add_failure(&mut result, fault)?;
                self.tell_success(&mut result, false);
                return Ok(result);
            }
        };
        let container = if properties.separates_container || hop.follows {
            let mut container = result.clone();
            container.store_part(result, properties.renames_parts);
            container
        } else {
            result
        };
        self.download(container, urls, hop.depth + 1).await
    }

    fn resources(&self, result: &SampleResult) -> Result<Vec<Url>, Fault> {
        if result.response_data.is_empty() {
            return Ok(Vec::new());
        }
        let Some(parser) = Parser::of(&media_type(result)) else { return Ok(Vec::new()) };
        let Some(page) = result.url.as_deref().and_then(|url| Url::parse(url).ok()) else { return Ok(Vec::new()) };
        let encoding = result.encoding(&self.sampler.http.properties.default_encoding);
        let Some(charset) = Charset::named(encoding) else {
            let message = format!("java.io.UnsupportedEncodingException: {encoding}");
            return Err(Fault::exception("org.apache.jmeter.protocol.http.parser.HTMLParseException", message));
        };
        let headers = &result.request_headers;
        let agent = headers.split_once("User-Agent: ").and_then(|(_, value)| value.lines().next()).unwrap_or_default();
        parser.resources(&charset.decode(&result.response_data), &page, agent)
    }

    async fn download(&self, mut page: SampleResult, urls: Vec<Url>, depth: u32) -> Result<SampleResult, Fault> {
        let (filter, parallel) = {
            let vu = &mut self.vu.lock();
            (self.sampler.embedded.filter(vu)?, self.sampler.embedded.parallel(vu)?)
        };
        let mut chosen = Vec::with_capacity(urls.len());
        for url in urls {
            let url = escaped(url);
            if !filter.takes(&url) {
                continue;
            }
            let normal = Uri::parse(url.as_str()).ok().and_then(|uri| Url::parse(uri.normalize().as_str()).ok());
            let Some(url) = normal else {
                let fault = Fault::exception("java.lang.Exception", format!("{url} URI can not be normalized"));
                self.add_failure(&mut page, fault)?;
                self.tell_success(&mut page, false);
                continue;
            };
            if parallel > 1 {
                chosen.push(url);
                continue;
            }
            let part = self.sample(url, "GET".into(), Hop { follows: false, depth }).await?;
            self.add_resource(&mut page, part);
        }
        self.download_together(&mut page, chosen, depth, parallel).await?;
        Ok(page)
    }

    /// Fetches resources side by side. Each sees the cookies as they were before, and all get together afterwards.
    async fn download_together(
        &self,
        page: &mut SampleResult,
        urls: Vec<Url>,
        depth: u32,
        parallel: usize,
    ) -> Result<(), Fault> {
        if urls.is_empty() {
            return Ok(());
        }
        let visits: Vec<Self> = (0..urls.len()).map(|index| self.beside(index % parallel)).collect();
        let mut downloads: Vec<BoxFuture<'_, (usize, Sampled)>> = Vec::with_capacity(urls.len());
        for (index, (url, visit)) in urls.into_iter().zip(&visits).enumerate() {
            let download = visit.sample(url, "GET".into(), Hop { follows: false, depth });
            downloads.push(Box::pin(async move { (index, download.await) }));
        }
        let mut done: Vec<_> = stream::iter(downloads).buffer_unordered(parallel).collect().await;
        done.sort_by_key(|(index, _)| *index);
        for ((_, part), visit) in done.into_iter().zip(visits) {
            self.merge_cookies(visit.jar.into_inner());
            self.add_resource(page, part?);
        }
        Ok(())
    }

    /// The same visit for a download that runs beside others.
    fn beside(&self, slot: usize) -> Self {
        let jar: Option<CookieJar> = self.copy_cookies();
        let hashes = self.hashes || self.sampler.http.properties.hashes_resources;
        Self {
            sampler: self.sampler,
            vu: self.vu,
            client: self.client.clone(),
            handle: self.handle.clone(),
            deadline: self.deadline,
            clock: self.clock,
            thread_name: format!("ResDownload-Thread-{}", slot + 1).into(),
            timeouts: self.timeouts,
            keeps_headers: self.keeps_headers,
            body_limit: if hashes { usize::MAX } else { self.body_limit },
            most_stored: self.most_stored,
            hashes,
            jar: parking_lot::Mutex::new(jar),
        }
    }

    fn add_resource(&self, page: &mut SampleResult, part: Option<SampleResult>) {
        let is_good = part.as_ref().is_none_or(|part| part.successful);
        if let Some(part) = part {
            self.add_part(page, part);
        }
        let is_good = page.successful && is_good;
        self.tell_success(page, is_good);
    }

    /// Adds a part that failed before it was sent, but looks like the result otherwise.
    fn add_failure(&self, result: &mut SampleResult, fault: Fault) -> Result<(), Fault> {
        let mut part = result.clone();
        part.sub_results.clear();
        fail(&mut part, fault)?;
        self.add_part(result, part);
        Ok(())
    }

    /// A page is as good as all it needs, and its message names what failed.
    fn tell_success(&self, page: &mut SampleResult, is_good: bool) {
        if self.sampler.http.properties.ignores_failed_resources {
            return;
        }
        page.successful = is_good;
        if is_good {
            return;
        }
        let mut message = "Embedded resource download error:".to_owned();
        for part in page.sub_results.iter().filter(|part| !part.successful) {
            let url = part.url.as_deref().unwrap_or("null");
            let _ = write!(message, "{url} code:{} message:{}, ", part.response_code, part.response_message);
        }
        page.response_message = message.into();
    }
}

/// The address with illegal characters encoded; files stay as they are.
fn escaped(url: Url) -> Url {
    if url.protocol() == "file" {
        return url;
    }
    sanitized(&url).unwrap_or(url)
}
