//! Runs Groovy code: a walk over its tree.

mod assertion;
mod call;
mod expression;
mod frame;
mod index;
mod member;
mod name;
mod operator;
mod place;
mod statement;

pub use call::{invoke, try_invoke};
pub use frame::{Owner, Run, call_code, run_script};
pub use index::{get_at, put_at};
pub use member::{get_property, missing_property, set_property};
pub use operator::binary;
