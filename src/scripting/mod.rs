//! JMeter as scripts see it: `vars`, `props`, `log` and the other objects, on top of the interpreters in [`crate::script`].

mod cache;
mod host;
mod logger;
mod properties;
mod value;
mod variables;

use std::sync::{Arc, LazyLock};

pub use cache::{Compiled, compiled};
pub use host::{Evaluated, evaluate};
pub use logger::logger;
pub use properties::properties;
pub use value::{to_model, to_script};
pub use variables::variables;

use crate::script::Library;

/// Java's classes and JMeter's.
pub static LIBRARY: LazyLock<Arc<Library>> =
    LazyLock::new(|| Library::with(&[&variables::CLASS, &properties::CLASS, &logger::CLASS]));
