//! A compiled regular expression.

use std::sync::{Arc, LazyLock, OnceLock};

use fancy_regex::{Regex, RegexBuilder};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use super::dialect::{Flags, translate};
use super::replacement::Replacement;
use crate::script::machine::{Outcome, Thrown};

/// How many steps back a pattern may take before it counts as endless.
const BACKTRACK_LIMIT: usize = 5_000_000;
/// How many patterns are kept compiled.
const CACHE_SIZE: usize = 2000;

/// Where the groups of a match are, in bytes; the first is the whole match.
pub type Groups = Vec<Option<(usize, usize)>>;

/// A compiled regular expression of Java.
pub struct Expression {
    /// As it was written.
    pub text: Arc<str>,
    /// The flags beside it.
    pub flags: Flags,
    sources: super::dialect::Translation,
    find: OnceLock<Regex>,
    quick: OnceLock<Regex>,
    whole: OnceLock<Regex>,
    prefix: OnceLock<Regex>,
}

type Cache = FxHashMap<(Box<str>, Flags), Arc<Expression>>;

static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

/// The expression of a pattern without flags, compiled once.
///
/// # Errors
/// `PatternSyntaxException`.
pub fn expression(pattern: &str) -> Outcome<Arc<Expression>> {
    expression_with(pattern, Flags::default())
}

/// The expression of a pattern with flags, compiled once.
///
/// # Errors
/// `PatternSyntaxException`.
pub fn expression_with(pattern: &str, flags: Flags) -> Outcome<Arc<Expression>> {
    let key = (Box::from(pattern), flags);
    if let Some(known) = CACHE.lock().get(&key) {
        return Ok(known.clone());
    }
    let expression = Arc::new(Expression::compile(pattern, flags)?);
    let mut cache = CACHE.lock();
    if cache.len() >= CACHE_SIZE {
        cache.clear();
    }
    cache.insert(key, expression.clone());
    Ok(expression)
}

impl Expression {
    fn compile(pattern: &str, flags: Flags) -> Outcome<Self> {
        let sources = translate(pattern, flags).map_err(|error| syntax_error(&error.message, error.at, pattern))?;
        let expression = Self {
            text: pattern.into(),
            flags,
            sources,
            find: OnceLock::new(),
            quick: OnceLock::new(),
            whole: OnceLock::new(),
            prefix: OnceLock::new(),
        };
        // A pattern that our engine refuses is noticed here, not at the first match.
        let quick = build(&expression.sources.quick)
            .map_err(|error| syntax_error(&error.to_string(), pattern.chars().count(), pattern))?;
        let _ = expression.quick.set(quick);
        Ok(expression)
    }

    /// The engine for a text.
    fn engine(&self, text: &str) -> Outcome<&Regex> {
        let ends_line = text.ends_with(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
        if ends_line && self.sources.exact != self.sources.quick {
            return self.made(&self.find, &self.sources.exact);
        }
        self.made(&self.quick, &self.sources.quick)
    }

    fn made<'e>(&self, slot: &'e OnceLock<Regex>, source: &str) -> Outcome<&'e Regex> {
        if let Some(engine) = slot.get() {
            return Ok(engine);
        }
        let engine = build(source).map_err(|error| syntax_error(&error.to_string(), 0, &self.text))?;
        Ok(slot.get_or_init(|| engine))
    }

    /// How many groups there are, without the whole match.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.quick.get().map_or(0, |engine| engine.captures_len() - 1)
    }

    /// The number of a named group.
    #[must_use]
    pub fn group_named(&self, name: &str) -> Option<usize> {
        self.quick.get()?.capture_names().position(|other| other == Some(name))
    }

    /// The first match from a byte on.
    ///
    /// # Errors
    /// `StackOverflowError` for patterns that would go on for ever.
    pub fn find(&self, text: &str, from: usize) -> Outcome<Option<Groups>> {
        groups(self.engine(text)?, text, from)
    }

    /// The match of the whole text.
    ///
    /// # Errors
    /// As [`Expression::find`].
    pub fn find_whole(&self, text: &str) -> Outcome<Option<Groups>> {
        let engine = self.made(&self.whole, &format!(r"\A(?:{})\z", self.sources.exact))?;
        groups(engine, text, 0)
    }

    /// The match at the beginning of the text.
    ///
    /// # Errors
    /// As [`Expression::find`].
    pub fn find_prefix(&self, text: &str) -> Outcome<Option<Groups>> {
        let engine = self.made(&self.prefix, &format!(r"\A(?:{})", self.sources.exact))?;
        groups(engine, text, 0)
    }

    /// Whether the whole text matches.
    ///
    /// # Errors
    /// As [`Expression::find`].
    pub fn matches(&self, text: &str) -> Outcome<bool> {
        self.find_whole(text).map(|groups| groups.is_some())
    }

    /// All matches, one after the other.
    ///
    /// # Errors
    /// As [`Expression::find`].
    pub fn find_all(&self, text: &str) -> Outcome<Vec<Groups>> {
        let mut all = Vec::new();
        let mut from = 0;
        while let Some(groups) = self.find(text, from)? {
            let (start, end) = groups[0].unwrap_or_default();
            all.push(groups);
            match after(text, start, end) {
                Some(next) => from = next,
                None => break,
            }
        }
        Ok(all)
    }

    /// `replaceAll`.
    ///
    /// # Errors
    /// As [`Expression::find`], and for groups that do not exist.
    pub fn replace_all(&self, text: &str, by: &Replacement) -> Outcome<String> {
        self.replace(text, by, &self.find_all(text)?)
    }

    /// `replaceFirst`.
    ///
    /// # Errors
    /// As [`Expression::replace_all`].
    pub fn replace_first(&self, text: &str, by: &Replacement) -> Outcome<String> {
        let first: Vec<_> = self.find(text, 0)?.into_iter().collect();
        self.replace(text, by, &first)
    }

    fn replace(&self, text: &str, by: &Replacement, matches: &[Groups]) -> Outcome<String> {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for groups in matches {
            let (start, end) = groups[0].unwrap_or_default();
            out.push_str(&text[done..start]);
            by.write(self, text, groups, &mut out)?;
            done = end;
        }
        out.push_str(&text[done..]);
        Ok(out)
    }

    /// `split`: with a limit of 0 empty texts at the end are dropped.
    ///
    /// # Errors
    /// As [`Expression::find`].
    pub fn split(&self, text: &str, limit: i32) -> Outcome<Vec<String>> {
        let mut parts = Vec::new();
        let (mut done, mut from) = (0, 0);
        while let Some(groups) = self.find(text, from)? {
            let (start, end) = groups[0].unwrap_or_default();
            if limit > 0 && parts.len() as i32 == limit - 1 {
                break;
            }
            // An empty match at the beginning gives no empty text.
            if end > 0 {
                parts.push(text[done..start].to_owned());
                done = end;
            }
            match after(text, start, end) {
                Some(next) if next < text.len() || end < text.len() => from = next,
                _ => break,
            }
        }
        if parts.is_empty() && done == 0 {
            return Ok(vec![text.to_owned()]);
        }
        parts.push(text[done..].to_owned());
        if limit == 0 {
            while parts.last().is_some_and(String::is_empty) {
                parts.pop();
            }
        }
        Ok(parts)
    }
}

/// Where to look for the next match: beyond an empty one.
#[must_use]
pub fn after(text: &str, start: usize, end: usize) -> Option<usize> {
    if end > start {
        return Some(end);
    }
    text[end..].chars().next().map(|char| end + char.len_utf8())
}

fn build(source: &str) -> Result<Regex, fancy_regex::Error> {
    RegexBuilder::new(source).backtrack_limit(BACKTRACK_LIMIT).build()
}

fn groups(engine: &Regex, text: &str, from: usize) -> Outcome<Option<Groups>> {
    if from > text.len() {
        return Ok(None);
    }
    match engine.captures_from_pos(text, from) {
        Ok(None) => Ok(None),
        Ok(Some(captures)) => {
            Ok(Some((0..captures.len()).map(|at| captures.get(at).map(|group| (group.start(), group.end()))).collect()))
        }
        Err(_) => Err(Thrown::bare("java.lang.StackOverflowError")),
    }
}

fn syntax_error(message: &str, at: usize, pattern: &str) -> Thrown {
    let at = at.min(pattern.chars().count());
    let text = format!("{message} near index {at}\n{pattern}\n{}^", " ".repeat(at));
    Thrown::new("java.util.regex.PatternSyntaxException", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(pattern: &str) -> Arc<Expression> {
        expression(pattern).unwrap()
    }

    #[test]
    fn texts_are_split_as_java_does() {
        let check = |text: &str, pattern: &str, limit, expected: &[&str]| {
            assert_eq!(compiled(pattern).split(text, limit).unwrap(), expected, "{text} by {pattern}");
        };
        check("a,,b,,", ",", 0, &["a", "", "b"]);
        check("a,,b,,", ",", -1, &["a", "", "b", "", ""]);
        check("a,b,c", ",", 2, &["a", "b,c"]);
        check("a|b", "|", 0, &["a", "|", "b"]);
        check("abc", "", 0, &["a", "b", "c"]);
        check("a.b", ".", 0, &[]);
        check(" one  two ", " ", 0, &["", "one", "", "two"]);
        check("", ",", 0, &[""]);
    }

    #[test]
    fn line_ends_and_wholes() {
        assert!(compiled("a$").find("a\n", 0).unwrap().is_some());
        assert!(!compiled("a.b").matches("a\rb").unwrap());
        assert!(compiled("a|ab").matches("ab").unwrap());
        assert!(compiled("(?i)abc").matches("ABC").unwrap());
        assert!(compiled(r"(\w)\1").find("hello", 0).unwrap().is_some());
    }
}
