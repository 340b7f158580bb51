//! Classes of characters in brackets, which may hold further ones and may be cut with each other by `&&`.

use super::{Parser, Step, refuse};
use crate::query::regex::class::Class;

impl Parser {
    /// Translates a class, after its opening bracket.
    pub(super) fn class(&mut self) -> Step<String> {
        self.depth += 1;
        if self.depth > super::DEPTH {
            return refuse("Too many classes inside each other", self.at);
        }
        let negated = self.take('^');
        let mut parts = vec![Class::default()];
        let mut first = true;
        loop {
            self.skip_comments();
            let Some(char) = self.next() else { return refuse("Unclosed character class", self.at - 1) };
            let part = parts.last_mut().expect("one at least");
            match char {
                ']' if !first => break,
                '[' => {
                    let inner = self.class()?;
                    part.add_class(&inner);
                }
                '&' if self.peek() == Some('&') => {
                    while self.take('&') {}
                    if !part.is_empty() {
                        parts.push(Class::default());
                    }
                }
                _ => {
                    let mut part = std::mem::take(part);
                    self.class_item(char, &mut part)?;
                    *parts.last_mut().expect("one at least") = part;
                }
            }
            first = false;
        }
        self.depth -= 1;
        Ok(join(&parts, negated))
    }

    fn class_item(&mut self, char: char, class: &mut Class) -> Step<()> {
        if char == '\\'
            && let Some(shorthand) = self.shorthand()?
        {
            class.add_class(&shorthand);
            return Ok(());
        }
        let first = if char == '\\' { self.escaped_char()? } else { char };
        let last = self.range_end(first)?;
        class.add_range(first, last);
        self.add_other_cases(class, first, last);
        Ok(())
    }

    /// The last character of the range that begins with that one: itself, if no range follows.
    fn range_end(&mut self, first: char) -> Step<char> {
        let end = self.pattern.get(self.at + 1);
        if self.peek() != Some('-') || matches!(end, None | Some('[' | ']')) {
            return Ok(first);
        }
        self.at += 1;
        let last = match self.next() {
            Some('\\') => self.escaped_char()?,
            Some(char) => char,
            None => first,
        };
        if last < first {
            return refuse("Illegal character range", self.at - 1);
        }
        Ok(last)
    }
}

/// The parts cut with each other.
fn join(parts: &[Class], negated: bool) -> String {
    match parts {
        [one] => one.finish(negated),
        parts => {
            let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(|part| part.finish(false)).collect();
            format!("[{}{}]", if negated { "^" } else { "" }, parts.join("&&"))
        }
    }
}
