//! Arrays, lists, sets, maps and ranges: Java's collections, with Java's order of iteration.

mod array;
mod list;
mod map;
mod range;

pub use array::Array;
pub use list::{List, Rule};
pub use map::{Key, Map, Order};
pub use range::{Range, increment};
