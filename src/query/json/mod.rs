//! JSON as json-smart 2.5 reads and writes it: leniently, with the members of objects in the order of the text.

mod number;
mod read;
mod value;
mod write;

pub use number::{Decimal, Number};
pub use read::JsonError;
pub use value::{Json, Object};

#[cfg(test)]
mod tests;
