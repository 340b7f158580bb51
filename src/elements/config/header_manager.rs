//! HTTP Header Manager: headers for the requests in its scope.
//!
//! All managers in scope count: those of the nearest as they are, then, outwards, each header of whose name there is none
//! yet (`HeaderManager.merge`). A manager that is the only one in scope is what scripts get and change: it stays changed, for all
//! requests that it is for.

use std::borrow::Cow;
use std::sync::Arc;

use crate::elements::{Element, ElementType};
use crate::model::{CurrentHeader, Fault, Fields, Local, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("HeaderManager", "HTTP Header Manager", |fields| {
    Element::config(HeaderManager { headers: Header::load_all(fields), kept: fields.local() })
});

/// What stands in place of all headers of the current sampler when it is overridden: a `Vec<(String, String)>`.
pub const HEADERS: &str = "HTTPSampler.header_manager";

/// The headers of one manager.
pub struct HeaderManager {
    headers: Vec<Header>,
    /// What the user's scripts have made of them.
    kept: Local<Option<Vec<CurrentHeader>>>,
}

/// A header as the plan has it.
#[derive(Debug, Clone)]
struct Header {
    name: Prop<String>,
    value: Prop<String>,
}

impl Header {
    fn load_all(fields: &Fields<'_>) -> Vec<Self> {
        let rows = fields.items("HeaderManager.headers");
        let load = |row: &Fields<'_>| Self { name: row.text("Header.name", ""), value: row.text("Header.value", "") };
        rows.iter().map(load).collect()
    }
}

/// The headers of all managers in scope of a sampler.
pub struct ScopedHeaders {
    /// Those inside the element itself, as recorders write them: they are the nearest.
    own: Option<Vec<Header>>,
    /// Nearest first.
    managers: Vec<Arc<HeaderManager>>,
    /// All of them, if their names are literal.
    merged: Option<Vec<Header>>,
    are_there: bool,
}

/// Names and values, borrowed where they are literal.
pub type Headers<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// Where the value of a header comes from.
enum Source<'a> {
    Plan(&'a Prop<String>),
    Script(String),
}

impl ScopedHeaders {
    /// Those in scope of an element.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        let managers: Vec<Arc<HeaderManager>> = fields.scope.all().collect();
        let own = fields.element(HEADERS).map(|own| Header::load_all(&own));
        let are_there = own.is_some() || !managers.is_empty();
        let lists: Vec<Vec<Header>> =
            own.iter().cloned().chain(managers.iter().map(|manager| manager.headers.clone())).collect();
        let is_literal = lists.iter().flatten().all(|header| header.name.as_fixed().is_some());
        let name = |header: &Header| header.name.as_fixed().map_or("", String::as_str).to_owned();
        let merged = is_literal.then(|| merge(lists, name));
        Self { own, managers, merged, are_there }
    }

    /// Whether there is a manager at all.
    #[must_use]
    pub fn are_there(&self) -> bool {
        self.are_there
    }

    /// Whether the user's scripts have changed a manager.
    pub fn are_changed(&self, vu: &mut VirtualUser) -> bool {
        self.managers.iter().any(|manager| vu.local(&manager.kept).is_some())
    }

    /// The headers now, to be changed.
    ///
    /// # Errors
    /// When a function fails.
    pub fn current(&self, vu: &mut VirtualUser) -> Result<Vec<CurrentHeader>, Fault> {
        let planned: Vec<Option<usize>> = match self.sole(vu) {
            Some(sole) => match vu.local(&sole.kept) {
                Some(kept) => kept.iter().map(|header| header.planned).collect(),
                None => (0..sole.headers.len()).map(Some).collect(),
            },
            None => Vec::new(),
        };
        let headers = self.get(vu)?.into_iter().enumerate();
        let header = |(at, (name, value)): (usize, (Cow<'_, str>, Cow<'_, str>))| CurrentHeader {
            name: name.into_owned(),
            value: value.into_owned(),
            planned: planned.get(at).copied().flatten(),
        };
        Ok(headers.map(header).collect())
    }

    /// Keeps what a script has made of the headers; `false` if they do not come from a single manager.
    pub fn keep(&self, headers: &[CurrentHeader], vu: &mut VirtualUser) -> bool {
        let Some(sole) = self.sole(vu) else { return false };
        *vu.local(&sole.kept) = Some(headers.to_vec());
        true
    }

    /// The only manager that counts now.
    fn sole(&self, vu: &VirtualUser) -> Option<&HeaderManager> {
        let is_overridden = vu.overrides.list::<Vec<(String, String)>>(HEADERS).is_some();
        match self.managers.as_slice() {
            [sole] if self.own.is_none() && !is_overridden => Some(sole),
            _ => None,
        }
    }

    /// The headers now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn get(&self, vu: &mut VirtualUser) -> Result<Headers<'_>, Fault> {
        if let Some(changed) = vu.overrides.list::<Vec<(String, String)>>(HEADERS) {
            return Ok(changed.iter().map(|(name, value)| (name.clone().into(), value.clone().into())).collect());
        }
        if let Some(merged) = &self.merged
            && !self.are_changed(vu)
        {
            return merged.iter().map(|header| Ok((header.name.text(vu)?, header.value.text(vu)?))).collect();
        }
        let mut named = Vec::with_capacity(self.managers.len() + 1);
        if let Some(own) = &self.own {
            named.push(sources(own, None, vu)?);
        }
        for manager in &self.managers {
            let kept = vu.local(&manager.kept).clone();
            named.push(sources(&manager.headers, kept, vu)?);
        }
        let value = |(name, source)| match source {
            Source::Plan(value) => Ok((name, value.text(vu)?)),
            Source::Script(value) => Ok((name, value.into())),
        };
        merge(named, |(name, _)| name.to_string()).into_iter().map(value).collect()
    }

    /// The texts that they are made of.
    pub fn texts(&self) -> impl Iterator<Item = &Prop<String>> {
        let all = self.managers.iter().flat_map(|manager| &manager.headers).chain(self.own.iter().flatten());
        all.flat_map(|header| [&header.name, &header.value])
    }
}

/// The names of a manager's headers now, and where their values come from.
fn sources<'a>(
    planned: &'a [Header],
    kept: Option<Vec<CurrentHeader>>,
    vu: &mut VirtualUser,
) -> Result<Vec<(Cow<'a, str>, Source<'a>)>, Fault> {
    let of_plan = |header: &'a Header, vu: &mut VirtualUser| Ok((header.name.text(vu)?, Source::Plan(&header.value)));
    let Some(kept) = kept else { return planned.iter().map(|header| of_plan(header, vu)).collect() };
    let now = |header: CurrentHeader| match header.planned.and_then(|at| planned.get(at)) {
        Some(planned) => of_plan(planned, vu),
        None => Ok((header.name.into(), Source::Script(header.value))),
    };
    kept.into_iter().map(now).collect()
}

/// Merges the headers of managers, nearest first.
fn merge<H>(managers: Vec<Vec<H>>, name: impl Fn(&H) -> String) -> Vec<H> {
    let mut managers = managers.into_iter();
    let mut merged = managers.next().unwrap_or_default();
    for header in managers.flatten() {
        let new = name(&header);
        if !merged.iter().any(|known| name(known).eq_ignore_ascii_case(&new)) {
            merged.push(header);
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_manager_wins_and_keeps_its_duplicates() {
        let managers = vec![vec![("a", 1), ("A", 2)], vec![("a", 3), ("b", 4), ("B", 5)], vec![("b", 6), ("c", 7)]];
        assert_eq!(merge(managers, |(name, _)| (*name).to_owned()), [("a", 1), ("A", 2), ("b", 4), ("c", 7)]);
    }
}
