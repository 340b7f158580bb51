//! `JsonSlurper`: a text as maps, lists and values. What it does not like it says in Groovy's words.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::{Map, Order};
use crate::script::host::HostObject;
use crate::script::java::enumeration::ENUM;
use crate::script::java::map::LINKED_HASH_MAP;
use crate::script::machine::{Machine, Outcome, Thrown, illegal_argument, ok};
use crate::script::number::Decimal;
use crate::script::value::Value;

/// `groovy.json.JsonSlurper`.
pub static SLURPER: Static = Static::new(|| Class::new("groovy.json.JsonSlurper").constructors(NEW).methods(METHODS));
/// `groovy.json.JsonSlurperClassic`.
pub static CLASSIC: Static =
    Static::new(|| Class::new("groovy.json.JsonSlurperClassic").constructors(NEW).methods(METHODS));
/// `groovy.json.JsonParserType`.
pub static PARSER_TYPE: Static = Static::new(|| {
    Class::new("groovy.json.JsonParserType").extends(&[&ENUM]).enumeration(&[
        "CHAR_BUFFER",
        "INDEX_OVERLAY",
        "CHARACTER_SOURCE",
        "LAX",
    ])
});
/// The maps that the slurper makes.
pub static LAZY_MAP: Static =
    Static::new(|| Class::new("org.apache.groovy.json.internal.LazyMap").extends(&[&LINKED_HASH_MAP]));

/// How deeply a text may be nested.
const MOST_DEPTH: u32 = 500;

struct Slurper {
    class: &'static Class,
    is_lax: parking_lot::Mutex<bool>,
}

impl HostObject for Slurper {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }
}

const NEW: &[Row] = &[new("Map?", |c| {
    let class = if let Value::Class(class) = c.this { class.java() } else { &SLURPER };
    let named = match c.arg(0) {
        Value::Map(map) => map.get_text("type").unwrap_or_default(),
        _ => Value::Null,
    };
    let is_lax = c.machine.text(&named)?.as_ref() == "LAX";
    ok(Value::object(Slurper { class, is_lax: parking_lot::Mutex::new(is_lax) }))
})];

const METHODS: &[Row] = &[
    row("parseText", "String", |c| {
        let text = c.text_or_null(0).cloned().unwrap_or_default();
        parsed(c, &text)
    }),
    row("parse", "byte[], String?", |c| {
        let bytes = c.bytes(0)?;
        parsed(c, &String::from_utf8_lossy(&bytes))
    }),
    row("parse", "Object, String?", |c| {
        let text = match c.arg(0) {
            Value::Null => return Err(illegal_argument("Text must not be null or empty")),
            other => super::super::eval::get_property(c.machine, other, "text")?,
        };
        let text = c.machine.text(&text)?;
        parsed(c, &text)
    }),
    row("setType", "JsonParserType", |c| {
        *c.this_as::<Slurper>()?.is_lax.lock() = c.text_of(0)?.as_ref() == "LAX";
        c.this_again()
    }),
    row("getType", "", |c| {
        let ordinal = if *c.this_as::<Slurper>()?.is_lax.lock() { 3 } else { 0 };
        ok(crate::script::java::enumeration::constant(&PARSER_TYPE, ordinal))
    }),
    row("setCheckDates", "boolean", |c| c.this_again()),
    row("setChop", "boolean", |c| c.this_again()),
    row("setLazyChop", "boolean", |c| c.this_again()),
];

fn parsed(c: &mut Call<'_, '_>, text: &str) -> Outcome {
    if text.is_empty() {
        return Err(illegal_argument("Text must not be null or empty"));
    }
    let is_lax = *c.this_as::<Slurper>()?.is_lax.lock();
    parse(c.machine, text, is_lax)
}

/// The value that a text stands for.
///
/// # Errors
/// `JsonException`.
pub fn parse(machine: &mut Machine<'_>, text: &str, is_lax: bool) -> Outcome {
    let mut reader = Reader { text: text.chars().collect(), at: 0, depth: 0, is_lax };
    let value = reader.value(machine)?;
    reader.skip();
    if reader.at < reader.text.len() && !is_lax {
        let char = reader.text[reader.at];
        let code = u32::from(char);
        return Err(reader
            .failed(&format!("expecting a single value but got current char '{char}' with an int value of {code}")));
    }
    Ok(value)
}

struct Reader {
    text: Vec<char>,
    at: usize,
    depth: u32,
    is_lax: bool,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self) {
        loop {
            while self.peek().is_some_and(|char| char.is_ascii_whitespace()) {
                self.at += 1;
            }
            let starts = |mark: [char; 2]| self.text[self.at..].starts_with(&mark);
            if !self.is_lax || !(starts(['/', '/']) || self.peek() == Some('#')) {
                return;
            }
            while self.peek().is_some_and(|char| char != '\n') {
                self.at += 1;
            }
        }
    }

    fn value(&mut self, machine: &mut Machine<'_>) -> Outcome {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Thrown::bare("java.lang.StackOverflowError"));
        }
        self.skip();
        let value =
            match self.peek() {
                Some('{') => self.map(machine),
                Some('[') => self.list(machine),
                Some('"') => self.string('"').map(Into::into),
                Some('\'') if self.is_lax => self.string('\'').map(Into::into),
                Some('t') => self.word("true", Value::Bool(true)),
                Some('f') => self.word("false", Value::Bool(false)),
                Some('n') => self.word("null", Value::Null),
                Some('-' | '0'..='9') => self.number(),
                Some(char) if self.is_lax && char.is_alphabetic() => Ok(self.bare().into()),
                _ => Err(self
                    .failed("Unable to determine the current character, it is not a string, number, array, or object")),
            };
        self.depth -= 1;
        value
    }

    fn map(&mut self, machine: &mut Machine<'_>) -> Outcome {
        let map = Map::of(&LAZY_MAP, Order::Insertion);
        self.at += 1;
        loop {
            self.skip();
            match self.peek() {
                Some('}') => break,
                Some('"') => {}
                Some('\'') if self.is_lax => {}
                Some(char) if self.is_lax && char.is_alphanumeric() => {}
                _ => return Err(self.unexpected()),
            }
            let key = match self.peek() {
                Some(quote @ ('"' | '\'')) => self.string(quote)?,
                _ => self.bare(),
            };
            self.skip();
            if self.peek() != Some(':') {
                return Err(self.expected("expecting ':'"));
            }
            self.at += 1;
            let value = self.value(machine)?;
            map.put(machine, key.into(), value)?;
            self.skip();
            match self.peek() {
                Some(',') => self.at += 1,
                Some('}') => break,
                _ => return Err(self.unexpected()),
            }
        }
        self.at += 1;
        ok(Value::Map(Arc::new(map)))
    }

    fn list(&mut self, machine: &mut Machine<'_>) -> Outcome {
        let mut items = Vec::new();
        self.at += 1;
        self.skip();
        if self.peek() == Some(']') {
            self.at += 1;
            return ok(items);
        }
        loop {
            items.push(self.value(machine)?);
            self.skip();
            match self.peek() {
                Some(',') => {
                    self.at += 1;
                    self.skip();
                    if self.peek() == Some(']') {
                        break;
                    }
                }
                Some(']') => break,
                _ => return Err(self.expected("expecting a ',' or a ']', ")),
            }
        }
        self.at += 1;
        ok(items)
    }

    /// A name without quotes.
    fn bare(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|char| !matches!(char, ':' | ',' | '}' | ']') && !char.is_whitespace()) {
            self.at += 1;
        }
        self.text[start..self.at].iter().collect()
    }

    fn word(&mut self, word: &str, value: Value) -> Outcome {
        let found: String = self.text[self.at..].iter().take(word.len()).collect();
        if found == word {
            self.at += word.len();
            return Ok(value);
        }
        if self.is_lax {
            return Ok(self.bare().into());
        }
        let char = self.peek();
        self.at += 1;
        Err(self.failed_at(char, &format!("{word} not parse properly")))
    }

    fn string(&mut self, quote: char) -> Outcome<String> {
        let mut units: Vec<u16> = Vec::new();
        self.at += 1;
        loop {
            let Some(char) = self.peek() else {
                self.at = self.text.len().saturating_sub(1);
                return Err(self.failed("expecting to find closing quote"));
            };
            self.at += 1;
            match char {
                _ if char == quote => return Ok(String::from_utf16_lossy(&units)),
                '\\' => self.escape(&mut units),
                char => units.extend(char.encode_utf16(&mut [0; 2]).iter()),
            }
        }
    }

    fn escape(&mut self, units: &mut Vec<u16>) {
        let Some(char) = self.peek() else { return };
        self.at += 1;
        let char = match char {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let digits: String = self.text[self.at..].iter().take(4).collect();
                self.at += digits.chars().count();
                units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xfffd));
                return;
            }
            other => other,
        };
        units.extend(char.encode_utf16(&mut [0; 2]).iter());
    }

    fn number(&mut self) -> Outcome {
        let start = self.at;
        let is_part = |char: char| matches!(char, '0'..='9' | '-' | '+' | '.' | 'e' | 'E');
        while self.peek().is_some_and(is_part) {
            self.at += 1;
        }
        let text: String = self.text[start..self.at].iter().collect();
        if text.contains(['.', 'e', 'E']) {
            return match Decimal::parse(&text) {
                Ok(number) => ok(number),
                Err(_) => Err(self.failed("unable to parse the number")),
            };
        }
        if let Ok(number) = text.parse::<i32>() {
            return ok(number);
        }
        match text.parse::<BigInt>() {
            // Larger ones lose what does not fit, as in Groovy.
            Ok(number) => ok(number.to_i64().unwrap_or_else(|| {
                let bits: BigInt = number & BigInt::from(u64::MAX);
                bits.to_u64().unwrap_or_default() as i64
            })),
            Err(_) => Err(self.failed("unable to parse the number")),
        }
    }

    fn unexpected(&mut self) -> Thrown {
        self.expected("expecting '}' or ','")
    }

    /// At the end of the text, it is about the last character.
    fn expected(&mut self, what: &str) -> Thrown {
        let is_end = self.at >= self.text.len();
        let char = self.peek().or(self.text.last().copied()).unwrap_or_default();
        if is_end {
            self.at = self.text.len();
        }
        let separator = if what.ends_with(' ') { "but got" } else { " but got current char" };
        let text = format!("{what}{separator} '{char}' with an int value of {}", u32::from(char));
        self.failed_at(Some(char), &text)
    }

    fn failed(&self, message: &str) -> Thrown {
        self.failed_at(self.peek(), message)
    }

    fn failed_at(&self, char: Option<char>, message: &str) -> Thrown {
        let char = char.or(self.text.last().copied()).unwrap_or_default();
        let before = &self.text[..self.at.min(self.text.len())];
        let line_start = before.iter().rposition(|char| *char == '\n').map_or(0, |end| end + 1);
        let line_number = before.iter().filter(|char| **char == '\n').count() + 1;
        let line: String = self.text[line_start..].iter().take_while(|char| **char != '\n').collect();
        let dots = ".".repeat(self.at - line_start);
        let text = format!(
            "{message}\n\nThe current character read is '{char}' with an int value of {}\n{message}\nline number {line_number}\nindex number {}\n{line}\n{dots}^",
            u32::from(char),
            self.at,
        );
        Thrown::new("groovy.json.JsonException", text)
    }
}
