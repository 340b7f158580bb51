//! Values: names, literals, lists and maps.

use std::sync::Arc;

use super::super::ast::{Access, Entry, Expr, Item, Name};
use super::super::token::{Token, Word, is_keyword, is_primitive};
use super::scope::Found;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;
use crate::script::value::Value;

impl Parser {
    pub(super) fn primary(&mut self) -> Parsed<Expr> {
        let word = self.word().clone();
        match &word.token {
            Token::Number(value) => {
                self.advance();
                Ok(Expr::Literal(value.clone()))
            }
            Token::Text(text) => {
                self.advance();
                Ok(Expr::Literal(Value::Str(text.clone())))
            }
            Token::GText(parts) => {
                self.advance();
                let text = self.gstring(parts)?;
                Ok(self.recorded(&word, text))
            }
            Token::Symbol("(") => {
                self.advance();
                let inner = self.bracketed(Self::command_or_expression)?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Symbol("[") => {
                self.advance();
                self.bracketed(Self::list_or_map)
            }
            Token::Symbol("{") => {
                // What happens inside is not part of the assertion.
                let assertion = self.assertion.take();
                let closure = self.closure();
                self.assertion = assertion;
                closure
            }
            Token::Name(name) => self.named(&name.clone(), &word),
            Token::Symbol(_) | Token::End => self.fail(),
        }
    }

    fn named(&mut self, name: &Arc<str>, word: &Word) -> Parsed<Expr> {
        match &**name {
            "true" | "false" => {
                self.advance();
                return Ok(Expr::Literal(Value::Bool(&**name == "true")));
            }
            "null" => {
                self.advance();
                return Ok(Self::nothing());
            }
            "this" => {
                self.advance();
                return Ok(self.recorded(word, Expr::This));
            }
            "super" => {
                self.advance();
                return Ok(Expr::Super);
            }
            "new" => return self.creation(),
            "void" if self.is_loose() => {
                self.advance();
                return Ok(Expr::Literal(Value::Void));
            }
            "switch" | "if" | "for" | "while" | "try" | "return" => return self.fail(),
            _ if is_primitive(name) => {
                let class = self.read_type()?;
                return Ok(Expr::Class(class));
            }
            _ if is_keyword(name) => return self.fail(),
            _ => {}
        }
        self.advance();
        let found = if self.is_loose() { Found::Nothing } else { self.scopes.find(name) };
        let expression = match found {
            Found::Local(slot, _) => Expr::Local(slot),
            Found::Field => Expr::Name(name.clone()),
            Found::Nothing => {
                if let Some(class) = self.class_literal(name) {
                    return Ok(class);
                }
                if let Some((class, member)) = self.static_member(name, false).filter(|_| !self.is("(")) {
                    return Ok(Expr::Property(Box::new((Expr::Class(class), Name::Fixed(member))), Access::Plain));
                }
                Expr::Name(name.clone())
            }
        };
        Ok(self.recorded(word, expression))
    }

    /// A name that is a class: `Math`, `String[]`, `int`.
    fn class_literal(&mut self, name: &str) -> Option<Expr> {
        if let Some(mut class) = self.class_named(name) {
            while self.is("[") && self.word_after(1).is("]") {
                self.advance();
                self.advance();
                class = ClassRef::Array(Arc::new(class));
            }
            return Some(Expr::Class(class));
        }
        // `com.acme.Thing.run()`: a class that is nowhere.
        if matches!(name, "java" | "javax" | "org" | "com" | "net" | "io" | "groovy" | "groovyx" | "jdk" | "sun")
            && self.is(".")
        {
            let line = self.line();
            let mut path = name.to_owned();
            let mut at = self.at;
            while self.word_at(at).is(".") {
                let Some(next) = self.words.get(at + 1).and_then(|word| word.name()) else { break };
                path.push('.');
                path.push_str(next);
                at += 2;
                if next.starts_with(char::is_uppercase) {
                    if self.qualified(&path).is_none() {
                        self.unknown_path(&path, line);
                        self.at = at;
                        return Some(Expr::UnknownClass(name.into()));
                    }
                    break;
                }
            }
        }
        None
    }

    fn list_or_map(&mut self) -> Parsed<Expr> {
        if self.eat(":") {
            self.expect("]")?;
            return Ok(Expr::Map(Vec::new()));
        }
        let mut items = Vec::new();
        let mut entries = Vec::new();
        while !self.eat("]") {
            if self.is("*") && self.word_after(1).is(":") {
                self.advance();
                self.advance();
                entries.push(Entry::Spread(self.expression()?));
            } else if self.eat("*") {
                items.push(Item::Spread(self.expression()?));
            } else if let Some(key) = self.key()? {
                entries.push(Entry::Pair(key, self.expression()?));
            } else {
                let value = self.expression()?;
                if self.eat(":") {
                    entries.push(Entry::Pair(value, self.expression()?));
                } else {
                    items.push(Item::One(value));
                }
            }
            if !self.eat(",") && !self.is("]") {
                return self.fail();
            }
        }
        if entries.is_empty() { Ok(Expr::List(items)) } else { Ok(Expr::Map(entries)) }
    }
}
