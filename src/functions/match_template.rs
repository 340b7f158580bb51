//! Templates of what a match becomes: `$1$` is its first group, `$0$` the whole.

use crate::query::regex::Match;

/// A text with places for groups of a match.
#[derive(Debug, PartialEq, Eq)]
pub struct MatchTemplate(Vec<Piece>);

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Group(usize),
}

impl MatchTemplate {
    /// Reads a template. A dollar without a number and another dollar is only that.
    #[must_use]
    pub fn new(template: &str) -> Self {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = template;
        while let Some(place) = rest.find('$') {
            text.push_str(&rest[..place]);
            rest = &rest[place + 1..];
            let group = rest.split_once('$').and_then(|(number, after)| Some((group(number)?, after)));
            match group {
                Some((group, after)) => {
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    pieces.push(Piece::Group(group));
                    rest = after;
                }
                None => text.push('$'),
            }
        }
        text.push_str(rest);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Self(pieces)
    }

    /// The text for a match. A group that took no part, or that the pattern does not have, is `null`.
    #[must_use]
    pub fn text(&self, found: &Match<'_>) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            out.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Group(group) => found.group(*group).unwrap_or("null"),
            });
        }
        out
    }
}

fn group(number: &str) -> Option<usize> {
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::regex::{Dialect, Pattern};

    #[test]
    fn groups_and_texts() {
        let pattern = Pattern::new("(a)(b)?", Dialect::Oro).unwrap();
        let found = pattern.first("xay").unwrap();
        let check = |template, expected: &str| assert_eq!(MatchTemplate::new(template).text(&found), expected);
        check("$1$", "a");
        check("<$0$-$1$>", "<a-a>");
        check("$2$ $9$", "null null");
        check("$1 $x$ $$1$ $", "$1 $x$ $a $");
        check("", "");
    }
}
