//! A request before Apache HttpClient adds to it: what a sampler's properties and the managers in its scope make of an
//! address (`HTTPHC4Impl.setupRequest`).

use std::borrow::Cow;
use std::net::IpAddr;

use super::body::{self, Body, Ingredients};
use super::files::{self, File};
use super::headers::HeaderList;
use super::parameters::{self, Parameter};
use super::proxy::ProxyNow;
use super::sampler::HttpSampler;
use super::source_address::Source;
use crate::java::{Uri, Url};
use crate::model::{Fault, VirtualUser};
use crate::protocol::http::Resolver;

/// A request in the making.
pub(super) struct Draft<'a> {
    pub url: Url,
    pub uri: Uri,
    pub method: Cow<'a, str>,
    pub headers: HeaderList<'a>,
    /// The client follows redirects by itself.
    pub follows_redirects: bool,
    /// Whether the method is one that has a body, be it an empty one.
    pub takes_body: bool,
    pub body: Option<Body>,
    pub proxy: Option<ProxyNow>,
    pub source: Option<Source>,
    /// The address that the source stands for.
    pub local: Option<IpAddr>,
}

impl<'a> Draft<'a> {
    /// The request for an address. `follows` tells that a redirect led there: then there is no body.
    ///
    /// # Errors
    /// What Java throws before it begins to measure.
    pub fn new(
        sampler: &'a HttpSampler,
        url: Url,
        method: Cow<'a, str>,
        follows: bool,
        vu: &mut VirtualUser,
    ) -> Result<Box<Self>, Fault> {
        let proxy = sampler.proxy.now(url.host(), sampler.http.proxy.as_ref(), vu)?;
        let uri =
            Uri::of_url(&url).map_err(|error| Fault::exception("java.net.URISyntaxException", error.to_string()))?;
        let takes_body = takes_body(sampler, &method, follows, vu)?;
        let source = sampler.source_address.now(vu)?;
        let source = source.or(sampler.http.local_address.as_ref().map(|local| Source::Address(local.address)));
        let mut headers = HeaderList::with_capacity(8);
        let keeps_alive = sampler.use_keepalive.get(vu)?;
        headers.add("Connection", if keeps_alive { "keep-alive" } else { "close" });
        add_headers(sampler, &url, &mut headers, vu)?;
        if let Some(cache) = &sampler.scope.cache {
            for (name, value) in cache.conditions(&url, headers.as_slice(), vu) {
                headers.set(name, value);
            }
        }
        let follows_redirects = sampler.auto_redirects.get(vu)?;
        let (body, local) = (None, None);
        Ok(Box::new(Self { url, uri, method, headers, follows_redirects, takes_body, body, proxy, source, local }))
    }

    /// Finds the address that the request comes from.
    ///
    /// # Errors
    /// If there is none of that name.
    pub async fn find_source(&mut self, resolver: &Resolver) -> Result<(), Fault> {
        if let Some(source) = &self.source {
            self.local = Some(source.address(resolver).await?);
        }
        Ok(())
    }

    /// Adds the body.
    ///
    /// # Errors
    /// What Java throws when it cannot make one.
    pub fn add_body(&mut self, sampler: &HttpSampler, vu: &mut VirtualUser) -> Result<(), Fault> {
        if !self.takes_body {
            return Ok(());
        }
        let parameters = parameters::current(&sampler.parameters, vu);
        let files = sampler.files_now(vu)?;
        let encoding = sampler.address.encoding(vu)?;
        let is_raw = body::is_raw(sampler.post_body_raw.get(vu)?, &parameters, vu)?;
        let ingredients = Ingredients {
            parameters: &parameters,
            files: &files,
            encoding: &encoding,
            is_multipart: sampler.do_multipart_post.get(vu)?,
            is_browser_compatible: sampler.browser_compatible_multipart.get(vu)?,
            is_raw,
            adds_content_type: sampler.http.properties.adds_content_type,
        };
        self.body = Some(ingredients.body(&mut self.headers, vu)?);
        Ok(())
    }
}

/// Whether a request with that method has a body (`HTTPHC4Impl.createHttpRequest`).
fn takes_body(sampler: &HttpSampler, method: &str, follows: bool, vu: &mut VirtualUser) -> Result<bool, Fault> {
    match method {
        "GET" if follows => Ok(false),
        "GET" => {
            let parameters: Cow<'_, [Parameter]> = parameters::current(&sampler.parameters, vu);
            let files: Vec<File> = sampler.files_now(vu)?;
            Ok(parameters.is_empty() && files::is_body(&files)
                || body::is_raw(sampler.post_body_raw.get(vu)?, &parameters, vu)?)
        }
        "HEAD" | "TRACE" | "OPTIONS" => Ok(false),
        "POST" | "PUT" | "DELETE" | "PATCH" => Ok(true),
        _ if is_token(method) => Ok(true),
        _ => Err(Fault::illegal_argument(format!("Unexpected method: '{method}'"))),
    }
}

/// What may be the name of a method (`HttpWebdav.isWebdavMethod`).
fn is_token(method: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !method.is_empty() && method.bytes().all(is_part)
}

/// Adds the headers of the managers in scope (`HTTPHC4Impl.setConnectionHeaders`).
fn add_headers<'a>(
    sampler: &'a HttpSampler,
    url: &Url,
    headers: &mut HeaderList<'a>,
    vu: &mut VirtualUser,
) -> Result<(), Fault> {
    for (name, value) in sampler.scope.headers.get(vu)? {
        if name.eq_ignore_ascii_case("Content-Length") {
            continue;
        }
        if name.eq_ignore_ascii_case("Host") {
            headers.add("Host", host_header(&value, url));
        } else {
            headers.add(name, value);
        }
    }
    Ok(())
}

/// A host by hand: it gets the port of the address if it has none, and loses that of the protocol.
fn host_header(value: &str, url: &Url) -> String {
    let named =
        value.rsplit_once(':').filter(|(_, port)| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let (host, port) = match named {
        Some((host, port)) => (host, port.parse().ok()),
        None => (value, url.port()),
    };
    match port.filter(|port| Some(*port) != url.default_port()) {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_by_hand_get_ports() {
        let check = |value: &str, url: &str, expected: &str| {
            assert_eq!(host_header(value, &Url::parse(url).unwrap()), expected, "{value} for {url}");
        };
        check("a", "http://h/", "a");
        check("a", "http://h:8080/", "a:8080");
        check("a:81", "http://h:8080/", "a:81");
        check("a:80", "http://h:8080/", "a");
        check("a:80", "https://h/", "a:80");
        check("a:", "http://h/", "a:");
    }

    #[test]
    fn methods_are_tokens() {
        let check = |method: &str, expected| assert_eq!(is_token(method), expected, "{method}");
        check("FOO", true);
        check("VERSION-CONTROL", true);
        check("", false);
        check(" GET", false);
        check("${m}", false);
    }
}
