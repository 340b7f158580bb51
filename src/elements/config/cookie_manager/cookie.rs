//! A cookie, where it comes from, and where it goes.

use crate::java::Url;
use crate::model::Fault;

/// A cookie (`BasicClientCookie`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cookie {
    pub name: String,
    pub value: String,
    pub domain: String,
    pub path: String,
    pub is_secure: bool,
    /// The server, or the plan, named the domain: then hosts inside it get the cookie as well.
    pub has_domain: bool,
    /// The server, or the plan, named the path.
    pub has_path: bool,
    pub version: i32,
    /// Milliseconds since 1970.
    pub expires: Option<i64>,
}

impl Cookie {
    /// Whether one takes the place of the other.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.path == other.path && self.domain == other.domain
    }
}

/// What a request is to cookies (`CookieOrigin`).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub host: String,
    pub path: String,
    pub is_secure: bool,
}

impl Origin {
    /// That of a request for an address.
    ///
    /// # Errors
    /// If the address has no host or no port.
    pub fn of(url: &Url) -> Result<Self, Fault> {
        if url.host().trim().is_empty() {
            return Err(Fault::illegal_argument("Host may not be blank"));
        }
        let well_known = matches!(url.protocol(), "http" | "https").then(|| url.default_port()).flatten();
        if url.port().or(well_known).is_none() {
            return Err(Fault::illegal_argument("Port may not be negative"));
        }
        let path = if url.path().trim().is_empty() { "/" } else { url.path() };
        let is_secure = url.protocol() == "https";
        Ok(Self { host: url.host().to_lowercase(), path: path.to_owned(), is_secure })
    }

    /// The path that a cookie without one gets: up to the last slash.
    pub fn default_path(&self) -> &str {
        match self.path.rfind('/') {
            Some(slash) => &self.path[..slash.max(1)],
            None => &self.path,
        }
    }
}
