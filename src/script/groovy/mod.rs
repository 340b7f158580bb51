//! Groovy 3: parsed into a tree whose local variables are numbered, and walked.

pub(in crate::script) mod arithmetic;
pub mod ast;
pub mod cast;
mod category;
pub mod classes;
pub(in crate::script) mod closure;
pub(in crate::script) mod compare;
pub(in crate::script) mod construct;
mod definition;
pub(in crate::script) mod eval;
mod expando;
pub mod format;
pub mod gdk;
mod instance;
pub mod iterate;
mod lexer;
mod literal;
pub mod meta;
pub(in crate::script) mod parser;
pub(in crate::script) mod script;
mod source;
pub(in crate::script) mod token;
pub mod truth;

pub use ast::Program;
pub use eval::run_script as run;
pub use parser::parse;
