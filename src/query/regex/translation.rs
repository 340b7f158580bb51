//! A pattern in the syntax of the `regex` and `fancy-regex` crates.

/// Whether the text to be searched ends in a line terminator. `$` means two places then, and `(?m)^` not the last one;
/// all other texts can do with the simpler forms, which need no looking ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextEnd {
    Plain,
    LineEnd,
}

/// A translated pattern.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Translation {
    /// The pattern, for `fancy-regex` if it backtracks.
    pub regex: String,
    /// Groups that capture, without the whole match.
    pub groups: usize,
    /// Whether it looks around or refers back.
    pub backtracks: bool,
    /// Whether the other [`TextEnd`] has another translation.
    pub end_matters: bool,
    /// Whether it may prefer an empty match to a longer one: it has lazy quantifiers or alternatives.
    pub may_prefer_empty: bool,
}

impl Translation {
    /// Appends something written in the target's syntax.
    pub fn push(&mut self, regex: &str) {
        self.regex.push_str(regex);
    }

    /// Appends something that only `fancy-regex` knows.
    pub fn push_backtracking(&mut self, regex: &str) {
        self.backtracks = true;
        self.regex.push_str(regex);
    }

    /// Appends a character that stands for itself.
    pub fn push_literal(&mut self, char: char) {
        if "\\.+*?()|[]{}^$#&-~".contains(char) {
            self.regex.push('\\');
        }
        self.regex.push(char);
    }

    /// The end of the text, or before the line terminator at its end.
    pub fn push_end(&mut self, end: TextEnd, terminator: &str) {
        self.end_matters = true;
        match end {
            TextEnd::Plain => self.push("\\z"),
            TextEnd::LineEnd => self.push_backtracking(&format!("(?=(?:{terminator})?\\z)")),
        }
    }

    /// The start of a line, which the end of the text is not.
    pub fn push_line_start(&mut self, end: TextEnd, start: &str) {
        self.end_matters = true;
        match end {
            TextEnd::Plain => self.push(start),
            TextEnd::LineEnd => self.push_backtracking(&format!("(?:\\A|{start}(?!\\z))")),
        }
    }

    /// Appends how often what came before occurs.
    pub fn push_quantifier(&mut self, quantifier: &Quantifier) {
        let Quantifier { min, max, .. } = quantifier;
        match (min, max) {
            (0, None) => self.push("*"),
            (1, None) => self.push("+"),
            (0, Some(1)) => self.push("?"),
            (min, None) => self.push(&format!("{{{min},}}")),
            (min, Some(max)) if min == max => self.push(&format!("{{{min}}}")),
            (min, Some(max)) => self.push(&format!("{{{min},{max}}}")),
        }
        match quantifier.greed {
            Greed::Greedy => {}
            Greed::Lazy => {
                self.may_prefer_empty = true;
                self.push("?");
            }
            Greed::Possessive => self.push_backtracking("+"),
        }
    }
}

/// How often something occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quantifier {
    pub min: u32,
    pub max: Option<u32>,
    pub greed: Greed,
}

/// How much a quantifier takes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}
