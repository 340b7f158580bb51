//! `new`: objects, arrays, and classes without a name.

use std::sync::Arc;

use super::super::ast::{Expr, New};
use super::super::token::is_primitive;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;
use crate::script::java::object::OBJECT;

impl Parser {
    /// `new Type(args)`, `new int[3]`, `new Type() { body }`.
    pub(super) fn creation(&mut self) -> Parsed<Expr> {
        let word = self.advance();
        let line = word.line;
        let before = self.declarations.unknown.len();
        let class = self.created_class()?;
        let unknown = self.declarations.unknown.get(before).map(|unknown| Arc::from(format!("new {}", unknown.name)));
        if self.is("[") {
            return self.array_creation(class);
        }
        if let ClassRef::Array(_) = class
            && self.is("{")
        {
            return self.array_items(&class);
        }
        let args = if self.is("(") { self.arguments()? } else { return self.fail() };
        if let (Some(name), true) = (unknown, self.is_loose()) {
            // BeanShell notices it when it comes there.
            return Ok(Expr::Invoke(Box::new(Expr::UnknownClass(name)), args));
        }
        if self.is("{") && !self.word().after_line && (!self.no_closures || self.is_loose()) {
            let (class, captures) = self.anonymous_class(class)?;
            return Ok(Expr::New(Box::new(New { class, args, line, captures })));
        }
        let new = Expr::New(Box::new(New { class, args, line, captures: Vec::new() }));
        Ok(self.recorded(&word, new))
    }

    /// The type after `new`; sizes in brackets are left.
    fn created_class(&mut self) -> Parsed<ClassRef> {
        let line = self.line();
        let mut name = self.any_name()?.to_string();
        while self.is(".") {
            self.advance();
            name.push('.');
            name.push_str(&self.any_name()?);
        }
        if self.is("<") {
            if self.word_after(1).is(">") {
                self.advance();
                self.advance();
            } else {
                self.skip_type_arguments();
            }
        }
        if is_primitive(&name) {
            let class = crate::script::java::primitive::ALL.iter().find(|class| class.name == name);
            return class.map_or_else(|| self.fail(), |class| Ok(ClassRef::Java(class)));
        }
        let mut class = match self.resolve_class(&name) {
            Some(class) => class,
            None => {
                self.unknown_class(&name, line);
                ClassRef::Java(&OBJECT)
            }
        };
        while self.is("[") && self.word_after(1).is("]") {
            self.advance();
            self.advance();
            class = ClassRef::Array(Arc::new(class));
        }
        Ok(class)
    }

    fn array_creation(&mut self, component: ClassRef) -> Parsed<Expr> {
        let mut sizes = Vec::new();
        let mut class = component;
        while self.is("[") && !self.word().after_line {
            self.advance();
            if !self.eat("]") {
                sizes.push(self.bracketed(Self::expression)?);
                self.expect("]")?;
            }
            class = ClassRef::Array(Arc::new(class));
        }
        if self.is("{") && sizes.is_empty() {
            return self.array_items(&class);
        }
        Ok(Expr::NewArray(class, sizes))
    }
}
