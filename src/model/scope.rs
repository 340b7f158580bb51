//! What an element can see of the tree around it.

use std::any::Any;
use std::sync::Arc;

use crate::jmx::Node;

/// The config elements in scope of an element: nearest first, then outwards; of one level in tree order. Those of the
/// test plan come last.
#[derive(Default, Clone)]
pub struct Scope<'a> {
    configs: Vec<ConfigInScope<'a>>,
}

/// A config element that is in scope.
#[derive(Clone)]
pub struct ConfigInScope<'a> {
    /// The element as written: what defaults elements are merged from.
    pub node: &'a Node,
    /// The element as loaded.
    pub element: Arc<dyn Any + Send + Sync>,
}

impl<'a> Scope<'a> {
    /// The scope one level further in, where those config elements stand.
    #[must_use]
    pub fn inside(&self, level: Vec<ConfigInScope<'a>>) -> Self {
        let mut configs = level;
        configs.extend(self.configs.iter().cloned());
        Self { configs }
    }

    /// All elements of a type, nearest first.
    pub fn all<T: Any + Send + Sync>(&self) -> impl Iterator<Item = Arc<T>> {
        self.configs.iter().filter_map(|config| config.element.clone().downcast().ok())
    }

    /// The element of a type that counts where only one can: the outermost, as JMeter hands the nearest one over first
    /// and lets later ones replace it.
    #[must_use]
    pub fn outermost<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.all().last()
    }

    /// The elements as written, nearest first.
    pub fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        self.configs.iter().map(|config| config.node)
    }
}
