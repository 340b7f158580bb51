//! The header `Set-Cookie`, as each policy reads it.

use super::cookie::{Cookie, Origin};
use super::lax_expires;
use super::policy::Policy;
use crate::elements::config::header_elements::{Cursor, HeaderElement, parse_all, parse_netscape};
use crate::elements::config::http_date::{self, DateForm, HTTP_FORMS};

/// The cookies of a header. `now` is in milliseconds since 1970.
///
/// # Errors
/// Why they cannot be understood, in the words of `MalformedCookieException`.
pub(super) fn parse(policy: Policy, header: &str, origin: &Origin, now: i64) -> Result<Vec<Cookie>, String> {
    let reader = Reader { policy, origin, now };
    match policy {
        Policy::Ignore => Ok(Vec::new()),
        Policy::Rfc2965 => Err(format!("Unrecognized cookie header 'Set-Cookie: {header}'")),
        Policy::Standard | Policy::StandardStrict => Ok(reader.rfc6265(header)?.into_iter().collect()),
        Policy::Netscape => reader.elements(&[parse_netscape(header)]),
        Policy::Rfc2109 => reader.elements(&parse_all(header)),
        Policy::Default => {
            let elements = parse_all(header);
            let has = |name: &str| {
                let mut parameters = elements.iter().flat_map(|element| &element.parameters);
                parameters.any(|(parameter, _)| parameter.eq_ignore_ascii_case(name))
            };
            match has("expires") || !has("version") {
                true => reader.elements(&[parse_netscape(header)]),
                false => Reader { policy: Policy::Rfc2109, ..reader }.elements(&elements),
            }
        }
    }
}

struct Reader<'a> {
    policy: Policy,
    origin: &'a Origin,
    now: i64,
}

impl Reader<'_> {
    fn cookie(&self, name: String, value: String) -> Cookie {
        let (domain, path) = (self.origin.host.clone(), self.origin.default_path().to_owned());
        Cookie { name, value, domain, path, ..Cookie::default() }
    }

    /// The form of RFC 6265: one cookie, its attributes in any order, the last of each name counts.
    fn rfc6265(&self, header: &str) -> Result<Option<Cookie>, String> {
        let mut cursor = Cursor::new(header);
        let name = cursor.token(&['=', ';']);
        if name.is_empty() || cursor.at_end() {
            return Ok(None);
        }
        if cursor.next() != Some('=') {
            return Err(format!("Cookie value is invalid: 'Set-Cookie: {header}'"));
        }
        let value = cursor.value(&[';']);
        cursor.next();
        let mut cookie = self.cookie(name, value);
        let mut attributes: Vec<(String, Option<String>)> = Vec::new();
        while !cursor.at_end() {
            let name = cursor.token(&['=', ';']).to_lowercase();
            let mut value = None;
            if cursor.next() == Some('=') {
                value = Some(cursor.token(&[';']));
                cursor.next();
            }
            match attributes.iter_mut().find(|(known, _)| *known == name) {
                Some(attribute) => attribute.1 = value,
                None => attributes.push((name, value)),
            }
        }
        if attributes.iter().any(|(name, _)| name == "max-age") {
            attributes.retain(|(name, _)| name != "expires");
        }
        for (name, value) in &attributes {
            self.attribute(&mut cookie, name, value.as_deref())?;
        }
        Ok(Some(cookie))
    }

    /// The older forms: the first attribute of each name counts.
    fn elements(&self, elements: &[HeaderElement]) -> Result<Vec<Cookie>, String> {
        let mut cookies = Vec::with_capacity(elements.len());
        for element in elements.iter().filter(|element| !element.name.is_empty()) {
            let mut cookie = self.cookie(element.name.clone(), element.value.clone().unwrap_or_default());
            for (name, value) in element.parameters.iter().rev() {
                self.attribute(&mut cookie, &name.to_lowercase(), value.as_deref())?;
            }
            cookies.push(cookie);
        }
        Ok(cookies)
    }

    fn attribute(&self, cookie: &mut Cookie, name: &str, value: Option<&str>) -> Result<(), String> {
        let is_blank = value.is_none_or(|value| value.trim().is_empty());
        match name {
            "path" => {
                cookie.has_path = true;
                cookie.path = if is_blank { "/".into() } else { value.unwrap_or_default().to_owned() };
            }
            "domain" => {
                cookie.has_domain = true;
                self.domain(cookie, value)?;
            }
            "secure" => cookie.is_secure = true,
            "expires" => self.expires(cookie, value)?,
            "max-age" => self.max_age(cookie, value)?,
            "version" if self.policy == Policy::Rfc2109 => {
                let value = value.ok_or("Missing value for version attribute")?;
                if value.trim().is_empty() {
                    return Err("Blank value for version attribute".into());
                }
                let version = value.parse();
                cookie.version = version.map_err(|_| format!("Invalid version: For input string: \"{value}\""))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn domain(&self, cookie: &mut Cookie, value: Option<&str>) -> Result<(), String> {
        let value = value.filter(|value| !value.trim().is_empty());
        if self.policy == Policy::Rfc2109 {
            cookie.domain = value.ok_or("Blank value for domain attribute")?.to_lowercase();
            return Ok(());
        }
        let value = value.ok_or("Blank or null value for domain attribute")?;
        if self.policy == Policy::Netscape {
            cookie.domain = value.to_lowercase();
        } else if !value.ends_with('.') {
            cookie.domain = value.strip_prefix('.').unwrap_or(value).to_lowercase();
        }
        Ok(())
    }

    fn expires(&self, cookie: &mut Cookie, value: Option<&str>) -> Result<(), String> {
        let forms = match self.policy {
            Policy::Standard => {
                let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(()) };
                let expires = lax_expires::parse(value);
                cookie.expires = Some(expires.ok_or_else(|| format!("Invalid 'expires' attribute: {value}"))?);
                return Ok(());
            }
            Policy::StandardStrict => HTTP_FORMS,
            Policy::Netscape | Policy::Default => &[DateForm::Rfc1036],
            _ => return Ok(()),
        };
        let value = value.ok_or("Missing value for 'expires' attribute")?;
        let expires = http_date::parse(value, forms);
        cookie.expires = Some(expires.ok_or_else(|| format!("Invalid 'expires' attribute: {value}"))?);
        Ok(())
    }

    fn max_age(&self, cookie: &mut Cookie, value: Option<&str>) -> Result<(), String> {
        let age = |value: &str| value.parse::<i32>().map(i64::from);
        match self.policy {
            Policy::Standard => {
                // Numbers have no plus sign here.
                let age = value.filter(|value| !value.starts_with('+')).and_then(|value| age(value).ok());
                if let Some(age) = age {
                    cookie.expires = Some(if age < 0 { i64::MIN } else { self.now + age * 1000 });
                }
            }
            Policy::StandardStrict | Policy::Rfc2109 => {
                let value = value.ok_or("Missing value for 'max-age' attribute")?;
                let age = age(value).map_err(|_| format!("Invalid 'max-age' attribute: {value}"))?;
                if age < 0 {
                    return Err(format!("Negative 'max-age' attribute: {value}"));
                }
                cookie.expires = Some(self.now + age * 1000);
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(policy: Policy, header: &str) -> String {
        let origin = Origin { host: "www.example.com".into(), path: "/a/b".into(), is_secure: false };
        let cookie = |cookie: &Cookie| {
            let mut text = format!("{}=<{}> {}{}", cookie.name, cookie.value, cookie.domain, cookie.path);
            let mut add = |holds: bool, word: String| {
                if holds {
                    text.push_str(&word)
                } else {
                }
            };
            add(cookie.has_domain, " domain".into());
            add(cookie.has_path, " path".into());
            add(cookie.is_secure, " secure".into());
            add(cookie.version > 0, format!(" v{}", cookie.version));
            add(cookie.expires.is_some(), format!(" until {}", cookie.expires.unwrap_or_default()));
            text
        };
        match parse(policy, header, &origin, 5000) {
            Ok(cookies) => cookies.iter().map(cookie).collect::<Vec<_>>().join(" | "),
            Err(error) => error,
        }
    }

    #[test]
    fn policies_read_alike_and_differ() {
        let check = |header: &str, expected: &[(&[Policy], &str)]| {
            for (policies, expected) in expected {
                policies.iter().for_each(|policy| assert_eq!(shown(*policy, header), *expected, "{policy:?} {header}"));
            }
        };
        let (standard, strict, netscape) = (Policy::Standard, Policy::StandardStrict, Policy::Netscape);
        let (rfc2109, default) = (Policy::Rfc2109, Policy::Default);
        check(
            "a=1; Path=/x; Domain=.Example.com; Secure; HttpOnly",
            &[
                (&[standard, strict, default], "a=<1> example.com/x domain path secure"),
                (&[netscape, rfc2109], "a=<1> .example.com/x domain path secure"),
            ],
        );
        check(
            "a=\"1 2\", b=3; Path=",
            &[
                (&[standard, strict], "a=<1 2, b=3> www.example.com/ path"),
                (&[netscape, default], "a=<\"1 2\", b=3> www.example.com/ path"),
                (&[rfc2109], "a=<1 2> www.example.com/a | b=<3> www.example.com/ path"),
            ],
        );
        check(
            "a=1; Max-Age=2; Expires=Thu, 01-Jan-1970 00:00:09 GMT",
            &[
                (&[standard, strict], "a=<1> www.example.com/a until 7000"),
                (&[netscape, default], "a=<1> www.example.com/a until 9000"),
            ],
        );
        check("a=1; Version=1", &[(&[default, rfc2109], "a=<1> www.example.com/a v1")]);
        check(
            "a=1; Max-Age=-1",
            &[
                (&[standard], &format!("a=<1> www.example.com/a until {}", i64::MIN)),
                (&[strict], "Negative 'max-age' attribute: -1"),
            ],
        );
        check(
            "a=1; Expires=soon",
            &[
                (&[standard, strict, netscape, default], "Invalid 'expires' attribute: soon"),
                (&[rfc2109], "a=<1> www.example.com/a"),
            ],
        );
        check("a=1; Domain=", &[(&[standard, netscape], "Blank or null value for domain attribute")]);
        check("a", &[(&[standard], ""), (&[netscape], "a=<> www.example.com/a")]);
        check("a; b=1", &[(&[standard], "Cookie value is invalid: 'Set-Cookie: a; b=1'")]);
    }
}
