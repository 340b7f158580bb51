//! Groovy.

pub mod cast;
pub mod classes;
pub mod format;
pub mod gdk;
pub mod truth;
