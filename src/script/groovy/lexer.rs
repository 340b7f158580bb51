//! Cuts a Groovy script into words.

use std::sync::Arc;

use crate::script::value::Value;

use super::literal::{self, Quote};
use super::token::{Part, Syntax, Token, Word};

/// Why a script cannot be cut into words: what is wrong, and the line.
pub type LexError = (String, u32);

/// Symbols, the longest first.
const SYMBOLS: [&str; 69] = [
    ">>>=", "...", "..<", "==~", "===", "!==", "<=>", "**=", "<<=", ">>=", "->", "?.", "*.", ".@", ".&", "::", "..",
    "==", "!=", "<=", ">=", "&&", "||", "=~", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", "**",
    "?:", "?=", "?[", "(", ")", "[", "]", "{", "}", ",", ";", ":", "?", "+", "-", "*", "/", "%", "=", "<", ">", "&",
    "|", "^", "~", "!", ".", "@", "`", "\\", "#", "→", "¬",
];

/// Cuts a script into words; the last one is the end.
///
/// # Errors
/// A text without an end, a character that is no word.
pub fn words(text: &str, syntax: Syntax) -> Result<Arc<[Word]>, LexError> {
    let mut lexer = Lexer { text, syntax, at: 0, line: 1, words: Vec::new() };
    if text.starts_with("#!") {
        lexer.at = text.find('\n').unwrap_or(text.len());
    }
    lexer.run(None)?;
    Ok(lexer.words.into())
}

struct Lexer<'t> {
    text: &'t str,
    syntax: Syntax,
    at: usize,
    line: u32,
    words: Vec<Word>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Reads to the end, or to the brace that closes an expression inside a text.
    fn run(&mut self, close: Option<&'static str>) -> Result<(), LexError> {
        let mut after_line = false;
        let mut depth = 0_u32;
        loop {
            let rest = self.rest();
            let Some(first) = rest.chars().next() else {
                if close.is_some() {
                    return Err(("unclosed expression in a text".into(), self.line));
                }
                self.push(Token::End, self.at, after_line);
                return Ok(());
            };
            match first {
                '\n' => {
                    self.line += 1;
                    self.at += 1;
                    after_line = true;
                }
                '\\' if rest[1..].trim_start_matches(['\r', ' ', '\t']).starts_with('\n') => {
                    // A backslash at the end of a line continues it.
                    self.at += 1 + rest[1..].find('\n').unwrap_or(0) + 1;
                    self.line += 1;
                }
                _ if first.is_whitespace() || first == '\u{feff}' => self.at += first.len_utf8(),
                '/' if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => {
                    let Some(end) = rest.find("*/") else {
                        return Err(("unclosed comment".into(), self.line));
                    };
                    let lines = rest[..end].matches('\n').count() as u32;
                    after_line |= lines > 0;
                    self.line += lines;
                    self.at += end + 2;
                }
                _ => {
                    let start = self.at;
                    let line = self.line;
                    let token = self.token(first)?;
                    if let Some(close) = close {
                        match &token {
                            Token::Symbol("{") => depth += 1,
                            Token::Symbol(symbol) if *symbol == close && depth == 0 => {
                                self.push(Token::End, start, after_line);
                                return Ok(());
                            }
                            Token::Symbol("}") => depth = depth.saturating_sub(1),
                            _ => {}
                        }
                    }
                    self.push(token, start, after_line);
                    if let Some(word) = self.words.last_mut() {
                        word.line = line;
                    }
                    after_line = false;
                }
            }
        }
    }

    fn push(&mut self, token: Token, start: usize, after_line: bool) {
        let (start, end) = (start as u32, self.at as u32);
        // Lines mean nothing to BeanShell.
        let after_line = after_line && self.syntax == Syntax::Groovy;
        self.words.push(Word { token, line: self.line, start, end, after_line });
    }

    fn token(&mut self, first: char) -> Result<Token, LexError> {
        let rest = self.rest();
        if self.syntax == Syntax::BeanShell
            && let Some(token) = self.beanshell(first)?
        {
            return Ok(token);
        }
        match first {
            '\'' | '"' => {
                let quote = match (rest.starts_with("'''"), rest.starts_with("\"\"\""), first) {
                    (true, ..) => Quote::TripleSingle,
                    (_, true, _) => Quote::TripleDouble,
                    (.., '\'') => Quote::Single,
                    _ => Quote::Double,
                };
                self.quoted(quote)
            }
            '$' if rest.starts_with("$/") && !self.ends_operand() => self.quoted(Quote::DollarSlashy),
            '/' if !self.ends_operand() && !rest.starts_with("/=") => self.quoted(Quote::Slashy),
            '/' if !self.ends_operand() && rest[1..].contains('/') => self.quoted(Quote::Slashy),
            '0'..='9' => self.number(),
            _ if is_name_start(first) => {
                let length = rest.find(|char| !is_name_part(char)).unwrap_or(rest.len());
                let name = Arc::from(&rest[..length]);
                self.at += length;
                Ok(Token::Name(name))
            }
            _ => match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
                Some(symbol) if !matches!(*symbol, "→" | "¬" | "`" | "\\" | "#") => {
                    self.at += symbol.len();
                    Ok(Token::Symbol(symbol))
                }
                _ => Err((format!("Unexpected character: '{first}'"), self.line)),
            },
        }
    }

    /// What BeanShell writes in another way than Groovy.
    fn beanshell(&mut self, first: char) -> Result<Option<Token>, LexError> {
        const WORDS: [(&str, &str); 12] = [
            ("@lteq", "<="),
            ("@gteq", ">="),
            ("@gt", ">"),
            ("@lt", "<"),
            ("@and", "&&"),
            ("@or", "||"),
            ("@left_shift", "<<"),
            ("@right_shift", ">>"),
            ("@bitwise_and", "&"),
            ("@bitwise_or", "|"),
            ("@and_assign", "&="),
            ("@or_assign", "|="),
        ];
        let rest = self.rest();
        Ok(Some(match first {
            '"' => match self.quoted(Quote::Java)? {
                // Equal texts of a script are one object.
                Token::Text(text) => Token::Text(self.known(&text).unwrap_or(text)),
                other => other,
            },
            '\'' => match self.quoted(Quote::Single)? {
                Token::Text(text) if text.encode_utf16().count() == 1 => {
                    Token::Number(Value::Char(text.encode_utf16().next().unwrap_or_default()))
                }
                _ => return Err(("Lexical error".into(), self.line)),
            },
            '0'..='9' => match self.number()? {
                Token::Number(number @ Value::Decimal(_)) => {
                    Token::Number(Value::Double(number.to_f64().unwrap_or_default()))
                }
                number => number,
            },
            '@' => match WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
                Some((word, symbol)) => {
                    self.at += word.len();
                    Token::Symbol(symbol)
                }
                None => return Ok(None),
            },
            '/' => {
                let symbol = if rest.starts_with("/=") { "/=" } else { "/" };
                self.at += symbol.len();
                Token::Symbol(symbol)
            }
            _ if is_name_start(first) => {
                let length = rest.find(|char| !is_name_part(char)).unwrap_or(rest.len());
                let name = &rest[..length];
                self.at += length;
                // Words of Groovy that mean nothing to BeanShell are names like any other.
                let after_dot = self.words.last().is_some_and(|word| word.is("."));
                match name {
                    "in" | "as" | "def" | "trait" | "it" if !after_dot => Token::Name(format!("{name}$").into()),
                    name => Token::Name(name.into()),
                }
            }
            _ => return Ok(None),
        }))
    }

    fn known(&self, text: &str) -> Option<Arc<str>> {
        self.words.iter().find_map(|word| match &word.token {
            Token::Text(known) if **known == *text => Some(known.clone()),
            _ => None,
        })
    }

    /// Whether the word before ends an operand, so that a `/` divides.
    fn ends_operand(&self) -> bool {
        match self.words.last().map(|word| &word.token) {
            None | Some(Token::End) => false,
            Some(Token::Name(name)) => {
                !matches!(
                    &**name,
                    "return"
                        | "case"
                        | "in"
                        | "assert"
                        | "throw"
                        | "else"
                        | "do"
                        | "instanceof"
                        | "as"
                        | "if"
                        | "while"
                ) && !self.begins_command_argument()
            }
            Some(Token::Number(_) | Token::Text(_) | Token::GText(_)) => true,
            Some(Token::Symbol(symbol)) => matches!(*symbol, ")" | "]" | "}" | "++" | "--"),
        }
    }

    /// `println /abc/`: a blank before the slash and none after it.
    fn begins_command_argument(&self) -> bool {
        let before = self.text[..self.at].ends_with([' ', '\t']);
        let after = self.rest()[1..].starts_with([' ', '\t', '=']);
        let is_first = self.words.len() < 2
            || self.words.last().is_some_and(|word| word.after_line)
            || self.words[self.words.len() - 2].is(";")
            || self.words[self.words.len() - 2].is("{");
        before && !after && is_first && self.rest()[1..].lines().next().is_some_and(|line| line.contains('/'))
    }

    fn number(&mut self) -> Result<Token, LexError> {
        match literal::number(self.rest()) {
            Some((value, length)) => {
                self.at += length;
                Ok(Token::Number(value))
            }
            None => Err(("Number ending with underscores or out of range".into(), self.line)),
        }
    }

    fn quoted(&mut self, quote: Quote) -> Result<Token, LexError> {
        let start_line = self.line;
        self.at += quote.open().len();
        let mut parts = Vec::new();
        let mut text = String::new();
        let unclosed = || Err((format!("Unclosed text: {}", quote.open()), start_line));
        loop {
            let rest = self.rest();
            let Some(char) = rest.chars().next() else { return unclosed() };
            if rest.starts_with(quote.close()) {
                self.at += quote.close().len();
                break;
            }
            if char == '\n' {
                if !quote.has_lines() {
                    return unclosed();
                }
                self.line += 1;
            }
            if let Some((piece, length)) = quote.escape(rest) {
                self.line += rest[..length].matches('\n').count() as u32;
                text.push_str(&piece);
                self.at += length;
            } else if quote.has_values() && rest.starts_with("${") {
                parts.push(Part::Text(std::mem::take(&mut text).into()));
                self.at += 2;
                parts.push(Part::Code(self.code()?));
            } else if quote.has_values() && begins_path(rest) {
                parts.push(Part::Text(std::mem::take(&mut text).into()));
                parts.push(Part::Code(self.path()));
            } else {
                // Line ends are `\n`, whatever the file has.
                if char != '\r' || !rest.starts_with("\r\n") {
                    text.push(char);
                }
                self.at += char.len_utf8();
            }
        }
        if parts.is_empty() {
            return Ok(Token::Text(text.into()));
        }
        parts.push(Part::Text(text.into()));
        Ok(Token::GText(parts.into()))
    }

    /// The words of `${..}` up to its brace.
    fn code(&mut self) -> Result<Arc<[Word]>, LexError> {
        let outer = std::mem::take(&mut self.words);
        let outcome = self.run(Some("}"));
        let words = std::mem::replace(&mut self.words, outer);
        outcome.map(|()| words.into())
    }

    /// The words of `$name.name`.
    fn path(&mut self) -> Arc<[Word]> {
        let outer = std::mem::take(&mut self.words);
        self.at += 1;
        loop {
            let rest = self.rest();
            let length = rest.find(|char| !is_name_part(char) || char == '$').unwrap_or(rest.len());
            let (start, name) = (self.at, Arc::from(&rest[..length]));
            self.at += length;
            self.push(Token::Name(name), start, false);
            let rest = self.rest();
            let goes_on = rest.starts_with('.') && rest[1..].starts_with(|char| is_name_start(char) && char != '$');
            if !goes_on {
                break;
            }
            self.at += 1;
            self.push(Token::Symbol("."), self.at - 1, false);
        }
        self.push(Token::End, self.at, false);
        std::mem::replace(&mut self.words, outer).into()
    }
}

fn begins_path(rest: &str) -> bool {
    rest.starts_with('$') && rest[1..].starts_with(|char| is_name_start(char) && char != '$')
}

fn is_name_start(char: char) -> bool {
    char.is_alphabetic() || char == '_' || char == '$'
}

fn is_name_part(char: char) -> bool {
    is_name_start(char) || char.is_numeric()
}
