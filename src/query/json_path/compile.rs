//! Reading a path.

use super::characters::{Characters, Step, invalid, unescaped};
use super::function::{Call, Parameter};
use super::path::Token;
use super::{JsonPath, PathError, filter_compile};

/// Reads a path; one that begins with neither `$` nor `@` begins at the root.
pub(super) fn path(text: &str) -> Step<JsonPath> {
    let mut chars = Characters::new(text);
    chars.trim();
    if !matches!(chars.char(0)?, '$' | '@') {
        chars = Characters::new(&format!("$.{text}"));
        chars.trim();
    }
    if chars.last_is('.')? {
        return invalid("Path must not end with a '.' or '..'");
    }
    compile(chars)
}

/// Reads a path that begins with its root.
fn compile(chars: Characters) -> Step<JsonPath> {
    let mut compiler = Compiler { chars, tokens: Vec::new() };
    let root = compiler.root()?;
    Ok(JsonPath::of(root, compiler.tokens))
}

struct Compiler {
    chars: Characters,
    tokens: Vec<Token>,
}

impl Compiler {
    fn root(&mut self) -> Step<char> {
        while self.chars.in_bounds(self.chars.at) && is_space(self.chars.current()?) {
            self.chars.at += 1;
        }
        let root = self.chars.current()?;
        if !matches!(root, '$' | '@') {
            return invalid("Path must start with '$' or '@'");
        }
        if !self.chars.is_tail() {
            self.chars.at += 1;
            if !matches!(self.chars.current()?, '.' | '[') {
                return invalid(format!("Illegal character at position {} expected '.' or '['", self.chars.at));
            }
            self.tokens()?;
        }
        Ok(root)
    }

    /// Reads tokens up to the end.
    fn tokens(&mut self) -> Step<()> {
        loop {
            let at = self.chars.at;
            let is_read = match self.chars.current()? {
                '[' => {
                    let is_read = self.names()? || self.array()? || self.wildcard()? || self.filter()?;
                    if !is_read {
                        return invalid(format!(
                            "Could not parse token starting at position {at}. Expected ?, ', 0-9, * "
                        ));
                    }
                    is_read
                }
                '.' => {
                    self.dots()?;
                    continue;
                }
                '*' => self.wildcard()?,
                _ => self.name_or_function()?,
            };
            if !is_read {
                return invalid(format!("Could not parse token starting at position {at}"));
            }
            if self.chars.is_tail() {
                return Ok(());
            }
        }
    }

    fn dots(&mut self) -> Step<()> {
        if self.chars.next_is('.') {
            self.tokens.push(Token::Scan);
            self.chars.at += 2;
        } else if !self.chars.in_bounds(self.chars.at + 1) {
            return invalid("Path must not end with a '.");
        } else {
            self.chars.at += 1;
        }
        if self.chars.is('.')? {
            return invalid(format!("Character '.' on position {} is not valid.", self.chars.at));
        }
        Ok(())
    }

    fn name_or_function(&mut self) -> Step<bool> {
        if matches!(self.chars.current()?, '[' | '*' | '.' | ' ') {
            return Ok(false);
        }
        let start = self.chars.at;
        let mut end = start;
        let mut is_function = false;
        while self.chars.in_bounds(end) {
            match self.chars.char(end)? {
                ' ' => {
                    return invalid(format!(
                        "Use bracket notion ['my prop'] if your property contains blank characters. position: {start}"
                    ));
                }
                '.' | '[' => break,
                '(' => {
                    is_function = true;
                    break;
                }
                _ => end += 1,
            }
        }
        // Behind a function of no name Jayway finds the end of the text.
        let end = if end == 0 { self.chars.end } else { end };
        let name = self.chars.text(start, end)?;
        if is_function {
            let parameters = self.parameters(&name, end)?;
            self.tokens.push(Token::Function(Call::new(name, parameters)));
        } else {
            self.chars.at = end;
            self.tokens.push(Token::Property { names: vec![name], quote: '\'' });
        }
        Ok(true)
    }

    /// Reads a function's parameters; its opening parenthesis stands there.
    fn parameters(&mut self, function: &str, open: usize) -> Step<Vec<Parameter>> {
        let not_closed = || invalid(format!("Arguments to function: '{function}' are not closed properly."));
        let mut parentheses = 1;
        for at in open + 1..self.chars.end {
            match self.chars.char(at)? {
                ')' => parentheses -= 1,
                '(' => parentheses += 1,
                _ => {}
            }
            if parentheses == 0 {
                break;
            }
        }
        if parentheses != 0 {
            return not_closed();
        }
        self.chars.at = open + 1;
        if self.chars.is(')')? {
            return Ok(Vec::new());
        }
        let mut parameters = Vec::new();
        let mut nesting = Nesting::default();
        let mut one = String::new();
        while self.chars.in_bounds(self.chars.at) {
            let char = self.chars.current()?;
            self.chars.at += 1;
            if one.is_empty() && is_space(char) {
                continue;
            }
            match char {
                ',' | ')' if nesting.is_outside() => {
                    parameters.extend(parameter(&one)?);
                    one.clear();
                    if char == ')' {
                        return Ok(parameters);
                    }
                }
                _ => {
                    nesting.see(char);
                    one.push(char);
                }
            }
        }
        not_closed()
    }

    /// `[*]` or `*`
    fn wildcard(&mut self) -> Step<bool> {
        if self.chars.is('[')? {
            let at = self.chars.at;
            if !self.chars.next_significant_is(at, '*') {
                return Ok(false);
            }
            let star = self.chars.next_significant_at(at, '*')?.unwrap_or(at);
            let Some(close) = self.chars.next_significant_at(star, ']').ok().flatten() else {
                return invalid(format!("Expected wildcard token to end with ']' on position {}", star + 1));
            };
            self.chars.at = close + 1;
        } else {
            self.chars.at += 1;
        }
        self.tokens.push(Token::Wildcard);
        Ok(true)
    }

    /// `[1]`, `[1,2]`, `[1:]`
    fn array(&mut self) -> Step<bool> {
        let first = self.chars.next_significant(self.chars.at);
        if !first.is_ascii_digit() && first != '-' && first != ':' {
            return Ok(false);
        }
        let start = self.chars.at + 1;
        let Some(end) = self.chars.next_index_of(start, ']') else { return Ok(false) };
        let text = self.chars.text(start, end)?;
        let text = text.trim();
        if !text.chars().all(|char| char.is_ascii_digit() || matches!(char, ',' | '-' | ':' | ' ')) {
            return Ok(false);
        }
        let token = if text.contains(':') { slice(text)? } else { indexes(text)? };
        self.tokens.push(token);
        self.chars.at = end + 1;
        Ok(true)
    }

    /// `['name']`, `["one","other"]`
    fn names(&mut self) -> Step<bool> {
        let quote = self.chars.next_significant(self.chars.at);
        if quote != '\'' && quote != '"' {
            return Ok(false);
        }
        let mut names = Vec::new();
        let mut start = self.chars.at + 1;
        let mut end = 0;
        let (mut is_inside, mut follows_comma) = (false, false);
        let mut at = start;
        while self.chars.in_bounds(at) {
            match self.chars.char(at)? {
                '\\' => at += 1,
                ']' if !is_inside => {
                    if follows_comma {
                        return invalid(format!("Found empty property at index {at}"));
                    }
                    break;
                }
                char if char == quote && is_inside => {
                    if !matches!(self.chars.next_significant(at), ']' | ',') {
                        return invalid(format!(
                            "Property must be separated by comma or Property must be terminated close square bracket at index {at}"
                        ));
                    }
                    end = at;
                    names.push(unescaped(&self.chars.text(start, end)?)?);
                    is_inside = false;
                }
                char if char == quote => {
                    start = at + 1;
                    (is_inside, follows_comma) = (true, false);
                }
                ',' if !is_inside => {
                    if follows_comma {
                        return invalid(format!("Found empty property at index {at}"));
                    }
                    follows_comma = true;
                }
                _ => {}
            }
            at += 1;
        }
        if is_inside {
            return invalid(format!("Property has not been closed - missing closing {quote}"));
        }
        let Some(close) = self.chars.next_significant_at(end, ']')? else { return invalid("Empty properties") };
        self.chars.at = close + 1;
        if names.is_empty() {
            return invalid("Empty properties");
        }
        self.tokens.push(Token::Property { names, quote });
        Ok(true)
    }

    /// `[?(...)]`
    fn filter(&mut self) -> Step<bool> {
        let start = self.chars.at;
        let Some(mark) = self.chars.next_significant_at(start, '?')? else { return Ok(false) };
        let Some(open) = self.chars.next_significant_at(mark, '(')? else { return Ok(false) };
        let Some(close) = self.chars.closing(open, ('(', ')'), true)? else { return Ok(false) };
        if !self.chars.next_significant_is(close, ']') {
            return Ok(false);
        }
        let end = self.chars.next_significant_at(close, ']')?.unwrap_or(close);
        let text = self.chars.text(start, end + 1)?;
        self.tokens.push(Token::Filter(filter_compile::filter(&text)?));
        self.chars.at = end + 1;
        Ok(true)
    }
}

fn parameter(text: &str) -> Step<Option<Parameter>> {
    Ok(match text.chars().next() {
        Some('{' | '"' | '-' | '0'..='9') => Some(Parameter::Json(text.to_owned())),
        Some('$' | '@') => Some(Parameter::Path(compile(Characters::new(text))?)),
        _ => None,
    })
}

fn indexes(text: &str) -> Step<Token> {
    let number = |token: &str| match token.trim().parse() {
        Ok(index) => Ok(index),
        Err(_) => invalid(format!("Failed to parse token in ArrayIndexOperation: {}", token.trim())),
    };
    text.split(',').map(number).collect::<Step<_>>().map(Token::Index)
}

fn slice(text: &str) -> Step<Token> {
    let failed = || invalid(format!("Failed to parse SliceOperation: {text}"));
    if text.contains([',', ' ']) {
        return failed();
    }
    let mut numbers = text.split(':').map(|number| match number {
        "" => Ok(None),
        _ => number.parse::<i32>().map(Some).map_err(|_| {
            PathError::Invalid(format!("java.lang.NumberFormatException: For input string: \"{number}\""))
        }),
    });
    let (from, to) = (numbers.next().unwrap_or(Ok(None))?, numbers.next().unwrap_or(Ok(None))?);
    if from.is_none() && to.is_none() { failed() } else { Ok(Token::Slice(from, to)) }
}

fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\r' | '\n')
}

/// How many brackets are open inside of a parameter.
#[derive(Default)]
struct Nesting {
    open: i32,
    is_quoted: bool,
    is_escaped: bool,
}

impl Nesting {
    fn see(&mut self, char: char) {
        match char {
            '"' if !self.is_escaped => self.is_quoted = !self.is_quoted,
            '(' | '[' | '{' => self.open += 1,
            ')' | ']' | '}' => self.open -= 1,
            _ => {}
        }
        self.is_escaped = char == '\\';
    }

    fn is_outside(&self) -> bool {
        self.open == 0 && !self.is_quoted
    }
}
