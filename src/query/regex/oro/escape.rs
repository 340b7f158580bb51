//! What a backslash makes of a letter.

use super::{Atom, Parser, Step};

/// Java's `Character.isWhitespace`.
pub(super) const SPACE: &str =
    r"\t-\r\x{1C}-\x{20}\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}";
pub(super) const WORD: &str = r"\p{L}\p{Nd}_";
pub(super) const DIGIT: &str = r"\p{Nd}";

impl Parser<'_> {
    pub(super) fn escape(&mut self) -> Step<Atom> {
        let Some(&char) = self.rest.peek() else { return Err("Trailing \\ in expression.".into()) };
        let place = match char {
            'A' => "\\A",
            'b' => "\\b",
            'B' => "\\B",
            'G' => "\\G",
            'Z' => "",
            '1'..='9' => return self.back_reference(),
            _ => {
                match shorthand(char) {
                    Some((class, negated)) => {
                        self.rest.next();
                        self.out.push(&format!("[{}{class}]", if negated { "^" } else { "" }));
                    }
                    None => {
                        let literal = self.escaped_char()?;
                        self.out.push_literal(literal);
                    }
                }
                return Ok(Atom::Text);
            }
        };
        self.rest.next();
        match char {
            'Z' => self.out.push_end(self.end, "\\n"),
            'G' => self.out.push_backtracking(place),
            _ => self.out.push(place),
        }
        Ok(Atom::Place)
    }

    /// `\1`; from `\10` on only as many as there are groups, else it is an octal number.
    fn back_reference(&mut self) -> Step<Atom> {
        let mut ahead = self.rest.clone();
        let mut number = 0_usize;
        while let Some(digit) = ahead.next_if(char::is_ascii_digit) {
            number = number.saturating_mul(10).saturating_add(digit as usize - '0' as usize);
        }
        if number > 9 && number > self.out.groups {
            let literal = self.octal();
            self.out.push_literal(literal);
            return Ok(Atom::Text);
        }
        if number > self.out.groups {
            return Err(format!("Invalid backreference: \\{number}"));
        }
        self.rest = ahead;
        self.out.push_backtracking(&format!("(?:\\{number})"));
        Ok(Atom::Text)
    }

    /// The character that an escape stands for, at what follows the backslash.
    pub(super) fn escaped_char(&mut self) -> Step<char> {
        if self.rest.peek().is_some_and(|char| ('0'..='7').contains(char)) {
            return Ok(self.octal());
        }
        let Some(char) = self.rest.next() else { return Err("Trailing \\ in expression.".into()) };
        Ok(match char {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\u{C}',
            'e' => '\u{1B}',
            'a' => '\u{7}',
            'x' => self.number(16, 2),
            'c' => match self.rest.next() {
                Some(char) => char::from_u32(char.to_ascii_uppercase() as u32 ^ 64).unwrap_or(char),
                None => '\u{FFFF}',
            },
            other => other,
        })
    }

    fn octal(&mut self) -> char {
        self.number(8, 3)
    }

    fn number(&mut self, radix: u32, digits: usize) -> char {
        let mut number = 0;
        for _ in 0..digits {
            let Some(digit) = self.rest.peek().and_then(|char| char.to_digit(radix)) else { break };
            self.rest.next();
            number = number * radix + digit;
        }
        char::from_u32(number).unwrap_or_default()
    }
}

/// `\w` and its like: the class, and whether its opposite is meant.
pub(super) fn shorthand(char: char) -> Option<(&'static str, bool)> {
    let class = match char.to_ascii_lowercase() {
        'w' => WORD,
        'd' => DIGIT,
        's' => SPACE,
        _ => return None,
    };
    Some((class, char.is_ascii_uppercase()))
}
