//! `java.net.URL` and `URI`: addresses, as far as their parts go. Nothing here opens a connection.

use std::sync::Arc;

use crate::java::string_hash;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.net.URL`.
pub static URL: Static =
    Static::new(|| Class::new("java.net.URL").constructors(URL_CONSTRUCTORS).methods(METHODS).also(URL_METHODS));
/// `java.net.URI`.
pub static URI: Static = Static::new(|| {
    Class::new("java.net.URI").constructors(URI_CONSTRUCTORS).statics(URI_STATICS).methods(METHODS).also(URI_METHODS)
});

/// An address in its parts. `None` is what Java gives as `null`.
pub struct Address {
    class: &'static Class,
    text: Arc<str>,
    scheme: Option<String>,
    authority: Option<String>,
    path: String,
    query: Option<String>,
    fragment: Option<String>,
}

impl HostObject for Address {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.text.to_string())
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>().is_some_and(|other| std::ptr::eq(self.class, other.class) && self.text == other.text)
    }

    fn hash(&self) -> Option<i32> {
        Some(string_hash(&self.text))
    }
}

/// The protocols that Java knows, with their ports.
const PORTS: [(&str, i32); 5] = [("http", 80), ("https", 443), ("ftp", 21), ("file", -1), ("jar", -1)];

impl Address {
    /// Takes an address apart as RFC 3986 has it.
    fn of(class: &'static Class, text: &str) -> Self {
        let (rest, fragment) = split(text, '#');
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme.to_owned()), rest),
            _ => (None, rest),
        };
        let (rest, query) = split(rest, '?');
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find('/').unwrap_or(rest.len());
                (Some(rest[..end].to_owned()), rest[end..].to_owned())
            }
            None => (None, rest.to_owned()),
        };
        Self { class, text: text.into(), scheme, authority, path, query, fragment }
    }

    fn user_info(&self) -> Option<&str> {
        self.authority.as_deref()?.rsplit_once('@').map(|(user, _)| user)
    }

    fn host_and_port(&self) -> Option<(&str, Option<i32>)> {
        let authority = self.authority.as_deref()?;
        let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
        match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => Some((host, port.parse().ok())),
            _ => Some((place, None)),
        }
    }

    fn default_port(&self) -> i32 {
        let scheme = self.scheme.as_deref().unwrap_or_default();
        PORTS.iter().find(|(name, _)| *name == scheme).map_or(-1, |(_, port)| *port)
    }

    /// The path with the query.
    fn file(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

fn split(text: &str, at: char) -> (&str, Option<String>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after.to_owned())),
        None => (text, None),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'))
}

fn malformed(message: String) -> Thrown {
    Thrown::new("java.net.MalformedURLException", message)
}

/// The object of a URL.
///
/// # Errors
/// `MalformedURLException`.
pub fn parse(text: &str) -> Outcome {
    let mut address = Address::of(&URL, text.trim());
    let Some(scheme) = &mut address.scheme else { return Err(malformed(format!("no protocol: {text}"))) };
    scheme.make_ascii_lowercase();
    if !PORTS.iter().any(|(name, _)| *name == scheme.as_str()) {
        return Err(malformed(format!("unknown protocol: {scheme}")));
    }
    ok(Value::object(address))
}

fn parse_uri(text: &str) -> Outcome {
    let forbidden =
        |char: char| char.is_whitespace() || matches!(char, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
    if let Some(at) = text.find(forbidden) {
        let part = if text[..at].contains('?') { "query" } else { "path" };
        let index = text[..at].encode_utf16().count();
        let message = format!("Illegal character in {part} at index {index}: {text}");
        return Err(Thrown::new("java.net.URISyntaxException", message));
    }
    ok(Value::object(Address::of(&URI, text)))
}

/// What an address is relative to another one.
fn resolve(base: &str, text: &str) -> String {
    match url::Url::parse(base).and_then(|base| base.join(text)) {
        Ok(joined) => joined.to_string(),
        Err(_) => text.to_owned(),
    }
}

const URL_CONSTRUCTORS: &[Row] = &[
    new("String", |c| parse(c.text(0)?)),
    new("Object, String", |c| {
        let base = c.text_of(0)?;
        parse(&resolve(&base, c.text(1)?))
    }),
    new("String, String, String", |c| parse(&format!("{}://{}{}", c.text(0)?, c.text(1)?, c.text(2)?))),
    new("String, String, int, String", |c| {
        parse(&format!("{}://{}:{}{}", c.text(0)?, c.text(1)?, c.int(2), c.text(3)?))
    }),
];

const URI_STATICS: &[Row] = &[row("create", "String", |c| parse_uri(c.text(0)?))];
const URI_CONSTRUCTORS: &[Row] = &[new("String", |c| parse_uri(c.text(0)?))];

const METHODS: &[Row] = &[
    row("getHost", "", |c| {
        let own = c.this_as::<Address>()?;
        let host = own.host_and_port().map(|(host, _)| host.to_owned());
        ok(if own.class.name == URL.name { Some(host.unwrap_or_default()) } else { host })
    }),
    row("getPort", "", |c| ok(c.this_as::<Address>()?.host_and_port().and_then(|(_, port)| port).unwrap_or(-1))),
    row("getPath", "", |c| ok(c.this_as::<Address>()?.path.clone())),
    row("getQuery", "", |c| ok(c.this_as::<Address>()?.query.clone())),
    row("getAuthority", "", |c| ok(c.this_as::<Address>()?.authority.clone())),
    row("getUserInfo", "", |c| ok(c.this_as::<Address>()?.user_info().map(str::to_owned))),
];

const URL_METHODS: &[Row] = &[
    row("getProtocol", "", |c| ok(c.this_as::<Address>()?.scheme.clone())),
    row("getDefaultPort", "", |c| ok(c.this_as::<Address>()?.default_port())),
    row("getFile", "", |c| ok(c.this_as::<Address>()?.file())),
    row("getRef", "", |c| ok(c.this_as::<Address>()?.fragment.clone())),
    row("toExternalForm", "", |c| ok(c.this_as::<Address>()?.text.clone())),
    row("toURI", "", |c| parse_uri(&c.this_as::<Address>()?.text)),
];

const URI_METHODS: &[Row] = &[
    row("getScheme", "", |c| ok(c.this_as::<Address>()?.scheme.clone())),
    row("getFragment", "", |c| ok(c.this_as::<Address>()?.fragment.clone())),
    row("getRawPath", "", |c| ok(c.this_as::<Address>()?.path.clone())),
    row("getRawQuery", "", |c| ok(c.this_as::<Address>()?.query.clone())),
    row("isAbsolute", "", |c| ok(c.this_as::<Address>()?.scheme.is_some())),
    row("toASCIIString", "", |c| ok(c.this_as::<Address>()?.text.clone())),
    row("toURL", "", |c| parse(&c.this_as::<Address>()?.text)),
    row("resolve", "Object", |c| {
        let text = c.text_of(0)?;
        parse_uri(&resolve(&c.this_as::<Address>()?.text, &text))
    }),
];
