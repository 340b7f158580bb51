//! Addresses as `java.net.URL` knows them: nearly every text is one, and it stays as it is written.

mod spec;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

/// A `java.net.URL`. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Url {
    text: Arc<str>,
    protocol_end: u32,
    /// `None` differs from an empty one when other addresses are joined to this one.
    authority: Option<Span>,
    user_info: Option<Span>,
    host: Span,
    port: Option<u32>,
    path: Span,
    query: Option<Span>,
    reference: Option<Span>,
}

/// A range of bytes in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Span(u32, u32);

/// Why a text is no address, in the words of `java.net.MalformedURLException`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MalformedUrl(pub String);

/// An address in parts.
#[derive(Default)]
struct Parts<'a> {
    protocol: String,
    authority: Option<&'a str>,
    user_info: Option<&'a str>,
    host: &'a str,
    port: Option<u32>,
    path: String,
    query: Option<&'a str>,
    reference: Option<&'a str>,
}

/// The protocols that Java knows how to open.
const PROTOCOLS: &[&str] = &["http", "https", "ftp", "file", "jar", "mailto", "jmod", "jrt"];

impl Url {
    /// `new URL(spec)`.
    ///
    /// # Errors
    /// If the protocol is missing or unknown, or the port is no number.
    pub fn parse(spec: &str) -> Result<Self, MalformedUrl> {
        Ok(Self::of(&Parts::read(None, spec)?))
    }

    /// `new URL(this, spec)`.
    ///
    /// # Errors
    /// As [`Url::parse`].
    pub fn join(&self, spec: &str) -> Result<Self, MalformedUrl> {
        Ok(Self::of(&Parts::read(Some(self), spec)?))
    }

    /// `new URL(protocol, host, port, file)`; port -1 is the protocol's own, and relative files have no host.
    ///
    /// # Errors
    /// If the protocol is unknown, the port negative, or the host contains what no host may.
    pub fn of_parts(protocol: &str, host: Option<&str>, port: i32, file: &str) -> Result<Self, MalformedUrl> {
        let protocol = protocol.to_lowercase();
        let host = host.map(|host| match host.contains(':') && !host.starts_with('[') {
            true => format!("[{host}]"),
            false => host.to_owned(),
        });
        let port = match (&host, port) {
            (None, _) | (_, -1) => None,
            (_, port) => Some(u32::try_from(port).map_err(|_| MalformedUrl(format!("Invalid port number :{port}")))?),
        };
        check_protocol(&protocol)?;
        check_host(host.as_deref().unwrap_or_default())?;
        let authority = host.as_ref().map(|host| port.map_or_else(|| host.clone(), |port| format!("{host}:{port}")));
        let (file, reference) = split_reference(file);
        let (path, query) = file.rsplit_once('?').map_or((file, None), |(path, query)| (path, Some(query)));
        Ok(Self::of(&Parts {
            protocol,
            authority: authority.as_deref(),
            user_info: None,
            host: host.as_deref().unwrap_or_default(),
            port,
            path: path.to_owned(),
            query,
            reference,
        }))
    }

    /// The whole text (`toExternalForm`).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole text, shared.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The protocol, in lower case.
    #[must_use]
    pub fn protocol(&self) -> &str {
        &self.text[..self.protocol_end as usize]
    }

    /// User, host and port as written; empty if there are none.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.authority.map_or("", |span| self.part(span))
    }

    /// What stands before the host, without its `@`.
    #[must_use]
    pub fn user_info(&self) -> Option<&str> {
        self.user_info.map(|span| self.part(span))
    }

    /// The host as written, IPv6 in brackets; empty if there is none.
    #[must_use]
    pub fn host(&self) -> &str {
        self.part(self.host)
    }

    /// The port, if it is written.
    #[must_use]
    pub fn port(&self) -> Option<u32> {
        self.port
    }

    /// The port, or the protocol's own.
    #[must_use]
    pub fn effective_port(&self) -> Option<u32> {
        self.port.or_else(|| self.default_port())
    }

    /// The protocol's own port.
    #[must_use]
    pub fn default_port(&self) -> Option<u32> {
        match self.protocol() {
            "http" => Some(80),
            "https" => Some(443),
            "ftp" => Some(21),
            _ => None,
        }
    }

    /// Whether it is HTTP over TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.protocol() == "https"
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.part(self.path)
    }

    /// The query, without its question mark.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.query.map(|span| self.part(span))
    }

    /// What stands after the `#`.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.map(|span| self.part(span))
    }

    /// What is wrong with user or host, although an address may have it (`IPAddressUtil.checkAuthority`).
    pub(super) fn wrong_authority(&self) -> Option<String> {
        let is_wrong = |char: &char| matches!(char, '\0'..=' ' | '\x7f' | '#' | '/' | '?' | '@' | '[' | ']' | '\\');
        if let Some(char) = self.user_info().and_then(|user| user.chars().find(is_wrong)) {
            return Some(format!("Illegal character found in user-info: {}", described(char)));
        }
        let host = self.host();
        if host.starts_with('[') && host.ends_with(']') {
            return None;
        }
        let char = host.chars().find(|char| is_wrong(char) || *char == ':')?;
        Some(format!("Illegal character found in host: {}", described(char)))
    }

    fn part(&self, span: Span) -> &str {
        &self.text[span.0 as usize..span.1 as usize]
    }

    fn of(parts: &Parts<'_>) -> Self {
        let room = parts.protocol.len() + parts.path.len() + parts.authority.unwrap_or_default().len();
        let mut text = String::with_capacity(room + parts.query.unwrap_or_default().len() + 8);
        let mut add = |before: &str, part: &str| {
            text.push_str(before);
            let start = text.len() as u32;
            text.push_str(part);
            Span(start, text.len() as u32)
        };
        let protocol = add("", &parts.protocol);
        add("", ":");
        let authority = parts.authority.map(|written| add(if written.is_empty() { "" } else { "//" }, written));
        let path = add("", &parts.path);
        let query = parts.query.map(|query| add("?", query));
        let reference = parts.reference.map(|reference| add("#", reference));
        let start = authority.unwrap_or_default().0;
        let user_info = parts.user_info.map(|user| Span(start, start + user.len() as u32));
        let host = user_info.map_or(start, |user| user.1 + 1);
        let host = if parts.host.is_empty() { Span(0, 0) } else { Span(host, host + parts.host.len() as u32) };
        let (protocol_end, port) = (protocol.1, parts.port);
        Self { text: text.into(), protocol_end, authority, user_info, host, port, path, query, reference }
    }
}

impl PartialEq for Url {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Url {}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn check_protocol(protocol: &str) -> Result<(), MalformedUrl> {
    match PROTOCOLS.contains(&protocol) {
        true => Ok(()),
        false => Err(MalformedUrl(format!("unknown protocol: {protocol}"))),
    }
}

/// A text and what stands after its first `#`.
fn split_reference(text: &str) -> (&str, Option<&str>) {
    text.split_once('#').map_or((text, None), |(text, reference)| (text, Some(reference)))
}

/// What no host may contain, whatever else it does (`IPAddressUtil.checkExternalForm`).
fn check_host(host: &str) -> Result<(), MalformedUrl> {
    let Some(char) = host.chars().find(|char| matches!(char, '\0'..='\x1f' | '\x7f' | '/')) else { return Ok(()) };
    Err(MalformedUrl(format!("Illegal character found in host: {}", described(char))))
}

fn described(char: char) -> String {
    match char {
        '\n' => "LF".to_owned(),
        '\r' => "CR".to_owned(),
        '\0'..='\x1f' | '\x7f' => format!("control char (code={})", u32::from(char)),
        _ => format!("'{char}'"),
    }
}
