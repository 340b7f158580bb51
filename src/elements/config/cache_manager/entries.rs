//! What a user knows of earlier responses, by address.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::elements::config::http_scope::RequestHeaders;

/// What is known of a response.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub last_modified: Option<String>,
    pub etag: Option<String>,
    /// Until when it is fresh, in milliseconds since 1970; `None` for not at all.
    pub expires: Option<i64>,
    /// The response depends on these request headers: what is known of it stands under their values.
    pub vary: Option<String>,
    /// When it was last used, by the count of uses.
    pub used: u64,
}

/// All that a user knows.
#[derive(Default)]
pub(super) struct Entries {
    known: FxHashMap<String, Entry>,
    uses: u64,
}

impl Entries {
    /// What is known of the response to a request with those headers.
    pub fn find(&mut self, url: &str, headers: RequestHeaders<'_>) -> Option<&Entry> {
        if self.known.is_empty() {
            return None;
        }
        self.uses += 1;
        let uses = self.uses;
        let entry = self.known.get_mut(url)?;
        entry.used = uses;
        let Some(vary) = &entry.vary else { return self.known.get(url) };
        let key = varied_key(url, vary, headers);
        let entry = self.known.get_mut(&key)?;
        entry.used = uses;
        Some(entry)
    }

    /// Keeps an entry for the response to a request with those headers.
    pub fn keep(
        &mut self,
        url: &str,
        entry: Entry,
        vary: Option<String>,
        headers: RequestHeaders<'_>,
        max_size: usize,
    ) {
        if let Some(vary) = vary {
            // Results show no cookies, and it is from results that JMeter takes the headers that were sent.
            let shown: Vec<(Cow<'_, str>, Cow<'_, str>)> =
                headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("Cookie")).cloned().collect();
            let key = varied_key(url, &vary, &shown);
            self.put(url.to_owned(), Entry { vary: Some(vary), ..entry.clone() }, max_size);
            self.put(key, entry, max_size);
        } else if !self.known.contains_key(url) {
            self.put(url.to_owned(), entry, max_size);
        }
    }

    fn put(&mut self, key: String, entry: Entry, max_size: usize) {
        self.uses += 1;
        self.known.insert(key, Entry { used: self.uses, ..entry });
        while self.known.len() > max_size {
            let oldest = self.known.iter().min_by_key(|(_, entry)| entry.used).map(|(key, _)| key.clone());
            oldest.map(|key| self.known.remove(&key));
        }
    }
}

/// Under what an entry stands that depends on headers.
fn varied_key(url: &str, vary: &str, headers: RequestHeaders<'_>) -> String {
    let mut names: Vec<&str> =
        vary.split(',').enumerate().map(|(at, name)| if at == 0 { name } else { name.trim_start() }).collect();
    names.sort_unstable();
    names.dedup();
    let mut key = format!("{url}\nvary {vary}");
    for name in names {
        key.push('\n');
        key.push_str(name);
        for (_, value) in headers.iter().filter(|(header, _)| header == name) {
            key.push('\t');
            key.push_str(value);
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(etag: &str) -> Entry {
        Entry { etag: Some(etag.into()), ..Entry::default() }
    }

    fn headers(agent: &str) -> [(Cow<'_, str>, Cow<'_, str>); 2] {
        [("X-Agent".into(), agent.into()), ("Cookie".into(), "a=1".into())]
    }

    fn tag(entries: &mut Entries, url: &str, agent: &str) -> String {
        entries.find(url, &headers(agent)).and_then(|entry| entry.etag.clone()).unwrap_or_default()
    }

    #[test]
    fn entries_stay_unless_they_vary() {
        let mut entries = Entries::default();
        entries.keep("/a", entry("1"), None, &headers("x"), 10);
        entries.keep("/a", entry("2"), None, &headers("x"), 10);
        assert_eq!(tag(&mut entries, "/a", "y"), "1");
        entries.keep("/b", entry("1"), Some("X-Agent, Other".into()), &headers("x"), 10);
        entries.keep("/b", entry("2"), Some("X-Agent, Other".into()), &headers("y"), 10);
        let found = ["x", "y", "z"].map(|agent| tag(&mut entries, "/b", agent));
        assert_eq!(found, ["1", "2", ""]);
    }

    #[test]
    fn the_least_used_go_first() {
        let mut entries = Entries::default();
        entries.keep("/a", entry("1"), None, &[], 2);
        entries.keep("/b", entry("1"), None, &[], 2);
        entries.find("/a", &[]);
        entries.keep("/c", entry("1"), None, &[], 2);
        let found = ["/a", "/b", "/c"].map(|url| entries.find(url, &[]).is_some());
        assert_eq!(found, [true, false, true]);
        let mut nothing = Entries::default();
        nothing.keep("/a", entry("1"), None, &[], 0);
        assert!(nothing.find("/a", &[]).is_none());
    }
}
