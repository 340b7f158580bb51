//! A path and its steps.

use std::borrow::Cow;
use std::fmt;

use super::filter::Expression;
use super::function::Call;
use super::{Found, PathError, compile, evaluate};
use crate::query::json::Json;

/// A path, ready to be followed. Shared by all users.
#[derive(Debug, PartialEq)]
pub struct JsonPath {
    /// `$` or `@`.
    pub(super) root: char,
    pub(super) tokens: Vec<Token>,
    pub(super) is_definite: bool,
}

/// One step of a path.
#[derive(Debug, PartialEq)]
pub(super) enum Token {
    /// `.name`, `['name']`, `['one','other']`
    Property { names: Vec<String>, quote: char },
    /// `*`
    Wildcard,
    /// `..`
    Scan,
    /// `[1]`, `[0,-1]`
    Index(Vec<i32>),
    /// `[1:]`, `[:2]`, `[1:2]`
    Slice(Option<i32>, Option<i32>),
    /// `[?(...)]`
    Filter(Expression),
    /// `length()`
    Function(Call),
}

impl JsonPath {
    /// Reads a path.
    ///
    /// # Errors
    /// When it is none.
    pub fn new(text: &str) -> Result<Self, PathError> {
        if text.is_empty() {
            return Err(PathError::Failed("json can not be null or empty".into()));
        }
        compile::path(text)
    }

    /// A path of those steps.
    pub(super) fn of(root: char, tokens: Vec<Token>) -> Self {
        let last = tokens.len().saturating_sub(1);
        let is_definite = tokens.iter().enumerate().all(|(place, token)| token.is_definite(place == last));
        Self { root, tokens, is_definite }.inverted()
    }

    /// Whether it leads to one value at most.
    pub fn is_definite(&self) -> bool {
        self.is_definite
    }

    /// What the path leads to in a document.
    ///
    /// # Errors
    /// When it leads nowhere, or a function on it fails.
    pub fn read<'d>(&self, document: &'d Json<'d>) -> Result<Found<'d>, PathError> {
        match document {
            Json::Null => Err(PathError::Failed("json can not be null".into())),
            document => evaluate::read(self, document, document, false),
        }
    }

    /// The same always as a list (Jayway's option `ALWAYS_RETURN_LIST`), which functions don't go with.
    ///
    /// # Errors
    /// As [`JsonPath::read`].
    pub fn read_list<'d>(&self, document: &'d Json<'d>) -> Result<Vec<Cow<'d, Json<'d>>>, PathError> {
        if self.is_function() {
            let message = "Options AS_PATH_LIST and ALWAYS_RETURN_LIST are not allowed when using path functions!";
            return Err(PathError::Failed(message.into()));
        }
        if *document == Json::Null {
            return Err(PathError::Failed("root can not be null".into()));
        }
        Ok(match self.read(document)? {
            Found::One(value) => vec![value],
            Found::All(values) => values,
        })
    }

    pub(super) fn is_function(&self) -> bool {
        self.function().is_some()
    }

    /// The function at the path's end.
    pub(super) fn function(&self) -> Option<&Call> {
        match self.tokens.last() {
            Some(Token::Function(call)) => Some(call),
            _ => None,
        }
    }

    /// `$..x.length()` asks for the length of all `x`: the path becomes the function's parameter.
    fn inverted(mut self) -> Self {
        let scans = matches!(self.tokens.first(), Some(Token::Scan)) && self.is_function();
        let Some(place) = self.tokens.iter().position(|token| matches!(token, Token::Function(_))).filter(|_| scans)
        else {
            return self;
        };
        let mut rest = self.tokens.split_off(place);
        if let Token::Function(call) = rest.remove(0) {
            let parameter = Self { root: self.root, tokens: self.tokens, is_definite: false };
            rest.insert(0, Token::Function(call.with_path(parameter)));
        }
        Self { root: self.root, tokens: rest, is_definite: true }
    }
}

impl Token {
    pub(super) fn is_definite(&self, is_last: bool) -> bool {
        match self {
            Self::Property { names, .. } => names.len() == 1 || is_last,
            Self::Index(indexes) => indexes.len() == 1,
            Self::Function(_) => true,
            Self::Wildcard | Self::Scan | Self::Slice(..) | Self::Filter(_) => false,
        }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: &Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
        match self {
            Self::Property { names, quote } => {
                let names: Vec<_> = names.iter().map(|name| format!("{quote}{name}{quote}")).collect();
                write!(f, "[{}]", names.join(","))
            }
            Self::Wildcard => f.write_str("[*]"),
            Self::Scan => f.write_str(".."),
            Self::Index(indexes) => {
                let indexes: Vec<_> = indexes.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", indexes.join(","))
            }
            Self::Slice(from, to) => write!(f, "[{}:{}]", number(from), number(to)),
            Self::Filter(_) => f.write_str("[?]"),
            Self::Function(call) => write!(f, ".{call}"),
        }
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root)?;
        self.tokens.iter().try_for_each(|token| token.fmt(f))
    }
}
