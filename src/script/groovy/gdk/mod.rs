//! What Groovy adds to Java's classes: one file per class, one row per method.

use crate::script::class::{Class, Row, Static};

/// Methods added to a class.
pub struct Extension {
    /// The class.
    pub class: &'static Static,
    /// Its new methods.
    pub methods: &'static [Row],
    /// Its new static methods.
    pub statics: &'static [Row],
}

/// All that is added.
static EXTENSIONS: &[Extension] = &[];

/// What is added to a class.
pub fn extensions(class: &'static Class) -> impl Iterator<Item = &'static Extension> {
    EXTENSIONS.iter().filter(move |extension| std::ptr::eq(&raw const **extension.class, class))
}
