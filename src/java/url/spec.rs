//! How a text becomes an address, alone or relative to another (`URL(URL, String)`, `URLStreamHandler.parseURL`).

use super::{MalformedUrl, Parts, Url, check_host, check_protocol, split_reference};

impl<'a> Parts<'a> {
    pub(super) fn read(context: Option<&'a Url>, original: &'a str) -> Result<Self, MalformedUrl> {
        let spec = original.trim_matches(|char| char <= ' ');
        let spec = match spec.get(..4) {
            Some(start) if start.eq_ignore_ascii_case("url:") => &spec[4..],
            _ => spec,
        };
        let (own_protocol, rest) = split_protocol(spec);
        let is_same = |context: &&Url| own_protocol.as_deref().is_none_or(|own| own == context.protocol());
        let inherited = context.filter(is_same);
        let base = inherited.filter(|base| own_protocol.is_none() || base.path().starts_with('/'));
        let protocol = match (base, own_protocol) {
            (Some(base), _) => base.protocol().to_owned(),
            (None, Some(own)) => own,
            (None, None) => return Err(MalformedUrl(format!("no protocol: {original}"))),
        };
        check_protocol(&protocol)?;
        let (rest, reference) = split_reference(rest);
        let mut parts = base.map_or_else(Self::default, Self::inherited);
        (parts.protocol, parts.reference) = (protocol, reference);
        if let Some(base) = base.filter(|_| rest.is_empty()) {
            parts.query = base.query();
            parts.reference = reference.or(base.reference());
        }
        match parts.protocol.as_str() {
            "mailto" if rest.trim().is_empty() => return Err(MalformedUrl("No email address".into())),
            "mailto" => parts.read_mail_address(rest),
            "jar" if !rest.contains("!/") => return Err(MalformedUrl("no !/ in spec".into())),
            _ => parts.read_hierarchy(rest, base.is_some())?,
        }
        check_host(parts.host)?;
        Ok(parts)
    }

    fn inherited(base: &'a Url) -> Self {
        Self {
            protocol: String::new(),
            authority: base.authority.map(|span| base.part(span)),
            user_info: base.user_info(),
            host: base.host(),
            port: base.port,
            path: base.path().to_owned(),
            query: None,
            reference: None,
        }
    }

    fn read_mail_address(&mut self, rest: &'a str) {
        let (path, query) = rest.rsplit_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        (self.path, self.query, self.reference) = (path.to_owned(), query, None);
        (self.authority, self.user_info, self.host) = (None, None, "");
    }

    /// Reads what stands between protocol and `#`.
    fn read_hierarchy(&mut self, rest: &'a str, is_relative: bool) -> Result<(), MalformedUrl> {
        let (rest, is_only_query) = match rest.split_once('?') {
            Some((before, query)) => {
                self.query = Some(query);
                (before, before.is_empty())
            }
            None => (rest, false),
        };
        let rest = match rest.strip_prefix("//").filter(|_| !rest.starts_with("////")) {
            Some(after) => {
                let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
                self.read_authority(authority)?;
                path
            }
            None => rest,
        };
        if rest.starts_with('/') {
            rest.clone_into(&mut self.path);
        } else if !rest.is_empty() && !self.path.is_empty() {
            match self.path.rfind('/') {
                None if self.authority.is_some() => self.path = format!("/{rest}"),
                slash => {
                    self.path.truncate(slash.map_or(0, |slash| slash + 1));
                    self.path.push_str(rest);
                }
            }
            remove_dots(&mut self.path);
        } else if !rest.is_empty() {
            self.path = if self.authority.is_some() { format!("/{rest}") } else { rest.to_owned() };
        } else if is_only_query && is_relative {
            self.path.truncate(self.path.rfind('/').unwrap_or(0));
            self.path.push('/');
        }
        Ok(())
    }

    fn read_authority(&mut self, authority: &'a str) -> Result<(), MalformedUrl> {
        self.authority = Some(authority);
        if !authority.is_empty() {
            self.path.clear();
        }
        self.user_info = None;
        let host = match authority.split_once('@') {
            Some((_, host)) if host.contains('@') => {
                self.host = "";
                return Ok(());
            }
            Some((user, host)) => {
                self.user_info = Some(user);
                host
            }
            None => authority,
        };
        let port;
        (self.host, port) = match host.strip_prefix('[') {
            Some(inner) => split_bracketed(host, inner, authority)?,
            None => host.split_once(':').unwrap_or((host, "")),
        };
        self.port = if port.is_empty() { None } else { parse_port(port)? };
        Ok(())
    }
}

/// `[host]:port`.
fn split_bracketed<'a>(host: &'a str, inner: &'a str, authority: &str) -> Result<(&'a str, &'a str), MalformedUrl> {
    let invalid = || MalformedUrl(format!("Invalid authority field: {authority}"));
    let end = inner.find(']').filter(|end| *end > 1).ok_or_else(invalid)?;
    let (address, after) = (&inner[..end], &inner[end + 1..]);
    let literal = address.split_once('%').map_or(address, |(address, _)| address);
    if literal.parse::<std::net::Ipv6Addr>().is_err() {
        return Err(MalformedUrl(format!("Invalid host: {}", &host[..end + 2])));
    }
    match after.strip_prefix(':') {
        Some(port) => Ok((&host[..end + 2], port)),
        None if after.is_empty() => Ok((host, "")),
        None => Err(invalid()),
    }
}

/// `Integer.parseInt`, with its complaint.
fn parse_port(text: &str) -> Result<Option<u32>, MalformedUrl> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = text.len() - digits.len();
    let wrong = |at: usize| MalformedUrl(format!("Error at index {at} in: \"{text}\""));
    if digits.is_empty() {
        return Err(wrong(sign));
    }
    let mut number = 0_i64;
    for (index, char) in digits.chars().enumerate() {
        let digit = char.to_digit(10).ok_or_else(|| wrong(sign + index))?;
        number = number * 10 + i64::from(digit);
        let limit = i64::from(i32::MAX) + i64::from(text.starts_with('-'));
        if number > limit {
            return Err(wrong(sign + index));
        }
    }
    match if text.starts_with('-') { -number } else { number } {
        -1 => Ok(None),
        number => match u32::try_from(number) {
            Ok(port) => Ok(Some(port)),
            Err(_) => Err(MalformedUrl(format!("Invalid port number :{number}"))),
        },
    }
}

/// The protocol that a text begins with, in lower case, and the rest.
fn split_protocol(spec: &str) -> (Option<String>, &str) {
    let end = if spec.starts_with('#') { None } else { spec.find([':', '/']) };
    let Some(end) = end.filter(|end| spec.as_bytes()[*end] == b':') else { return (None, spec) };
    let protocol = spec[..end].to_lowercase();
    let mut chars = protocol.chars();
    let is_valid = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|char| char.is_alphanumeric() || matches!(char, '.' | '+' | '-'));
    if is_valid { (Some(protocol), &spec[end + 1..]) } else { (None, spec) }
}

/// Removes `.` and `..` from a path that was put together, as far as possible.
fn remove_dots(path: &mut String) {
    while let Some(at) = path.find("/./") {
        path.replace_range(at..at + 2, "");
    }
    let mut from = 0;
    while let Some(at) = path[from..].find("/../").map(|at| from + at) {
        let before = path[..at].rfind('/').filter(|before| *before > 0 || !path.starts_with("/../"));
        match before {
            Some(before) => {
                path.replace_range(before..at + 3, "");
                from = 0;
            }
            None => from = at + 3,
        }
    }
    while path.ends_with("/..") {
        let Some(before) = path.find("/..").and_then(|at| path[..at].rfind('/')) else { break };
        path.truncate(before + 1);
    }
    if path.starts_with("./") && path.len() > 2 {
        path.drain(..2);
    }
    if path.ends_with("/.") {
        path.pop();
    }
}
