//! Why there is no result.

/// Why an expression is none, or has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XPathError {
    /// It is not written as an expression is.
    #[error("{0}")]
    Syntax(String),
    /// It uses what is not known here, though it belongs to `XPath` 3.1.
    #[error("{0} is not supported")]
    Unsupported(String),
    /// It is about values that do not go together.
    #[error("{0}")]
    Dynamic(String),
}
