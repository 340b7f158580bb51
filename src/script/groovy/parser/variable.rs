//! Declarations of local variables: `def a = 1, b`, `int i`, `def (a, b) = list`.

use std::sync::Arc;

use super::super::ast::{Expr, Item, Slot};
use super::super::cast::Target;
use super::super::token::{Syntax, Token};
use super::scope::anything;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;

impl Parser {
    /// Whether a declaration of local variables begins here.
    pub(super) fn is_declaration(&self) -> bool {
        let mut at = self.at;
        // `final x`, `final int x`, `@Field def x`...
        while self.word_at(at).is_name("final") {
            at += 1;
        }
        if at > self.at {
            return true;
        }
        let next = self.word_at((at + 1).min(self.words.len() - 1));
        if self.word_at(at).is_name("def") {
            return matches!(next.token, Token::Name(_)) || next.is("(");
        }
        if self.word_at(at).is_name("var") {
            return matches!(next.token, Token::Name(_)) && !next.after_line;
        }
        self.is_typed_declaration()
    }

    /// Reads a declaration: one expression for each variable.
    pub(super) fn declaration(&mut self) -> Parsed<Vec<Expr>> {
        while self.eat_name("final") {}
        if (self.is_name("def") || self.is_name("var")) && self.word_after(1).is("(") {
            self.advance();
            return self.several().map(|several| vec![several]);
        }
        let (target, _) = self.declared_type()?;
        let mut declared = Vec::new();
        loop {
            let name = self.name()?;
            let target = self.dimensions_after_name(&target);
            let value = if self.eat("=") { Some(Box::new(self.initial_value(&target)?)) } else { None };
            if self.syntax == Syntax::Groovy && self.scopes.is_declared(&name) {
                return self.fail_with(format!("The current scope already contains a variable of the name {name}"));
            }
            // The variable is not known in its own value.
            let slot = self.scopes.declare(&name, &target);
            declared.push(Expr::Declare(slot, target, value));
            if !self.eat(",") {
                return Ok(declared);
            }
        }
    }

    /// `int x[]`
    fn dimensions_after_name(&mut self, target: &Target) -> Target {
        let mut class = target.class.clone();
        let mut is_array = false;
        while self.is("[") && self.word_after(1).is("]") {
            self.advance();
            self.advance();
            class = ClassRef::Array(Arc::new(class));
            is_array = true;
        }
        if is_array { Target::of(class) } else { target.clone() }
    }

    /// The value of a variable: `{1, 2}` is an array where one is declared.
    fn initial_value(&mut self, target: &Target) -> Parsed<Expr> {
        if let (ClassRef::Array(_), true) = (&target.class, self.is("{")) {
            return self.array_items(&target.class.clone());
        }
        self.expression()
    }

    /// `{a, b}` as an array.
    pub(super) fn array_items(&mut self, class: &ClassRef) -> Parsed<Expr> {
        self.expect("{")?;
        let component = match class {
            ClassRef::Array(component) => ClassRef::clone(component),
            other => other.clone(),
        };
        let mut items = Vec::new();
        while !self.eat("}") {
            let item = if self.is("{") { self.array_items(&component)? } else { self.expression()? };
            items.push(Item::One(item));
            if !self.eat(",") && !self.is("}") {
                return self.fail();
            }
        }
        Ok(Expr::Array(class.clone(), items))
    }

    /// `(a, b) = list`, whose `def` was read.
    fn several(&mut self) -> Parsed<Expr> {
        self.expect("(")?;
        let mut names: Vec<(Arc<str>, Target)> = Vec::new();
        while !self.eat(")") {
            let (target, _) = self.declared_type()?;
            names.push((self.name()?, target));
            if !self.eat(",") && !self.is(")") {
                return self.fail();
            }
        }
        self.expect("=")?;
        let value = self.expression()?;
        let slots: Vec<(Slot, Target)> =
            names.into_iter().map(|(name, target)| (self.scopes.declare(&name, &target), target)).collect();
        Ok(Expr::DeclareMany(slots, Box::new(value)))
    }

    /// A variable that nobody can name.
    pub(super) fn hidden(&mut self, name: &str) -> Slot {
        self.scopes.declare(&name.into(), &anything())
    }
}
