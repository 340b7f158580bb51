//! `groovy.json`: reading, writing and building JSON.

mod builder;
mod output;
mod slurper;

pub use builder::{BUILDER, STREAMING};
pub use output::{GENERATOR, OPTIONS, OUTPUT, UNESCAPED};
pub use slurper::{CLASSIC, LAZY_MAP, PARSER_TYPE, SLURPER};
