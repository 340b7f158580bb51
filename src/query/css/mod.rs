//! CSS selectors as jsoup and as Jodd (`CSSelly`) have them.

mod jodd;
mod jsoup;
mod matching;
mod parse;
mod selector;
mod tag_soup;
#[cfg(test)]
mod tests;

pub use parse::SelectorError;
pub use selector::{Dialect, Selector};
pub use {jodd::Jodd, jsoup::Jsoup};
