//! Statements.

use std::sync::Arc;

use super::{Expr, Method, Slot};
use crate::script::class::ClassRef;
use crate::script::groovy::cast::Target;

/// A statement and its line.
#[derive(Debug)]
pub struct Statement {
    /// What it does.
    pub kind: Kind,
    /// The line, from 1.
    pub line: u32,
}

/// The kinds of statements.
#[derive(Debug)]
pub enum Kind {
    /// An expression whose value nobody needs.
    Expression(Expr),
    /// `return`, or the last expression of a function.
    Return(Option<Expr>),
    /// `{ }`
    Block(Vec<Statement>),
    /// `if`
    If(Box<(Expr, Statement, Option<Statement>)>),
    /// `while`
    While(Box<(Expr, Statement)>, Option<Arc<str>>),
    /// `do while`
    DoWhile(Box<(Statement, Expr)>, Option<Arc<str>>),
    /// `for (a; b; c)`
    For(Box<ForLoop>, Option<Arc<str>>),
    /// `for (a in b)`
    ForIn(Box<ForIn>, Option<Arc<str>>),
    /// `switch`
    Switch(Box<(Expr, Vec<Case>)>),
    /// `try`
    Try(Box<Try>),
    /// `throw`
    Throw(Expr),
    /// `break`
    Break(Option<Arc<str>>),
    /// `continue`
    Continue(Option<Arc<str>>),
    /// `assert`
    Assert(Box<Assert>),
    /// BeanShell: a method of the variables around it.
    Define(Arc<Method>),
    /// Nothing.
    Empty,
}

/// `for (init; condition; update) body`
#[derive(Debug)]
pub struct ForLoop {
    /// What is done first.
    pub init: Vec<Expr>,
    /// Whether to go on.
    pub condition: Option<Expr>,
    /// What is done after each turn.
    pub update: Vec<Expr>,
    /// What is repeated.
    pub body: Statement,
}

/// `for (variable in items) body`
#[derive(Debug)]
pub struct ForIn {
    /// The variable.
    pub slot: Slot,
    /// Its type.
    pub target: Target,
    /// What it runs over.
    pub items: Expr,
    /// What is repeated.
    pub body: Statement,
}

/// A branch of a `switch`; without a value it is `default`.
#[derive(Debug)]
pub struct Case {
    /// The value.
    pub value: Option<Expr>,
    /// What is done from there on.
    pub body: Vec<Statement>,
}

/// `try`
#[derive(Debug)]
pub struct Try {
    /// What is closed afterwards.
    pub resources: Vec<(Slot, Expr)>,
    /// What may fail.
    pub body: Vec<Statement>,
    /// What is done then.
    pub catches: Vec<Catch>,
    /// What is done in any case.
    pub finally: Option<Vec<Statement>>,
}

/// `catch`
#[derive(Debug)]
pub struct Catch {
    /// The classes that it catches.
    pub classes: Vec<ClassRef>,
    /// The variable.
    pub slot: Slot,
    /// What is done.
    pub body: Vec<Statement>,
}

/// `assert`
#[derive(Debug)]
pub struct Assert {
    /// What has to hold; its parts are recorded.
    pub condition: Expr,
    /// The message.
    pub message: Option<Expr>,
    /// The source of the statement.
    pub source: Arc<str>,
    /// The condition in the words of Groovy's compiler.
    pub words: Arc<str>,
    /// The variables that the message shows.
    pub variables: Vec<(Arc<str>, Expr)>,
}
