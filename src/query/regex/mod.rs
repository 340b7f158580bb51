//! Regular expressions in the two dialects that plans are written in: Perl 5 as Jakarta ORO 2.0.8 understands it, and
//! that of `java.util.regex`.
//!
//! A pattern is translated to the syntax of the `regex` crate, whose time is linear in the text, or of `fancy-regex`, where
//! it looks around or refers back.

mod cache;
mod class;
mod java;
mod matches;
mod oro;
mod pattern;
mod syntax_error;
mod translation;

pub use cache::compiled;
pub use matches::{Match, Matches};
pub use pattern::Pattern;
pub use syntax_error::SyntaxError;

/// Whose rules a pattern follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Perl 5 as in Jakarta ORO 2.0.8.
    Oro,
    /// `java.util.regex` of Java 17.
    Java,
}

#[cfg(test)]
mod tests;
