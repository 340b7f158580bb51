//! An expression as a tree.

use super::axis::Axis;
use super::{Item, Version};

/// A compiled expression.
#[derive(Debug)]
pub struct XPath {
    pub(super) version: Version,
    pub(super) expression: Expr,
    /// The prefixes of names in it.
    pub(super) prefixes: Vec<String>,
}

#[derive(Debug)]
pub(super) enum Expr {
    Literal(Item),
    Variable(String),
    /// The item that the expression is about.
    Context,
    Sequence(Vec<Expr>),
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    /// A comparison of which one pair has to be true.
    General(Comparison, Box<Expr>, Box<Expr>),
    /// A comparison of single values.
    Single(Comparison, Box<Expr>, Box<Expr>),
    Concat(Box<Expr>, Box<Expr>),
    Range(Box<Expr>, Box<Expr>),
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    Negative(Box<Expr>),
    Union(Box<Expr>, Box<Expr>),
    Intersect(Box<Expr>, Box<Expr>),
    Except(Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    For(String, Box<Expr>, Box<Expr>),
    Let(String, Box<Expr>, Box<Expr>),
    /// `some` or `every`.
    Quantified {
        every: bool,
        variable: String,
        among: Box<Expr>,
        satisfies: Box<Expr>,
    },
    /// `a ! b`
    Map(Box<Expr>, Box<Expr>),
    Call(String, Vec<Expr>),
    Cast {
        value: Box<Expr>,
        to: String,
        only_asks: bool,
    },
    Filter(Box<Expr>, Vec<Expr>),
    Path(Start, Vec<Step>),
}

/// Where a path begins.
#[derive(Debug)]
pub(super) enum Start {
    /// At the document.
    Root,
    /// At the node that the expression is about.
    Here,
    /// At each value of an expression.
    At(Box<Expr>),
}

#[derive(Debug)]
pub(super) enum Step {
    Axis {
        axis: Axis,
        test: Test,
        predicates: Vec<Expr>,
    },
    /// Any expression, once for each node (3.1).
    Expr(Expr),
}

/// Which nodes of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    /// A name, its prefix before it.
    Name(Option<String>, String),
    /// `*`
    Any,
    /// `prefix:*`
    AnyIn(String),
    /// `*:name`
    AnyPrefix(String),
    Node,
    Text,
    Comment,
    Instruction(Option<String>),
    /// `element()`, `attribute()`, `document-node()`
    Element,
    Attribute,
    Document,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// The same node.
    Is,
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideWhole,
    Modulo,
}
