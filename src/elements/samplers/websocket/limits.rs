//! The numbers of a sampler that the plugin checks before each sample, with its complaints.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use crate::java;
use crate::protocol::websocket::Wait;

const CONNECT_TIMEOUTS: RangeInclusive<i32> = 1..=999_999;
const READ_TIMEOUTS: RangeInclusive<i32> = 0..=9_999_999;

/// The plugin's default read timeout.
pub(super) const DEFAULT_READ_TIMEOUT: &str = "6000";

/// Reads a port.
pub(super) fn port(text: &str) -> Result<u16, String> {
    let text = trimmed(text);
    let number = java::parse_int(text).ok_or_else(|| format!("Port number '{text}' is not a number."))?;
    u16::try_from(number).ok().filter(|port| *port > 0).ok_or_else(|| format!("Port number '{text}' is not valid."))
}

/// Reads the time that TCP may take to connect.
pub(super) fn connect_timeout(text: &str) -> Result<Duration, String> {
    let text = trimmed(text);
    let millis = java::parse_int(text).ok_or_else(|| format!("Connection timeout '{text}' is not a number."))?;
    if !CONNECT_TIMEOUTS.contains(&millis) {
        return Err(out_of_range("Connection timeout", millis, &CONNECT_TIMEOUTS));
    }
    Ok(Duration::from_millis(millis.unsigned_abs().into()))
}

/// How long the other side may stay silent, in milliseconds; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadTimeout(pub i64);

impl ReadTimeout {
    /// Reads it.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = trimmed(text);
        let millis = java::parse_int(text).ok_or_else(|| format!("Read timeout '{text}' is not a number."))?;
        if !READ_TIMEOUTS.contains(&millis) {
            return Err(out_of_range("Read timeout", millis, &READ_TIMEOUTS));
        }
        Ok(Self(millis.into()))
    }

    pub fn duration(self) -> Option<Duration> {
        u64::try_from(self.0).ok().filter(|millis| *millis > 0).map(Duration::from_millis)
    }

    pub fn wait(self) -> Wait {
        Wait::idle(self.duration())
    }
}

fn out_of_range(what: &str, millis: impl Display, range: &RangeInclusive<i32>) -> String {
    format!("{what} '{millis}' is not valid; should between {} and {}", range.start(), range.end())
}

/// `String.trim`.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|char| char <= ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_judged_in_the_plugins_words() {
        let port = |text: &str| port(text).map_or_else(|complaint| complaint, |port| port.to_string());
        assert_eq!(port(" +80 "), "80");
        assert_eq!(port("0"), "Port number '0' is not valid.");
        assert_eq!(port("70000"), "Port number '70000' is not valid.");
        assert_eq!(port(" "), "Port number '' is not a number.");
        let connect = |text: &str| connect_timeout(text).unwrap_err();
        assert_eq!(connect("0"), "Connection timeout '0' is not valid; should between 1 and 999999");
        assert_eq!(connect("1000000"), "Connection timeout '1000000' is not valid; should between 1 and 999999");
        assert_eq!(connect("abc"), "Connection timeout 'abc' is not a number.");
        let read = |text: &str| ReadTimeout::read(text).unwrap_err();
        assert_eq!(read("-1"), "Read timeout '-1' is not valid; should between 0 and 9999999");
        assert_eq!(read("x"), "Read timeout 'x' is not a number.");
        assert_eq!(ReadTimeout::read("0").unwrap().wait(), Wait::Forever);
        assert_eq!(ReadTimeout::read("7").unwrap().duration(), Some(Duration::from_millis(7)));
    }
}
