//! A pattern, ready to be looked for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use fancy_regex::RegexInput;

use super::matches::{Match, Matches};
use super::translation::{TextEnd, Translation};
use super::{Dialect, SyntaxError, java, oro};

/// A pattern, ready to be looked for in texts. Shared by all users.
#[derive(Debug)]
pub struct Pattern {
    text: Box<str>,
    dialect: Dialect,
    groups: usize,
    end_matters: bool,
    may_prefer_empty: bool,
    search: Engine,
    /// What only some uses need, made by the first of them.
    others: [OnceLock<Option<Box<Engine>>>; 5],
    has_warned: AtomicBool,
}

/// What carries a pattern out.
#[derive(Debug)]
enum Engine {
    /// In time linear in the text.
    Linear(regex::Regex),
    /// With a limit to how often it tries.
    Backtracking(fancy_regex::Regex),
}

/// What a pattern is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Where it occurs.
    Search,
    /// Whether it makes the whole text.
    Whole,
    /// What longer match there is where an empty one does not count.
    NotEmpty,
}

/// How much memory a compiled pattern may take, in bytes. Counted repetitions of Unicode's classes take much.
const SIZE_LIMIT: usize = 64 << 20;
/// How often a pattern that backtracks may do so in one search: some tens of milliseconds.
const BACKTRACK_LIMIT: usize = 1_000_000;

/// Groups of a match, the whole first.
pub(super) type Spans = smallvec::SmallVec<[Option<(usize, usize)>; 4]>;

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is none in that dialect.
    pub fn new(text: &str, dialect: Dialect) -> Result<Self, SyntaxError> {
        let translation = translate(text, dialect, TextEnd::Plain)?;
        let search = Engine::new(&translation, Question::Search, dialect);
        let search = search.map_err(|reason| SyntaxError::Oro { pattern: text.to_owned(), reason })?;
        Ok(Self {
            text: text.into(),
            dialect,
            groups: translation.groups,
            end_matters: translation.end_matters,
            may_prefer_empty: translation.may_prefer_empty,
            search,
            others: Default::default(),
            has_warned: AtomicBool::new(false),
        })
    }

    /// The number of groups, without the whole match.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// The dialect it is written in.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether it occurs in a text.
    pub fn is_in(&self, text: &str) -> bool {
        match self.engine(Question::Search, text) {
            Some(Engine::Linear(regex)) => regex.is_match(text),
            Some(Engine::Backtracking(regex)) => self.tried(regex.is_match(text)).unwrap_or(false),
            None => false,
        }
    }

    /// Whether it makes the whole text. For ORO that means the first way in which it matches: `a|ab` is not the whole of
    /// `ab`.
    pub fn is_whole(&self, text: &str) -> bool {
        let end = match self.engine(Question::Whole, text) {
            Some(Engine::Linear(regex)) => regex.find(text).map(|found| found.end()),
            Some(Engine::Backtracking(regex)) => self.tried(regex.find(text)).flatten().map(|found| found.end()),
            None => None,
        };
        end == Some(text.len())
    }

    /// All its matches, from left to right.
    pub fn matches<'p, 't>(&'p self, text: &'t str) -> Matches<'p, 't> {
        Matches::new(self, text)
    }

    /// The first match.
    pub fn first<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.matches(text).next()
    }

    /// Whether an empty match may hide a longer one at the same place.
    pub(super) fn may_prefer_empty(&self) -> bool {
        self.may_prefer_empty
    }

    /// The first match from there on.
    pub(super) fn search(&self, text: &str, from: usize) -> Option<Spans> {
        match self.engine(Question::Search, text)? {
            Engine::Linear(regex) if self.groups == 0 => {
                let found = regex.find_at(text, from)?;
                Some(Spans::from_slice(&[Some((found.start(), found.end()))]))
            }
            Engine::Linear(regex) => {
                let mut groups = regex.capture_locations();
                regex.captures_read_at(&mut groups, text, from)?;
                Some((0..=self.groups).map(|group| groups.get(group)).collect())
            }
            Engine::Backtracking(regex) => {
                let found = self.tried(regex.captures_from_pos(text, from)).flatten()?;
                Some(self.spans(&found))
            }
        }
    }

    /// The match at that very place which is not empty.
    pub(super) fn not_empty_at(&self, text: &str, place: usize) -> Option<Spans> {
        let Some(Engine::Backtracking(regex)) = self.engine(Question::NotEmpty, text) else { return None };
        let input = RegexInput::new(text).from_pos(place).anchored(true);
        let found = self.tried(regex.captures_input(input)).flatten()?;
        Some(self.spans(&found))
    }

    fn spans(&self, found: &fancy_regex::Captures<'_, str>) -> Spans {
        let group = |group| found.get(group).map(|group: fancy_regex::Match<'_>| (group.start(), group.end()));
        (0..=self.groups).map(group).collect()
    }

    fn engine(&self, question: Question, text: &str) -> Option<&Engine> {
        let line_end = self.end_matters && ends_line(text, self.dialect);
        let end = if line_end { TextEnd::LineEnd } else { TextEnd::Plain };
        let other = match (question, end) {
            (Question::Search, TextEnd::Plain) => return Some(&self.search),
            (Question::Search, TextEnd::LineEnd) => 0,
            (Question::Whole, TextEnd::Plain) => 1,
            (Question::Whole, TextEnd::LineEnd) => 2,
            (Question::NotEmpty, TextEnd::Plain) => 3,
            (Question::NotEmpty, TextEnd::LineEnd) => 4,
        };
        self.others[other].get_or_init(|| self.other_engine(question, end).map(Box::new)).as_deref()
    }

    fn other_engine(&self, question: Question, end: TextEnd) -> Option<Engine> {
        let translation = translate(&self.text, self.dialect, end).ok()?;
        Engine::new(&translation, question, self.dialect).ok()
    }

    /// What a search that backtracks has found; nothing, with a warning, if it had to give up.
    fn tried<T>(&self, result: fancy_regex::Result<T>) -> Option<T> {
        if result.is_err() && !self.has_warned.swap(true, Ordering::Relaxed) {
            log::warn!("The regular expression {} takes too long: a search for it was given up", self.text);
        }
        result.ok()
    }
}

impl Engine {
    fn new(translation: &Translation, question: Question, dialect: Dialect) -> Result<Self, String> {
        let regex = &translation.regex;
        let regex = match (question, dialect) {
            (Question::Whole, Dialect::Oro) => format!("\\A(?:{regex})"),
            (Question::Whole, Dialect::Java) => format!("\\A(?:{regex})\\z"),
            _ => regex.clone(),
        };
        if !translation.backtracks && question != Question::NotEmpty {
            let built = regex::RegexBuilder::new(&regex).size_limit(SIZE_LIMIT).build();
            return built.map(Self::Linear).map_err(|error| error.to_string());
        }
        let built = fancy_regex::RegexBuilder::new(&regex)
            .delegate_size_limit(SIZE_LIMIT)
            .backtrack_limit(BACKTRACK_LIMIT)
            .find_not_empty(question == Question::NotEmpty)
            .build();
        built.map(Self::Backtracking).map_err(|error| error.to_string())
    }
}

fn translate(text: &str, dialect: Dialect, end: TextEnd) -> Result<Translation, SyntaxError> {
    match dialect {
        Dialect::Oro => oro::translate(text, end),
        Dialect::Java => java::translate(text, end),
    }
}

fn ends_line(text: &str, dialect: Dialect) -> bool {
    let terminators: &[char] = match dialect {
        Dialect::Oro => &['\n'],
        Dialect::Java => &['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'],
    };
    text.ends_with(terminators)
}
