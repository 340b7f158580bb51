//! The classes that scripts can name.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::class::{Class, Static};
use super::java;

/// Java's classes and those of the host.
pub struct Library {
    by_name: FxHashMap<&'static str, &'static Class>,
}

impl Library {
    /// Java's classes alone.
    #[must_use]
    pub fn java() -> Arc<Self> {
        Self::with(&[])
    }

    /// Java's classes and more.
    #[must_use]
    pub fn with(host: &[&'static Static]) -> Arc<Self> {
        let library = java::CLASSES
            .iter()
            .chain(java::time::CLASSES)
            .chain(java::commons::CLASSES)
            .chain(super::groovy::classes::ALL)
            .chain(host)
            .map(|class| &***class);
        let by_name = library.chain(java::throwable::all()).map(|class| (class.name, class)).collect();
        Arc::new(Self { by_name })
    }

    /// The class of a full name: `java.util.Date`. An inner class may be written with `.` or `$`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'static Class> {
        self.by_name.get(name).copied().or_else(|| {
            let (outer, inner) = name.rsplit_once('.')?;
            self.by_name.get(format!("{outer}${inner}").as_str()).copied()
        })
    }

    /// The class of a package.
    #[must_use]
    pub fn member(&self, package: &str, name: &str) -> Option<&'static Class> {
        self.named(&format!("{package}.{name}"))
    }

    /// Whether some class is in the package, or in one below it.
    #[must_use]
    pub fn has_package(&self, package: &str) -> bool {
        self.by_name.keys().any(|name| name.strip_prefix(package).is_some_and(|rest| rest.starts_with('.')))
    }

    /// All classes, sorted by name.
    #[must_use]
    pub fn classes(&self) -> Vec<&'static Class> {
        let mut classes: Vec<_> = self.by_name.values().copied().collect();
        classes.sort_by_key(|class| class.name);
        classes
    }
}
