//! The words of an expression.
//!
//! Whether `*` multiplies and whether `div` is a name depends on what stands before: behind a value they are operators.

use super::{Version, XPathError};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number as written.
    Number(String),
    Literal(String),
    /// A name, with its prefix if it has one; `*` may stand for either.
    Name(String),
    Variable(String),
    /// Punctuation, and words that join two values.
    Operator(&'static str),
}

impl Token {
    /// The word as it is written.
    pub fn text(&self) -> String {
        match self {
            Self::Number(text) | Self::Name(text) => text.clone(),
            Self::Literal(text) => format!("'{text}'"),
            Self::Variable(name) => format!("${name}"),
            Self::Operator(text) => (*text).to_owned(),
        }
    }
}

/// Punctuation, longer ones first.
const SYMBOLS: &[&str] = &[
    "::", "//", "..", "<=", ">=", "!=", "<<", ">>", "||", "=>", ":=", "(", ")", "[", "]", "@", ",", "/", "|", "+", "-",
    "=", "<", ">", "!", ".", "*", "?", "#", "{", "}",
];
/// What 1.0 does not have.
const NEW_SYMBOLS: &[&str] = &["<<", ">>", "||", "=>", ":=", "!", "?", "#", "{", "}"];
/// Words that join two values.
const WORDS: &[&str] = &["and", "or", "div", "mod"];
const NEW_WORDS: &[&str] = &[
    "idiv",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "is",
    "to",
    "union",
    "intersect",
    "except",
    "return",
    "in",
    "satisfies",
    "then",
    "else",
    "cast",
    "castable",
    "instance",
    "treat",
    "as",
    "of",
];

/// Splits an expression into words.
pub(super) fn tokens(text: &str, version: Version) -> Result<Vec<Token>, XPathError> {
    let mut lexer = Lexer { rest: text, tokens: Vec::new(), version };
    while lexer.read()? {}
    Ok(lexer.tokens)
}

struct Lexer<'t> {
    rest: &'t str,
    tokens: Vec<Token>,
    version: Version,
}

impl Lexer<'_> {
    /// Reads a word; false at the end.
    fn read(&mut self) -> Result<bool, XPathError> {
        self.rest = self.rest.trim_start();
        while self.version == Version::Three && self.rest.starts_with("(:") {
            self.skip_comment();
        }
        let Some(first) = self.rest.chars().next() else { return Ok(false) };
        let starts_number = |text: &str| text.starts_with(|char: char| char.is_ascii_digit());
        let token = match first {
            '"' | '\'' => self.literal(first)?,
            '$' => {
                self.rest = &self.rest[1..];
                Token::Variable(self.name())
            }
            '.' if starts_number(&self.rest[1..]) => self.number(),
            _ if first.is_ascii_digit() => self.number(),
            _ if first.is_alphabetic() || first == '_' => self.word(),
            '*' if self.rest.starts_with("*:") && !self.is_behind_value() => {
                self.rest = &self.rest[2..];
                Token::Name(format!("*:{}", self.name()))
            }
            '*' if !self.is_behind_value() => {
                self.rest = &self.rest[1..];
                Token::Name("*".into())
            }
            _ => self.symbol(first)?,
        };
        self.tokens.push(token);
        Ok(true)
    }

    fn skip_comment(&mut self) {
        let end = self.rest.find(":)").map_or(self.rest.len(), |at| at + 2);
        self.rest = self.rest[end..].trim_start();
    }

    fn symbol(&mut self, first: char) -> Result<Token, XPathError> {
        let is_old = self.version == Version::One;
        let symbol =
            SYMBOLS.iter().find(|symbol| self.rest.starts_with(**symbol) && !(is_old && NEW_SYMBOLS.contains(symbol)));
        match symbol {
            Some(symbol) => {
                self.rest = &self.rest[symbol.len()..];
                Ok(Token::Operator(symbol))
            }
            None => Err(XPathError::Syntax(format!("Extra illegal tokens: '{first}'"))),
        }
    }

    /// A text in quotes; in 3.1 a doubled quote in it is one that is meant.
    fn literal(&mut self, quote: char) -> Result<Token, XPathError> {
        let mut text = String::new();
        let mut rest = &self.rest[1..];
        loop {
            let Some(end) = rest.find(quote) else {
                let kind = if quote == '"' { "double" } else { "single" };
                return Err(XPathError::Syntax(format!("misquoted literal... expected {kind} quote!")));
            };
            text.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            if self.version == Version::One || !rest.starts_with(quote) {
                break;
            }
            text.push(quote);
            rest = &rest[1..];
        }
        self.rest = rest;
        Ok(Token::Literal(text))
    }

    fn number(&mut self) -> Token {
        let bytes = self.rest.as_bytes();
        let mut end = bytes.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        if self.version == Version::Three && matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let digits = bytes[end + 1 + sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits > 0 {
                end += 1 + sign + digits;
            }
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        Token::Number(number.to_owned())
    }

    /// A name, or a word that joins two values.
    fn word(&mut self) -> Token {
        let is_behind_value = self.is_behind_value();
        let name = self.name();
        let words = WORDS.iter().chain(if self.version == Version::Three { NEW_WORDS } else { &[] });
        if let Some(word) = words.copied().find(|word| is_behind_value && *word == name) {
            return Token::Operator(word);
        }
        if self.rest.starts_with(":*") {
            self.rest = &self.rest[2..];
            return Token::Name(format!("{name}:*"));
        }
        let has_local = self.rest.strip_prefix(':').is_some_and(|rest| {
            !rest.starts_with(':') && rest.starts_with(|char: char| char.is_alphabetic() || char == '_')
        });
        if has_local {
            self.rest = &self.rest[1..];
            return Token::Name(format!("{name}:{}", self.name()));
        }
        Token::Name(name)
    }

    /// Takes a name without a colon.
    fn name(&mut self) -> String {
        let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '\u{b7}');
        let end = self.rest.find(|char: char| !is_part(char)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.to_owned()
    }

    /// Whether the last word ends a value, so that an operator must follow.
    fn is_behind_value(&self) -> bool {
        match self.tokens.last() {
            None => false,
            Some(Token::Operator(symbol)) => matches!(*symbol, ")" | "]" | "." | ".." | "}"),
            Some(_) => true,
        }
    }
}
