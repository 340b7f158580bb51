//! Questions to texts: regular expressions, paths into JSON, boundaries. Each in the dialect that plans are written in,
//! and none of them knows what a plan is.

pub mod boundary;
pub mod css;
pub mod dom;
pub mod html;
pub mod jmespath;
pub mod json;
pub mod json_path;
mod memo;
pub mod regex;
pub mod tags;
pub mod xml;
pub mod xpath;
