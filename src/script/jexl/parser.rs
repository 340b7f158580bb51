//! Reads a JEXL text: the words one after the other, and statements.

mod expression;
mod primary;

use std::sync::Arc;

use super::ast::{Node, Program, Version};
use super::lexer::{Token, tokens};
use crate::script::error::ScriptError;

/// How deeply expressions may be nested.
const MOST_DEPTH: u32 = 200;

/// Reads a script.
///
/// # Errors
/// The text is no JEXL.
pub fn parse(text: &str, version: Version) -> Result<Program, ScriptError> {
    let fail = |at: usize| {
        let class = if version.is_three() {
            "org.apache.commons.jexl3.JexlException$Parsing"
        } else {
            "org.apache.commons.jexl2.JexlException$Parsing"
        };
        let line = text[..at].matches('\n').count() as u32 + 1;
        let column = text[..at].rsplit('\n').next().map_or(0, str::len);
        ScriptError::compile(class, format!("@{line}:{column} parsing error in '{text}'"), line)
    };
    let mut parser = Parser { tokens: tokens(text, version).map_err(fail)?, at: 0, version, depth: 0 };
    let mut statements = Vec::new();
    while !matches!(parser.peek(), Token::End) {
        match parser.statement() {
            Ok(Some(statement)) => statements.push(statement),
            Ok(None) => {}
            Err(()) => return Err(fail(parser.place())),
        }
    }
    Ok(Program { statements, version })
}

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
    version: Version,
    depth: u32,
}

type Parsed<T = Node> = Result<T, ()>;

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn peek_after(&self, count: usize) -> &Token {
        self.tokens.get(self.at + count).map_or(&Token::End, |(token, _)| token)
    }

    fn place(&self) -> usize {
        self.tokens[self.at].1
    }

    fn next(&mut self) -> Token {
        let token = self.tokens[self.at].0.clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn is(&self, symbol: &str) -> bool {
        matches!(self.peek(), Token::Symbol(other) if *other == symbol)
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = self.is(symbol);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) { Ok(()) } else { Err(()) }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(name) if **name == *word)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.next();
        }
        found
    }

    fn name(&mut self) -> Parsed<Arc<str>> {
        match self.next() {
            Token::Name(name) => Ok(name),
            _ => Err(()),
        }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        let outcome = if self.depth > MOST_DEPTH { Err(()) } else { read(self) };
        self.depth -= 1;
        outcome
    }

    /// A statement; `None` for a lone semicolon.
    fn statement(&mut self) -> Parsed<Option<Node>> {
        if self.eat(";") {
            return Ok(None);
        }
        self.nested(Self::any_statement).map(Some)
    }

    fn any_statement(&mut self) -> Parsed {
        let word = match self.peek() {
            Token::Name(name) => name.clone(),
            Token::Symbol("{") if self.is_block() => return self.block(),
            _ => return self.expression_statement(),
        };
        match &*word {
            "if" => self.if_statement(),
            "while" => self.while_statement(),
            "for" => self.for_statement(),
            "foreach" if !self.version.is_three() => self.for_statement(),
            "do" if self.version.is_three() => self.do_statement(),
            "var" => {
                self.next();
                let name = self.name()?;
                let value = if self.eat("=") { Some(Box::new(self.expression()?)) } else { None };
                self.end_of_statement()?;
                Ok(Node::Declare(name, value))
            }
            "return" => {
                self.next();
                let value = Box::new(self.expression()?);
                self.end_of_statement()?;
                Ok(Node::Return(value))
            }
            "break" | "continue" if self.version.is_three() => {
                self.next();
                self.end_of_statement()?;
                Ok(if &*word == "break" { Node::Break } else { Node::Continue })
            }
            _ => self.expression_statement(),
        }
    }

    /// Whether a `{` begins a block rather than a map or a set.
    fn is_block(&self) -> bool {
        match (self.peek_after(1), self.peek_after(2)) {
            (Token::Symbol(":"), Token::Symbol("}"))
            | (Token::Literal(_) | Token::Name(_), Token::Symbol(":" | ",")) => false,
            (Token::Literal(_) | Token::Name(_), Token::Symbol("}")) if self.version.is_three() => {
                !matches!(self.peek_after(3), Token::Symbol("." | "["))
            }
            _ => true,
        }
    }

    fn expression_statement(&mut self) -> Parsed {
        let expression = self.expression()?;
        self.end_of_statement()?;
        Ok(expression)
    }

    fn end_of_statement(&mut self) -> Parsed<()> {
        let may_end = self.is("}") || self.is_word("else") || matches!(self.peek(), Token::End);
        if self.eat(";") || may_end { Ok(()) } else { Err(()) }
    }

    fn block(&mut self) -> Parsed {
        self.expect("{")?;
        let mut statements = Vec::new();
        while !self.eat("}") {
            if matches!(self.peek(), Token::End) {
                return Err(());
            }
            statements.extend(self.statement()?);
        }
        Ok(Node::Block(statements))
    }

    fn body(&mut self) -> Parsed {
        match self.statement()? {
            Some(statement) => Ok(statement),
            None => Ok(Node::Block(Vec::new())),
        }
    }

    fn if_statement(&mut self) -> Parsed {
        self.next();
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        let then = self.body()?;
        let otherwise = if self.eat_word("else") { Some(self.body()?) } else { None };
        Ok(Node::If(Box::new((condition, then, otherwise))))
    }

    fn while_statement(&mut self) -> Parsed {
        self.next();
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        Ok(Node::While(Box::new((condition, self.body()?))))
    }

    fn do_statement(&mut self) -> Parsed {
        self.next();
        let body = self.body()?;
        if !self.eat_word("while") {
            return Err(());
        }
        self.expect("(")?;
        let condition = self.expression()?;
        self.expect(")")?;
        self.end_of_statement()?;
        Ok(Node::DoWhile(Box::new((body, condition))))
    }

    fn for_statement(&mut self) -> Parsed {
        self.next();
        self.expect("(")?;
        self.eat_word("var");
        let name = self.name()?;
        if !self.eat(":") && (self.version.is_three() || !self.eat_word("in")) {
            return Err(());
        }
        let items = self.expression()?;
        self.expect(")")?;
        Ok(Node::For(name, Box::new((items, self.body()?))))
    }
}
