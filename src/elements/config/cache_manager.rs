//! HTTP Cache Manager: remembers what a browser's cache would know of earlier responses, but not the responses.
//!
//! Later requests ask whether anything has changed; with *Use Cache-Control/Expires header* those whose answer is still fresh are
//! not sent at all. An entry without `Vary` is never replaced, only forgotten: so does `CacheManager.setCache`. Of two managers
//! in scope the outer one counts.

mod entries;
mod expiry;

use std::sync::Arc;

use super::http_scope::{Answered, Cache, RequestHeaders};
use crate::elements::{Element, ElementType, Hooks, Role};
use crate::java::Url;
use crate::model::{Fault, Fields, Local, VirtualUser};
use entries::{Entries, Entry};
use expiry::Freshness;

pub(super) const ELEMENT: ElementType = ElementType::new("CacheManager", "HTTP Cache Manager", load);

/// A cache manager.
struct CacheManager {
    clears_each_iteration: bool,
    is_controlled_by_thread: bool,
    uses_expires: bool,
    max_size: usize,
    /// `cacheable_methods`.
    methods: Vec<String>,
    entries: Local<Entries>,
}

fn load(fields: &Fields<'_>) -> Element {
    let methods = fields.loading.run.properties.text("cacheable_methods", "GET");
    let max_size = fields.prop("maxSize", 5000).get(&mut fields.loading.main.borrow_mut()).unwrap_or(0);
    let manager = Arc::new(CacheManager {
        clears_each_iteration: fields.flag("clearEachIteration", false),
        is_controlled_by_thread: fields.flag("CacheManager.controlledByThread", false),
        uses_expires: fields.flag("useExpires", false),
        max_size: usize::try_from(max_size).unwrap_or(0),
        methods: methods.split([' ', ',']).map(str::to_owned).collect(),
        entries: fields.local(),
    });
    let lent: Arc<dyn Cache> = manager.clone();
    Element { role: Role::Config(Arc::new(lent)), hooks: Some(manager) }
}

impl Hooks for CacheManager {
    fn iteration_started(&self, vu: &mut VirtualUser) {
        let clears = if self.is_controlled_by_thread { !vu.group.same_user } else { self.clears_each_iteration };
        if clears {
            *vu.local(&self.entries) = Entries::default();
        }
    }
}

impl Cache for CacheManager {
    fn is_fresh(&self, url: &Url, headers: RequestHeaders<'_>, vu: &mut VirtualUser) -> bool {
        let now = vu.now();
        let entry = vu.local(&self.entries).find(url.as_str(), headers);
        entry.is_some_and(|entry| entry.expires.is_some_and(|expires| expires > now))
    }

    fn conditions(&self, url: &Url, headers: RequestHeaders<'_>, vu: &mut VirtualUser) -> Vec<(&'static str, String)> {
        let Some(entry) = vu.local(&self.entries).find(url.as_str(), headers) else { return Vec::new() };
        let modified = entry.last_modified.clone().map(|date| ("If-Modified-Since", date));
        let tag = entry.etag.clone().map(|tag| ("If-None-Match", tag));
        modified.into_iter().chain(tag).collect()
    }

    fn store(&self, answered: &Answered<'_>, vu: &mut VirtualUser) -> Result<(), Fault> {
        let header = |name: &str| {
            answered.response.last(name).map(|value| value.iter().copied().map(char::from).collect::<String>())
        };
        let vary = header("Vary");
        if !self.methods.iter().any(|method| method.eq_ignore_ascii_case(answered.method))
            || !matches!(answered.response.status(), 200..=299 | 304)
            || vary.as_deref() == Some("*")
        {
            return Ok(());
        }
        let freshness = Freshness {
            last_modified: header("Last-Modified"),
            expires: header("Expires"),
            cache_control: header("Cache-Control"),
            date: header("Date"),
        };
        let etag = header("ETag");
        let known = [&freshness.last_modified, &freshness.expires, &freshness.cache_control, &etag];
        if known.into_iter().flatten().all(|value| value.trim().is_empty()) {
            return Ok(());
        }
        if self.uses_expires && freshness.forbids_storing() {
            return Ok(());
        }
        let expires = if self.uses_expires { freshness.end(vu.now())? } else { None };
        let entry = Entry { last_modified: freshness.last_modified, etag, expires, vary: None, used: 0 };
        vu.local(&self.entries).keep(answered.url.as_str(), entry, vary, answered.headers, self.max_size);
        Ok(())
    }
}
