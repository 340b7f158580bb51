//! Java's syntax of regular expressions, written in the syntax of the `fancy-regex` crate.
//!
//! In Java `\d`, `\w` and `\s` are ASCII, `.` stops at every kind of line end, `$` matches before a final line end, a
//! lone `{` is an error.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

/// The flags of `Pattern.compile`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(pub i32);

impl Flags {
    /// `UNIX_LINES`.
    pub const UNIX_LINES: i32 = 1;
    /// `CASE_INSENSITIVE`.
    pub const CASE_INSENSITIVE: i32 = 2;
    /// `COMMENTS`.
    pub const COMMENTS: i32 = 4;
    /// `MULTILINE`.
    pub const MULTILINE: i32 = 8;
    /// `LITERAL`.
    pub const LITERAL: i32 = 16;
    /// `DOTALL`.
    pub const DOTALL: i32 = 32;

    fn has(self, flag: i32) -> bool {
        self.0 & flag != 0
    }
}

/// Why a pattern is none: what Java says, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Java's words.
    pub message: String,
    /// The place, counted in characters.
    pub at: usize,
}

/// A pattern in the other syntax, twice: for texts that end with a line end, and for all others, which is faster.
pub struct Translation {
    /// For all texts.
    pub exact: String,
    /// For texts that do not end with a line end; the same if there is no `$`.
    pub quick: String,
}

/// Translates a pattern.
///
/// # Errors
/// It is no pattern in Java either.
pub fn translate(pattern: &str, flags: Flags) -> Result<Translation, SyntaxError> {
    let write = |end: &'static str| Translator::new(pattern, flags, end).run();
    let exact = write(r"(?=(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z)")?;
    let quick = if pattern.contains(['$', 'Z']) { write(r"\z")? } else { exact.clone() };
    Ok(Translation { exact, quick })
}

const NO_LINE_END: &str = r"[^\n\r\x{85}\x{2028}\x{2029}]";

struct Translator<'p> {
    chars: Peekable<Chars<'p>>,
    at: usize,
    out: String,
    flags: Flags,
    /// The flags outside each group that is open.
    outer: Vec<Flags>,
    end: &'static str,
    groups: u32,
    /// Whether a quantifier may follow.
    is_atom: bool,
}

type Step = Result<(), SyntaxError>;

impl<'p> Translator<'p> {
    fn new(pattern: &'p str, flags: Flags, end: &'static str) -> Self {
        Self {
            chars: pattern.chars().peekable(),
            at: 0,
            out: String::with_capacity(pattern.len() + 16),
            flags,
            outer: Vec::new(),
            end,
            groups: pattern.matches('(').count() as u32,
            is_atom: false,
        }
    }

    fn run(mut self) -> Result<String, SyntaxError> {
        if self.flags.has(Flags::CASE_INSENSITIVE) {
            self.out.push_str("(?i)");
        }
        if self.flags.has(Flags::LITERAL) {
            while let Some(char) = self.next() {
                self.literal(char);
            }
            return Ok(self.out);
        }
        while let Some(char) = self.next() {
            self.item(char)?;
        }
        if self.outer.is_empty() { Ok(self.out) } else { Self::fail("Unclosed group", self.at) }
    }

    fn next(&mut self) -> Option<char> {
        let char = self.chars.next();
        self.at += usize::from(char.is_some());
        char
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.chars.peek() == Some(&wanted);
        if found {
            self.next();
        }
        found
    }

    fn fail<T>(message: &str, at: usize) -> Result<T, SyntaxError> {
        Err(SyntaxError { message: message.to_owned(), at })
    }

    fn item(&mut self, char: char) -> Step {
        match char {
            '\\' => self.escape()?,
            '[' => {
                let class = self.class()?;
                self.out.push_str(&class);
                self.is_atom = true;
            }
            '(' => self.group()?,
            ')' => match self.outer.pop() {
                Some(flags) => {
                    self.flags = flags;
                    self.out.push(')');
                    self.is_atom = true;
                }
                None => return Self::fail("Unmatched closing ')'", self.at.saturating_sub(2)),
            },
            '.' => {
                let dot = match (self.flags.has(Flags::DOTALL), self.flags.has(Flags::UNIX_LINES)) {
                    (true, _) => "(?s:.)",
                    (false, true) => r"[^\n]",
                    (false, false) => NO_LINE_END,
                };
                self.out.push_str(dot);
                self.is_atom = true;
            }
            '^' => {
                self.out.push_str(if self.flags.has(Flags::MULTILINE) { "(?m:^)" } else { r"\A" });
                self.is_atom = false;
            }
            '$' => {
                self.out.push_str(if self.flags.has(Flags::MULTILINE) { r"(?m:(?=\r?$))" } else { self.end });
                self.is_atom = false;
            }
            '|' => {
                self.out.push('|');
                self.is_atom = false;
            }
            '*' | '+' | '?' => self.quantifier(char)?,
            '{' => self.repetition()?,
            ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' if self.flags.has(Flags::COMMENTS) => {}
            '#' if self.flags.has(Flags::COMMENTS) => while self.next().is_some_and(|char| char != '\n') {},
            other => self.literal(other),
        }
        Ok(())
    }

    fn literal(&mut self, char: char) {
        push_escaped(&mut self.out, char);
        self.is_atom = true;
    }

    fn quantifier(&mut self, char: char) -> Step {
        if !self.is_atom && !self.out.ends_with([')', '^', 'A', 'z', 'b', 'B', 'G']) {
            return Self::fail(&format!("Dangling meta character '{char}'"), self.at - 1);
        }
        self.out.push(char);
        self.mode_of_quantifier();
        Ok(())
    }

    fn mode_of_quantifier(&mut self) {
        if let Some(mode @ ('?' | '+')) = self.chars.peek().copied() {
            self.next();
            self.out.push(mode);
        }
        self.is_atom = false;
    }

    fn repetition(&mut self) -> Step {
        let start = self.at - 1;
        let rest: String = self.chars.clone().take_while(|char| *char != '}').collect();
        let is_count = rest.starts_with(|char: char| char.is_ascii_digit())
            && rest.split_once(',').map_or(rest.as_str(), |(low, _)| low).bytes().all(|byte| byte.is_ascii_digit())
            && rest.split_once(',').is_none_or(|(_, high)| high.bytes().all(|byte| byte.is_ascii_digit()));
        if !self.is_atom || !is_count {
            return Self::fail("Illegal repetition", start);
        }
        if self.chars.clone().nth(rest.chars().count()).is_none() {
            return Self::fail("Unclosed counted closure", self.at + rest.len());
        }
        for _ in 0..=rest.chars().count() {
            self.next();
        }
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{{{rest}}}");
        self.mode_of_quantifier();
        Ok(())
    }

    fn group(&mut self) -> Step {
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

    fn escape(&mut self) -> Step {
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
    fn escaped(&mut self, char: char, in_class: bool) -> Result<String, SyntaxError> {
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

    /// A class whose `[` was read.
    fn class(&mut self) -> Result<String, SyntaxError> {
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

fn push_escaped(out: &mut String, char: char) {
    if char.is_ascii_punctuation() && char != '_' {
        out.push('\\');
        if matches!(char, '<' | '>' | '\'' | '"' | '`' | '/' | ',' | ';' | ':' | '=' | '@' | '%' | '!') {
            out.pop();
        }
        out.push(char);
    } else if char == ' ' {
        out.push_str(r"\x20");
    } else {
        out.push(char);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_translated() {
        let check =
            |pattern: &str, expected: &str| assert_eq!(translate(pattern, Flags::default()).unwrap().quick, expected);
        check(r"a\d+b", r"a[0-9]+b");
        check(r"[\w.-]+@x", r"[a-zA-Z0-9_\.\-]+@x");
        check("a.c$", r"a[^\n\r\x{85}\x{2028}\x{2029}]c\z");
        check("(?i)A(?s).", r"(?i)A(?i)(?s:.)");
        check(r"\Qa.b\E*", r"a\.b*");
        check(r"(a)\1", r"(a)(?:\1)");
        check("[a-z&&[^b]]", "[a-z&&[^b]]");
    }

    #[test]
    fn mistakes_are_those_of_java() {
        let check = |pattern: &str, message: &str, at| {
            let error = translate(pattern, Flags::default()).err().unwrap();
            assert_eq!((error.message.as_str(), error.at), (message, at), "{pattern}");
        };
        check("[", "Unclosed character class", 0);
        check("*a", "Dangling meta character '*'", 0);
        check("(a", "Unclosed group", 2);
        check("{\"id\"", "Illegal repetition", 0);
        check(r"\y", "Illegal/unsupported escape sequence", 1);
    }
}
