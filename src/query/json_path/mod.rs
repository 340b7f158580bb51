//! Paths into JSON: those of Jayway's `json-path` 2.8, with its results and its words for what is wrong.

mod cache;
mod characters;
mod compile;
mod evaluate;
mod filter;
mod filter_compile;
mod function;
mod operand;
mod operator;
mod path;

use std::borrow::Cow;

use super::json::Json;

pub use cache::compiled;
pub use path::JsonPath;

/// What a path leads to.
#[derive(Debug)]
pub enum Found<'d> {
    /// The one value that a definite path leads to.
    One(Cow<'d, Json<'d>>),
    /// The values that an indefinite path leads to.
    All(Vec<Cow<'d, Json<'d>>>),
}

/// Why a path could not be read or followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It leads to nothing.
    #[error("{0}")]
    NotFound(String),
    /// It is no path, or none for that document.
    #[error("{0}")]
    Invalid(String),
    /// Something else went wrong on the way.
    #[error("{0}")]
    Failed(String),
}

#[cfg(test)]
mod tests;
