//! Groovy 3: parsed into a tree whose local variables are numbered, and walked.

mod arithmetic;
pub mod ast;
pub mod cast;
mod category;
pub mod classes;
mod closure;
mod compare;
mod construct;
mod definition;
mod eval;
mod expando;
pub mod format;
pub mod gdk;
mod instance;
pub mod iterate;
mod lexer;
mod literal;
pub mod meta;
mod parser;
mod script;
mod source;
mod token;
pub mod truth;

pub use ast::Program;
pub use eval::run_script as run;
pub use parser::parse;
