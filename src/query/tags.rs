//! The tags of an HTML page in their order: no tree, no repair, one pass over the text.
//!
//! Tags are found as the tokenizer of Lagarto finds them, with which JMeter looks for embedded resources: mostly that of
//! the HTML standard, but form feeds separate nothing, only `</script>` as such ends a script, and character references by
//! name need their semicolon.

mod entity;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use entity::decoded;

/// A tag or what else matters of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag.
    End(&'a str),
    /// The beginning of a conditional comment, `if lt IE 9` for instance. Its content are tokens, too.
    Condition(&'a str),
    /// The end of a conditional comment.
    ConditionEnd,
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name as written.
    pub name: &'a str,
    /// Where the page goes on behind it.
    pub end: usize,
    attributes: &'a str,
}

/// The tokens of a page.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    next: usize,
    sees_conditions: bool,
}

/// Elements whose content is text, whatever it looks like.
const TEXT_ELEMENTS: &[&str] =
    &["script", "style", "textarea", "title", "noscript", "iframe", "noembed", "noframes", "xmp"];

impl<'a> Tokens<'a> {
    /// The tokens of that text. Conditional comments are comments like others.
    pub fn new(text: &'a str) -> Self {
        Self { text, next: 0, sees_conditions: false }
    }

    /// The tokens that an Internet Explorer before 10 saw, which understood conditional comments.
    #[must_use]
    pub fn with_conditions(self) -> Self {
        Self { sees_conditions: true, ..self }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.next..]
    }

    /// Goes behind the next one of these, or to the end.
    fn skip_behind(&mut self, end: &str) {
        self.next = self.rest().find(end).map_or(self.text.len(), |at| self.next + at + end.len());
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        if self.sees_conditions
            && let Some(condition) = self.condition()
        {
            return Some(condition);
        }
        match rest.strip_prefix("<!--") {
            Some(comment) => match comment.strip_prefix("->").or_else(|| comment.strip_prefix('>')) {
                Some(after) => self.next = self.text.len() - after.len(),
                None => self.skip_comment(comment),
            },
            None => self.skip_behind(">"),
        }
        None
    }

    fn skip_comment(&mut self, comment: &str) {
        let ends = ["-->", "--!>"].into_iter().filter_map(|end| Some(comment.find(end)? + end.len()));
        self.next = ends.min().map_or(self.text.len(), |length| self.text.len() - comment.len() + length);
    }

    fn condition(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        for end in ["<!--<![endif]-->", "<![endif]-->", "<![endif]>"] {
            if rest.starts_with(end) {
                self.next += end.len();
                return Some(Token::ConditionEnd);
            }
        }
        let begun = rest.strip_prefix("<!--[").or_else(|| rest.strip_prefix("<!["))?;
        begun.strip_prefix("if")?;
        let end = begun.find(']')?;
        let after = begun[end + 1..].find('>')?;
        self.next = self.text.len() - begun.len() + end + 1 + after + 1;
        Some(Token::Condition(begun[..end].trim()))
    }

    fn tag(&mut self, from: usize) -> Option<(&'a str, &'a str)> {
        let text = &self.text[from..];
        let name_end = text.find(|char: char| is_space(char) || matches!(char, '/' | '>'))?;
        let mut attributes = Attributes { rest: &text[name_end..] };
        attributes.by_ref().for_each(drop);
        let after = attributes.rest.strip_prefix('>')?;
        let length = text.len() - after.len();
        self.next = from + length;
        Some((&text[..name_end], &text[name_end..length]))
    }

    /// Skips the content of an element that holds text.
    fn skip_text(&mut self, name: &str) {
        let mut from = self.next;
        while let Some(at) = memchr::memmem::find(&self.text.as_bytes()[from..], b"</") {
            let end = &self.text.as_bytes()[from + at + 2..];
            let is_end = end.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if is_end && end.get(name.len()) == Some(&b'>') {
                self.next = from + at;
                return;
            }
            from += at + 2;
        }
        self.next = self.text.len();
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.next += memchr::memchr(b'<', self.rest().as_bytes())?;
            let after = &self.text.as_bytes()[self.next + 1..];
            match (after.first()?, after.get(1)) {
                (b'!', _) => {
                    if let Some(condition) = self.markup() {
                        return Some(condition);
                    }
                }
                (first, _) if first.is_ascii_alphabetic() => {
                    let (name, attributes) = self.tag(self.next + 1)?;
                    let end = self.next;
                    if let Some(known) = TEXT_ELEMENTS.iter().find(|known| name.eq_ignore_ascii_case(known)) {
                        self.skip_text(known);
                    }
                    return Some(Token::Start(Tag { name, end, attributes }));
                }
                (b'/', Some(first)) if first.is_ascii_alphabetic() => {
                    let (name, _) = self.tag(self.next + 2)?;
                    return Some(Token::End(name));
                }
                (b'?', _) | (b'/', Some(_)) => self.skip_behind(">"),
                _ => self.next += 1,
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// Whether it has that name; upper and lower case are the same.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The attributes in their order: the name as written, and the value with character references decoded; `None` if
    /// there is only the name.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, Option<Cow<'a, str>>)> {
        Attributes { rest: self.attributes }.map(|(name, value)| (name, value.map(decoded)))
    }

    /// The value of the first attribute of that name, its character references decoded.
    pub fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut attributes = Attributes { rest: self.attributes };
        attributes.find(|(found, _)| found.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.map(decoded))
    }
}

/// The attributes of a tag as written. Stops before the tag's `>`, or at the end of the text.
struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, Option<&'a str>);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(|char| is_space(char) || char == '/');
        let first = self.rest.chars().next().filter(|first| *first != '>')?;
        let is_end = |char: char| is_space(char) || matches!(char, '/' | '>' | '=');
        let from = first.len_utf8();
        let end = self.rest[from..].find(is_end).map_or(self.rest.len(), |end| from + end);
        let name = self.take(end);
        let after = self.rest.trim_start_matches(is_space);
        let Some(value) = after.strip_prefix('=') else { return Some((name, None)) };
        self.rest = value.trim_start_matches(is_space);
        let value = match self.rest.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                self.take(1);
                let Some(end) = memchr::memchr(*quote, self.rest.as_bytes()) else {
                    self.rest = "";
                    return None;
                };
                let value = self.take(end);
                self.take(1);
                value
            }
            _ => {
                let end = self.rest.find(|char| is_space(char) || char == '>').unwrap_or(self.rest.len());
                self.take(end)
            }
        };
        Some((name, Some(value)))
    }
}

impl<'a> Attributes<'a> {
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r')
}
