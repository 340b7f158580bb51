//! What a backslash makes of what follows.

use super::{Atom, Parser, Step, property, refuse};
use crate::query::regex::class::NOTHING;

/// Java's line terminators: `\v` as a class, `\R` as one or CR LF.
const VERTICAL: &str = r"[\n-\r\x{85}\x{2028}\x{2029}]";
const HORIZONTAL: &str = r"[\t \x{A0}\x{1680}\x{180E}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]";

impl Parser {
    /// Translates an escape outside of a class, after its backslash.
    pub(super) fn escape(&mut self) -> Step<Atom> {
        let Some(char) = self.peek() else { return refuse("Unexpected internal error", self.at) };
        if let Some(class) = self.shorthand()? {
            self.push_class(&class);
            return Ok(Atom::Text);
        }
        match char {
            'A' => self.out.push("\\A"),
            'b' => self.out.push("\\b"),
            'B' => self.out.push("\\B"),
            'z' => self.out.push("\\z"),
            'G' => self.out.push_backtracking("\\G"),
            'Z' => self.push_end(),
            _ => return self.escaped_text(char),
        }
        self.at += 1;
        Ok(Atom::Place)
    }

    fn escaped_text(&mut self, char: char) -> Step<Atom> {
        match char {
            'R' => {
                self.at += 1;
                self.out.push(&format!("(?:\\r\\n|{VERTICAL})"));
            }
            'X' => {
                self.at += 1;
                self.out.push("(?:\\r\\n|\\P{M}\\p{M}*|\\p{M}+)");
            }
            'k' => {
                self.at += 1;
                self.named_reference()?;
            }
            '1'..='9' => self.back_reference(),
            _ => {
                let char = self.escaped_char()?;
                self.push_char(char);
            }
        }
        Ok(Atom::Text)
    }

    fn named_reference(&mut self) -> Step<()> {
        if !self.take('<') {
            return refuse("\\k is not followed by '<' for named capturing group", self.at);
        }
        let name = self.name()?;
        match self.names.iter().find(|(known, _)| *known == name) {
            Some((_, number)) => self.push_reference(*number),
            None => return refuse(format!("named capturing group <{name}> does not exist"), self.at - 1),
        }
        Ok(())
    }

    /// `\1`: as many digits as make the number of a group that is there already.
    fn back_reference(&mut self) {
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(10)) {
            let longer = number * 10 + digit as usize;
            if number > 0 && longer > self.out.groups {
                break;
            }
            number = longer;
            self.at += 1;
        }
        self.push_reference(number);
    }

    fn push_reference(&mut self, number: usize) {
        if number > self.out.groups {
            return self.out.push(NOTHING);
        }
        let fold = if self.flags.fold_case { "i" } else { "" };
        self.out.push_backtracking(&format!("(?{fold}:\\{number})"));
    }

    /// A class that is a letter after the backslash: `\d`, `\p{Alpha}`.
    pub(super) fn shorthand(&mut self) -> Step<Option<String>> {
        let Some(char) = self.peek() else { return Ok(None) };
        let unicode = self.flags.unicode_classes;
        let class = match char.to_ascii_lowercase() {
            'd' if unicode => r"[\p{Nd}]",
            'd' => "[0-9]",
            'w' if unicode => r"[\w]",
            'w' => "[a-zA-Z0-9_]",
            's' if unicode => r"[\s]",
            's' => r"[\t-\r ]",
            'h' => HORIZONTAL,
            'v' => VERTICAL,
            'p' => {
                self.at += 1;
                return self.property(char == 'P').map(Some);
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(if char.is_ascii_uppercase() { format!("[^{}", &class[1..]) } else { class.to_owned() }))
    }

    fn property(&mut self, negated: bool) -> Step<String> {
        let name: String = match self.next() {
            Some('{') => {
                let rest = &self.pattern[self.at..];
                let Some(length) = rest.iter().position(|char| *char == '}') else {
                    return refuse("Unclosed character family", self.pattern.len());
                };
                let name = rest[..length].iter().collect();
                self.at += length + 1;
                name
            }
            Some(char) => char.into(),
            None => return refuse("Unknown character property name {}", self.at),
        };
        if name.is_empty() {
            return refuse("Empty character family", self.at - 1);
        }
        match property::class(&name, self.flags) {
            Some(class) if negated => Ok(format!("[^{class}]")),
            Some(class) => Ok(format!("[{class}]")),
            None => refuse(format!("Unknown character property name {{{name}}}"), self.at - 1),
        }
    }

    /// The character that an escape stands for, at what follows the backslash.
    pub(super) fn escaped_char(&mut self) -> Step<char> {
        let Some(char) = self.next() else { return refuse("Unexpected internal error", self.at) };
        Ok(match char {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{C}',
            'a' => '\u{7}',
            'e' => '\u{1B}',
            'c' => match self.next() {
                Some(char) => char::from_u32(char as u32 ^ 64).unwrap_or(char),
                None => return refuse("Illegal control escape sequence", self.at - 1),
            },
            '0' => self.octal()?,
            'x' => self.hexadecimal()?,
            'u' => self.utf16()?,
            char if char.is_ascii_alphanumeric() => {
                return refuse("Illegal/unsupported escape sequence", self.at - 1);
            }
            char => char,
        })
    }

    fn octal(&mut self) -> Step<char> {
        let digit = |parser: &Self| parser.peek().and_then(|char| char.to_digit(8));
        let Some(mut number) = digit(self) else { return refuse("Illegal octal escape sequence", self.at) };
        self.at += 1;
        let most = if number <= 3 { 2 } else { 1 };
        for _ in 0..most {
            let Some(digit) = digit(self) else { break };
            number = number * 8 + digit;
            self.at += 1;
        }
        Ok(char::from_u32(number).unwrap_or_default())
    }

    fn hexadecimal(&mut self) -> Step<char> {
        let illegal = "Illegal hexadecimal escape sequence";
        let number = if self.take('{') {
            let rest = &self.pattern[self.at..];
            let Some(length) = rest.iter().position(|char| *char == '}') else {
                return refuse("Unclosed hexadecimal escape sequence", self.at);
            };
            let digits: String = rest[..length].iter().collect();
            self.at += length + 1;
            u32::from_str_radix(&digits, 16).ok()
        } else {
            self.fixed_hexadecimal(2)
        };
        match number.and_then(char::from_u32) {
            Some(char) => Ok(char),
            None => refuse(illegal, self.at),
        }
    }

    /// `\uXXXX`, or two of them for a character beyond U+FFFF.
    fn utf16(&mut self) -> Step<char> {
        let unit = self.fixed_hexadecimal(4);
        let mut units = unit.map(|unit| vec![unit as u16]).unwrap_or_default();
        let start = self.at;
        if matches!(unit, Some(0xD800..0xDC00)) && self.take('\\') && self.take('u') {
            units.extend(self.fixed_hexadecimal(4).map(|unit| unit as u16));
        }
        match char::decode_utf16(units).next() {
            Some(Ok(char)) => Ok(char),
            Some(Err(_)) => {
                self.at = start;
                Ok(char::REPLACEMENT_CHARACTER)
            }
            None => refuse("Illegal Unicode escape sequence", self.at),
        }
    }

    fn fixed_hexadecimal(&mut self, length: usize) -> Option<u32> {
        let digits: String = self.pattern.get(self.at..self.at + length)?.iter().collect();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += length;
        u32::from_str_radix(&digits, 16).ok()
    }
}
