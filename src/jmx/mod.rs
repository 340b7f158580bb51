//! Test plans as text: bytes to a tree of [`Node`]s with positions, and back.
//!
//! This module knows how a `.jmx` is written (pairs of an element and its `<hashTree>`), but no element. What
//! the elements mean is told by [`crate::elements`].

mod decode;
mod error;
mod node;
mod read;
mod write;

pub use error::ReadError;
pub use node::{Content, Node, Plan, Position, Property};
pub use read::{read, read_file};
pub use write::write;
