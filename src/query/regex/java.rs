//! The dialect of `java.util.regex`, as of Java 17.
//!
//! `\w \d \s` and the folding of case are those of ASCII unless flags ask for Unicode; flags count from where they stand to
//! the end of their group; `.` excludes all of Unicode's line terminators.

mod class;
mod escape;
mod group;
mod property;

use super::SyntaxError;
use super::class::Class;
use super::translation::{Greed, Quantifier, TextEnd, Translation};

/// What may stand between the last line and the end of the text.
const TERMINATOR: &str = r"\r\n|(?<!\r)\n|[\r\x{85}\x{2028}\x{2029}]";
/// Groups inside groups, at most.
const DEPTH: u32 = 60;

/// Translates a pattern for texts with such an end.
pub(super) fn translate(pattern: &str, end: TextEnd) -> Result<Translation, SyntaxError> {
    let mut parser = Parser {
        pattern: unquoted(pattern),
        at: 0,
        flags: Flags::default(),
        end,
        out: Translation::default(),
        names: Vec::new(),
        depth: 0,
    };
    parser.run().map_err(|Refused { reason, at }| {
        let before = |at: usize| &parser.pattern[..at.min(parser.pattern.len())];
        let index = at.map(|at| before(at).iter().map(|char| char.len_utf16()).sum());
        SyntaxError::Java { pattern: pattern.to_owned(), reason, index }
    })?;
    Ok(parser.out)
}

/// The pattern with the texts in `\Q...\E` written by single escapes, as Java itself does first.
fn unquoted(pattern: &str) -> Vec<char> {
    let mut rest = pattern.chars();
    let mut all = Vec::new();
    let mut is_quoted = false;
    while let Some(char) = rest.next() {
        let quote_ends = is_quoted && char == '\\' && rest.as_str().starts_with('E');
        let quote_begins = !is_quoted && char == '\\' && rest.as_str().starts_with('Q');
        match char {
            _ if quote_ends || quote_begins => {
                is_quoted = quote_begins;
                rest.next();
            }
            '\\' if !is_quoted => all.extend([Some('\\'), rest.next()].into_iter().flatten()),
            '0'..='9' if is_quoted => all.extend(['\\', 'x', '3', char]),
            _ if is_quoted && !char.is_alphabetic() => all.extend(['\\', char]),
            _ => all.push(char),
        }
    }
    all
}

#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    /// i
    fold_case: bool,
    /// u: fold it for all of Unicode.
    fold_unicode: bool,
    /// U: classes are Unicode's.
    unicode_classes: bool,
    /// m
    lines: bool,
    /// s
    dot_takes_all: bool,
    /// d: only `\n` ends a line.
    unix_lines: bool,
    /// x
    comments: bool,
}

struct Parser {
    pattern: Vec<char>,
    at: usize,
    flags: Flags,
    end: TextEnd,
    out: Translation,
    /// Named groups with their numbers.
    names: Vec<(String, usize)>,
    depth: u32,
}

/// What an atom can be followed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Atom {
    /// Something that takes part of the text.
    Text,
    /// A place in the text: repeating it means nothing.
    Place,
}

struct Refused {
    reason: String,
    at: Option<usize>,
}

type Step<T> = Result<T, Refused>;

impl Parser {
    fn run(&mut self) -> Step<()> {
        self.alternatives()?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(Refused { reason: "Unmatched closing ')'".into(), at: self.at.checked_sub(1) }),
        }
    }

    fn alternatives(&mut self) -> Step<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return refuse("Too many groups inside each other", self.at);
        }
        loop {
            self.sequence()?;
            if !self.take('|') {
                break;
            }
            self.out.may_prefer_empty = true;
            self.out.push("|");
        }
        self.depth -= 1;
        Ok(())
    }

    fn sequence(&mut self) -> Step<()> {
        loop {
            self.skip_comments();
            let start = self.out.regex.len();
            let Some(char) = self.peek() else { return Ok(()) };
            let atom = match char {
                '|' | ')' => return Ok(()),
                '*' | '+' | '?' => return refuse(format!("Dangling meta character '{char}'"), self.at),
                // It repeats nothing, but has to be well formed.
                '{' => Atom::Place,
                _ => {
                    self.at += 1;
                    match self.atom(char)? {
                        Some(atom) => atom,
                        None => continue,
                    }
                }
            };
            if let Some(quantifier) = self.quantifier()? {
                self.repeat(start, atom, &quantifier);
            }
        }
    }

    fn repeat(&mut self, start: usize, atom: Atom, quantifier: &Quantifier) {
        match (atom, quantifier.greed) {
            (Atom::Place, _) if quantifier.min == 0 => {
                self.out.regex.insert_str(start, "(?:");
                self.out.push("|)");
            }
            (Atom::Place, _) => {}
            (Atom::Text, Greed::Possessive) => {
                self.out.regex.insert_str(start, "(?>");
                self.out.push_quantifier(&Quantifier { greed: Greed::Greedy, ..*quantifier });
                self.out.push_backtracking(")");
            }
            (Atom::Text, _) => self.out.push_quantifier(quantifier),
        }
    }

    fn quantifier(&mut self) -> Step<Option<Quantifier>> {
        self.skip_comments();
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.counts()?,
            _ => return Ok(None),
        };
        self.at += 1;
        let greed = match self.peek() {
            Some('?') => Greed::Lazy,
            Some('+') => Greed::Possessive,
            _ => Greed::Greedy,
        };
        self.at += usize::from(greed != Greed::Greedy);
        Ok(Some(Quantifier { min, max, greed }))
    }

    /// `{n}`, `{n,}` or `{n,m}`, up to the closing brace.
    fn counts(&mut self) -> Step<(u32, Option<u32>)> {
        self.at += 1;
        if !self.peek().is_some_and(|char| char.is_ascii_digit()) {
            return refuse("Illegal repetition", self.at);
        }
        let min = self.count()?;
        let max =
            if self.take(',') { if self.peek() == Some('}') { None } else { Some(self.count()?) } } else { Some(min) };
        if self.peek() != Some('}') {
            return refuse("Unclosed counted closure", self.at);
        }
        if max.is_some_and(|max| max < min) {
            return refuse("Illegal repetition range", self.at);
        }
        Ok((min, max))
    }

    fn count(&mut self) -> Step<u32> {
        let mut count = 0_i32;
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(10)) {
            let longer = count.checked_mul(10).and_then(|count| count.checked_add(digit as i32));
            let Some(longer) = longer else { return refuse("Illegal repetition range", self.at) };
            count = longer;
            self.at += 1;
        }
        Ok(count as u32)
    }

    /// Translates what begins with that character; `None` for flags.
    fn atom(&mut self, char: char) -> Step<Option<Atom>> {
        match char {
            '^' if self.flags.lines => {
                let start = if self.flags.unix_lines { "(?m:^)" } else { "(?mR:^)" };
                self.out.push_line_start(self.end, start);
            }
            '^' => self.out.push("\\A"),
            '$' if self.flags.lines => self.out.push(if self.flags.unix_lines { "(?m:$)" } else { "(?mR:$)" }),
            '$' => self.push_end(),
            '(' => return self.group(),
            '\\' => return self.escape().map(Some),
            _ => {
                match char {
                    '.' => self.push_dot(),
                    '[' => {
                        let class = self.class()?;
                        self.push_class(&class);
                    }
                    _ => self.push_char(char),
                }
                return Ok(Some(Atom::Text));
            }
        }
        Ok(Some(Atom::Place))
    }

    fn push_end(&mut self) {
        let terminator = if self.flags.unix_lines { "\\n" } else { TERMINATOR };
        self.out.push_end(self.end, terminator);
    }

    fn push_dot(&mut self) {
        self.out.push(match self.flags {
            Flags { dot_takes_all: true, .. } => "(?s:.)",
            Flags { unix_lines: true, .. } => "[^\\n]",
            _ => r"[^\n\r\x{85}\x{2028}\x{2029}]",
        });
    }

    /// A character that stands for itself, and for its other case with the flag i.
    fn push_char(&mut self, char: char) {
        if self.flags.fold_case && char.is_alphabetic() {
            let mut class = Class::default();
            class.add(char);
            self.add_other_cases(&mut class, char, char);
            let class = class.finish(false);
            return self.push_class(&class);
        }
        self.out.push_literal(char);
    }

    fn push_class(&mut self, class: &str) {
        if self.flags.fold_case && self.flags.fold_unicode {
            self.out.push(&format!("(?i:{class})"));
        } else {
            self.out.push(class);
        }
    }

    /// ASCII's other case of the letters in a range; Unicode's is left to the target.
    fn add_other_cases(&self, class: &mut Class, first: char, last: char) {
        if !self.flags.fold_case || self.flags.fold_unicode {
            return;
        }
        for (from, to) in [('a', 'z'), ('A', 'Z')] {
            let (low, high) = (first.max(from), last.min(to));
            if low <= high {
                let other = |char: char| (char as u8 ^ 0x20) as char;
                class.add_range(other(low), other(high));
            }
        }
    }

    fn skip_comments(&mut self) {
        while self.flags.comments {
            match self.peek() {
                Some('#') => while self.next().is_some_and(|char| char != '\n') {},
                Some(' ' | '\t'..='\r') => self.at += 1,
                _ => return,
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += 1;
        Some(char)
    }

    fn take(&mut self, char: char) -> bool {
        let taken = self.peek() == Some(char);
        self.at += usize::from(taken);
        taken
    }
}

fn refuse<T>(reason: impl Into<String>, at: usize) -> Step<T> {
    Err(Refused { reason: reason.into(), at: Some(at) })
}
