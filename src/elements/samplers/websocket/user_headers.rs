//! The headers that Header Managers and Cookie Managers in scope add to a handshake.

use std::fmt::Write;
use std::sync::Arc;

use super::Address;
use crate::elements::config::header_manager::ScopedHeaders;
use crate::elements::config::http_scope::{Cookies, HttpScope};
use crate::java::{self, Url};
use crate::model::{Fault, Fields, VirtualUser};
use crate::protocol::websocket::is_upgrade_header;

/// The managers in scope of a sampler.
pub(super) struct HeaderSources {
    headers: ScopedHeaders,
    /// HTTP Cookie Manager. What the server sets is not kept, as in the plugin.
    cookies: Option<Arc<dyn Cookies>>,
}

/// The headers of one handshake, names and values.
#[derive(Debug, Default)]
pub(super) struct UserHeaders(pub Vec<(String, String)>);

impl HeaderSources {
    pub fn load(fields: &Fields<'_>) -> Self {
        let scope = HttpScope::load(fields);
        Self { headers: scope.headers, cookies: scope.cookies }
    }

    /// The headers for a handshake with that address, in the order that the plugin's `HashMap` gives them.
    pub fn get(&self, address: &Address, vu: &mut VirtualUser) -> Result<UserHeaders, Fault> {
        let mut headers = UserHeaders::default();
        for (name, value) in self.headers.get(vu)? {
            if !java::trim(&name).is_empty() {
                headers.set(&name, value.into_owned());
            }
        }
        if let Some(cookies) = &self.cookies
            && let Ok(url) = Url::parse(&address.http_url())
            && let Some(cookie) = cookies.header(&url, vu)?
        {
            headers.set("Cookie", cookie);
        }
        java::sort_as_hash_map(&mut headers.0, |(name, _)| name);
        Ok(headers)
    }
}

impl UserHeaders {
    /// Sets a header. Of two with the same name the later one counts.
    pub fn set(&mut self, name: &str, value: String) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// The value of a header.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// As results show them: those included that are not sent, because the handshake sets them itself.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.0 {
            let separator = if text.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{separator}{name}: {value}");
        }
        text
    }

    /// Says which ones are not sent.
    pub fn report_ignored(&self) {
        for (name, value) in self.0.iter().filter(|(name, _)| is_upgrade_header(name)) {
            log::error!(target: "e.l.w.WebSocketClient", "Ignoring user supplied header '{name}={value}'");
        }
    }
}
