//! An expression as a tree.

use crate::query::json::Json;

/// A compiled expression.
#[derive(Debug)]
pub struct JmesPath {
    pub(super) expression: Expr,
}

#[derive(Debug)]
pub(super) enum Expr {
    Current,
    Literal(Json<'static>),
    Field(String),
    Index(i64),
    Slice(Option<i64>, Option<i64>, i64),
    /// The right about the value of the left.
    Sub(Box<Expr>, Box<Expr>),
    /// The right about each item of the left.
    Project(Box<Expr>, Box<Expr>),
    /// The right about each value of the object on the left.
    ProjectValues(Box<Expr>, Box<Expr>),
    Flatten(Box<Expr>),
    Filter {
        of: Box<Expr>,
        condition: Box<Expr>,
        then: Box<Expr>,
    },
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    List(Vec<Expr>),
    Hash(Vec<(String, Expr)>),
    Call(String, Vec<Expr>),
    /// `&expression`
    Reference(Box<Expr>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
