//! The script languages of plans: JEXL, JavaScript, Groovy and BeanShell, over one set of values and one class library.
//!
//! A host implements [`Host`], puts its objects into [`Bindings`], and runs what [`compile`] made of a text.

pub mod beanshell;
mod blocking;
pub mod call;
pub mod class;
mod class_ref;
pub mod collection;
mod compile;
pub mod dispatch;
mod error;
pub mod groovy;
mod host;
pub mod java;
pub mod javascript;
pub mod jexl;
mod library;
mod machine;
pub mod number;
mod parameter;
mod table;
mod value;

pub use blocking::may_block;
pub use compile::{Language, Script, compile};
pub use error::{ErrorKind, ScriptError};
pub use host::{Host, HostObject, Standalone};
pub use library::Library;
pub use machine::{Args, Bindings, Limits, Machine, Outcome, Thrown, illegal_argument, null_pointer, ok};
pub use value::{Callable, GString, Value};
