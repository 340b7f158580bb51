//! Which hosts a cookie's domain stands for: RFC 6265, Netscape's draft, RFC 2109 and RFC 2965, in the words of Apache HttpClient.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::cookie::{Cookie, Origin};

/// Domains below which everybody is at home, whatever the list of public suffixes says.
const LOCAL_DOMAINS: [&str; 5] = [".localhost.", ".test.", ".local.", ".local", ".localdomain"];

/// The domains of organisations, which Netscape trusts with two parts.
const SPECIAL_DOMAINS: [&str; 7] = [".com", ".edu", ".net", ".gov", ".mil", ".org", ".int"];

/// Whether the host is in the domain. Addresses are in none.
fn domain_matches(domain: &str, host: &str) -> bool {
    if host.parse::<Ipv4Addr>().is_ok() || host.parse::<Ipv6Addr>().is_ok() {
        return false;
    }
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.len() > 1 && before.ends_with('.'))
}

/// RFC 6265: a host may set cookies for itself and for what it is in.
pub(super) fn validate_basic(domain: &str, origin: &Origin) -> Result<(), String> {
    match origin.host == domain || domain_matches(domain, &origin.host) {
        true => Ok(()),
        false => Err(format!("Illegal 'domain' attribute \"{domain}\". Domain of origin: \"{}\"", origin.host)),
    }
}

pub(super) fn matches_basic(cookie: &Cookie, origin: &Origin) -> bool {
    let domain = cookie.domain.strip_prefix('.').unwrap_or(&cookie.domain);
    origin.host == domain || cookie.has_domain && domain_matches(domain, &origin.host)
}

/// Netscape: a domain has three parts, or two in those of organisations.
pub(super) fn validate_netscape(domain: &str, origin: &Origin) -> Result<(), String> {
    let host = &origin.host;
    if host != domain && !domain_matches(domain, host) {
        return Err(format!("Illegal domain attribute \"{domain}\". Domain of origin: \"{host}\""));
    }
    let parts = domain.split('.').filter(|part| !part.is_empty()).count();
    let is_special = SPECIAL_DOMAINS.iter().any(|special| domain.to_lowercase().ends_with(special));
    let violates = format!("Domain attribute \"{domain}\" violates the Netscape cookie specification");
    match is_special {
        _ if !host.contains('.') => Ok(()),
        true if parts < 2 => Err(format!("{violates} for special domains")),
        false if parts < 3 => Err(violates),
        _ => Ok(()),
    }
}

/// RFC 2109: a domain begins with a dot, has another inside, and is one level above the host.
pub(super) fn validate_rfc2109(domain: &str, origin: &Origin) -> Result<(), String> {
    let host = &origin.host;
    if domain == host {
        return Ok(());
    }
    let violates = |why: &str| Err(format!("Domain attribute \"{domain}\" violates RFC 2109: {why}"));
    if !domain.contains('.') {
        return Err(format!("Domain attribute \"{domain}\" does not match the host \"{host}\""));
    }
    let Some(inner) = domain.strip_prefix('.') else { return violates("domain must start with a dot") };
    if inner.find('.').is_none_or(|dot| dot == inner.len() - 1) {
        return violates("domain must contain an embedded dot");
    }
    match host.strip_suffix(domain) {
        None => Err(format!("Illegal domain attribute \"{domain}\". Domain of origin: \"{host}\"")),
        Some(before) if before.contains('.') => violates("host minus domain may not contain any dots"),
        Some(_) => Ok(()),
    }
}

pub(super) fn matches_rfc2109(cookie: &Cookie, origin: &Origin) -> bool {
    let (host, domain) = (&origin.host, &cookie.domain);
    host == domain || domain.starts_with('.') && host.ends_with(domain.as_str())
}

pub(super) fn matches_rfc2965(cookie: &Cookie, origin: &Origin) -> bool {
    let before = origin.host.strip_suffix(cookie.domain.as_str()).unwrap_or(&origin.host);
    matches_rfc2109(cookie, origin) && !before.contains('.')
}

/// Whether a cookie's domain is one that a single organisation has (`PublicSuffixDomainFilter`).
pub(super) fn is_no_public_suffix(cookie: &Cookie, origin: &Origin) -> bool {
    let domain = &cookie.domain;
    match domain.find('.') {
        Some(dot) if LOCAL_DOMAINS.contains(&&domain[dot..]) => true,
        None if domain.eq_ignore_ascii_case(&origin.host) => true,
        _ => !is_public_suffix(domain),
    }
}

/// Whether everybody may register names in the domain. Domains that companies give away do not count.
fn is_public_suffix(domain: &str) -> bool {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    if domain.starts_with('.') {
        return true;
    }
    let suffix = psl::suffix(domain.as_bytes()).filter(|suffix| suffix.typ() == Some(psl::Type::Icann));
    suffix.is_some_and(|suffix| suffix.as_bytes() == domain.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(host: &str) -> Origin {
        Origin { host: host.into(), path: "/".into(), is_secure: false }
    }

    fn of_domain(domain: &str) -> Cookie {
        Cookie { domain: domain.into(), has_domain: true, ..Cookie::default() }
    }

    #[test]
    fn domains_are_for_hosts_inside() {
        let check = |domain: &str, host: &str, [basic, rfc2109, rfc2965]: [bool; 3]| {
            let (cookie, origin) = (of_domain(domain), origin(host));
            assert_eq!(matches_basic(&cookie, &origin), basic, "RFC 6265 {domain} {host}");
            assert_eq!(matches_rfc2109(&cookie, &origin), rfc2109, "RFC 2109 {domain} {host}");
            assert_eq!(matches_rfc2965(&cookie, &origin), rfc2965, "RFC 2965 {domain} {host}");
        };
        check("example.com", "example.com", [true, true, true]);
        check("example.com", "www.example.com", [true, false, false]);
        check(".example.com", "www.example.com", [true, true, true]);
        check(".example.com", "a.b.example.com", [true, true, false]);
        check("ample.com", "example.com", [false, false, false]);
        check("0.0.1", "127.0.0.1", [false, false, false]);
        check("", "localhost", [false, false, false]);
    }

    #[test]
    fn servers_may_not_set_cookies_for_others() {
        let check = |domain: &str, host: &str, [basic, netscape, rfc2109]: [bool; 3]| {
            let origin = origin(host);
            assert_eq!(validate_basic(domain, &origin).is_ok(), basic, "RFC 6265 {domain} {host}");
            assert_eq!(validate_netscape(domain, &origin).is_ok(), netscape, "Netscape {domain} {host}");
            assert_eq!(validate_rfc2109(domain, &origin).is_ok(), rfc2109, "RFC 2109 {domain} {host}");
        };
        check("example.com", "www.example.com", [true, true, false]);
        check(".example.com", "www.example.com", [true, true, true]);
        check(".example.com", "a.b.example.com", [true, true, false]);
        check(".com", "example.com", [true, false, false]);
        check("co.uk", "example.co.uk", [true, false, false]);
        check("other.com", "example.com", [false, false, false]);
        check("localhost", "localhost", [true, true, true]);
    }

    #[test]
    fn public_suffixes_belong_to_nobody() {
        let check = |domain: &str, expected: bool| assert_eq!(is_public_suffix(domain), expected, "{domain}");
        check("com", true);
        check(".co.uk", true);
        check("example.co.uk", false);
        check("anything.ck", true);
        check("www.ck", false);
        check("github.io", false);
        check("127.0.0.1", false);
        check("test", false);
    }
}
