//! A selector as a tree.

use crate::query::regex::Pattern;
use std::sync::Arc;

/// Whose selectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// jsoup 1.17.
    Jsoup,
    /// Jodd's `CSSelly`.
    Jodd,
}

/// A compiled selector: alternatives separated by commas.
#[derive(Debug)]
pub struct Selector {
    pub(super) alternatives: Vec<Complex>,
}

/// Compounds from the outermost inwards, each with how it is joined to the one before.
#[derive(Debug)]
pub(super) struct Complex(pub Vec<(Combinator, Compound)>);

/// What an element has to be, all of it.
#[derive(Debug)]
pub(super) struct Compound(pub Vec<Simple>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Combinator {
    Descendant,
    Child,
    Adjacent,
    Sibling,
}

#[derive(Debug)]
pub(super) enum Simple {
    Any,
    Tag(String),
    Id(String),
    Class(String),
    Attribute {
        name: String,
        test: AttributeTest,
    },
    /// Any attribute whose name begins so.
    AttributePrefix(String),
    /// A place among the siblings: `a * n + b`, counted from the end, among those with the same name.
    Nth {
        a: i64,
        b: i64,
        from_end: bool,
        of_type: bool,
    },
    Only {
        of_type: bool,
    },
    Empty,
    Root,
    Not(Selector),
    Is(Selector),
    Has(Selector),
    /// A text in the element, or in it directly.
    Contains {
        text: String,
        own: bool,
    },
    /// A text in the data of scripts and styles.
    ContainsData(String),
    Matches {
        pattern: Arc<Pattern>,
        own: bool,
    },
    /// The place among the siblings, from 0 (jsoup).
    Index(std::cmp::Ordering, i64),
    /// The place among what was found so far, from 0; from the end for -1 (Jodd).
    Found(FoundPlace),
}

/// Which of the elements found so far.
#[derive(Debug, Clone, Copy)]
pub(super) enum FoundPlace {
    At(i64),
    Before(i64),
    After(i64),
    Last,
    Even,
    Odd,
}

#[derive(Debug)]
pub(super) enum AttributeTest {
    Present,
    Equal(String),
    NotEqual(String),
    Prefix(String),
    Suffix(String),
    Substring(String),
    /// One of the words.
    Word(String),
    /// The value, or the value and a hyphen at its start.
    Language(String),
    Matches(Arc<Pattern>),
    /// Never: a value that the dialect cannot read.
    Never,
}
