//! HTTP Header Manager: headers for the requests in its scope.
//!
//! All managers in scope count: those of the nearest as they are, then, outwards, each header of whose name there is none
//! yet (`HeaderManager.merge`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("HeaderManager", "HTTP Header Manager", |fields| {
    Element::config(HeaderManager { headers: Header::load_all(fields) })
});

/// What stands in place of all headers of the current sampler when it is overridden: a `Vec<(String, String)>`.
pub const HEADERS: &str = "HTTPSampler.header_manager";

/// The headers of one manager.
pub struct HeaderManager {
    headers: Vec<Header>,
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
    /// Already merged, if all names are literal; else by manager, nearest first.
    managers: Vec<Vec<Header>>,
    are_there: bool,
}

/// Names and values, borrowed where they are literal.
pub type Headers<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

impl ScopedHeaders {
    /// Those in scope of an element. A manager inside the element itself, as recorders write it, is the nearest.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        let managers: Vec<Arc<HeaderManager>> = fields.scope.all().collect();
        let own = fields.element(HEADERS).map(|own| Header::load_all(&own));
        let managers: Vec<Vec<Header>> =
            own.into_iter().chain(managers.iter().map(|manager| manager.headers.clone())).collect();
        let is_literal = managers.iter().flatten().all(|header| header.name.as_fixed().is_some());
        let name = |header: &Header| header.name.as_fixed().map_or("", String::as_str).to_owned();
        let are_there = !managers.is_empty();
        Self { managers: if is_literal { vec![merge(managers, name)] } else { managers }, are_there }
    }

    /// Whether there is a manager at all.
    #[must_use]
    pub fn are_there(&self) -> bool {
        self.are_there
    }

    /// The headers now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn get(&self, vu: &mut VirtualUser) -> Result<Headers<'_>, Fault> {
        if let Some(changed) = vu.overrides.list::<Vec<(String, String)>>(HEADERS) {
            return Ok(changed.iter().map(|(name, value)| (name.clone().into(), value.clone().into())).collect());
        }
        if let [merged] = self.managers.as_slice() {
            return merged.iter().map(|header| Ok((header.name.text(vu)?, header.value.text(vu)?))).collect();
        }
        let mut named = Vec::with_capacity(self.managers.len());
        for manager in &self.managers {
            let names: Result<Vec<_>, Fault> =
                manager.iter().map(|header| Ok((header.name.text(vu)?, &header.value))).collect();
            named.push(names?);
        }
        let merged = merge(named, |(name, _)| name.to_string());
        merged.into_iter().map(|(name, value)| Ok((name, value.text(vu)?))).collect()
    }

    /// The texts that they are made of.
    pub fn texts(&self) -> impl Iterator<Item = &Prop<String>> {
        self.managers.iter().flatten().flat_map(|header| [&header.name, &header.value])
    }
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
