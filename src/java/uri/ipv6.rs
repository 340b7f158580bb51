//! IPv6 addresses in URIs, and Java's opinions on wrong ones.

use std::ops::Range;

use super::{Reader, Wrong};

impl Reader {
    pub(super) fn check_ipv6(&self, range: Range<usize>) -> Result<(), Wrong> {
        let start = range.start;
        let mut address = Ipv6 { reader: self, end: range.end, bytes: 0 };
        let wrong = |what: &'static str| Err(Wrong(what.into(), start));
        let (at, is_compressed) = address.read(start)?;
        match address.bytes {
            _ if at < range.end => wrong("Malformed IPv6 address"),
            17.. => wrong("IPv6 address too long"),
            ..16 if !is_compressed => wrong("IPv6 address too short"),
            16 if is_compressed => wrong("Malformed IPv6 address"),
            _ => Ok(()),
        }
    }
}

struct Ipv6<'a> {
    reader: &'a Reader,
    end: usize,
    bytes: usize,
}

impl Ipv6<'_> {
    /// Where the address ends, and whether zeros were left out.
    fn read(&mut self, start: usize) -> Result<(usize, bool), Wrong> {
        let (mut at, mut is_compressed) = (start, false);
        let digits = self.hex_sequence(start)?;
        at = digits.unwrap_or(at);
        if self.starts_with(at, "::") {
            is_compressed = true;
            at = self.after_zeros(at + 2)?;
        } else if digits.is_some() && self.starts_with(at, ":") {
            at = self.ipv4(at + 1, "IPv4 address")?;
        }
        Ok((at, is_compressed))
    }

    fn after_zeros(&mut self, at: usize) -> Result<usize, Wrong> {
        if at == self.end {
            return Ok(at);
        }
        match self.hex_sequence(at)? {
            Some(at) if self.starts_with(at, ":") => self.ipv4(at + 1, "hex digits or IPv4 address"),
            Some(at) => Ok(at),
            None => self.ipv4(at, "hex digits or IPv4 address"),
        }
    }

    /// Groups of hexadecimal digits between colons; `None` if an IPv4 address is next, or nothing of the kind.
    fn hex_sequence(&mut self, start: usize) -> Result<Option<usize>, Wrong> {
        let mut at = self.digits_end(start);
        if at == start || self.starts_with(at, ".") {
            return Ok(None);
        }
        self.check_group(start, at)?;
        while self.starts_with(at, ":") && !self.starts_with(at + 1, ":") {
            let group = at + 1;
            let end = self.digits_end(group);
            if end == group {
                return Err(Wrong::expected("digits for an IPv6 address", group));
            }
            if self.starts_with(end, ".") {
                break;
            }
            self.check_group(group, end)?;
            at = end;
        }
        Ok(Some(at))
    }

    fn check_group(&mut self, start: usize, end: usize) -> Result<(), Wrong> {
        self.bytes += 2;
        match end - start {
            ..=4 => Ok(()),
            _ => Err(Wrong("IPv6 hexadecimal digit sequence too long".into(), start)),
        }
    }

    fn ipv4(&mut self, at: usize, expected: &'static str) -> Result<usize, Wrong> {
        self.bytes += 4;
        match self.reader.uri.text[at..self.end].parse::<std::net::Ipv4Addr>() {
            Ok(_) => Ok(self.end),
            Err(_) => Err(Wrong::expected(expected, at)),
        }
    }

    fn digits_end(&self, from: usize) -> usize {
        let bytes = self.reader.uri.text.as_bytes().get(from..self.end).unwrap_or_default();
        from + bytes.iter().position(|byte| !byte.is_ascii_hexdigit()).unwrap_or(bytes.len())
    }

    fn starts_with(&self, at: usize, what: &str) -> bool {
        self.reader.uri.text.get(at..self.end).is_some_and(|rest| rest.starts_with(what))
    }
}
