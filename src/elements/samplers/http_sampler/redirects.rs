//! Redirects that the sampler follows itself: each request is a part of the result (`HTTPSamplerBase.followRedirects`).

use std::borrow::Cow;

use super::address::malformed;
use super::visit::{Hop, Visit, details, fail, is_redirect};
use crate::java::{MalformedUrl, Uri, Url};
use crate::model::{Fault, SampleResult};

impl Visit<'_> {
    /// Goes on with a result: follows it where it leads.
    pub(super) async fn process(&self, result: SampleResult, hop: Hop) -> Result<SampleResult, Fault> {
        let follows = self.sampler.follow_redirects.get(&mut self.vu.lock())?;
        if !hop.follows && is_redirect(&result) && follows {
            // What the last page needs was fetched with it.
            return self.follow(result, hop.depth).await;
        }
        self.embed(result, hop).await
    }

    async fn follow(&self, first: SampleResult, depth: u32) -> Result<SampleResult, Fault> {
        let properties = &self.sampler.http.properties;
        let rename = properties.renames_parts;
        let mut total = first.clone();
        let mut last = first.clone();
        total.sub_results.clear();
        total.store_part(first, rename);
        let mut count = 0;
        while count < properties.max_redirects {
            let next = match self.next_url(&last) {
                Ok(url) => {
                    let method =
                        if method_of(&last).eq_ignore_ascii_case("HEAD") { method_of(&last) } else { "GET".into() };
                    let hop = Hop { follows: true, depth };
                    match self.sample(url, method, hop).await? {
                        Some(result) => result,
                        // A cache has it.
                        None => break,
                    }
                }
                Err(fault) => {
                    fail(&mut last, fault.clone())?;
                    // The last part is this very result, unless it has parts of its own.
                    if let Some(part) = total.sub_results.last_mut().filter(|_| last.sub_results.is_empty()) {
                        fail(part, fault)?;
                    }
                    break;
                }
            };
            last = next.clone();
            if next.sub_results.is_empty() {
                self.add_part(&mut total, next);
            } else {
                next.sub_results.into_iter().for_each(|part| self.add_part(&mut total, part));
            }
            if !is_redirect(&last) {
                break;
            }
            count += 1;
        }
        if count >= properties.max_redirects {
            let message = format!("Exceeded maximum number of redirects: {}", properties.max_redirects);
            last.sub_results.clear();
            fail(&mut last, Fault::exception("java.io.IOException", message))?;
            self.add_part(&mut total, last.clone());
        }
        finish(&mut total, last);
        Ok(total)
    }

    /// Where a result leads.
    fn next_url(&self, result: &SampleResult) -> Result<Url, Fault> {
        let location = result.http.as_ref().and_then(|http| http.redirect_location.clone()).unwrap_or_default();
        let location = match self.sampler.http.properties.removes_slash_dot_dot {
            true => without_slash_dot_dot(&location),
            false => location,
        };
        let location = location.replace(' ', "%20");
        let base = result.url.as_deref().unwrap_or_default();
        let base = Url::parse(base).map_err(malformed)?;
        sanitized(&relative_url(&base, &location).map_err(malformed)?)
    }
}

fn method_of(result: &SampleResult) -> Cow<'static, str> {
    result.http.as_ref().map_or("GET".into(), |http| http.method.clone())
}

/// The whole looks mostly as if the last part had come at once.
fn finish(total: &mut SampleResult, last: SampleResult) {
    total.label = format!("{}->{}", total.label, last.label).into();
    total.url = last.url;
    if let Some(http) = last.http {
        let own = details(total);
        (own.method, own.query_string) = (http.method, http.query_string);
    }
    total.request_headers = last.request_headers;
    total.response_data = last.response_data;
    total.response_code = last.response_code;
    total.successful = last.successful;
    total.response_message = last.response_message;
    total.data_type = last.data_type;
    total.response_headers = last.response_headers;
    total.content_type = last.content_type;
    total.data_encoding = last.data_encoding;
}

/// An address relative to another; superfluous `../` at its beginning are left out (`ConversionUtils.makeRelativeURL`).
///
/// # Errors
/// If it is none that Java would understand.
pub fn relative_url(base: &Url, location: &str) -> Result<Url, MalformedUrl> {
    let joined = base.join(location)?;
    if !location.starts_with("../") {
        return Ok(joined);
    }
    let path = joined.path().strip_prefix('/').unwrap_or_default();
    let mut surplus = 0;
    while path[surplus..].starts_with("../") {
        surplus += "../".len();
    }
    match location.get(..surplus) == path.get(..surplus) && surplus > 0 {
        true => base.join(&location[surplus..]),
        false => Ok(joined),
    }
}

/// An address whose illegal characters are encoded, if there are any (`ConversionUtils.sanitizeUrl`).
pub(super) fn sanitized(url: &Url) -> Result<Url, Fault> {
    let uri = Uri::encoding(url).map_err(|error| Fault::exception("java.net.URISyntaxException", error.to_string()))?;
    match uri.as_str() == url.as_str() {
        true => Ok(url.clone()),
        false => Url::parse(uri.as_str()).map_err(malformed),
    }
}

/// A place without `segment/..` in its path (`ConversionUtils.removeSlashDotDot`).
fn without_slash_dot_dot(location: &str) -> Cow<'static, str> {
    let location = location.trim();
    if location.len() < 4 || !location.contains("/..") {
        return location.to_owned().into();
    }
    let start = match location.find("://") {
        Some(at) => match location[at + 3..].find('/') {
            Some(slash) => at + 3 + slash,
            None => return location.to_owned().into(),
        },
        None => 0,
    };
    let end = [location.find('?'), location.find('#')].into_iter().find_map(|at| at.filter(|at| *at > 0));
    let end = end.unwrap_or(location.len()).max(start);
    let path = &location[start..end];
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match segment {
            ".." if segments.last().is_some_and(|last| *last != "..") => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let slash = |has: bool| if has { "/" } else { "" };
    let tail = slash(path.ends_with('/') && !segments.is_empty());
    format!("{}{}{}{tail}{}", &location[..start], slash(path.starts_with('/')), segments.join("/"), &location[end..])
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lose_their_dots() {
        let check = |location: &str, expected: &str| assert_eq!(without_slash_dot_dot(location), expected);
        check("/a/../b", "/b");
        check("http://h/a/b/../../c?x=/..", "http://h/c?x=/..");
        check("../../a", "../../a");
        check("/a/b/..", "/a");
        check("/a/b/../", "/a/");
        check(" /a/.. ", "/");
        check("http://h/..", "http://h/..");
    }

    #[test]
    fn addresses_are_relative_to_others() {
        let check = |base: &str, location: &str, expected: &str| {
            assert_eq!(relative_url(&Url::parse(base).unwrap(), location).unwrap().as_str(), expected);
        };
        check("http://h/a/b", "c", "http://h/a/c");
        check("http://h/a/b", "../../../c", "http://h/c");
        check("http://h/a/b", "?x", "http://h/a/?x");
        check("http://h/a/b", "//other/c", "http://other/c");
    }
}
