//! What a Groovy script is read into.
//!
//! Local variables are numbered while the script is read, so that nothing looks for their names at run time.

mod declaration;
mod expression;
mod statement;

pub use declaration::{Body, Field, LateBody, Method, Program, Traits, Unknown};
pub use expression::{Access, Call, Entry, Expr, Item, Name, New, Operator, Place, Prefix};
pub use statement::{Assert, Case, Catch, ForIn, ForLoop, Kind, Statement, Try};

use std::sync::Arc;

use super::cast::Target;

/// The number of a local variable within its function.
pub type Slot = u16;

/// A function: the script itself, a method, a closure.
#[derive(Debug, Default)]
pub struct Code {
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it does.
    pub body: Vec<Statement>,
    /// The names of its local variables, and whether closures share them.
    pub locals: Vec<Local>,
    /// The variables that it takes from the function around it: where they are there, and here.
    pub captures: Vec<(Slot, Slot)>,
    /// Whether its only parameter is the `it` that nobody wrote.
    pub has_implicit_it: bool,
}

/// A local variable.
#[derive(Debug)]
pub struct Local {
    /// Its name.
    pub name: Arc<str>,
    /// Whether a closure shares it.
    pub is_shared: bool,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Arc<str>,
    /// Where its value goes.
    pub slot: Slot,
    /// Its type.
    pub target: Target,
    /// Whether a type was written.
    pub is_typed: bool,
    /// What it is when the call leaves it out.
    pub default: Option<Expr>,
    /// Whether it takes all arguments that are left.
    pub is_variable: bool,
}
