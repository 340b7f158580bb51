//! Groups: `(a)`, `(?:a)`, `(?<name>a)`, `(?i)`.

use std::fmt::Write;

use super::{Flags, Step, Translator};

impl Translator<'_> {
    pub(super) fn group(&mut self) -> Step {
        self.is_atom = false;
        if !self.eat('?') {
            self.outer.push(self.flags);
            self.out.push('(');
            return Ok(());
        }
        match self.next() {
            Some(kind @ (':' | '=' | '!' | '>')) => {
                self.outer.push(self.flags);
                self.out.push_str("(?");
                self.out.push(kind);
            }
            Some('<') => {
                self.outer.push(self.flags);
                self.out.push_str("(?<");
                if let Some(kind @ ('=' | '!')) = self.chars.peek().copied() {
                    self.next();
                    self.out.push(kind);
                    return Ok(());
                }
                while let Some(char) = self.next() {
                    self.out.push(char);
                    if char == '>' {
                        return Ok(());
                    }
                }
                return Self::fail("named capturing group is missing trailing '>'", self.at);
            }
            Some(char) => return self.inline_flags(char),
            None => return Self::fail("Unknown inline modifier", self.at),
        }
        Ok(())
    }

    fn inline_flags(&mut self, first: char) -> Step {
        let (mut add, mut next) = (true, Some(first));
        let outside = self.flags;
        loop {
            let flag = match next {
                Some('-') => {
                    add = false;
                    0
                }
                Some('i') => Flags::CASE_INSENSITIVE,
                Some('m') => Flags::MULTILINE,
                Some('s') => Flags::DOTALL,
                Some('x') => Flags::COMMENTS,
                Some('d') => Flags::UNIX_LINES,
                Some('u' | 'U') => 0,
                Some(end @ (')' | ':')) => {
                    let case = if self.flags.has(Flags::CASE_INSENSITIVE) { "i" } else { "-i" };
                    // Writing to a String cannot fail.
                    let _ = write!(self.out, "(?{case}{end}");
                    if end == ':' {
                        self.outer.push(outside);
                    }
                    return Ok(());
                }
                _ => return Self::fail("Unknown inline modifier", self.at - 1),
            };
            if add {
                self.flags.0 |= flag;
            } else {
                self.flags.0 &= !flag;
            }
            next = self.next();
        }
    }
}
