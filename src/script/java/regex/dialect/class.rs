//! Classes of characters: `[a-z&&[^b]]`.

use super::{Flags, SyntaxError, Translator, push_escaped};

impl Translator<'_> {
    /// A class whose `[` was read.
    pub(super) fn class(&mut self) -> Result<String, SyntaxError> {
        let mut out = String::from("[");
        if self.eat('^') {
            out.push('^');
        }
        let mut is_first = true;
        loop {
            match self.next() {
                None => return Self::fail("Unclosed character class", self.at.saturating_sub(1)),
                Some(']') if !is_first => {
                    out.push(']');
                    return Ok(out);
                }
                Some('[') => out.push_str(&self.class()?),
                Some('&') if self.chars.peek() == Some(&'&') => {
                    self.next();
                    out.push_str("&&");
                }
                Some('\\') => match self.next() {
                    None => return Self::fail("Unclosed character class", self.at.saturating_sub(1)),
                    Some('Q') => {
                        while let Some(char) = self.next() {
                            if char == '\\' && self.eat('E') {
                                break;
                            }
                            push_escaped(&mut out, char);
                        }
                    }
                    Some('E') => {}
                    Some('b' | 'B') => return Self::fail("Illegal/unsupported escape sequence", self.at - 1),
                    Some(char) => out.push_str(&self.escaped(char, true)?),
                },
                Some('-') => out.push_str(if self.is_range(&out) { "-" } else { r"\-" }),
                Some(' ') if self.flags.has(Flags::COMMENTS) => {}
                Some(char) => push_escaped(&mut out, char),
            }
            is_first = false;
        }
    }

    /// Whether a `-` stands between two ends of a range.
    fn is_range(&self, before: &str) -> bool {
        let next = self.chars.clone().next();
        !before.ends_with('[')
            && !before.ends_with("[^")
            && !before.ends_with("&&")
            && !matches!(next, None | Some(']' | '['))
    }
}
