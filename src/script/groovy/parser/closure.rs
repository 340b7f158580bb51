//! Closures and lambdas.

use std::sync::Arc;

use super::super::ast::{Code, Expr, Kind, Parameter, Statement};
use super::super::cast::Target;
use super::super::token::Token;
use super::scope::{self, anything};
use super::{Parsed, Parser};
use crate::script::class::ClassRef;

impl Parser {
    /// Whether the brace here begins a closure with parameters, which a block cannot have.
    pub(super) fn is_closure_ahead(&self) -> bool {
        self.has_parameters() || {
            // `{ -> }()` and `{ it }.call()` are closures too.
            let after = self.word_at((self.closing(self.at) + 1).min(self.words.len() - 1));
            !after.after_line && (after.is(".") || after.is("("))
        }
    }

    /// Whether a `->` follows the brace here, after nothing but parameters.
    fn has_parameters(&self) -> bool {
        let mut depth = 0;
        let mut at = self.at + 1;
        loop {
            let word = self.word_at(at);
            if word.after_line
                && depth == 0
                && at > self.at + 1
                && !self.word_at(at - 1).is(",")
                && !word.is("->")
                && !word.is(",")
            {
                return false;
            }
            match &word.token {
                Token::Symbol("->") if depth == 0 => return true,
                Token::Symbol("(" | "[" | "{") => depth += 1,
                Token::Symbol(")" | "]" | "}") if depth == 0 => return false,
                Token::Symbol(")" | "]" | "}") => depth -= 1,
                Token::Symbol(";" | "." | "?." | "*." | "++" | "--")
                    if depth == 0 && !self.is_default_value(at) && !self.is_qualified_type(at) =>
                {
                    return false;
                }
                Token::End => return false,
                _ => {}
            }
            at += 1;
        }
    }

    /// Whether a word stands in the default value of a parameter.
    fn is_default_value(&self, at: usize) -> bool {
        self.words.get(self.at + 1..at).unwrap_or_default().iter().any(|word| word.is("=")) && !self.word_at(at).is(";")
    }

    /// Whether a dot stands in the name of a type: `{ java.util.Date d -> }`.
    fn is_qualified_type(&self, at: usize) -> bool {
        self.word_at(at).is(".")
            && self
                .words
                .get(self.at + 1..at)
                .unwrap_or_default()
                .iter()
                .all(|word| word.name().is_some() || word.is(".") || word.is(","))
    }

    /// `{ a, b -> statements }`
    pub(super) fn closure(&mut self) -> Parsed<Expr> {
        let has_parameters = self.has_parameters();
        self.expect("{")?;
        self.scopes.open(scope::Kind::Closure, false);
        let outcome = self.bracketed(|parser| {
            let parameters = if has_parameters { parser.parameters("->")? } else { Vec::new() };
            let mut body = Vec::new();
            if !has_parameters {
                // The `it` that nobody wrote.
                parser.scopes.declare(&"it".into(), &anything());
            }
            while !parser.eat("}") {
                if parser.is_end() {
                    return parser.fail();
                }
                body.extend(parser.statement()?);
            }
            Ok((parameters, body))
        });
        let code = self.scopes.close();
        let (parameters, body) = outcome?;
        Ok(closure_of(code, parameters, body, !has_parameters))
    }

    /// `-> expression` in a text, whose arrow was read.
    pub(super) fn closure_without_parameters(&mut self) -> Parsed<Expr> {
        self.scopes.open(scope::Kind::Closure, false);
        let line = self.line();
        let outcome = if self.is_end() { Ok(None) } else { self.command_or_expression().map(Some) };
        let code = self.scopes.close();
        let body = outcome?.map(|value| Statement { kind: Kind::Expression(value), line });
        Ok(closure_of(code, Vec::new(), body.into_iter().collect(), false))
    }

    /// Parameters up to `->` or `)`.
    pub(super) fn parameters(&mut self, close: &str) -> Parsed<Vec<Parameter>> {
        let mut parameters = Vec::new();
        while !self.eat(close) {
            self.skip_annotations()?;
            while self.eat_name("final") {}
            let (mut target, is_typed) = self.declared_type()?;
            let is_variable = self.eat("...");
            if is_variable {
                target = Target::of(ClassRef::Array(Arc::new(target.class)));
            }
            let name = self.name()?;
            while self.is("[") && self.word_after(1).is("]") {
                self.advance();
                self.advance();
                target = Target::of(ClassRef::Array(Arc::new(target.class)));
            }
            let default = if self.eat("=") { Some(self.expression()?) } else { None };
            let slot = self.scopes.declare(&name, &target);
            parameters.push(Parameter { name, slot, target, is_typed, default, is_variable });
            if !self.eat(",") && !self.is(close) {
                return self.fail();
            }
        }
        Ok(parameters)
    }

    /// `a -> b`, `(a, b) -> c`, if there is one here.
    pub(super) fn lambda(&mut self) -> Parsed<Option<Expr>> {
        if self.is_loose() {
            return Ok(None);
        }
        let is_single = self.word().name().is_some() && self.word_after(1).is("->");
        let is_listed = self.is("(") && {
            let after = self.closing(self.at) + 1;
            self.words.get(after).is_some_and(|word| word.is("->"))
        };
        if !is_single && !is_listed {
            return Ok(None);
        }
        self.scopes.open(scope::Kind::Closure, false);
        let outcome = self.bracketed(|parser| parser.lambda_parts(is_single));
        let code = self.scopes.close();
        let (parameters, body) = outcome?;
        Ok(Some(closure_of(code, parameters, body, false)))
    }

    fn lambda_parts(&mut self, is_single: bool) -> Parsed<(Vec<Parameter>, Vec<Statement>)> {
        let parameters = if is_single {
            self.parameters("->")?
        } else {
            self.expect("(")?;
            let parameters = self.parameters(")")?;
            self.expect("->")?;
            parameters
        };
        let line = self.line();
        let body = if self.is("{") {
            self.block()?
        } else {
            vec![Statement { kind: Kind::Expression(self.expression()?), line }]
        };
        Ok((parameters, body))
    }
}

fn closure_of(code: Code, mut parameters: Vec<Parameter>, mut body: Vec<Statement>, has_it: bool) -> Expr {
    super::returns::add(&mut body);
    if has_it {
        parameters.push(Parameter {
            name: "it".into(),
            slot: 0,
            target: anything(),
            is_typed: false,
            default: None,
            is_variable: false,
        });
    }
    Expr::Closure(Arc::new(Code { parameters, body, has_implicit_it: has_it, ..code }))
}
