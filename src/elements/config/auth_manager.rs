//! HTTP Authorization Manager: names and passwords for servers, by the beginning of the address.
//!
//! Basic is sent without being asked, unless `httpclient4.auth.preemptive=false`; then an entry counts only where the host, the port
//! and the realm are those of the challenge. The first entry that fits counts, not the longest.

mod remembered;

use std::borrow::Cow;
use std::sync::Arc;

use super::http_challenge::{Credentials, Refused};
use super::http_scope::{Authorizations, Challenge};
use crate::elements::{Element, ElementType};
use crate::java::Url;
use crate::model::{Fault, Fields, Local, Prop, VirtualUser};
use remembered::Remembered;

pub(super) const ELEMENT: ElementType = ElementType::new("AuthManager", "HTTP Authorization Manager", load);

/// A manager.
struct AuthManager {
    entries: Vec<Authorization>,
    is_preemptive: bool,
    remembered: Local<Remembered>,
}

/// Who to be, and where.
struct Authorization {
    url: Prop<String>,
    user: Prop<String>,
    password: Prop<String>,
    domain: Prop<String>,
    realm: Prop<String>,
    mechanism: Mechanism,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mechanism {
    Basic,
    Digest,
}

fn load(fields: &Fields<'_>) -> Element {
    // They only make Kerberos forget its tickets.
    fields.skip(&["AuthManager.clearEachIteration", "AuthManager.controlledByThreadGroup"]);
    let lent: Arc<dyn Authorizations> = Arc::new(AuthManager {
        entries: fields.items("AuthManager.auth_list").iter().map(Authorization::load).collect(),
        is_preemptive: fields.loading.run.properties.flag("httpclient4.auth.preemptive", true),
        remembered: fields.local(),
    });
    Element::config(lent)
}

impl Authorization {
    fn load(row: &Fields<'_>) -> Self {
        const DOMAIN: &str = "Authorization.domain";
        const MECHANISM: &str = "Authorization.mechanism";
        let domain = row.text(DOMAIN, "");
        if domain.as_fixed().is_none_or(|domain| !domain.is_empty()) {
            let message =
                "Loadline does not speak NTLM, which a domain is for; Basic and Digest put it before the user name";
            row.warn(DOMAIN, message);
        }
        Self {
            url: row.text("Authorization.url", ""),
            user: row.text("Authorization.username", ""),
            password: row.text("Authorization.password", ""),
            domain,
            realm: row.text("Authorization.realm", ""),
            mechanism: Mechanism::load(row, MECHANISM),
        }
    }

    /// The user's name with its domain, which is how NTLM's credentials are called.
    fn credentials(&self, vu: &mut VirtualUser) -> Result<Credentials, Fault> {
        let domain = self.domain.text(vu)?.to_uppercase();
        let credentials = self.plain_credentials(vu)?;
        Ok(if domain.is_empty() {
            credentials
        } else {
            Credentials { user: format!("{domain}\\{}", credentials.user), ..credentials }
        })
    }

    fn plain_credentials(&self, vu: &mut VirtualUser) -> Result<Credentials, Fault> {
        Ok(Credentials { user: self.user.text(vu)?.into_owned(), password: self.password.text(vu)?.into_owned() })
    }
}

impl Mechanism {
    fn load(row: &Fields<'_>, name: &'static str) -> Self {
        match row.text_now(name, "BASIC").as_str() {
            "DIGEST" => Self::Digest,
            "BASIC" | "BASIC_DIGEST" => Self::Basic,
            "KERBEROS" => {
                row.unsupported(name, "Loadline cannot log in with Kerberos; Basic and Digest it can");
                Self::Basic
            }
            other => {
                let message =
                    format!("there is no mechanism \"{other}\"; there are BASIC, DIGEST, BASIC_DIGEST, KERBEROS");
                row.error(name, message);
                Self::Basic
            }
        }
    }
}

impl Authorizations for AuthManager {
    fn in_advance(&self, url: &Url, vu: &mut VirtualUser) -> Result<Option<String>, Fault> {
        if !self.is_preemptive {
            return Ok(None);
        }
        let Some(entry) = self.entry(url, vu)? else {
            vu.local(&self.remembered).forget(url);
            return Ok(None);
        };
        let credentials = entry.credentials(vu)?;
        let realm = entry.realm.text(vu)?.into_owned();
        let remembered = vu.local(&self.remembered);
        remembered.put(url, realm, credentials);
        let sends = entry.mechanism == Mechanism::Basic;
        Ok(remembered.find(url, None).filter(|_| sends).map(Credentials::basic))
    }

    fn answer(&self, challenge: &Challenge<'_>, vu: &mut VirtualUser) -> Result<Option<String>, Fault> {
        let values = challenge.response.values("WWW-Authenticate");
        let challenges: Vec<String> = values.map(|value| value.iter().copied().map(char::from).collect()).collect();
        let random = rand::RngExt::random(vu.random_source());
        let Challenge { method, target, body, sent, .. } = *challenge;
        Refused { challenges: &challenges, sent, method, target, body, random }.answer(|realm| {
            if self.is_preemptive {
                Ok(vu.local(&self.remembered).find(challenge.url, realm).cloned())
            } else {
                self.of_realm(challenge.url, realm, vu)
            }
        })
    }
}

impl AuthManager {
    /// The first entry whose address the address begins with, with or without the port that goes without saying. The path counts
    /// decoded and without the query.
    fn entry(&self, url: &Url, vu: &mut VirtualUser) -> Result<Option<&Authorization>, Fault> {
        let (Some(usual), true) = (url.default_port(), matches!(url.protocol(), "http" | "https")) else {
            return Ok(None);
        };
        let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
        let path = without_empty_segments(&path);
        let start = format!("{}://{}", url.protocol(), url.host());
        let texts = match url.port() {
            None => [format!("{start}{path}"), format!("{start}:{usual}{path}")],
            Some(port) if port == usual => [format!("{start}:{port}{path}"), format!("{start}{path}")],
            Some(port) => [format!("{start}:{port}{path}"), String::new()],
        };
        for entry in &self.entries {
            let beginning = entry.url.text(vu)?;
            if texts.iter().any(|text| !text.is_empty() && text.starts_with(&*beginning)) {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// What is known for a realm of the server.
    fn of_realm(&self, url: &Url, realm: Option<&str>, vu: &mut VirtualUser) -> Result<Option<Credentials>, Fault> {
        let Some(realm) = realm else {
            let message = "Cannot invoke \"String.equals(Object)\" because the return value of \
                           \"org.apache.http.auth.AuthScope.getRealm()\" is null";
            return Err(Fault::exception("java.lang.NullPointerException", message));
        };
        for entry in &self.entries {
            if entry.realm.text(vu)? != realm {
                continue;
            }
            let Ok(other) = Url::parse(&entry.url.text(vu)?) else { continue };
            if other.host() == url.host().to_lowercase() && other.effective_port() == url.effective_port() {
                return entry.plain_credentials(vu).map(Some);
            }
        }
        Ok(None)
    }
}

/// The path as requests have it: HttpClient leaves empty segments out, but for the last.
fn without_empty_segments(path: &str) -> Cow<'_, str> {
    if !path.contains("//") {
        return path.into();
    }
    let (folders, file) = path.rsplit_once('/').unwrap_or_default();
    let mut out = String::with_capacity(path.len());
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        out.push('/');
        out.push_str(folder);
    }
    out.push('/');
    out.push_str(file);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_segments_do_not_count() {
        let check = |path: &str, expected: &str| assert_eq!(without_empty_segments(path), expected, "{path}");
        check("/a/b", "/a/b");
        check("", "");
        check("//a///b", "/a/b");
        check("/a//", "/a/");
    }
}
