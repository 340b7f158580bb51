//! JMESPath: questions to JSON. Objects keep the order of the text, which libraries do not.

mod ast;
mod evaluate;
mod function;
mod lexer;
mod parser;
mod strict_json;
#[cfg(test)]
mod tests;

pub use ast::JmesPath;
pub use strict_json::{compact, read_strict};

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JmesPathError {
    /// The text is no expression.
    #[error("Unable to compile expression \"{0}\": syntax error {1}")]
    Syntax(String, String),
    /// A function was given what it cannot work with.
    #[error("{0}")]
    Argument(String),
}
