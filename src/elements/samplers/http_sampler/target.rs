//! What Apache HttpClient makes of an address: the host that it connects to and the target of the request line
//! (`URIUtils`).

use percent_encoding::percent_decode_str;

use crate::java::{Uri, parse_int, push_escaped};
use crate::model::Fault;

/// The host of an address (`HttpHost`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Host {
    /// `http` or `https`, in lower case; or what is not supported.
    pub scheme: String,
    /// As it is written; IPv6 in brackets.
    pub name: String,
    /// If it is written.
    pub port: Option<u32>,
}

impl Host {
    /// The host of an address (`URIUtils.extractHost`).
    ///
    /// # Errors
    /// If it has none.
    pub fn of(uri: &Uri) -> Result<Self, Fault> {
        Self::extract(uri).ok_or_else(|| {
            let message = format!("URI does not specify a valid host name: {uri}");
            Fault::exception("org.apache.http.client.ClientProtocolException", message)
        })
    }

    fn extract(uri: &Uri) -> Option<Self> {
        let scheme = uri.scheme()?.to_lowercase();
        if let Some(host) = uri.host() {
            return Some(Self { scheme, name: host.to_owned(), port: uri.port() });
        }
        // Java finds no host in names with an underscore and the like.
        let authority = percent_decode_str(uri.authority()?).decode_utf8_lossy();
        let host = authority.split_once('@').map_or(&*authority, |(_, host)| host);
        let (name, port) = host.split_once(':').unwrap_or((host, ""));
        if name.is_empty() || name.contains(char::is_whitespace) {
            return None;
        }
        let port = if port.is_empty() { -1 } else { parse_int(port)? };
        // A negative one is none.
        let port = u32::try_from(port).ok();
        Some(Self { scheme, name: name.to_owned(), port })
    }

    /// The port, or that of the scheme.
    pub fn effective_port(&self) -> Option<u32> {
        self.port.filter(|port| *port > 0).or(match self.scheme.as_str() {
            "http" => Some(80),
            "https" => Some(443),
            _ => None,
        })
    }

    pub fn is_secure(&self) -> bool {
        self.scheme == "https"
    }

    /// Name and port as the `Host` header has them.
    pub fn header(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The address with scheme and host in lower case and a path without `.` and `..` (`URIUtils.normalizeSyntax`).
pub(super) fn normalized(uri: &Uri) -> Uri {
    let (false, Some(_)) = (uri.is_opaque(), uri.authority()) else { return uri.clone() };
    let mut segments: Vec<String> = Vec::new();
    let path = uri.path();
    for segment in path.strip_prefix('/').unwrap_or(path).split('/') {
        let segment = decoded(segment);
        match segment.as_str() {
            "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let mut text = format!("{}://", uri.scheme().unwrap_or_default().to_lowercase());
    match uri.host() {
        Some(host) => {
            if let Some(user) = uri.user_info() {
                text.push_str(user);
                text.push('@');
            }
            text.push_str(&host.to_lowercase());
            if let Some(port) = uri.port() {
                text.push(':');
                text.push_str(itoa::Buffer::new().format(port));
            }
        }
        None => text.push_str(uri.authority().unwrap_or_default()),
    }
    for segment in &segments {
        text.push('/');
        encode_segment(segment, &mut text);
    }
    if let Some(query) = uri.query() {
        text.push('?');
        text.push_str(query);
    }
    if let Some(fragment) = uri.fragment() {
        text.push('#');
        text.push_str(fragment);
    }
    Uri::parse(text).unwrap_or_else(|_| uri.clone())
}

/// The target of a request that goes straight to the server: path and query, without empty segments in the path.
pub(super) fn request_target(uri: &Uri) -> String {
    let path = uri.path();
    let mut target = match path {
        "" => "/".to_owned(),
        _ if path.contains("//") => without_empty_segments(path),
        _ => path.to_owned(),
    };
    if let Some(query) = uri.query() {
        target.push('?');
        target.push_str(query);
    }
    ascii(target)
}

/// The target of a request that a proxy passes on: the whole address without user and fragment.
pub(super) fn proxied_target(uri: &Uri) -> String {
    let mut target = format!("{}://", uri.scheme().unwrap_or_default());
    match uri.host() {
        Some(host) => {
            target.push_str(&host.to_lowercase());
            if let Some(port) = uri.port() {
                target.push(':');
                target.push_str(itoa::Buffer::new().format(port));
            }
        }
        None => target.push_str(uri.authority().unwrap_or_default()),
    }
    target.push_str(if uri.path().is_empty() { "/" } else { uri.path() });
    if let Some(query) = uri.query() {
        target.push('?');
        target.push_str(query);
    }
    ascii(target)
}

fn ascii(target: String) -> String {
    match target.is_ascii() {
        true => target,
        false => Uri::parse(target.as_str()).map_or(target, |uri| uri.to_ascii().into_owned()),
    }
}

/// The path without empty segments but the last; what is left is decoded and encoded anew.
fn without_empty_segments(path: &str) -> String {
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    let last = segments.len() - 1;
    let kept = segments.iter().enumerate().filter(|(index, segment)| !segment.is_empty() || *index == last);
    let mut out = String::with_capacity(path.len());
    for (_, segment) in kept {
        out.push('/');
        encode_segment(&decoded(segment), &mut out);
    }
    out
}

fn encode_segment(segment: &str, out: &mut String) {
    for byte in segment.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"_-.*!~'();:@&=+$,".contains(&byte) => out.push(char::from(byte)),
            _ => push_escaped(byte, out),
        }
    }
}

/// What escapes stand for. Other characters count as bytes, which only ASCII ones survive (`URLEncodedUtils.urlDecode`).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let escaped = rest.strip_prefix('%').and_then(|after| u8::from_str_radix(after.get(..2)?, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            None => {
                bytes.push(u32::from(char) as u8);
                rest = &rest[char.len_utf8()..];
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        Uri::parse(text).unwrap()
    }

    #[test]
    fn targets_are_paths_and_queries() {
        let check = |text: &str, expected: &str| assert_eq!(request_target(&uri(text)), expected, "{text}");
        check("http://h", "/");
        check("http://h?a=b", "/?a=b");
        check("http://h/a/b?x=y#z", "/a/b?x=y");
        check("http://h/a//b///c/", "/a/b/c/");
        check("http://h/a//b//", "/a/b/");
        check("http://h/%7Ea%2Fb//c d".replace(' ', "%20").as_str(), "/~a%2Fb/c%20d");
        check("http://h/\u{fc}?\u{e4}", "/%C3%BC?%C3%A4");
        check("http://h/./x/../y", "/./x/../y");
    }

    #[test]
    fn proxies_get_the_whole_address() {
        let check = |text: &str, expected: &str| assert_eq!(proxied_target(&uri(text)), expected, "{text}");
        check("http://Host:80", "http://host:80/");
        check("http://me@Host/a//b?x#y", "http://host/a//b?x");
    }

    #[test]
    fn hosts_need_not_be_servers() {
        let check = |text: &str, expected: Option<(&str, Option<u32>)>| {
            let host = Host::of(&uri(text)).ok();
            assert_eq!(host.as_ref().map(|host| (host.name.as_str(), host.port)), expected, "{text}");
        };
        check("http://Host:81/", Some(("Host", Some(81))));
        check("http://a_b:81/", Some(("a_b", Some(81))));
        check("http://u@a_b/", Some(("a_b", None)));
        check("http://a:-1/", Some(("a", None)));
        check("http://a_b:x/", None);
        check("http://exa%20mple/", None);
        check("http:/x", None);
        check("mailto:a@b", None);
    }
}
