//! The characters of a path with a place in them. The text may end before its last character.

use super::PathError;

/// Characters that are looked at from a place on, back and forth.
pub(super) struct Characters {
    all: Vec<char>,
    pub at: usize,
    /// One behind the last that counts.
    pub end: usize,
}

pub(super) type Step<T> = Result<T, PathError>;

/// Refuses the path.
pub(super) fn invalid<T>(message: impl Into<String>) -> Step<T> {
    Err(PathError::Invalid(message.into()))
}

impl Characters {
    pub fn new(text: &str) -> Self {
        let all: Vec<_> = text.chars().collect();
        let end = all.len();
        Self { all, at: 0, end }
    }

    /// The character there. Looking behind the text is what Java throws for.
    pub fn char(&self, at: usize) -> Step<char> {
        match self.all.get(at) {
            Some(char) => Ok(*char),
            None => invalid(format!("java.lang.StringIndexOutOfBoundsException: String index out of range: {at}")),
        }
    }

    pub fn current(&self) -> Step<char> {
        self.char(self.at)
    }

    pub fn is(&self, char: char) -> Step<bool> {
        Ok(self.current()? == char)
    }

    pub fn last_is(&self, char: char) -> Step<bool> {
        Ok(self.char(self.end.wrapping_sub(1))? == char)
    }

    pub fn in_bounds(&self, at: usize) -> bool {
        at < self.end
    }

    /// Whether nothing follows the current character.
    pub fn is_tail(&self) -> bool {
        self.at + 1 >= self.end
    }

    pub fn next_is(&self, char: char) -> bool {
        self.in_bounds(self.at + 1) && self.all.get(self.at + 1) == Some(&char)
    }

    pub fn text(&self, from: usize, to: usize) -> Step<String> {
        match self.all.get(from..to) {
            Some(chars) => Ok(chars.iter().collect()),
            None => invalid(format!(
                "java.lang.StringIndexOutOfBoundsException: begin {from}, end {to}, length {}",
                self.all.len()
            )),
        }
    }

    /// Leaves out blanks around, but never the last character.
    pub fn trim(&mut self) {
        self.skip_blanks();
        while self.at + 1 < self.end && self.all.get(self.end - 1) == Some(&' ') {
            self.end -= 1;
        }
    }

    pub fn skip_blanks(&mut self) {
        while self.at + 1 < self.end && self.all[self.at] == ' ' {
            self.at += 1;
        }
    }

    /// The place of the first character after that one which is no blank.
    fn significant(&self, after: usize) -> usize {
        let mut at = after + 1;
        while self.in_bounds(at) && self.all.get(at) == Some(&' ') {
            at += 1;
        }
        at
    }

    /// The place of the next character but blanks, if it is that one.
    pub fn next_significant_at(&self, after: usize, char: char) -> Step<Option<usize>> {
        let at = self.significant(after);
        Ok((self.char(at)? == char).then_some(at))
    }

    pub fn next_significant_is(&self, after: usize, char: char) -> bool {
        let at = self.significant(after);
        self.in_bounds(at) && self.all.get(at) == Some(&char)
    }

    /// The next character but blanks; a blank at the end of the text.
    pub fn next_significant(&self, after: usize) -> char {
        let at = self.significant(after);
        if self.in_bounds(at) { self.all[at] } else { ' ' }
    }

    /// The place of the last character before that one which is no blank.
    pub fn previous_significant_at(&self, before: usize) -> Option<usize> {
        (0..before.min(self.end)).rev().find(|at| self.all[*at] != ' ')
    }

    pub fn next_index_of(&self, from: usize, char: char) -> Option<usize> {
        (from..self.end).find(|at| self.all.get(*at) == Some(&char))
    }

    /// The place of the next such character that no backslash stands before.
    pub fn next_unescaped(&self, after: usize, char: char) -> Option<usize> {
        let mut at = after + 1;
        while self.in_bounds(at) {
            match self.all[at] {
                '\\' => at += 1,
                other if other == char => return Some(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// The place of the bracket that closes the one there; brackets in quotes, and if so asked for in `/regular
    /// expressions/`, are passed over.
    pub fn closing(&self, start: usize, (open, close): (char, char), skip_patterns: bool) -> Step<Option<usize>> {
        if self.char(start)? != open {
            return invalid(format!("Expected {open} but found {}", self.char(start)?));
        }
        let mut opened = 1;
        let mut at = start + 1;
        while self.in_bounds(at) {
            let quote = self.char(at)?;
            if quote == '\'' || quote == '"' {
                let Some(end) = self.next_unescaped(at, quote) else {
                    return invalid(format!(
                        "Could not find matching close quote for {quote} when parsing : {}",
                        self.text(0, self.all.len())?
                    ));
                };
                at = end + 1;
            }
            if skip_patterns && self.char(at)? == '/' {
                let Some(end) = self.next_unescaped(at, '/') else {
                    return invalid(format!(
                        "Could not find matching close for / when parsing regex in : {}",
                        self.text(0, self.all.len())?
                    ));
                };
                at = end + 1;
            }
            let char = self.char(at)?;
            if char == open {
                opened += 1;
            }
            if char == close {
                opened -= 1;
                if opened == 0 {
                    return Ok(Some(at));
                }
            }
            at += 1;
        }
        Ok(None)
    }
}

/// A quoted text without its backslashes.
pub(super) fn unescaped(text: &str) -> Step<String> {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match rest.next() {
            None => out.push('\\'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('f') => out.push('\u{C}'),
            Some('b') => out.push('\u{8}'),
            Some('u') => {
                let digits: String = rest.by_ref().take(4).collect();
                match u32::from_str_radix(&digits, 16) {
                    Ok(unit) if digits.len() == 4 => {
                        out.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    _ if digits.len() < 4 => {}
                    _ => return Err(PathError::Failed(format!("Unable to parse unicode value: {digits}"))),
                }
            }
            Some(other) => out.push(other),
        }
    }
    Ok(out)
}
