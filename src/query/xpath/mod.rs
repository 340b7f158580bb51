//! `XPath`: 1.0 as Xalan has it, and of 3.1 what expressions about XML documents use.
//!
//! One grammar and one evaluation serve both: what 3.1 adds is refused in 1.0. Of 3.1 maps, arrays, functions as values and
//! types beyond the simple ones are missing; such an expression is [`XPathError::Unsupported`].

mod arithmetic;
mod ast;
mod axis;
mod cache;
mod compare;
mod core_functions;
mod decimal;
mod error;
mod evaluate;
mod further_functions;
mod item;
mod lexer;
mod number_functions;
mod parser;
mod steps;
#[cfg(test)]
mod tests;

pub use ast::XPath;
pub use cache::compiled;
pub use error::XPathError;
pub use evaluate::Namespaces;
pub use item::Item;

/// Which `XPath`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// `XPath` 1.0.
    One,
    /// `XPath` 3.1.
    Three,
}
