//! Classes of characters in brackets.

use super::escape::{DIGIT, SPACE, WORD, shorthand};
use super::{Atom, Parser, Step};
use crate::query::regex::class::Class;

/// POSIX classes, by Java's categories.
const POSIX: &[(&str, &str)] = &[
    ("alnum", r"\p{L}\p{Nd}"),
    ("alpha", r"\p{L}"),
    ("ascii", r"\x{0}-\x{7F}"),
    ("blank", r"\p{Z}"),
    ("cntrl", r"\p{Cc}"),
    ("digit", DIGIT),
    ("graph", r"\p{L}\p{Nd}\p{Pd}\p{Ps}\p{Pe}\p{Pc}\p{Po}\p{Sm}\p{Sc}\p{Sk}"),
    ("lower", r"\p{Lowercase}"),
    ("print", r"\p{L}\p{Nd}\p{Pd}\p{Ps}\p{Pe}\p{Pc}\p{Po}\p{Sm}\p{Sc}\p{Sk}\p{Z}"),
    ("punct", r"\p{Pd}\p{Ps}\p{Pe}\p{Pc}\p{Po}\p{Sm}\p{Sc}\p{Sk}"),
    ("space", SPACE),
    ("upper", r"\p{Uppercase}"),
    ("word", WORD),
    ("xdigit", "0-9A-Fa-f"),
];

impl Parser<'_> {
    pub(super) fn class(&mut self) -> Step<Atom> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut class = Class::default();
        let mut first = true;
        loop {
            let Some(&char) = self.rest.peek() else { return Err("Unmatched [] in expression.".into()) };
            if char == ']' && !first {
                self.rest.next();
                break;
            }
            first = false;
            let Some(low) = self.class_item(&mut class)? else { continue };
            match self.range_end(low)? {
                Some(high) => class.add_range(low, high),
                None => class.add(low),
            }
        }
        self.out.push(&class.finish(negated));
        Ok(Atom::Text)
    }

    /// One item of a class: a character, or `None` for a class that is already added.
    fn class_item(&mut self, class: &mut Class) -> Step<Option<char>> {
        match self.rest.next() {
            Some('[') => match self.posix() {
                Some((posix, negated)) => {
                    class.add_class(&format!("[{}{posix}]", if negated { "^" } else { "" }));
                    Ok(None)
                }
                None => Ok(Some('[')),
            },
            Some('\\') => match self.rest.peek().copied() {
                Some('b') => {
                    self.rest.next();
                    Ok(Some('\u{8}'))
                }
                Some(char) => match shorthand(char) {
                    Some((shorthand, negated)) => {
                        self.rest.next();
                        class.add_class(&format!("[{}{shorthand}]", if negated { "^" } else { "" }));
                        Ok(None)
                    }
                    None => self.escaped_char().map(Some),
                },
                None => Err("Unmatched [] in expression.".into()),
            },
            Some(char) => Ok(Some(char)),
            None => Err("Unmatched [] in expression.".into()),
        }
    }

    /// The last character of a range that begins with that one, if it is one.
    fn range_end(&mut self, low: char) -> Step<Option<char>> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || matches!(ahead.peek(), None | Some(']')) {
            return Ok(None);
        }
        self.rest = ahead;
        let invalid = "Invalid [] range in expression.";
        match self.class_item(&mut Class::default())? {
            Some(high) if low <= high => Ok(Some(high)),
            _ => Err(invalid.into()),
        }
    }

    /// `[:alpha:]` or `[:^alpha:]`, after its first bracket.
    fn posix(&mut self) -> Option<(&'static str, bool)> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some(':') {
            return None;
        }
        let negated = ahead.next_if_eq(&'^').is_some();
        let mut name = String::new();
        while let Some(char) = ahead.next_if(char::is_ascii_lowercase) {
            name.push(char);
        }
        if ahead.next() != Some(':') || ahead.next() != Some(']') {
            return None;
        }
        let (_, class) = POSIX.iter().find(|(posix, _)| *posix == name)?;
        self.rest = ahead;
        Some((class, negated))
    }
}
