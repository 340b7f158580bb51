//! The authority of a URI: a server, or else a name in some registry.

use std::ops::Range;

use super::characters::Set;
use super::{Reader, Wrong};

impl Reader {
    pub(super) fn read_authority(&mut self, range: Range<usize>, needs_server: bool) -> Result<(), Wrong> {
        let end = range.end;
        let has_bracket = self.find(range.start, end, b"]") > range.start;
        let server = if has_bracket { Set::ServerPercent } else { Set::Server };
        let is_server = self.scan(range.clone(), server)? == end;
        let is_name = self.scan(range.clone(), Set::RegName)? == end;
        let mut failure = None;
        if is_server {
            match self.read_server(range.clone()) {
                Ok(()) => {
                    self.uri.authority = Some(range);
                    return Ok(());
                }
                Err(wrong) if needs_server => return Err(wrong),
                Err(wrong) => failure = Some(wrong),
            }
            (self.uri.user_info, self.uri.host, self.uri.port) = (None, None, None);
        }
        if is_name {
            self.uri.authority = Some(range);
            return Ok(());
        }
        Err(failure.unwrap_or_else(|| Wrong("Illegal character in authority".into(), range.start)))
    }

    /// `user@host:port`.
    fn read_server(&mut self, range: Range<usize>) -> Result<(), Wrong> {
        let (mut at, end) = (range.start, range.end);
        let user = self.find(at, end, b"@/?#");
        if user < end && self.is(user, b'@') {
            self.check(at..user, Set::UserInfo, "user info")?;
            self.uri.user_info = Some(at..user);
            at = user + 1;
        }
        let after = if at < end && self.is(at, b'[') {
            let close = self.find(at + 1, end, b"]");
            if close == end || close == at + 1 {
                return Err(Wrong::expected("closing bracket for IPv6 address", close));
            }
            self.check_scoped_ipv6(at + 1..close)?;
            close + 1
        } else if let Some(after) = self.ipv4_end(at, end) {
            after
        } else {
            self.hostname_end(at, end)?
        };
        self.uri.host = Some(at..after);
        at = after;
        if at < end && self.is(at, b':') {
            at += 1;
            let port = &self.uri.text[at..end];
            if let Some(bad) = port.bytes().position(|byte| !byte.is_ascii_digit()) {
                return Err(Wrong("Illegal character in port number".into(), at + bad));
            }
            if !port.is_empty() {
                let number: i32 = port.parse().map_err(|_| Wrong("Malformed port number".into(), at))?;
                self.uri.port = u32::try_from(number).ok();
            }
            at = end;
        }
        if at < end { Err(Wrong::expected("port number", at)) } else { Ok(()) }
    }

    fn check_scoped_ipv6(&self, range: Range<usize>) -> Result<(), Wrong> {
        let scope = self.find(range.start, range.end, b"%");
        if scope == range.end || scope == range.start {
            return self.check_ipv6(range);
        }
        self.check_ipv6(range.start..scope)?;
        if scope + 1 == range.end {
            return Err(Wrong("scope id expected".into(), range.end));
        }
        self.check(scope + 1..range.end, Set::ScopeId, "scope id")
    }

    /// Where an IPv4 address ends, if one begins there and only a port follows.
    fn ipv4_end(&self, start: usize, end: usize) -> Option<usize> {
        let text = &self.uri.text[start..end];
        let length = text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
        let parts: Vec<_> = text[..length].split('.').collect();
        let is_byte = |part: &&str| part.parse::<u32>().is_ok_and(|byte| byte < 256);
        let is_address = parts.len() == 4 && parts.iter().all(is_byte);
        (is_address && (length == text.len() || text[length..].starts_with(':'))).then_some(start + length)
    }

    /// Where a name ends: labels of letters, digits and hyphens between dots, the last one beginning with a letter.
    fn hostname_end(&self, start: usize, end: usize) -> Result<usize, Wrong> {
        let bytes = self.uri.text.as_bytes();
        let (mut at, mut last) = (start, None);
        while at < end && bytes[at].is_ascii_alphanumeric() {
            last = Some(at);
            while at < end && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'-') {
                at += 1;
            }
            if bytes[at - 1] == b'-' {
                return Err(Wrong("Illegal character in hostname".into(), at - 1));
            }
            if !(at < end && bytes[at] == b'.') {
                break;
            }
            at += 1;
        }
        if at < end && bytes[at] != b':' {
            return Err(Wrong("Illegal character in hostname".into(), at));
        }
        match last {
            None => Err(Wrong::expected("hostname", start)),
            Some(last) if last > start && !bytes[last].is_ascii_alphabetic() => {
                Err(Wrong("Illegal character in hostname".into(), last))
            }
            Some(_) => Ok(at),
        }
    }
}
