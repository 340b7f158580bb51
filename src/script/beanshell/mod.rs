//! BeanShell 2: Java without declarations, on the parser and the values of Groovy.
//!
//! Variables are looked for by their names, in the block, the method and the interpreter around a place; so a script sees
//! what earlier scripts of the same interpreter left behind. `==` compares texts and objects by identity.

mod call;
mod command;
mod error;
mod interpreter;
mod name_space;
mod operator;
mod program;
mod property;

pub use call::{call, call_method, path};
pub use error::mistake;
pub use interpreter::{interpreter, with_arguments};
pub use name_space::{NameSpace, assign};
pub use operator::{binary, cast, is_primitive, typed};
pub use program::{Program, parse, run};
pub use property::get_property;
