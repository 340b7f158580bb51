//! The Perl 5 of Jakarta ORO 2.0.8, which JMeter's patterns are written in.
//!
//! It differs from today's regular expressions in what surprises: `\w \d \s` are Unicode's, flags count for the whole
//! pattern wherever they stand, there is no looking behind and no named group, unknown escapes are the letter itself, and a
//! brace that does not count is a brace.

mod class;
mod escape;

use std::iter::Peekable;
use std::str::Chars;

use super::SyntaxError;
use super::translation::{Greed, Quantifier, TextEnd, Translation};

/// Counts beyond this are no limit.
const MANY: u32 = 65_535;
/// Groups inside groups, at most.
const DEPTH: u32 = 60;

/// Translates a pattern for texts with such an end.
pub(super) fn translate(pattern: &str, end: TextEnd) -> Result<Translation, SyntaxError> {
    let refuse = |reason: String| SyntaxError::Oro { pattern: pattern.to_owned(), reason };
    // The first pass finds the flags that count in the second.
    let flags = Parser::new(pattern, end, Flags::default()).run().map_err(refuse)?.1;
    let (translation, _) = Parser::new(pattern, end, flags).run().map_err(refuse)?;
    Ok(translation)
}

#[derive(Debug, Clone, Copy, Default)]
struct Flags {
    fold_case: bool,
    lines: bool,
    dot_takes_all: bool,
    extended: bool,
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    flags: Flags,
    end: TextEnd,
    out: Translation,
    depth: u32,
}

/// What an atom can be followed by.
#[derive(PartialEq, Eq)]
enum Atom {
    /// Something that takes part of the text.
    Text,
    /// A place in the text: repeating it means nothing.
    Place,
    /// Nothing at all: flags.
    Flags,
    /// Nothing at all: a comment, which the quantifier looks through.
    Comment,
}

type Step<T> = Result<T, String>;

impl<'a> Parser<'a> {
    fn new(pattern: &'a str, end: TextEnd, flags: Flags) -> Self {
        Self { rest: pattern.chars().peekable(), flags, end, out: Translation::default(), depth: 0 }
    }

    fn run(mut self) -> Step<(Translation, Flags)> {
        if self.flags.fold_case {
            self.out.push("(?i)");
        }
        self.alternatives()?;
        if self.rest.peek().is_some() {
            return Err("Unmatched parentheses.".into());
        }
        Ok((self.out, self.flags))
    }

    fn alternatives(&mut self) -> Step<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("Too many parentheses inside each other.".into());
        }
        loop {
            self.sequence()?;
            if self.rest.next_if_eq(&'|').is_none() {
                break;
            }
            self.out.may_prefer_empty = true;
            self.out.push("|");
        }
        self.depth -= 1;
        Ok(())
    }

    fn sequence(&mut self) -> Step<()> {
        // Where the last atom begins, if a quantifier may follow it.
        let mut last = None;
        loop {
            self.skip_extended();
            match self.rest.peek() {
                None | Some('|' | ')') => return Ok(()),
                Some('*' | '+' | '?' | '{') => match self.quantifier()? {
                    None => {
                        let start = self.out.regex.len();
                        self.rest.next();
                        self.out.push_literal('{');
                        last = Some((start, Atom::Text));
                    }
                    Some(quantifier) => {
                        let Some((start, atom)) = last.take() else {
                            return Err("?+* follows nothing in expression".into());
                        };
                        self.repeat(start, &atom, &quantifier)?;
                    }
                },
                Some(_) => {
                    let start = self.out.regex.len();
                    match self.atom()? {
                        Atom::Comment => {}
                        Atom::Flags => {
                            last = None;
                            self.after_flags()?;
                        }
                        atom => last = Some((start, atom)),
                    }
                }
            }
        }
    }

    fn repeat(&mut self, start: usize, atom: &Atom, quantifier: &Quantifier) -> Step<()> {
        self.skip_extended();
        if self.quantifier()?.is_some() {
            return Err("Nested repetitions *?+ in expression".into());
        }
        match (atom, quantifier.min) {
            (Atom::Place, 0) => {
                self.out.regex.insert_str(start, "(?:");
                self.out.push("|)");
            }
            (Atom::Place, _) => {}
            _ => self.out.push_quantifier(quantifier),
        }
        Ok(())
    }

    /// Reads how often; `None` where a brace does not count.
    fn quantifier(&mut self) -> Step<Option<Quantifier>> {
        let (min, max) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts()? {
                Some(counts) => counts,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.rest.next();
        let greed = if self.rest.next_if_eq(&'?').is_some() { Greed::Lazy } else { Greed::Greedy };
        Ok(Some(Quantifier { min, max, greed }))
    }

    /// `{n}`, `{n,}` or `{n,m}`, up to the closing brace.
    fn counts(&mut self) -> Step<Option<(u32, Option<u32>)>> {
        let mut ahead = self.rest.clone();
        ahead.next();
        let min = digits(&mut ahead);
        let max = ahead.next_if_eq(&',').map(|_| digits(&mut ahead));
        if min.is_empty() || ahead.peek() != Some(&'}') {
            return Ok(None);
        }
        self.rest = ahead;
        let low = count(&min)?;
        let high = match max.as_deref() {
            None => Some(low),
            Some("") => None,
            Some(max) => Some(count(max)?),
        };
        match high {
            Some(high) if high < low => Err(format!("Invalid interval {{{low},{high}}}")),
            Some(MANY) => Ok(Some((low, None))),
            high => Ok(Some((low, high))),
        }
    }

    fn atom(&mut self) -> Step<Atom> {
        let Some(char) = self.rest.next() else { return Ok(Atom::Flags) };
        match char {
            '^' if self.flags.lines => self.out.push_line_start(self.end, "(?m:^)"),
            '^' => self.out.push("\\A"),
            '$' if self.flags.lines => self.out.push("(?m:$)"),
            '$' => self.out.push_end(self.end, "\\n"),
            '.' => {
                self.out.push(if self.flags.dot_takes_all { "(?s:.)" } else { "[^\\n]" });
                return Ok(Atom::Text);
            }
            '[' => return self.class(),
            '(' => return self.group(),
            '\\' => return self.escape(),
            char => {
                self.out.push_literal(char);
                return Ok(Atom::Text);
            }
        }
        Ok(Atom::Place)
    }

    fn group(&mut self) -> Step<Atom> {
        if self.rest.next_if_eq(&'?').is_none() {
            self.out.groups += 1;
            self.out.push("(");
            self.alternatives()?;
            self.close()?;
            return Ok(Atom::Text);
        }
        match self.rest.next() {
            Some('#') => {
                while self.rest.next().is_some_and(|char| char != ')') {}
                Ok(Atom::Comment)
            }
            Some(':') => {
                self.out.push("(?:");
                let start = self.out.regex.len();
                self.alternatives()?;
                let is_empty = self.out.regex.len() == start;
                self.close()?;
                Ok(if is_empty { Atom::Place } else { Atom::Text })
            }
            Some(look @ ('=' | '!')) => {
                self.out.push_backtracking(if look == '=' { "(?=" } else { "(?!" });
                self.alternatives()?;
                self.close()?;
                Ok(Atom::Place)
            }
            other => self.set_flags(other),
        }
    }

    /// `(?imsx)`. What a minus takes away was not there before, or stays.
    fn set_flags(&mut self, first: Option<char>) -> Step<Atom> {
        let mut next = first;
        let mut off = false;
        loop {
            match next {
                Some('-') if !off => off = true,
                Some('i') => self.flags.fold_case |= !off,
                Some('m') => self.flags.lines |= !off,
                Some('s') => self.flags.dot_takes_all |= !off,
                Some('x') => self.flags.extended |= !off,
                Some('g' | 'o') => {}
                Some(')') => return Ok(Atom::Flags),
                other => {
                    let other = other.or(first.is_none().then_some('?')).unwrap_or('\u{FFFF}');
                    return Err(format!("Sequence (?{other}...) not recognized"));
                }
            }
            next = self.rest.next();
        }
    }

    /// Something has to follow flags.
    fn after_flags(&mut self) -> Step<()> {
        match self.rest.peek() {
            None => Err("Unmatched parentheses.".into()),
            Some('|' | ')') => Err("Unknown compilation error.".into()),
            Some(_) => Ok(()),
        }
    }

    fn close(&mut self) -> Step<()> {
        match self.rest.next() {
            Some(')') => {
                self.out.push(")");
                Ok(())
            }
            _ => Err("Unmatched parentheses.".into()),
        }
    }

    /// White space and comments between atoms, with the flag x.
    fn skip_extended(&mut self) {
        if !self.flags.extended {
            return;
        }
        while let Some(&char) = self.rest.peek() {
            match char {
                '#' => while self.rest.next().is_some_and(|char| char != '\n') {},
                char if char.is_whitespace() => drop(self.rest.next()),
                _ => return,
            }
        }
    }
}

fn digits(chars: &mut Peekable<Chars<'_>>) -> String {
    std::iter::from_fn(|| chars.next_if(char::is_ascii_digit)).collect()
}

/// Counts wrap at 16 bits.
fn count(digits: &str) -> Step<u32> {
    match digits.parse::<i32>() {
        Ok(count) => Ok(count as u32 & MANY),
        Err(_) => Err(format!(
            "Unexpected number format exception.  Please report this bug.NumberFormatException message: For input string: \"{digits}\""
        )),
    }
}
