//! Redirects that the client follows by itself, unseen: one result with the last address (`RedirectExec`,
//! `LaxRedirectStrategy` of Apache HttpClient 4.5).

use super::body::{Body, Data};
use super::draft::Draft;
use super::failure;
use super::response::latin1;
use super::target::{Host, normalized, request_target};
use super::visit::Visit;
use crate::java::{Uri, Url};
use crate::model::Fault;
use crate::protocol::http::ResponseHead;

/// Where redirects have led so far.
#[derive(Default)]
pub(super) struct Trail(Vec<Uri>);

impl Visit<'_> {
    /// Makes the request the one that a response leads to. `false` if the response is the final one.
    ///
    /// # Errors
    /// If it leads in a circle, too far, or nowhere.
    pub(super) fn redirect(
        &self,
        draft: &mut Draft<'_>,
        response: &ResponseHead,
        trail: &mut Trail,
    ) -> Result<bool, Fault> {
        if !leads_elsewhere(&draft.method, response) {
            return Ok(false);
        }
        // All that goes wrong here is "null" in JMeter's results.
        let broken = failure::client_protocol;
        if trail.0.len() >= self.sampler.http.properties.max_automatic_redirects() {
            return Err(broken());
        }
        let location = response.first("Location").ok_or_else(broken)?;
        let target = location_of(&latin1(&location), &draft.uri).ok_or_else(broken)?;
        if trail.0.contains(&target) {
            return Err(broken());
        }
        let host = Host::of(&target).map_err(|_| broken())?;
        if !matches!(host.scheme.as_str(), "http" | "https") {
            return Err(broken());
        }
        trail.0.push(target.clone());
        draft.uri = target;
        let is = |name: &str| draft.method.eq_ignore_ascii_case(name);
        if !matches!(response.status(), 307 | 308) || is("GET") || is("HEAD") {
            draft.method = if is("HEAD") { "HEAD".into() } else { "GET".into() };
            draft.takes_body = false;
            draft.body = None;
        }
        if draft.takes_body {
            copy_form(draft);
        }
        if let Ok(url) = Url::parse(draft.uri.as_str()) {
            draft.url = url;
        }
        Ok(true)
    }
}

/// A form that is sent again is read and written anew: one without parameters is none, and but for POST and PUT the
/// parameters move to the address (`RequestBuilder.copy`).
fn copy_form(draft: &mut Draft<'_>) {
    let is_form = |body: &Body| {
        body.content_type.as_deref().is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
    };
    let Some(Body { data: Data::Memory(form), .. }) = draft.body.as_ref().filter(|body| is_form(body)) else { return };
    let in_body = ["POST", "PUT"].iter().any(|name| name.eq_ignore_ascii_case(&draft.method));
    if in_body && !form.is_empty() {
        return;
    }
    if !form.is_empty() {
        let mark = if draft.uri.query().is_some() { '&' } else { '?' };
        let (address, fragment) = draft.uri.as_str().split_once('#').unwrap_or((draft.uri.as_str(), ""));
        let form = String::from_utf8_lossy(form);
        let end = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        if let Ok(uri) = Uri::parse(format!("{address}{mark}{form}{end}")) {
            draft.uri = uri;
        }
    }
    draft.takes_body = false;
    draft.body = None;
}

/// The address that a result shows when the client may follow redirects: what was sent last, put together again.
pub(super) fn shown_url(uri: &Uri) -> Option<Url> {
    let host = Host::of(uri).ok()?;
    Url::parse(&format!("{}://{}{}", host.scheme, host.header(), request_target(uri))).ok()
}

fn leads_elsewhere(method: &str, response: &ResponseHead) -> bool {
    let may_follow = ["GET", "POST", "HEAD", "DELETE"].iter().any(|name| name.eq_ignore_ascii_case(method));
    match response.status() {
        302 => may_follow && response.has_location(),
        301 | 307 | 308 => may_follow,
        303 => true,
        _ => false,
    }
}

/// The address that a location means (`DefaultRedirectStrategy.getLocationURI`).
fn location_of(location: &str, base: &Uri) -> Option<Uri> {
    let uri = normalized(&Uri::parse(location).ok()?);
    if uri.scheme().is_some() {
        return Some(uri);
    }
    let base = normalized(base);
    if uri.as_str().starts_with('?') {
        // A query alone keeps the whole path, which Java's own rules would shorten.
        let path = base.as_str().split(['?', '#']).next().unwrap_or_default();
        return Uri::parse(format!("{path}{}", uri.as_str())).ok();
    }
    let base = Url::parse(base.as_str()).ok()?;
    // An authority that is empty is none, which addresses as `java.net.URL` knows them do not say.
    let relative = uri.as_str().strip_prefix("//").filter(|_| uri.authority().is_none()).unwrap_or(uri.as_str());
    let joined = base.join(relative).ok()?;
    Some(normalized(&Uri::parse(joined.as_str()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_relative_and_normal() {
        let check = |location: &str, expected: &str| {
            let base = Uri::parse("http://Host:81/a/b?x").unwrap();
            assert_eq!(location_of(location, &base).map_or_else(String::new, |uri| uri.to_string()), expected);
        };
        check("http://Other/x/../y", "http://other/y");
        check("/x/./y?z", "http://host:81/x/y?z");
        check("../c", "http://host:81/c");
        check("c", "http://host:81/a/c");
        check("///c", "http://host:81/c");
        check("/x/%2e%2E/c", "http://host:81/c");
        check("?q", "http://host:81/a/b?q");
        check("a b", "");
    }
}
