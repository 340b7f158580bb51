//! The texts that replace matches: `$1`, `${name}`, `\$`.

use super::expression::{Expression, Groups};
use crate::script::machine::{Outcome, Thrown, illegal_argument};

/// A replacement, taken apart.
#[derive(Debug)]
pub struct Replacement {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    /// All digits after the `$`: how many of them count depends on the number of groups.
    Number(String),
    Name(String),
}

impl Replacement {
    /// A text that stands for itself.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self { parts: vec![Part::Text(text.to_owned())] }
    }

    /// Takes a replacement apart.
    ///
    /// # Errors
    /// `IllegalArgumentException`.
    pub fn parse(text: &str) -> Outcome<Self> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\\' => match chars.next() {
                    Some(char) => plain.push(char),
                    None => return Err(illegal_argument("character to be escaped is missing")),
                },
                '$' => {
                    let part = match chars.peek() {
                        None => return Err(illegal_argument("Illegal group reference: group index is missing")),
                        Some('{') => {
                            chars.next();
                            let name: String = chars.by_ref().take_while(|char| *char != '}').collect();
                            Part::Name(name)
                        }
                        Some(digit) if digit.is_ascii_digit() => {
                            let mut digits = String::new();
                            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                                digits.push(digit);
                            }
                            Part::Number(digits)
                        }
                        Some(_) => return Err(illegal_argument("Illegal group reference")),
                    };
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(part);
                }
                other => plain.push(other),
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// Appends what replaces a match.
    ///
    /// # Errors
    /// `IndexOutOfBoundsException`, `IllegalArgumentException` for groups that do not exist.
    pub fn write(&self, expression: &Expression, text: &str, groups: &Groups, out: &mut String) -> Outcome<()> {
        let group = |at: usize| groups.get(at).copied().flatten().map_or("", |(start, end)| &text[start..end]);
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Name(name) => match expression.group_named(name) {
                    Some(at) => out.push_str(group(at)),
                    None => return Err(illegal_argument(format!("No group with name {{{name}}}"))),
                },
                Part::Number(digits) => {
                    let mut used = 1;
                    let mut number = digits[..1].parse::<usize>().unwrap_or_default();
                    while used < digits.len() {
                        let longer = digits[..=used].parse::<usize>().unwrap_or(usize::MAX);
                        if longer > expression.group_count() {
                            break;
                        }
                        number = longer;
                        used += 1;
                    }
                    if number > expression.group_count() {
                        return Err(Thrown::new("java.lang.IndexOutOfBoundsException", format!("No group {number}")));
                    }
                    out.push_str(group(number));
                    out.push_str(&digits[used..]);
                }
            }
        }
        Ok(())
    }
}
