//! The words of an expression.

use super::read_strict;
use crate::query::json::Json;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(i64),
    Literal(Json<'static>),
    Symbol(&'static str),
}

const SYMBOLS: &[&str] = &[
    "[?", "[]", "||", "&&", "==", "!=", "<=", ">=", "<", ">", "!", ".", "*", "|", "&", "@", "[", "]", "{", "}", "(",
    ")", ",", ":",
];

/// A word, and where it stands in the expression, in bytes.
#[derive(Debug)]
pub(super) struct Word {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

/// Splits an expression into words.
///
/// # Errors
/// What is no word, and where it begins.
pub(super) fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some((token, length)) = first_word(rest)
        .map_err(|no_word| format!("token recognition error at: '{no_word}' at position {}", text.len() - rest.len()))?
    {
        let start = text.len() - rest.len();
        words.push(Word { token, start, end: start + length });
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

/// The word that a text begins with, and how long it is; or what is none.
fn first_word(rest: &str) -> Result<Option<(Token, usize)>, String> {
    let Some(first) = rest.chars().next() else { return Ok(None) };
    Ok(Some(match first {
        '"' => {
            let end = closing(rest, '"')?;
            let Some((Json::Text(name), _)) = read_strict(&rest[..=end]).ok() else { return Err(rest.to_owned()) };
            (Token::Name(name.into_owned()), end + 1)
        }
        '\'' => {
            let end = closing(rest, '\'')?;
            (Token::Literal(Json::Text(rest[1..end].replace("\\'", "'").into())), end + 1)
        }
        '`' => {
            let end = closing(rest, '`')?;
            let text = rest[1..end].replace("\\`", "`");
            // A text without quotes is meant as one.
            let value = read_strict(text.trim()).map(|(value, _)| value.into_owned());
            let value = value.unwrap_or_else(|_| Json::Text(text.trim().to_owned().into()));
            (Token::Literal(value), end + 1)
        }
        _ if first.is_ascii_alphabetic() || first == '_' => {
            let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
            let end = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
            (Token::Name(rest[..end].to_owned()), end)
        }
        _ if first.is_ascii_digit() || first == '-' => {
            let digits = rest[1..].find(|char: char| !char.is_ascii_digit()).unwrap_or(rest.len() - 1);
            let number = rest[..=digits].parse().map_err(|_| rest.to_owned())?;
            (Token::Number(number), digits + 1)
        }
        _ => {
            let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)).ok_or_else(|| rest.to_owned())?;
            (Token::Symbol(symbol), symbol.len())
        }
    }))
}

/// Where the quote that a text begins with ends.
fn closing(text: &str, quote: char) -> Result<usize, String> {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return Ok(at),
            _ => {}
        }
    }
    Err(text.to_owned())
}
