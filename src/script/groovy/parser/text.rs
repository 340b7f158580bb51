//! Texts with values in them.

use std::sync::Arc;

use super::super::ast::{Access, Expr, Name};
use super::super::token::Part;
use super::{Parsed, Parser};
use crate::script::value::Value;

impl Parser {
    /// A text with values in it.
    pub(super) fn gstring(&mut self, parts: &[Part]) -> Parsed<Expr> {
        let mut texts: Vec<Arc<str>> = Vec::new();
        let mut values = Vec::new();
        for part in parts {
            match part {
                Part::Text(text) => texts.push(text.clone()),
                Part::Code(words) => values.push(self.inside(words, Self::value_in_text)?),
            }
        }
        Ok(Expr::GString(texts.into(), values))
    }

    /// `${expression}`, `${-> expression}`, `${}`, `$name.name`.
    fn value_in_text(&mut self) -> Parsed<Expr> {
        if self.is_end() {
            return Ok(Expr::Literal(Value::Null));
        }
        if self.is("->") {
            self.advance();
            return self.closure_without_parameters();
        }
        let value = self.command_or_expression()?;
        while self.eat(";") {}
        if self.is_end() {
            return Ok(value);
        }
        self.fail()
    }

    /// The name of a member: a word, a text, or a text with values.
    pub(super) fn member_name(&mut self) -> Parsed<Name> {
        use super::super::token::Token;
        let word = self.advance();
        match &word.token {
            Token::Name(name) => Ok(Name::Fixed(name.clone())),
            Token::Text(text) => Ok(Name::Fixed(text.clone())),
            Token::GText(parts) => self.gstring(parts).map(Name::Dynamic),
            Token::Symbol("(") => {
                let name = self.bracketed(Self::expression)?;
                self.expect(")")?;
                Ok(Name::Dynamic(name))
            }
            Token::Symbol("*" | "**") => Ok(Name::Fixed("*".into())),
            _ => {
                self.at = self.at.saturating_sub(1);
                self.fail()
            }
        }
    }

    /// The member that a plain property is, for names of classes: `a.b.c`.
    pub(super) fn dotted(expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(name) => Some(name.to_string()),
            Expr::Property(parts, Access::Plain) => match &parts.1 {
                Name::Fixed(name) => Some(format!("{}.{name}", Self::dotted(&parts.0)?)),
                Name::Dynamic(_) => None,
            },
            Expr::Recorded(_, inner) => Self::dotted(inner),
            _ => None,
        }
    }
}
