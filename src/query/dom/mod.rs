//! A document as a tree: what XML and HTML texts are read into, and what `XPath` and CSS selectors search.

mod document;
mod name;

pub use document::{Document, Kind, NodeId};
pub use name::Name;
