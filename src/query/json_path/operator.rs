//! The operators of filters.

use super::characters::{Step, invalid};

/// What a filter asks of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    /// `===`: equal and of the same type.
    SameTypeEqual,
    SameTypeNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    Contains,
    Size,
    Empty,
    SubsetOf,
    AnyOf,
    NoneOf,
    Exists,
    /// `all`, `type` and `matches` cannot be written in a path's text so that they hold.
    Never,
}

const OPERATORS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("===", Operator::SameTypeEqual),
    ("!==", Operator::SameTypeNotEqual),
    ("<", Operator::Less),
    ("<=", Operator::LessOrEqual),
    (">", Operator::Greater),
    (">=", Operator::GreaterOrEqual),
    ("=~", Operator::Matches),
    ("IN", Operator::In),
    ("NIN", Operator::NotIn),
    ("CONTAINS", Operator::Contains),
    ("SIZE", Operator::Size),
    ("EMPTY", Operator::Empty),
    ("SUBSETOF", Operator::SubsetOf),
    ("ANYOF", Operator::AnyOf),
    ("NONEOF", Operator::NoneOf),
    ("EXISTS", Operator::Exists),
    ("ALL", Operator::Never),
    ("TYPE", Operator::Never),
    ("MATCHES", Operator::Never),
];

impl Operator {
    /// The operator that is written so, in any case.
    pub fn from_text(text: &str) -> Step<Self> {
        let upper = text.to_uppercase();
        match OPERATORS.iter().find(|(written, _)| *written == upper) {
            Some((_, operator)) => Ok(*operator),
            None => invalid(format!("Filter operator {text} is not supported!")),
        }
    }
}
