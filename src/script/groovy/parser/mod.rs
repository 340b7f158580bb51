//! Reads a Groovy script.

mod arguments;
mod class;
mod closure;
mod creation;
mod expression;
mod imports;
mod member;
mod operator;
mod postfix;
mod primary;
mod returns;
mod scope;
mod statement;
mod text;
mod types;
mod variable;
mod words;

pub use words::{parse, read};

use std::sync::Arc;

use super::token::{Syntax, Word};
use crate::script::library::Library;
use imports::Imports;
use scope::Scopes;

/// What is known while a script is read.
pub struct Parser {
    words: Arc<[Word]>,
    at: usize,
    source: Arc<str>,
    library: Arc<Library>,
    scopes: Scopes,
    imports: Imports,
    declarations: words::Declarations,
    depth: u32,
    syntax: Syntax,
    /// How many classes are around this place.
    class_depth: u32,
    /// The byte where the condition of an `assert` begins, while one is read.
    assertion: Option<u32>,
    /// Whether a `{` after an expression belongs to something else.
    no_closures: bool,
}

/// Why a script cannot be read: what was found, and the line.
#[derive(Debug)]
pub struct Mistake {
    /// What is wrong.
    pub message: String,
    /// The line, from 1.
    pub line: u32,
    /// The byte where it is.
    pub at: usize,
}

/// The outcome of reading something.
pub type Parsed<T> = Result<T, Mistake>;
