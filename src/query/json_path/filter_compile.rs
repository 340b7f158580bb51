//! Reading a filter.

use super::characters::{Characters, Step, invalid, unescaped};
use super::filter::{Expression, Operand, PatternText};
use super::operand::unquoted;
use super::operator::Operator;
use super::{PathError, compile};
use crate::query::json::Decimal;
use crate::query::regex::{Dialect, Pattern};

/// Reads `[?(...)]`.
pub(super) fn filter(text: &str) -> Step<Expression> {
    let mut chars = Characters::new(text);
    chars.trim();
    if !chars.is('[')? || !chars.last_is(']')? {
        return invalid(format!("Filter must start with '[' and end with ']'. {text}"));
    }
    chars.at += 1;
    chars.end -= 1;
    chars.trim();
    if !chars.is('?')? {
        return invalid(format!("Filter must start with '[?' and end with ']'. {text}"));
    }
    chars.at += 1;
    chars.trim();
    if !chars.is('(')? || !chars.last_is(')')? {
        return invalid(format!("Filter must start with '[?(' and end with ')]'. {text}"));
    }
    let mut compiler = Compiler { chars, text };
    let expression = compiler.any().map_err(|error| compiler.blamed(error))?;
    compiler.chars.skip_blanks();
    if compiler.chars.in_bounds(compiler.chars.at) {
        let rest = compiler.chars.text(compiler.chars.at, compiler.chars.end)?;
        return invalid(format!("Expected end of filter expression instead of: {rest}"));
    }
    Ok(expression)
}

struct Compiler<'a> {
    chars: Characters,
    text: &'a str,
}

impl Compiler<'_> {
    /// What Jayway reports where Java itself has thrown.
    fn blamed(&self, error: PathError) -> PathError {
        match (error, self.chars.current()) {
            (PathError::Failed(_), Ok(char)) => PathError::Invalid(format!(
                "Failed to parse filter: {}, error on position: {}, char: {char}",
                self.text, self.chars.at
            )),
            (error, _) => error,
        }
    }

    /// One `||` or more.
    fn any(&mut self) -> Step<Expression> {
        let mut any = vec![self.all()?];
        while self.take("||") {
            any.push(self.all()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Expression::Any(any) })
    }

    /// One `&&` or more.
    fn all(&mut self) -> Step<Expression> {
        let mut all = vec![self.condition()?];
        while self.take("&&") {
            all.push(self.condition()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::All(all) })
    }

    fn condition(&mut self) -> Step<Expression> {
        self.chars.skip_blanks();
        let start = self.chars.at;
        if self.chars.is('!')? {
            self.chars.at += 1;
            self.chars.skip_blanks();
            if matches!(self.chars.current()?, '$' | '@') {
                self.chars.at = start;
            } else {
                return Ok(Expression::Not(Box::new(self.condition()?)));
            }
        }
        if self.chars.is('(')? {
            self.chars.at += 1;
            let inside = self.any()?;
            self.chars.skip_blanks();
            if !self.chars.is(')')? {
                return invalid("Expected character: )");
            }
            self.chars.at += 1;
            return Ok(inside);
        }
        self.relation()
    }

    /// A relation, or a path that shall lead somewhere.
    fn relation(&mut self) -> Step<Expression> {
        let (left, should_exist) = self.operand()?;
        let after_left = self.chars.at;
        match self.rest_of_relation() {
            Ok((operator, right)) => return Ok(Expression::Relation(left, operator, right)),
            Err(PathError::Invalid(_) | PathError::NotFound(_)) => self.chars.at = after_left,
            Err(error) => return Err(error),
        }
        match left {
            Operand::Path(path) => Ok(Expression::Exists(path, should_exist)),
            _ => invalid("Expected path node"),
        }
    }

    fn rest_of_relation(&mut self) -> Step<(Operator, Operand)> {
        self.chars.skip_blanks();
        let start = self.chars.at;
        let is_symbol = |char| matches!(char, '<' | '>' | '=' | '~' | '!');
        let begins_with_symbol = is_symbol(self.chars.current()?);
        while self.chars.in_bounds(self.chars.at) {
            let char = self.chars.current()?;
            if if begins_with_symbol { !is_symbol(char) } else { char == ' ' } {
                break;
            }
            self.chars.at += 1;
        }
        let operator = Operator::from_text(&self.chars.text(start, self.chars.at)?)?;
        Ok((operator, self.operand()?.0))
    }

    /// An operand, and whether no `!` stands before it.
    fn operand(&mut self) -> Step<(Operand, bool)> {
        self.chars.skip_blanks();
        let operand = match self.chars.current()? {
            '$' | '@' => return self.path(),
            '!' => {
                self.chars.at += 1;
                self.chars.skip_blanks();
                if !matches!(self.chars.current()?, '$' | '@') {
                    return invalid("Unexpected character: !");
                }
                return self.path();
            }
            quote @ ('\'' | '"') => self.string(quote)?,
            't' => self.word("true", Operand::Boolean(true), "Expected boolean literal")?,
            'f' => self.word("false", Operand::Boolean(false), "Expected boolean literal")?,
            'n' => self.word("null", Operand::Null, "Expected <null> value")?,
            '{' => self.json(('{', '}'))?,
            '[' => self.json(('[', ']'))?,
            '/' => self.pattern()?,
            _ => self.number()?,
        };
        Ok((operand, true))
    }

    fn word(&mut self, word: &str, operand: Operand, complaint: &str) -> Step<Operand> {
        let end = self.chars.at + word.len();
        if end > self.chars.end || self.chars.text(self.chars.at, end)? != word {
            return invalid(complaint);
        }
        self.chars.at = end;
        Ok(operand)
    }

    fn string(&mut self, quote: char) -> Step<Operand> {
        let start = self.chars.at;
        let Some(end) = self.chars.next_unescaped(start, quote) else {
            return invalid(format!("String literal does not have matching quotes. Expected {quote} in {}", self.text));
        };
        self.chars.at = end + 1;
        let text = self.chars.text(start, end + 1)?;
        Ok(Operand::Text(unescaped(unquoted(&text))?))
    }

    fn number(&mut self) -> Step<Operand> {
        let start = self.chars.at;
        while self.chars.in_bounds(self.chars.at) && matches!(self.chars.current()?, '0'..='9' | '-' | '.' | 'e' | 'E')
        {
            self.chars.at += 1;
        }
        match Decimal::parse(&self.chars.text(start, self.chars.at)?) {
            Some(number) => Ok(Operand::Number(number)),
            None => Err(PathError::Failed("java.lang.NumberFormatException".into())),
        }
    }

    fn json(&mut self, brackets: (char, char)) -> Step<Operand> {
        let start = self.chars.at;
        let Some(end) = self.chars.closing(start, brackets, false)? else {
            return invalid(format!("String not closed. Expected ' in {}", self.text));
        };
        self.chars.at = end + 1;
        Ok(Operand::Json(self.chars.text(start, end + 1)?))
    }

    /// `/regular expression/flags`
    fn pattern(&mut self) -> Step<Operand> {
        let start = self.chars.at;
        let Some(end) = self.chars.next_unescaped(start, '/') else {
            return invalid(format!("Pattern not closed. Expected / in {}", self.text));
        };
        self.chars.at = end + 1;
        while self.chars.in_bounds(self.chars.at) && "dixmsuU".contains(self.chars.current()?) {
            self.chars.at += 1;
        }
        let flags = self.chars.text(end + 1, self.chars.at)?;
        let flags = if flags.is_empty() { flags } else { format!("(?{flags})") };
        let text = flags + &self.chars.text(start + 1, end)?;
        match Pattern::new(&text, Dialect::Java) {
            Ok(pattern) => Ok(Operand::Pattern(PatternText(Box::new(pattern)))),
            Err(error) => Err(PathError::Failed(error.to_string())),
        }
    }

    fn path(&mut self) -> Step<(Operand, bool)> {
        let start = self.chars.at;
        let is_negated = self.chars.previous_significant_at(start).is_some_and(|at| self.chars.char(at) == Ok('!'));
        self.chars.at += 1;
        while self.chars.in_bounds(self.chars.at) {
            if self.chars.is('[')? {
                let Some(end) = self.chars.closing(self.chars.at, ('[', ']'), false)? else {
                    return invalid(format!("Square brackets does not match in filter {}", self.text));
                };
                self.chars.at = end + 1;
            }
            let char = self.chars.current()?;
            let ends_group = char == ')' && !self.closes_function(start);
            if !self.chars.in_bounds(self.chars.at) || matches!(char, '<' | '>' | '=' | '~' | '!' | ' ') || ends_group {
                break;
            }
            self.chars.at += 1;
        }
        let text = self.chars.text(start, self.chars.at)?;
        Ok((Operand::Path(compile::path(&text)?), !is_negated))
    }

    /// Whether the parenthesis there is that of `.name()`.
    fn closes_function(&self, start: usize) -> bool {
        let open = self.chars.previous_significant_at(self.chars.at);
        let Some(open) = open.filter(|at| self.chars.char(*at) == Ok('(')) else { return false };
        (start + 1..open).any(|at| self.chars.char(at) == Ok('.'))
    }

    fn take(&mut self, operator: &str) -> bool {
        let start = self.chars.at;
        self.chars.skip_blanks();
        let end = self.chars.at + operator.len();
        if end <= self.chars.end && self.chars.text(self.chars.at, end).as_deref() == Ok(operator) {
            self.chars.at = end;
            return true;
        }
        self.chars.at = start;
        false
    }
}
