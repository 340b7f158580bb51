//! The cookie policies of Apache HttpClient 4.5: what servers may set, what requests carry, and how it is written.
//!
//! | policy | reads | dates | domains | writes |
//! |---|---|---|---|---|
//! | `standard` | RFC 6265 | leniently | RFC 6265 | `a=1; b="two words"`, longest path first |
//! | `standard-strict` | RFC 6265 | as HTTP has them | RFC 6265 | the same |
//! | `netscape` | Netscape | Netscape's form | Netscape | `a=1; b=two words` |
//! | `rfc2109` | lists | none, only `Max-Age` | RFC 2109, public suffixes | `$Version=0; a=1; $Path=/` |
//! | `rfc2965` | nothing, as `Set-Cookie2` is never asked for | | RFC 2965, public suffixes | as `rfc2109` |
//! | `default`, `best-match`, `compatibility` | Netscape, lists if there is a version | Netscape's form | by version, public suffixes | by the lowest version |
//! | `ignoreCookies` | nothing | | | nothing |

use super::cookie::{Cookie, Origin};
use super::domain;

/// Which cookies are taken and sent, and how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Policy {
    Standard,
    StandardStrict,
    Netscape,
    Rfc2109,
    Rfc2965,
    /// By the version of each cookie.
    Default,
    Ignore,
}

/// The names of the policies, as JMeter's menu has them.
pub(super) const NAMES: &str =
    "standard, standard-strict, ignoreCookies, netscape, default, rfc2109, rfc2965, best-match, compatibility";

impl Policy {
    /// The policy of that name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "standard" => Self::Standard,
            "standard-strict" => Self::StandardStrict,
            "netscape" => Self::Netscape,
            "rfc2109" => Self::Rfc2109,
            "rfc2965" => Self::Rfc2965,
            "default" | "best-match" | "compatibility" => Self::Default,
            "ignorecookies" => Self::Ignore,
            _ => return None,
        })
    }

    /// The policy for a cookie of that version.
    fn for_version(self, version: i32) -> Self {
        match self {
            Self::Default if version > 0 => Self::Rfc2109,
            other => other,
        }
    }

    /// Whether a server may set a cookie.
    ///
    /// # Errors
    /// Why it may not.
    pub fn validate(self, cookie: &Cookie, origin: &Origin) -> Result<(), String> {
        match self.for_version(cookie.version) {
            Self::Standard | Self::StandardStrict | Self::Default => domain::validate_basic(&cookie.domain, origin),
            Self::Netscape => domain::validate_netscape(&cookie.domain, origin),
            Self::Rfc2109 => {
                if cookie.name.contains(' ') {
                    return Err("Cookie name may not contain blanks".into());
                }
                if cookie.name.starts_with('$') {
                    return Err("Cookie name may not start with $".into());
                }
                if cookie.version < 0 {
                    return Err("Cookie version may not be negative".into());
                }
                domain::validate_rfc2109(&cookie.domain, origin)
            }
            Self::Rfc2965 | Self::Ignore => Ok(()),
        }
    }

    /// Whether a request carries a cookie. Whether it has expired does not matter: JMeter looks at that only when one
    /// arrives.
    pub fn matches(self, cookie: &Cookie, origin: &Origin) -> bool {
        let domain_matches = match self.for_version(cookie.version) {
            Self::Ignore => false,
            Self::Standard | Self::StandardStrict => domain::matches_basic(cookie, origin),
            Self::Netscape => origin.host.ends_with(&cookie.domain),
            Self::Rfc2109 => domain::is_no_public_suffix(cookie, origin) && domain::matches_rfc2109(cookie, origin),
            Self::Rfc2965 => {
                let origin = effective(origin);
                domain::is_no_public_suffix(cookie, &origin) && domain::matches_rfc2965(cookie, &origin)
            }
            Self::Default => domain::is_no_public_suffix(cookie, origin) && domain::matches_basic(cookie, origin),
        };
        domain_matches && path_matches(&origin.path, &cookie.path) && (!cookie.is_secure || origin.is_secure)
    }

    /// The value of the header that carries these cookies, of which there is at least one.
    pub fn format(self, mut cookies: Vec<Cookie>) -> String {
        match self {
            Self::Ignore => String::new(),
            Self::Standard | Self::StandardStrict => {
                cookies.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.encode_utf16().count()));
                let each: Vec<String> = cookies.iter().map(standard).collect();
                each.join("; ")
            }
            Self::Netscape => netscape(&cookies),
            Self::Rfc2109 | Self::Rfc2965 => {
                sort_by_path(&mut cookies);
                one_header(&cookies)
            }
            Self::Default if cookies.iter().any(|cookie| cookie.version <= 0) => netscape(&cookies),
            Self::Default => {
                sort_by_path(&mut cookies);
                // There is a header for each, and JMeter joins them with nothing in between.
                cookies.iter().map(|cookie| one_header(std::slice::from_ref(cookie))).collect()
            }
        }
    }
}

/// Whether a path is inside another.
fn path_matches(path: &str, cookie_path: &str) -> bool {
    let normal = match cookie_path.len() > 1 {
        true => cookie_path.strip_suffix('/').unwrap_or(cookie_path),
        false => cookie_path,
    };
    path.strip_prefix(normal).is_some_and(|rest| normal == "/" || rest.is_empty() || rest.starts_with('/'))
}

/// Hosts without a dot are local ones to RFC 2965.
fn effective(origin: &Origin) -> Origin {
    let is_local = !origin.host.contains(['.', ':']);
    let host = if is_local { format!("{}.local", origin.host) } else { origin.host.clone() };
    Origin { host, path: origin.path.clone(), is_secure: origin.is_secure }
}

fn standard(cookie: &Cookie) -> String {
    let value = &cookie.value;
    match value.contains([' ', '"', ',', ';', '\\']) {
        true => format!("{}=\"{}\"", cookie.name, value.replace('\\', "\\\\").replace('"', "\\\"")),
        false => format!("{}={value}", cookie.name),
    }
}

fn netscape(cookies: &[Cookie]) -> String {
    let each: Vec<String> = cookies.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
    each.join("; ")
}

/// A header in the form of RFC 2109: values are quoted from version 1 on.
fn one_header(cookies: &[Cookie]) -> String {
    let version = cookies.iter().map(|cookie| cookie.version).min().unwrap_or_default();
    let quote = if version > 0 { "\"" } else { "" };
    let mut header = format!("$Version={version}");
    for cookie in cookies {
        let mut add = |name: &str, value: &str| {
            for part in ["; ", name, "=", quote, value, quote] {
                header.push_str(part);
            }
        };
        add(&cookie.name, &cookie.value);
        if cookie.has_path {
            add("$Path", &cookie.path);
        }
        if cookie.has_domain {
            add("$Domain", &cookie.domain);
        }
    }
    header
}

/// Puts paths before those that they are inside of. Most pairs of paths have no order, so no library can sort them.
fn sort_by_path(cookies: &mut [Cookie]) {
    let normal = |cookie: &Cookie| match cookie.path.ends_with('/') {
        true => cookie.path.clone(),
        false => format!("{}/", cookie.path),
    };
    let is_before = |one: &Cookie, other: &Cookie| {
        let (one, other) = (normal(one), normal(other));
        one != other && one.starts_with(&other)
    };
    for end in 1..cookies.len() {
        let mut at = end;
        while at > 0 && is_before(&cookies[at], &cookies[at - 1]) {
            cookies.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_at_slashes() {
        let check = |path: &str, cookie_path: &str, expected: bool| {
            assert_eq!(path_matches(path, cookie_path), expected, "{path} {cookie_path}");
        };
        check("/a/b", "/", true);
        check("/a/b", "", true);
        check("/a/b", "/a", true);
        check("/a/b", "/a/", true);
        check("/a", "/a/", true);
        check("/ab", "/a", false);
        check("/a", "a", false);
    }

    fn cookie(text: &str) -> Cookie {
        let mut parts = text.split('|').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Cookie {
            name: next(),
            value: next(),
            path: next(),
            version: next().parse().unwrap_or_default(),
            has_path: true,
            ..Cookie::default()
        }
    }

    #[test]
    fn headers_are_written_by_policy() {
        let check = |policy: Policy, cookies: &[&str], expected: &str| {
            assert_eq!(policy.format(cookies.iter().map(|text| cookie(text)).collect()), expected, "{policy:?}");
        };
        let plain = ["a|1|/", "b|2 \"3\"|/x", "c||/"];
        check(Policy::Standard, &plain, r#"b="2 \"3\""; a=1; c="#);
        check(Policy::Netscape, &plain, "a=1; b=2 \"3\"; c=");
        check(Policy::Rfc2109, &plain, "$Version=0; b=2 \"3\"; $Path=/x; a=1; $Path=/; c=; $Path=/");
        check(Policy::Default, &["a|1|/|1", "b|2|/|0"], "a=1; b=2");
        check(Policy::Default, &["a|1|/|1", "b|2|/|1"], r#"$Version=1; a="1"; $Path="/"$Version=1; b="2"; $Path="/""#);
        check(Policy::Ignore, &plain, "");
    }
}
