//! Cuts a JEXL text into words.

use std::sync::Arc;

use num_bigint::BigInt;

use super::ast::Version;
use crate::script::number::Decimal;
use crate::script::value::Value;

/// A word of a JEXL text.
#[derive(Clone, Debug)]
pub enum Token {
    /// A name or a word of the language.
    Name(Arc<str>),
    /// A number or a text.
    Literal(Value),
    /// A text in back quotes, with expressions in it.
    Template(Arc<str>),
    /// Punctuation.
    Symbol(&'static str),
    /// The end of the text.
    End,
}

/// Symbols, the longest first.
const SYMBOLS: [&str; 47] = [
    "...", "==", "!=", "<=", ">=", "=~", "!~", "=^", "!^", "=$", "!$", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=",
    "|=", "^=", "->", "=>", "?:", "??", "?.", "..", "(", ")", "[", "]", "{", "}", ",", ";", ":", "?", "+", "-", "*",
    "/", "%", "=", "<", ">", "&", "|",
];
const LAST_SYMBOLS: [&str; 4] = ["^", "~", "!", "."];

/// Cuts a text into words with the byte where each begins; an error is the byte where nothing fits.
///
/// # Errors
/// A character that is no word, a text without an end.
pub fn tokens(text: &str, version: Version) -> Result<Vec<(Token, usize)>, usize> {
    let mut lexer = Lexer { text, at: 0, version };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blanks()?;
        let start = lexer.at;
        let token = lexer.next()?;
        let is_end = matches!(token, Token::End);
        tokens.push((token, start));
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    version: Version,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) -> Result<(), usize> {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start().len();
            self.at += blanks;
            let rest = self.rest();
            if rest.starts_with("##") || rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.at += rest.find("*/").ok_or(self.at)? + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn next(&mut self) -> Result<Token, usize> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(Token::End) };
        match first {
            '\'' | '"' => self.quoted(first).map(|text| Token::Literal(text.into())),
            '`' if self.version.is_three() => self.quoted('`').map(|text| Token::Template(text.into())),
            '0'..='9' => self.number(),
            _ if is_name_start(first) => {
                let length = rest.find(|char| !is_name_part(char)).unwrap_or(rest.len());
                let name = Arc::from(&rest[..length]);
                self.at += length;
                Ok(Token::Name(name))
            }
            _ => {
                let symbol = SYMBOLS.iter().chain(&LAST_SYMBOLS).find(|symbol| rest.starts_with(**symbol));
                let symbol = symbol.ok_or(self.at)?;
                self.at += symbol.len();
                Ok(Token::Symbol(symbol))
            }
        }
    }

    fn quoted(&mut self, quote: char) -> Result<String, usize> {
        let start = self.at;
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((offset, char)) = chars.next() {
            match char {
                _ if char == quote => {
                    self.at = start + offset + char.len_utf8();
                    return Ok(out);
                }
                '\\' => match chars.next() {
                    Some((_, escaped)) => {
                        let mut digits = String::new();
                        if escaped == 'u' {
                            digits = self.text[start + offset + 2..].chars().take(4).collect();
                        }
                        self.escape(escaped, &digits, quote, &mut out);
                        if escaped == 'u' && digits.len() == 4 && digits.chars().all(|char| char.is_ascii_hexdigit()) {
                            chars.by_ref().take(4).for_each(drop);
                        }
                    }
                    None => return Err(start),
                },
                '\n' | '\r' if quote != '`' => return Err(start),
                other => out.push(other),
            }
        }
        Err(start)
    }

    fn escape(&self, escaped: char, digits: &str, quote: char, out: &mut String) {
        let unit = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 4).and_then(char::from_u32);
        match (escaped, unit) {
            ('u', Some(char)) => out.push(char),
            ('\\', _) => out.push('\\'),
            (char, _) if char == quote => out.push(char),
            ('n', _) if self.version.is_three() => out.push('\n'),
            ('t', _) if self.version.is_three() => out.push('\t'),
            ('r', _) if self.version.is_three() => out.push('\r'),
            ('b', _) if self.version.is_three() => out.push('\x08'),
            ('f', _) if self.version.is_three() => out.push('\x0c'),
            (other, _) => {
                out.push('\\');
                out.push(other);
            }
        }
    }

    fn number(&mut self) -> Result<Token, usize> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let (start, mut end, mut is_whole) = (self.at, 0, true);
        let digits = |from: usize, is_digit: fn(&u8) -> bool| {
            from + bytes[from..].iter().take_while(|byte| is_digit(byte)).count()
        };
        if rest.starts_with("0x") || rest.starts_with("0X") {
            end = digits(2, u8::is_ascii_hexdigit);
        } else {
            end = digits(end, u8::is_ascii_digit);
            if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
                end = digits(end + 1, u8::is_ascii_digit);
                is_whole = false;
            }
            // Version 2 has exponents only after decimals.
            if (self.version.is_three() || !is_whole) && matches!(bytes.get(end), Some(b'e' | b'E')) {
                let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
                let last = digits(end + 1 + sign, u8::is_ascii_digit);
                if last > end + 1 + sign {
                    end = last;
                    is_whole = false;
                }
            }
        }
        let text = &rest[..end];
        let suffix = rest[end..].chars().next().unwrap_or(' ').to_ascii_lowercase();
        let value = match suffix {
            'l' if is_whole => whole(text).and_then(|number| i64::try_from(number).ok()).map(Value::Long),
            'h' if is_whole => whole(text).map(Value::from),
            'f' => text.parse().ok().map(Value::Float),
            'd' => text.parse().ok().map(Value::Double),
            'b' => Decimal::parse(text).ok().map(Value::from),
            _ => {
                self.at += end;
                return self.plain(end, is_whole).ok_or(start).map(Token::Literal);
            }
        };
        self.at += end + 1;
        value.ok_or(start).map(Token::Literal)
    }

    /// A number without a letter after it; the text ends where the lexer is.
    fn plain(&self, length: usize, is_whole: bool) -> Option<Value> {
        let text = &self.text[self.at - length..self.at];
        if is_whole {
            let number = whole(text)?;
            return Some(match (i32::try_from(&number), i64::try_from(&number)) {
                (Ok(small), _) => Value::Int(small),
                (_, Ok(large)) => Value::Long(large),
                _ => number.into(),
            });
        }
        if self.version.is_three() {
            let number = text.parse().ok()?;
            return Some(Value::Double(number));
        }
        // Version 2 reads decimals as `float` unless they are too large for that.
        let number: f32 = text.parse().ok()?;
        if number.is_infinite() { text.parse().ok().map(Value::Double) } else { Some(Value::Float(number)) }
    }
}

/// Hexadecimal, octal after a leading zero, decimal.
fn whole(text: &str) -> Option<BigInt> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    BigInt::parse_bytes(digits.as_bytes(), radix)
}

fn is_name_start(char: char) -> bool {
    char.is_alphabetic() || matches!(char, '_' | '$' | '@')
}

fn is_name_part(char: char) -> bool {
    is_name_start(char) || char.is_numeric()
}
