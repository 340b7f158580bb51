//! The words of a Groovy script.

use std::sync::Arc;

use crate::script::value::Value;

/// Whose words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Groovy.
    Groovy,
    /// BeanShell: Java with variables that need no declaration.
    BeanShell,
}

/// A word.
#[derive(Clone, Debug)]
pub enum Token {
    /// A name or a word of the language.
    Name(Arc<str>),
    /// A number.
    Number(Value),
    /// A text without values in it.
    Text(Arc<str>),
    /// A text with values in it.
    GText(Arc<[Part]>),
    /// Punctuation.
    Symbol(&'static str),
    /// The end of the script.
    End,
}

/// A piece of a text with values.
#[derive(Clone, Debug)]
pub enum Part {
    /// A text.
    Text(Arc<str>),
    /// The words of an expression.
    Code(Arc<[Word]>),
}

/// A word and where it stands.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word.
    pub token: Token,
    /// The line, from 1.
    pub line: u32,
    /// The byte where it begins.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// Whether a line ends between the word before and this one.
    pub after_line: bool,
}

impl Word {
    /// Whether it is that punctuation.
    #[must_use]
    pub fn is(&self, symbol: &str) -> bool {
        matches!(self.token, Token::Symbol(other) if other == symbol)
    }

    /// Whether it is that name.
    #[must_use]
    pub fn is_name(&self, name: &str) -> bool {
        matches!(&self.token, Token::Name(other) if **other == *name)
    }

    /// The name that it is.
    #[must_use]
    pub fn name(&self) -> Option<&Arc<str>> {
        match &self.token {
            Token::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// Words that are no names of variables.
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "as" | "assert"
            | "break"
            | "case"
            | "catch"
            | "class"
            | "const"
            | "continue"
            | "def"
            | "default"
            | "do"
            | "else"
            | "enum"
            | "extends"
            | "false"
            | "finally"
            | "for"
            | "goto"
            | "if"
            | "implements"
            | "import"
            | "in"
            | "instanceof"
            | "interface"
            | "new"
            | "null"
            | "package"
            | "return"
            | "static"
            | "super"
            | "switch"
            | "this"
            | "throw"
            | "throws"
            | "trait"
            | "true"
            | "try"
            | "while"
    ) || is_primitive(name)
}

/// The names of the primitive types.
#[must_use]
pub fn is_primitive(name: &str) -> bool {
    matches!(name, "boolean" | "byte" | "short" | "char" | "int" | "long" | "float" | "double" | "void")
}
