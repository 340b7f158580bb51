//! The credentials that a user has used at each server: an answer is chosen among them (`BasicCredentialsProvider`).

use rustc_hash::FxHashMap;

use crate::elements::config::http_challenge::Credentials;
use crate::java::Url;

/// Credentials by server and realm; an empty realm stands for all.
#[derive(Default)]
pub(super) struct Remembered(FxHashMap<String, Vec<(String, Credentials)>>);

impl Remembered {
    /// Remembers credentials in place of those for the same realm.
    pub fn put(&mut self, url: &Url, realm: String, credentials: Credentials) {
        let known = self.0.entry(server(url)).or_default();
        match known.iter_mut().find(|(other, _)| *other == realm) {
            Some(slot) => slot.1 = credentials,
            None => known.push((realm, credentials)),
        }
    }

    /// The credentials that fit a realm best. Any fit where no realm is asked for, those for all realms best.
    pub fn find(&self, url: &Url, realm: Option<&str>) -> Option<&Credentials> {
        let known = self.0.get(&server(url))?;
        let wanted = realm.unwrap_or_default();
        let fits = |own: &str| realm.is_none() || own.is_empty() || own == wanted;
        let best = known.iter().find(|(own, _)| own == wanted).or_else(|| known.iter().find(|(own, _)| fits(own)));
        best.map(|(_, credentials)| credentials)
    }

    /// Forgets all of a server: so does a request that no entry is for.
    pub fn forget(&mut self, url: &Url) {
        if !self.0.is_empty() {
            self.0.remove(&server(url));
        }
    }
}

fn server(url: &Url) -> String {
    format!("{}://{}", url.protocol(), url.authority())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_realm_decides() {
        let url = Url::parse("http://h:8080/a").unwrap();
        let credentials = |user: &str| Credentials { user: user.into(), password: String::new() };
        let mut remembered = Remembered::default();
        remembered.put(&url, "x".into(), credentials("of x"));
        let user = |remembered: &Remembered, realm| {
            remembered.find(&url, realm).map_or("", |credentials| &credentials.user).to_owned()
        };
        let all = |remembered: &Remembered| [None, Some("x"), Some("y")].map(|realm| user(remembered, realm));
        assert_eq!(all(&remembered), ["of x", "of x", ""]);
        remembered.put(&url, String::new(), credentials("any"));
        assert_eq!(all(&remembered), ["any", "of x", "any"]);
        remembered.forget(&url);
        assert_eq!(all(&remembered), ["", "", ""]);
    }
}
