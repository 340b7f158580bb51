//! What follows a backslash: `\d`, `\Q..\E`, `\x{41}`, `\p{Alpha}`, `\1`.

use std::fmt::Write;

use super::{Step, SyntaxError, Translator, push_escaped};

impl Translator<'_> {
    pub(super) fn escape(&mut self) -> Step {
        let Some(char) = self.next() else { return Self::fail("Unexpected internal error", self.at) };
        self.is_atom = true;
        match char {
            'Q' => {
                while let Some(char) = self.next() {
                    if char == '\\' && self.eat('E') {
                        return Ok(());
                    }
                    self.literal(char);
                }
            }
            'E' => {}
            'A' | 'z' | 'b' | 'B' | 'G' => {
                self.out.push('\\');
                self.out.push(char);
                self.is_atom = false;
            }
            'Z' => self.out.push_str(self.end),
            'R' => self.out.push_str(r"(?:\r\n|[\n\x0b\x0c\r\x{85}\x{2028}\x{2029}])"),
            'X' => self.out.push_str(r"(?s:.)"),
            'k' => {
                let name: String = self.chars.clone().take_while(|char| *char != '>').collect();
                for _ in 0..=name.chars().count() {
                    self.next();
                }
                // Writing to a String cannot fail.
                let _ = write!(self.out, r"\k{name}>");
            }
            '1'..='9' => self.back_reference(char),
            other => {
                let piece = self.escaped(other, false)?;
                self.out.push_str(&piece);
            }
        }
        Ok(())
    }

    fn back_reference(&mut self, first: char) {
        let mut number = first.to_digit(10).unwrap_or_default();
        while let Some(digit) = self.chars.peek().and_then(|char| char.to_digit(10)) {
            if number * 10 + digit > self.groups {
                break;
            }
            number = number * 10 + digit;
            self.next();
        }
        // Writing to a String cannot fail.
        let _ = write!(self.out, r"(?:\{number})");
    }

    /// What an escape stands for, outside of a class or in one.
    pub(super) fn escaped(&mut self, char: char, in_class: bool) -> Result<String, SyntaxError> {
        let set = |inner: &str, negated: bool| match (negated, in_class) {
            (false, true) => inner.to_owned(),
            (false, false) => format!("[{inner}]"),
            (true, _) => format!("[^{inner}]"),
        };
        let code = match char {
            'd' | 'D' => return Ok(set("0-9", char == 'D')),
            'w' | 'W' => return Ok(set("a-zA-Z0-9_", char == 'W')),
            's' | 'S' => return Ok(set(r"\x20\t\n\x0b\x0c\r", char == 'S')),
            'h' | 'H' => {
                return Ok(set(r"\x20\t\x{a0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}", char == 'H'));
            }
            'v' | 'V' => return Ok(set(r"\n\x0b\x0c\r\x{85}\x{2028}\x{2029}", char == 'V')),
            'p' | 'P' => return self.property(char == 'P', in_class),
            't' => 9,
            'n' => 10,
            'r' => 13,
            'f' => 12,
            'a' => 7,
            'e' => 27,
            'c' => self.next().map_or(0, |char| char as u32 ^ 64),
            '0' => self.digits(8, 3),
            'u' => self.digits(16, 4),
            'x' if self.eat('{') => {
                let code = self.digits(16, 6);
                self.eat('}');
                code
            }
            'x' => self.digits(16, 2),
            other if other.is_ascii_alphabetic() => {
                return Self::fail("Illegal/unsupported escape sequence", self.at - 1);
            }
            other => {
                let mut out = String::new();
                push_escaped(&mut out, other);
                return Ok(out);
            }
        };
        Ok(format!(r"\x{{{code:x}}}"))
    }

    fn digits(&mut self, radix: u32, most: usize) -> u32 {
        let mut code = 0;
        for _ in 0..most {
            let Some(digit) = self.chars.peek().and_then(|char| char.to_digit(radix)) else { break };
            code = code * radix + digit;
            self.next();
        }
        code
    }

    fn property(&mut self, negated: bool, in_class: bool) -> Result<String, SyntaxError> {
        let name = if self.eat('{') {
            let mut name = String::new();
            loop {
                match self.next() {
                    Some('}') => break name,
                    Some(char) => name.push(char),
                    None => return Self::fail("Unclosed character family", self.at),
                }
            }
        } else {
            self.next().map(String::from).unwrap_or_default()
        };
        let inner = match name.as_str() {
            "Lower" | "javaLowerCase" => "a-z",
            "Upper" | "javaUpperCase" => "A-Z",
            "ASCII" => r"\x00-\x7f",
            "Alpha" => "a-zA-Z",
            "Digit" | "javaDigit" => "0-9",
            "Alnum" => "a-zA-Z0-9",
            "Punct" => r"!-/:-@\[-`{-~",
            "Graph" => "!-~",
            "Print" => r"\x20-~",
            "Blank" => r"\x20\t",
            "Cntrl" => r"\x00-\x1f\x7f",
            "XDigit" => "0-9a-fA-F",
            "Space" | "javaWhitespace" => r"\x20\t\n\x0b\x0c\r",
            other => {
                let bare = other.strip_prefix("Is").unwrap_or(other);
                let bare = match bare {
                    "javaLetter" => "L",
                    "L1" => return Ok(r"[\x00-\xff]".into()),
                    bare => bare.split_once('=').map_or(bare, |(_, value)| value),
                };
                return Ok(format!(r"\{}{{{bare}}}", if negated { 'P' } else { 'p' }));
            }
        };
        Ok(match (negated, in_class) {
            (false, true) => inner.to_owned(),
            (false, false) => format!("[{inner}]"),
            (true, _) => format!("[^{inner}]"),
        })
    }
}
