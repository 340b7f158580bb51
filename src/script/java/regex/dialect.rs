//! Java's syntax of regular expressions, written in the syntax of the `fancy-regex` crate.
//!
//! In Java `\d`, `\w` and `\s` are ASCII, `.` stops at every kind of line end, `$` matches before a final line end, a
//! lone `{` is an error.

mod class;
mod escape;
mod group;

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
