//! A place in an XML text.

use super::XmlError;

/// Walks through a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub fn starts_with(&self, what: &str) -> bool {
        self.rest().starts_with(what)
    }

    pub fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Skips a text; false if something else stands there.
    pub fn skip(&mut self, what: &str) -> bool {
        let is_there = self.starts_with(what);
        if is_there {
            self.at += what.len();
        }
        is_there
    }

    /// Skips white space; false if there is none.
    pub fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.at += blanks;
        blanks > 0
    }

    /// Takes everything before a text, and skips that; `None` if it never comes.
    pub fn take_until(&mut self, what: &str) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find(what)?;
        self.at += end + what.len();
        Some(&rest[..end])
    }

    /// Takes a name; an empty one if none stands there.
    pub fn take_name(&mut self) -> &'t str {
        let rest = self.rest();
        let mut chars = rest.char_indices();
        let end = match chars.next() {
            Some((_, first)) if is_name_start(first) => {
                chars.find(|(_, char)| !is_name_char(*char)).map_or(rest.len(), |(at, _)| at)
            }
            _ => 0,
        };
        self.at += end;
        &rest[..end]
    }

    /// An error at this place.
    pub fn error<T>(&self, message: impl Into<String>) -> Result<T, XmlError> {
        let before = &self.text[..self.at];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let last = before.rsplit('\n').next().unwrap_or_default();
        let column = last.encode_utf16().count() + 1;
        Err(XmlError { message: message.into(), line: line as u32, column: column as u32 })
    }
}

pub(super) fn is_name_start(char: char) -> bool {
    matches!(char, 'a'..='z' | 'A'..='Z' | '_' | ':')
        || matches!(char, '\u{c0}'..='\u{10ffff}' if !matches!(char, '\u{d7}' | '\u{f7}') && char.is_alphabetic())
}

pub(super) fn is_name_char(char: char) -> bool {
    is_name_start(char)
        || matches!(char, '0'..='9' | '-' | '.' | '\u{b7}')
        || (!char.is_ascii() && char.is_alphanumeric())
}

/// Whether XML 1.0 allows a character at all.
pub(super) fn is_allowed(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
