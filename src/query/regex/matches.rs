//! The matches of a pattern in a text, one after the other.

use super::Dialect;
use super::pattern::{Pattern, Spans};

/// The matches of a pattern in a text, from left to right.
///
/// The search goes on where the last match ended. There ORO takes no match that is empty, but a longer one that the
/// pattern would rather not have; Java takes the empty one.
pub struct Matches<'p, 't> {
    pattern: &'p Pattern,
    text: &'t str,
    /// Where the search goes on; `None` when it is over.
    from: Option<usize>,
    last_end: Option<usize>,
}

/// One match: the texts of the whole and of the groups.
#[derive(Debug, Clone)]
pub struct Match<'t> {
    text: &'t str,
    spans: Spans,
}

impl<'p, 't> Matches<'p, 't> {
    pub(super) fn new(pattern: &'p Pattern, text: &'t str) -> Self {
        Self { pattern, text, from: Some(0), last_end: None }
    }

    /// ORO's rule: a match never ends where the last one ended.
    fn next_in_oro(&mut self, from: usize) -> Option<Spans> {
        let found = self.pattern.search(self.text, from)?;
        if end(&found) != self.last_end {
            return Some(found);
        }
        if self.pattern.may_prefer_empty()
            && let Some(longer) = self.pattern.not_empty_at(self.text, from)
        {
            return Some(longer);
        }
        self.pattern.search(self.text, self.after(from)?)
    }

    /// The place of the next character.
    fn after(&self, place: usize) -> Option<usize> {
        Some(place + self.text[place..].chars().next()?.len_utf8())
    }
}

impl<'t> Iterator for Matches<'_, 't> {
    type Item = Match<'t>;

    fn next(&mut self) -> Option<Match<'t>> {
        let from = self.from.take()?;
        let spans = match self.pattern.dialect() {
            Dialect::Oro => self.next_in_oro(from)?,
            Dialect::Java => self.pattern.search(self.text, from)?,
        };
        self.last_end = end(&spans);
        self.from = match (self.pattern.dialect(), whole(&spans)) {
            (Dialect::Java, Some((start, end))) if start == end => self.after(end),
            (_, Some((_, end))) => Some(end),
            (_, None) => None,
        };
        Some(Match { text: self.text, spans })
    }
}

impl<'t> Match<'t> {
    /// The text of a group, 0 being the whole; `None` if the group took no part or there is none of that number.
    pub fn group(&self, number: usize) -> Option<&'t str> {
        let (start, end) = (*self.spans.get(number)?)?;
        Some(&self.text[start..end])
    }

    /// The number of groups, without the whole.
    pub fn groups(&self) -> usize {
        self.spans.len() - 1
    }

    /// Where the whole begins and ends, in bytes.
    pub fn range(&self) -> std::ops::Range<usize> {
        let (start, end) = whole(&self.spans).unwrap_or_default();
        start..end
    }
}

fn whole(spans: &Spans) -> Option<(usize, usize)> {
    *spans.first()?
}

fn end(spans: &Spans) -> Option<usize> {
    whole(spans).map(|(_, end)| end)
}
