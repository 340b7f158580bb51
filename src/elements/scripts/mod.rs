//! What the script elements of all families share: which text they run in which language, the names that scripts see,
//! and what their ends mean.

mod beanshell;
mod jsr223;
mod source;

pub(super) use beanshell::{BeanShell, Properties, boolean};
pub(super) use jsr223::Jsr223;
pub(super) use source::Failure;
