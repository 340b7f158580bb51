//! JEXL: the expressions of `__jexl3` and `__jexl2`, and the script language `jexl`.
//!
//! One reader and one evaluator serve both versions; where they differ, [`Version`] is asked.

mod arithmetic;
mod ast;
mod conversion;
mod eval;
mod lexer;
mod matching;
mod parser;

pub use ast::{Program, Version};
pub use eval::run;
pub use parser::parse;

#[cfg(test)]
mod tests;
