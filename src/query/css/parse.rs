//! From a text to a selector.

use std::cmp::Ordering;

use super::Dialect;
use super::selector::{AttributeTest, Combinator, Complex, Compound, FoundPlace, Selector, Simple};
use crate::query::regex;

/// How an attribute may be compared; the longer ones first.
const OPERATORS: &[&str] = &["!=", "^=", "$=", "*=", "~=", "|=", "="];

/// Why a text is no selector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Could not parse query '{query}': unexpected token at '{at}'")]
pub struct SelectorError {
    query: String,
    at: String,
}

impl Selector {
    /// Compiles a selector.
    ///
    /// # Errors
    /// When the text is none in that dialect.
    pub fn new(text: &str, dialect: Dialect) -> Result<Self, SelectorError> {
        let mut parser = Parser { query: text, rest: text.trim(), dialect };
        let selector = parser.alternatives()?;
        if parser.rest.is_empty() { Ok(selector) } else { Err(parser.unexpected()) }
    }
}

struct Parser<'t> {
    query: &'t str,
    rest: &'t str,
    dialect: Dialect,
}

type Parsed<T> = Result<T, SelectorError>;

fn is_name_char(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '-')
}

impl<'t> Parser<'t> {
    fn is_jsoup(&self) -> bool {
        self.dialect == Dialect::Jsoup
    }

    fn unexpected(&self) -> SelectorError {
        SelectorError { query: self.query.to_owned(), at: self.rest.to_owned() }
    }

    fn skip(&mut self, what: &str) -> bool {
        let after = self.rest.strip_prefix(what);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn skip_blanks(&mut self) -> bool {
        let before = self.rest.len();
        self.rest = self.rest.trim_start();
        self.rest.len() < before
    }

    fn name(&mut self) -> Parsed<String> {
        let mut name = String::new();
        let mut chars = self.rest.char_indices();
        let mut end = self.rest.len();
        while let Some((at, char)) = chars.next() {
            match char {
                '\\' => name.extend(chars.next().map(|(_, char)| char)),
                _ if is_name_char(char) => name.push(char),
                _ => {
                    end = at;
                    break;
                }
            }
        }
        if name.is_empty() {
            return Err(self.unexpected());
        }
        self.rest = &self.rest[end..];
        Ok(name)
    }

    fn alternatives(&mut self) -> Parsed<Selector> {
        let mut alternatives = vec![self.complex()?];
        while self.skip(",") {
            self.skip_blanks();
            alternatives.push(self.complex()?);
        }
        Ok(Selector { alternatives })
    }

    fn complex(&mut self) -> Parsed<Complex> {
        let mut parts = Vec::new();
        let mut combinator = self.combinator().unwrap_or(Combinator::Descendant);
        loop {
            parts.push((combinator, self.compound()?));
            let has_blank = self.skip_blanks();
            if self.rest.is_empty() || self.rest.starts_with(',') {
                return Ok(Complex(parts));
            }
            combinator = match self.combinator() {
                Some(combinator) => combinator,
                None if has_blank => Combinator::Descendant,
                None => return Err(self.unexpected()),
            };
        }
    }

    fn combinator(&mut self) -> Option<Combinator> {
        let combinator = match self.rest.chars().next()? {
            '>' => Combinator::Child,
            '+' => Combinator::Adjacent,
            '~' => Combinator::Sibling,
            _ => return None,
        };
        self.rest = self.rest[1..].trim_start();
        Some(combinator)
    }

    fn compound(&mut self) -> Parsed<Compound> {
        let mut simples = Vec::new();
        loop {
            let simple = match self.rest.chars().next() {
                Some('*') => {
                    self.rest = &self.rest[1..];
                    // A namespace of any kind.
                    self.skip("|");
                    Simple::Any
                }
                Some('#') => {
                    self.rest = &self.rest[1..];
                    Simple::Id(self.name()?)
                }
                Some('.') => {
                    self.rest = &self.rest[1..];
                    Simple::Class(self.name()?)
                }
                Some('[') => match self.attribute()? {
                    Some(simple) => simple,
                    None => break,
                },
                Some(':') => self.pseudo()?,
                Some(char) if is_name_char(char) || char == '\\' => {
                    let name = self.name()?;
                    let name = if self.skip("|") { format!("{name}:{}", self.name()?) } else { name };
                    Simple::Tag(if self.is_jsoup() { name.to_lowercase() } else { name })
                }
                _ => break,
            };
            simples.push(simple);
        }
        if simples.is_empty() { Err(self.unexpected()) } else { Ok(Compound(simples)) }
    }

    /// What is in brackets. Jodd drops what is never closed.
    fn attribute(&mut self) -> Parsed<Option<Simple>> {
        let Some(inside) = self.balanced('[', ']') else {
            if self.is_jsoup() {
                return Err(self.unexpected());
            }
            self.rest = "";
            return Ok(None);
        };
        let inside = inside.trim();
        let found = OPERATORS.iter().filter_map(|operator| Some((inside.find(operator)?, *operator))).min_by_key(
            // The leftmost, and of those at one place the longest.
            |(at, operator)| (*at + operator.len(), std::cmp::Reverse(operator.len())),
        );
        let Some((at, operator)) = found else {
            let name = inside.to_lowercase();
            return Ok(Some(match name.strip_prefix('^') {
                Some(prefix) if self.is_jsoup() => Simple::AttributePrefix(prefix.to_owned()),
                _ if name.is_empty() => return Err(self.unexpected()),
                _ => Simple::Attribute { name, test: AttributeTest::Present },
            }));
        };
        let name = inside[..at].trim().to_lowercase();
        let written = inside[at + operator.len()..].trim();
        let test = self.attribute_test(operator, written)?;
        Ok(Some(Simple::Attribute { name, test }))
    }

    fn attribute_test(&self, operator: &str, written: &str) -> Parsed<AttributeTest> {
        let quoted = ['"', '\''].iter().find_map(|quote| {
            (written.len() > 1).then(|| written.strip_prefix(*quote)?.strip_suffix(*quote)).flatten()
        });
        let is_plain = written.chars().all(is_name_char) && !written.is_empty();
        if !self.is_jsoup() && quoted.is_none() && !is_plain {
            return Ok(AttributeTest::Never);
        }
        let value = quoted.unwrap_or(written);
        // jsoup takes no account of case.
        let value = if self.is_jsoup() && operator != "~=" { value.trim().to_lowercase() } else { value.to_owned() };
        Ok(match operator {
            "=" => AttributeTest::Equal(value),
            "!=" => AttributeTest::NotEqual(value),
            "^=" => AttributeTest::Prefix(value),
            "$=" => AttributeTest::Suffix(value),
            "*=" => AttributeTest::Substring(value),
            "~=" if self.is_jsoup() => AttributeTest::Matches(self.pattern(&value)?),
            "~=" => AttributeTest::Word(value),
            _ => AttributeTest::Language(value),
        })
    }

    fn pattern(&self, text: &str) -> Parsed<std::sync::Arc<regex::Pattern>> {
        regex::compiled(text, regex::Dialect::Java).map_err(|_| self.unexpected())
    }

    /// Takes what stands between brackets; `None` if they are never closed.
    fn balanced(&mut self, open: char, close: char) -> Option<&'t str> {
        let (mut depth, mut quote, mut escaped) = (0, None, false);
        for (at, char) in self.rest.char_indices() {
            match (quote, char) {
                _ if escaped => escaped = false,
                (_, '\\') => escaped = true,
                // The quotation goes on until its mark comes again.
                (Some(mark), _) => quote = (char != mark).then_some(mark),
                (None, '"' | '\'') => quote = Some(char),
                (None, _) if char == open => depth += 1,
                (None, _) if char == close => {
                    depth -= 1;
                    if depth == 0 {
                        let inside = &self.rest[1..at];
                        self.rest = &self.rest[at + 1..];
                        return Some(inside);
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn pseudo(&mut self) -> Parsed<Simple> {
        let at = self.rest;
        self.rest = &self.rest[1..];
        let name = self.name()?.to_lowercase();
        let argument = if self.rest.starts_with('(') {
            Some(self.balanced('(', ')').ok_or_else(|| self.unexpected())?)
        } else {
            None
        };
        let simple = match argument {
            None => self.plain_pseudo(&name),
            Some(argument) => self.pseudo_function(&name, argument)?,
        };
        simple.ok_or_else(|| SelectorError { query: self.query.to_owned(), at: at.to_owned() })
    }

    fn plain_pseudo(&self, name: &str) -> Option<Simple> {
        let nth = |from_end, of_type| Simple::Nth { a: 0, b: 1, from_end, of_type };
        Some(match name {
            "first-child" => nth(false, false),
            "last-child" => nth(true, false),
            "first-of-type" => nth(false, true),
            "last-of-type" => nth(true, true),
            "only-child" => Simple::Only { of_type: false },
            "only-of-type" => Simple::Only { of_type: true },
            "empty" => Simple::Empty,
            "root" => Simple::Root,
            _ if self.is_jsoup() => return None,
            "first" => Simple::Found(FoundPlace::At(0)),
            "last" => Simple::Found(FoundPlace::Last),
            "even" => Simple::Found(FoundPlace::Even),
            "odd" => Simple::Found(FoundPlace::Odd),
            "checked" => present("checked"),
            "selected" => present("selected"),
            "disabled" => present("disabled"),
            "button" | "checkbox" | "file" | "image" | "password" | "radio" | "reset" | "submit" | "text" => {
                Simple::Attribute { name: "type".into(), test: AttributeTest::Equal(name.to_owned()) }
            }
            _ => return None,
        })
    }

    fn pseudo_function(&self, name: &str, argument: &str) -> Parsed<Option<Simple>> {
        let number = || argument.trim().parse::<i64>().map_err(|_| self.unexpected());
        let inner = || Selector::new(argument, self.dialect);
        let nth = |from_end, of_type| {
            let (a, b) = places(argument).ok_or_else(|| self.unexpected())?;
            Ok(Some(Simple::Nth { a, b, from_end, of_type }))
        };
        let text = || argument.trim().replace('\\', "");
        match name {
            "nth-child" => return nth(false, false),
            "nth-last-child" => return nth(true, false),
            "nth-of-type" => return nth(false, true),
            "nth-last-of-type" => return nth(true, true),
            _ => {}
        }
        Ok(Some(match name {
            "not" => Simple::Not(inner()?),
            "has" => Simple::Has(inner()?),
            "contains" if !self.is_jsoup() => {
                Simple::Contains { text: argument.trim_matches(['"', '\'']).to_owned(), own: false }
            }
            "eq" if !self.is_jsoup() => Simple::Found(FoundPlace::At(number()?)),
            "gt" if !self.is_jsoup() => Simple::Found(FoundPlace::After(number()?)),
            "lt" if !self.is_jsoup() => Simple::Found(FoundPlace::Before(number()?)),
            _ if !self.is_jsoup() => return Ok(None),
            "is" => Simple::Is(inner()?),
            "eq" => Simple::Index(Ordering::Equal, number()?),
            "lt" => Simple::Index(Ordering::Less, number()?),
            "gt" => Simple::Index(Ordering::Greater, number()?),
            "contains" | "containswholetext" => Simple::Contains { text: text().to_lowercase(), own: false },
            "containsown" | "containswholeowntext" => Simple::Contains { text: text().to_lowercase(), own: true },
            "containsdata" => Simple::ContainsData(text().to_lowercase()),
            "matches" | "matcheswholetext" => Simple::Matches { pattern: self.pattern(argument)?, own: false },
            "matchesown" | "matcheswholeowntext" => Simple::Matches { pattern: self.pattern(argument)?, own: true },
            _ => return Ok(None),
        }))
    }
}

fn present(name: &str) -> Simple {
    Simple::Attribute { name: name.to_owned(), test: AttributeTest::Present }
}

/// Reads `2n+1`, `odd`, `even` or a number.
fn places(text: &str) -> Option<(i64, i64)> {
    let text: String = text.to_lowercase().chars().filter(|char| !char.is_whitespace()).collect();
    match text.as_str() {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let Some((a, b)) = text.split_once('n') else { return Some((0, text.parse().ok()?)) };
    let a = match a {
        "" | "+" => 1,
        "-" => -1,
        number => number.parse().ok()?,
    };
    let b = if b.is_empty() { 0 } else { b.trim_start_matches('+').parse().ok()? };
    Some((a, b))
}
