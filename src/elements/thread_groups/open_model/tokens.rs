//! The words of a schedule.

use std::fmt;

use super::schedule::ScheduleError;

/// A word of a schedule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// A name or a unit.
    Identifier(&'a str),
    /// A number, as written and its value.
    Number(&'a str, f64),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `/`
    Divide,
}

impl fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identifier(name) => write!(f, "Identifier({name})"),
            Self::Number(image, _) => write!(f, "Number({image})"),
            Self::Open => f.write_str("("),
            Self::Close => f.write_str(")"),
            Self::Divide => f.write_str("/"),
        }
    }
}

/// The words of a text, each with the place where it begins.
///
/// # Errors
/// For a sign that begins none.
pub(super) fn tokens(text: &str) -> Result<Vec<(usize, Token<'_>)>, ScheduleError> {
    let mut tokens = Vec::new();
    let mut place = 0;
    while let Some(char) = text[place..].chars().next() {
        let rest = &text[place..];
        if let Some(length) = blank(rest) {
            place += length;
            continue;
        }
        let (token, length) = match char {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '/' => (Token::Divide, 1),
            'a'..='z' | 'A'..='Z' => {
                let length = run(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                (Token::Identifier(&rest[..length]), length)
            }
            _ => match number(rest) {
                Some((length, value)) => (Token::Number(&rest[..length], value), length),
                None => return Err(ScheduleError::new(text, place, "Unexpected input")),
            },
        };
        tokens.push((place, token));
        place += length;
    }
    Ok(tokens)
}

/// The length of what stands between words at the beginning of a text: white space, or a comment. A comment in `/* */` ends
/// on its line.
fn blank(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("/*") {
        let end = comment.find("*/")?;
        return (!comment[..end].contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])).then_some(end + 4);
    }
    if text.starts_with("//") {
        return Some(text.find(['\n', '\r']).unwrap_or(text.len()));
    }
    let length = run(text, |byte| matches!(byte, b' ' | b'\t'..=b'\r'));
    (length > 0).then_some(length)
}

/// `1`, `1.5` or `.5`: its length and value.
fn number(text: &str) -> Option<(usize, f64)> {
    let digit = |byte: u8| byte.is_ascii_digit();
    let whole = run(text, digit);
    let fraction = text[whole..].strip_prefix('.').map_or(0, |rest| run(rest, digit));
    let length = if fraction > 0 { whole + 1 + fraction } else { whole };
    (length > 0).then(|| Some((length, text[..length].parse().ok()?)))?
}

/// How many bytes at the beginning of a text are of that kind.
fn run(text: &str, kind: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| kind(*byte)).count()
}
