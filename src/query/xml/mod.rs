//! XML as Xerces reads it, with its messages, and the writing of parts of a document.

mod cursor;
mod doctype;
mod error;
mod read;
mod references;
#[cfg(test)]
mod tests;
mod write;

pub use error::XmlError;
pub use read::{Options, read, read_bytes};
pub use write::{write_indented, write_plain};
