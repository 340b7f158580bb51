//! `java.util.regex`: Java's dialect of regular expressions.

mod dialect;
mod expression;
mod matcher;
mod replacement;

pub use dialect::Flags;
pub use expression::{Expression, Groups, expression as pattern, expression_with};
pub use matcher::{MATCH_RESULT, MATCHER, Matcher, PATTERN, Pattern};
pub use replacement::Replacement;
