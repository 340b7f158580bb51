//! Reading JSON as leniently as json-smart's permissive parser.
//!
//! Quotes may be single or missing, commas superfluous, control characters raw, and whatever follows the document is not
//! looked at: so any text is JSON, if only a word.

use std::borrow::Cow;

use super::{Decimal, Json, Number, Object};

/// Why a text is no JSON, in json-smart's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// A character that may not stand there.
    #[error("Unexpected character ({1}) at position {0}.")]
    Character(usize, char),
    /// A word that may not stand there.
    #[error("Unexpected token {1} at position {0}.")]
    Token(usize, String),
    /// The text ends too early.
    #[error("Unexpected End Of File position {0}: {1}")]
    End(usize, &'static str),
    /// `\u` without digits.
    #[error("Unexpected unicode escape sequence {1} at position {0}.")]
    Escape(usize, char),
    /// Brackets inside each other without end.
    #[error("Malicious payload, having non natural depths, parsing stoped on {1} at position {0}.")]
    Depth(usize, char),
}

/// How many brackets may be open.
const DEPTH: u32 = 400;
/// What the end of the text looks like; the character itself ends it, too.
const END: u8 = 0x1A;
/// Characters beyond this never end a word.
const LAST_STOP: u8 = 126;

type Read<T> = Result<T, JsonError>;

impl<'t> Json<'t> {
    /// Reads a text.
    ///
    /// # Errors
    /// When it begins like JSON and is not.
    pub fn read(text: &'t str) -> Result<Self, JsonError> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        reader.value(b"")
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
}

impl<'t> Reader<'t> {
    /// Reads a value. A word ends at one of those characters, or else with the text.
    fn value(&mut self, stops: &[u8]) -> Read<Json<'t>> {
        self.skip_space();
        match self.current() {
            b':' | b'}' | b']' => Err(self.unexpected(self.at)),
            b'{' => self.object(),
            b'[' => self.list(),
            b'"' | b'\'' => self.quoted().map(Json::Text),
            b'0'..=b'9' | b'-' => self.number(stops),
            _ => Ok(match self.word(stops) {
                "null" => Json::Null,
                "true" => Json::Boolean(true),
                "false" => Json::Boolean(false),
                "NaN" => Json::Number(Number::new("NaN")),
                word => Json::Text(word.into()),
            }),
        }
    }

    fn list(&mut self) -> Read<Json<'t>> {
        self.enter()?;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            match self.current() {
                b' ' | b'\r' | b'\n' | b'\t' | b',' => self.at += 1,
                b']' => break,
                b':' | b'}' => return Err(self.unexpected(self.at)),
                END => return Err(JsonError::End(self.position(self.at) - 1, "EOF")),
                _ => items.push(self.value(b",]")?),
            }
        }
        self.depth -= 1;
        self.at += 1;
        Ok(Json::List(items))
    }

    fn object(&mut self) -> Read<Json<'t>> {
        self.enter()?;
        let mut members = Vec::new();
        loop {
            self.at += 1;
            match self.current() {
                b' ' | b'\r' | b'\n' | b'\t' | b',' => continue,
                b'}' => break,
                b':' | b']' | b'[' | b'{' => return Err(self.unexpected(self.at)),
                _ => {}
            }
            members.push(self.member()?);
            self.skip_control();
            match self.current() {
                b'}' => break,
                b',' => {}
                END => return Err(JsonError::End(self.position(self.at) - 1, "null")),
                _ => return Err(JsonError::Token(self.position(self.at) - 1, self.char(self.at).into())),
            }
        }
        self.depth -= 1;
        self.at += 1;
        Ok(Json::Object(Object::of(members)))
    }

    fn member(&mut self) -> Read<(Cow<'t, str>, Json<'t>)> {
        let name = match self.current() {
            b'"' | b'\'' => self.quoted()?,
            _ => self.word(b":").into(),
        };
        self.skip_control();
        match self.current() {
            b':' => self.at += 1,
            END => return Err(JsonError::End(self.position(self.at) - 1, "null")),
            _ => return Err(self.unexpected(self.at - 1)),
        }
        if self.at >= self.text.len() {
            return Err(JsonError::End(self.position(self.at) - 1, "EOF"));
        }
        Ok((name, self.value(b",}")?))
    }

    fn enter(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(JsonError::Depth(self.position(self.at), self.char(self.at)));
        }
        Ok(())
    }

    fn number(&mut self, stops: &[u8]) -> Read<Json<'t>> {
        let start = self.at;
        self.at += 1;
        self.skip_digits();
        let is_decimal = matches!(self.current(), b'.' | b'e' | b'E');
        if self.current() == b'.' {
            self.at += 1;
            self.skip_digits();
        }
        if matches!(self.current(), b'e' | b'E') {
            self.at += 1;
            if !matches!(self.current(), b'+' | b'-' | b'0'..=b'9') {
                self.skip_word(stops);
                return Ok(Json::Text(self.trimmed(start).into()));
            }
            self.at += 1;
            self.skip_digits();
        }
        self.skip_control();
        let next = self.current();
        if next < LAST_STOP && next != END && !stops.contains(&next) {
            self.skip_word(stops);
            return Ok(Json::Text(self.trimmed(start).into()));
        }
        let source = self.trimmed(start);
        if is_decimal && Decimal::parse(source).is_none() {
            return Err(JsonError::Token(self.position(self.at), source.to_owned()));
        }
        Ok(Json::Number(Number::new(source)))
    }

    /// A text in quotes.
    fn quoted(&mut self) -> Read<Cow<'t, str>> {
        let quote = self.current();
        let rest = &self.text[self.at + 1..];
        let Some(length) = memchr::memchr(quote, rest.as_bytes()) else {
            return Err(JsonError::End(self.position(self.text.len()), "null"));
        };
        if memchr::memchr(b'\\', &rest.as_bytes()[..length]).is_none() {
            self.at += length + 2;
            return Ok(rest[..length].into());
        }
        self.escaped(quote).map(Cow::Owned)
    }

    /// A text in quotes with backslashes in it: raw control characters are dropped there.
    fn escaped(&mut self, quote: u8) -> Read<String> {
        let mut units = Units::default();
        loop {
            self.at += 1;
            match self.current() {
                END => return Err(JsonError::End(self.position(self.at) - 1, "null")),
                byte if byte == quote => {
                    self.at += 1;
                    return Ok(units.text());
                }
                b'\\' => self.escape(&mut units)?,
                0..=31 | 127 => {}
                _ => {
                    let char = self.char(self.at);
                    units.push(char);
                    self.at += char.len_utf8() - 1;
                }
            }
        }
    }

    fn escape(&mut self, units: &mut Units) -> Read<()> {
        self.at += 1;
        match self.current() {
            b't' => units.push('\t'),
            b'n' => units.push('\n'),
            b'r' => units.push('\r'),
            b'f' => units.push('\u{C}'),
            b'b' => units.push('\u{8}'),
            byte @ (b'\\' | b'/' | b'\'' | b'"') => units.push(byte as char),
            b'u' => units.push_unit(self.hexadecimal(4)?),
            b'x' => units.push_unit(self.hexadecimal(2)?),
            // Any other is dropped, its backslash as well.
            _ if self.at < self.text.len() => self.at += self.char(self.at).len_utf8() - 1,
            _ => {}
        }
        Ok(())
    }

    fn hexadecimal(&mut self, digits: usize) -> Read<u16> {
        let mut number = 0;
        for _ in 0..digits {
            self.at += 1;
            let Some(digit) = (self.current() as char).to_digit(16) else {
                if self.current() == END {
                    return Err(JsonError::End(self.position(self.at), "EOF"));
                }
                return Err(JsonError::Escape(self.position(self.at), self.char(self.at)));
            };
            number = number * 16 + digit as u16;
        }
        Ok(number)
    }

    /// A text without quotes.
    fn word(&mut self, stops: &[u8]) -> &'t str {
        let start = self.at;
        self.skip_word(stops);
        self.trimmed(start)
    }

    fn skip_word(&mut self, stops: &[u8]) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == END || stops.contains(byte));
        self.at += length.unwrap_or(rest.len());
    }

    /// The text from there to here, without white space around it, but not without a character.
    fn trimmed(&self, start: usize) -> &'t str {
        let text = &self.text[start..self.at.min(self.text.len())];
        let is_space = |char: char| {
            char.is_whitespace() && !matches!(char, '\u{85}' | '\u{A0}' | '\u{2007}' | '\u{202F}')
                || matches!(char, '\u{1C}'..='\u{1F}')
        };
        match text.trim_matches(is_space) {
            "" => text.chars().next_back().map_or("", |last| &text[text.len() - last.len_utf8()..]),
            trimmed => trimmed,
        }
    }

    fn skip_digits(&mut self) {
        while self.current().is_ascii_digit() {
            self.at += 1;
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.current(), b' ' | b'\r' | b'\n' | b'\t') {
            self.at += 1;
        }
    }

    /// Behind a name or a value all control characters count as space.
    fn skip_control(&mut self) {
        while self.current() <= b' ' && self.current() != END {
            self.at += 1;
        }
    }

    fn current(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(END)
    }

    fn unexpected(&self, at: usize) -> JsonError {
        JsonError::Character(self.position(at), self.char(self.at))
    }

    /// The character there.
    fn char(&self, at: usize) -> char {
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(END as char)
    }

    /// A place as Java counts it: in UTF-16 units.
    fn position(&self, at: usize) -> usize {
        let end = at.min(self.text.len());
        let end = (0..=end).rev().find(|end| self.text.is_char_boundary(*end)).unwrap_or(0);
        self.text[..end].encode_utf16().count() + (at - at.min(self.text.len()))
    }
}

/// A text that may be written in UTF-16 units.
#[derive(Default)]
struct Units {
    text: String,
    /// The first half of a pair.
    half: Option<u16>,
}

impl Units {
    fn push(&mut self, char: char) {
        if self.half.take().is_some() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
        self.text.push(char);
    }

    fn push_unit(&mut self, unit: u16) {
        let is_first_half = (0xD800..0xDC00).contains(&unit);
        let before = self.half.take();
        let units = match (before, is_first_half) {
            (None, true) => {
                self.half = Some(unit);
                return;
            }
            (Some(half), true) => {
                self.half = Some(unit);
                vec![half]
            }
            (Some(half), false) => vec![half, unit],
            (None, false) => vec![unit],
        };
        let chars = char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER));
        self.text.extend(chars);
    }

    fn text(mut self) -> String {
        if self.half.is_some() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
        self.text
    }
}
