//! Addresses as `java.net.URI` checks them (RFC 2396 with brackets allowed in queries).

mod characters;
mod ipv6;
mod normalize;
mod server;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::Url;
use super::form_coding::push_escaped;
use characters::Set;

/// A `java.net.URI`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uri {
    text: String,
    scheme: Option<Range<usize>>,
    /// What an opaque address has instead of everything below.
    is_opaque: bool,
    authority: Option<Range<usize>>,
    user_info: Option<Range<usize>>,
    host: Option<Range<usize>>,
    port: Option<u32>,
    path: Range<usize>,
    query: Option<Range<usize>>,
    fragment: Option<Range<usize>>,
}

/// Why a text is no URI, in the words of `java.net.URISyntaxException`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UriSyntaxError {
    /// The text.
    pub input: String,
    /// What is wrong.
    pub reason: Cow<'static, str>,
    /// Where, counted in UTF-16 units; none if it is the whole.
    pub index: Option<usize>,
}

impl Uri {
    /// `new URI(text)`.
    ///
    /// # Errors
    /// If a character is where it must not be.
    pub fn parse(text: impl Into<String>) -> Result<Self, UriSyntaxError> {
        Reader::new(text.into()).read(false)
    }

    /// `url.toURI()`: Java looks at user and host more closely than at other texts.
    ///
    /// # Errors
    /// If a character is where it must not be.
    pub fn of_url(url: &Url) -> Result<Self, UriSyntaxError> {
        let uri = Self::parse(url.as_str())?;
        match url.wrong_authority() {
            Some(reason) => Err(UriSyntaxError { input: url.authority().into(), reason: reason.into(), index: None }),
            None => Ok(uri),
        }
    }

    /// The address of a URL with what is illegal in it encoded, if anything is: then every `%` is, too
    /// (`new URI(protocol, user, host, port, path, query, reference)`).
    ///
    /// # Errors
    /// If that does not help.
    pub fn encoding(url: &Url) -> Result<Self, UriSyntaxError> {
        if let Ok(uri) = Self::parse(url.as_str()) {
            return Ok(uri);
        }
        let mut text = format!("{}://", url.protocol());
        if let Some(user) = url.user_info() {
            Set::UserInfo.quote(user, &mut text);
            text.push('@');
        }
        text.push_str(url.host());
        if let Some(port) = url.port() {
            text.push(':');
            text.push_str(itoa::Buffer::new().format(port));
        }
        Set::Path.quote(url.path(), &mut text);
        for (mark, part) in [('?', url.query()), ('#', url.reference())] {
            if let Some(part) = part {
                text.push(mark);
                Set::Uric.quote(part, &mut text);
            }
        }
        if !url.path().is_empty() && !url.path().starts_with('/') {
            return Err(UriSyntaxError { input: text, reason: "Relative path in absolute URI".into(), index: None });
        }
        Reader::new(text).read(true)
    }

    /// `new URI(scheme, null, host, port, path, query, null)`: what is illegal in path and query is encoded, and every `%`.
    ///
    /// # Errors
    /// If that does not help.
    pub fn of_parts(
        scheme: &str,
        host: &str,
        port: Option<u32>,
        path: &str,
        query: &str,
    ) -> Result<Self, UriSyntaxError> {
        let mut text = format!("{scheme}://{host}");
        if let Some(port) = port {
            text.push(':');
            text.push_str(itoa::Buffer::new().format(port));
        }
        Set::Path.quote(path, &mut text);
        text.push('?');
        Set::Uric.quote(query, &mut text);
        Reader::new(text).read(true)
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme, as written.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        self.part(self.scheme.as_ref())
    }

    /// User, host and port, as written.
    #[must_use]
    pub fn authority(&self) -> Option<&str> {
        self.part(self.authority.as_ref())
    }

    /// What stands before the host, as written.
    #[must_use]
    pub fn user_info(&self) -> Option<&str> {
        self.part(self.user_info.as_ref())
    }

    /// The host, if it is one: names with an underscore are none.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.part(self.host.as_ref())
    }

    /// The port, if it is written after a host.
    #[must_use]
    pub fn port(&self) -> Option<u32> {
        self.port
    }

    /// The path, as written.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.text[self.path.clone()]
    }

    /// The query, as written.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.part(self.query.as_ref())
    }

    /// What stands behind `#`, as written.
    #[must_use]
    pub fn fragment(&self) -> Option<&str> {
        self.part(self.fragment.as_ref())
    }

    /// Whether it has a scheme, but no path.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// The text in ASCII: other characters are composed (NFC) and then escaped (`toASCIIString`).
    #[must_use]
    pub fn to_ascii(&self) -> Cow<'_, str> {
        if self.text.is_ascii() {
            return (&self.text).into();
        }
        let mut ascii = String::with_capacity(self.text.len() * 2);
        let composed = icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(&self.text);
        for byte in composed.bytes() {
            if byte.is_ascii() { ascii.push(char::from(byte)) } else { push_escaped(byte, &mut ascii) }
        }
        ascii.into()
    }

    fn part(&self, range: Option<&Range<usize>>) -> Option<&str> {
        range.map(|range| &self.text[range.clone()])
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for UriSyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "{} at index {index}: {}", self.reason, self.input),
            None => write!(f, "{}: {}", self.reason, self.input),
        }
    }
}

impl std::error::Error for UriSyntaxError {}

/// Reads a text from left to right; positions are bytes.
struct Reader {
    uri: Uri,
}

/// What is wrong, and where.
struct Wrong(Cow<'static, str>, usize);

impl Wrong {
    fn expected(what: &'static str, at: usize) -> Self {
        Self(format!("Expected {what}").into(), at)
    }
}

impl Reader {
    fn new(text: String) -> Self {
        Self {
            uri: Uri {
                text,
                scheme: None,
                is_opaque: false,
                authority: None,
                user_info: None,
                host: None,
                port: None,
                path: 0..0,
                query: None,
                fragment: None,
            },
        }
    }

    fn read(mut self, needs_server: bool) -> Result<Uri, UriSyntaxError> {
        match self.read_all(needs_server) {
            Ok(()) => Ok(self.uri),
            Err(Wrong(reason, at)) => {
                let index = Some(self.uri.text[..at].encode_utf16().count());
                Err(UriSyntaxError { input: self.uri.text, reason, index })
            }
        }
    }

    fn read_all(&mut self, needs_server: bool) -> Result<(), Wrong> {
        let end = self.uri.text.len();
        let colon = self.find(0, end, b":/?#");
        let mut at = 0;
        if self.is(colon, b':') {
            if colon == 0 {
                return Err(Wrong::expected("scheme name", 0));
            }
            if !self.uri.text.as_bytes()[0].is_ascii_alphabetic() {
                return Err(Wrong("Illegal character in scheme name".into(), 0));
            }
            self.check(0..colon, Set::Scheme, "scheme name")?;
            self.uri.scheme = Some(0..colon);
            at = colon + 1;
        }
        if self.uri.scheme.is_some() && !self.is(at, b'/') {
            let fragment = self.find(at, end, b"#");
            if fragment <= at {
                return Err(Wrong::expected("scheme-specific part", at));
            }
            self.check(at..fragment, Set::Uric, "opaque part")?;
            self.uri.is_opaque = true;
            self.uri.path = at..at;
            at = fragment;
        } else {
            at = self.read_hierarchy(at, needs_server)?;
        }
        if self.is(at, b'#') {
            self.check(at + 1..end, Set::Uric, "fragment")?;
            self.uri.fragment = Some(at + 1..end);
        }
        Ok(())
    }

    fn read_hierarchy(&mut self, start: usize, needs_server: bool) -> Result<usize, Wrong> {
        let end = self.uri.text.len();
        let mut at = start;
        if self.is(at, b'/') && self.is(at + 1, b'/') {
            at += 2;
            let authority = self.find(at, end, b"/?#");
            if authority > at {
                self.read_authority(at..authority, needs_server)?;
                at = authority;
            } else if authority == end {
                return Err(Wrong::expected("authority", at));
            }
        }
        let path = self.find(at, end, b"?#");
        self.check(at..path, Set::Path, "path")?;
        self.uri.path = at..path;
        at = path;
        if self.is(at, b'?') {
            let query = self.find(at + 1, end, b"#");
            self.check(at + 1..query, Set::Uric, "query")?;
            self.uri.query = Some(at + 1..query);
            at = query;
        }
        Ok(at)
    }

    /// Where the first of these is, or the end.
    fn find(&self, from: usize, end: usize, stops: &[u8]) -> usize {
        let bytes = &self.uri.text.as_bytes()[from..end];
        bytes.iter().position(|byte| stops.contains(byte)).map_or(end, |at| from + at)
    }

    fn is(&self, at: usize, byte: u8) -> bool {
        self.uri.text.as_bytes().get(at) == Some(&byte)
    }

    /// Where the first character is that is not of this set.
    fn scan(&self, range: Range<usize>, set: Set) -> Result<usize, Wrong> {
        let start = range.start;
        let text = &self.uri.text[range];
        set.scan(text).map(|at| start + at).map_err(|at| Wrong("Malformed escape pair".into(), start + at))
    }

    fn check(&self, range: Range<usize>, set: Set, part: &'static str) -> Result<(), Wrong> {
        let end = range.end;
        match self.scan(range, set)? {
            at if at < end => Err(Wrong(format!("Illegal character in {part}").into(), at)),
            _ => Ok(()),
        }
    }
}
