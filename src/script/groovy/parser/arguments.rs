//! The arguments of calls, and what stands between the brackets of an index.

use super::super::ast::{Entry, Expr, Item};
use super::super::token::Token;
use super::{Parsed, Parser};
use crate::script::value::Value;

/// The arguments of a call while they are read: named ones become one map, which goes first.
#[derive(Default)]
pub struct Arguments {
    named: Vec<Entry>,
    items: Vec<Item>,
}

impl Arguments {
    /// The arguments as they are passed.
    pub fn finish(mut self) -> Vec<Item> {
        if !self.named.is_empty() {
            self.items.insert(0, Item::One(Expr::Map(self.named)));
        }
        self.items
    }
}

impl Parser {
    /// The arguments of a call in parentheses.
    pub(super) fn arguments(&mut self) -> Parsed<Vec<Item>> {
        self.expect("(")?;
        self.bracketed(|parser| {
            let mut list = Arguments::default();
            while !parser.eat(")") {
                parser.argument(&mut list)?;
                if !parser.eat(",") && !parser.is(")") {
                    return parser.fail();
                }
            }
            Ok(list.finish())
        })
    }

    /// One argument: a value, `*list`, `name: value`, `*: map`.
    pub(super) fn argument(&mut self, list: &mut Arguments) -> Parsed<()> {
        if self.is("*") && self.word_after(1).is(":") {
            self.advance();
            self.advance();
            list.named.push(Entry::Spread(self.expression()?));
        } else if self.eat("*") {
            list.items.push(Item::Spread(self.expression()?));
        } else if let Some(key) = self.key()? {
            let value = self.expression()?;
            list.named.push(Entry::Pair(key, value));
        } else {
            let value = self.expression()?;
            if self.eat(":") {
                let named = self.expression()?;
                list.named.push(Entry::Pair(value, named));
            } else {
                list.items.push(Item::One(value));
            }
        }
        Ok(())
    }

    /// `name:` or `'text':` before a value.
    pub(super) fn key(&mut self) -> Parsed<Option<Expr>> {
        let next = self.word_after(1);
        if !next.is(":") {
            return Ok(None);
        }
        let key = match &self.word().token {
            Token::Name(name) => Expr::Literal(Value::Str(name.clone())),
            Token::Text(text) => Expr::Literal(Value::Str(text.clone())),
            Token::Number(value) => Expr::Literal(value.clone()),
            _ => return Ok(None),
        };
        self.advance();
        self.advance();
        Ok(Some(key))
    }

    pub(super) fn index_items(&mut self) -> Parsed<Vec<Item>> {
        let mut items = Vec::new();
        while !self.eat("]") {
            let item = if self.eat("*") { Item::Spread(self.expression()?) } else { Item::One(self.expression()?) };
            items.push(item);
            if !self.eat(",") && !self.is("]") {
                return self.fail();
            }
        }
        Ok(items)
    }
}
