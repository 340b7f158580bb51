//! Methods, fields of scripts, modifiers and annotations.

use std::sync::Arc;

use super::super::ast::{Code, Expr, Field, Kind, Method, Statement};
use super::super::cast::Target;
use super::super::token::{Token, is_keyword};
use super::scope::{self, anything};
use super::{Parsed, Parser};

/// What stands before a member.
#[derive(Clone, Copy, Debug, Default)]
pub struct Modifiers {
    pub is_static: bool,
    pub is_final: bool,
    pub is_abstract: bool,
    /// `private`, `protected`, `public`: a field, not a property.
    pub has_visibility: bool,
    pub is_lazy: bool,
    /// Whether there were any.
    pub any: bool,
}

const WORDS: [&str; 11] = [
    "public",
    "private",
    "protected",
    "static",
    "final",
    "abstract",
    "synchronized",
    "transient",
    "volatile",
    "native",
    "default",
];

impl Parser {
    /// Skips annotations: `@Name(..)`.
    pub(super) fn skip_annotations(&mut self) -> Parsed<()> {
        while self.is("@") && !self.word_after(1).is_name("interface") {
            self.advance();
            self.any_name()?;
            while self.is(".") {
                self.advance();
                self.any_name()?;
            }
            if self.is("(") && !self.word().after_line {
                self.at = self.closing(self.at) + 1;
            }
        }
        Ok(())
    }

    /// Reads modifiers and annotations.
    pub(super) fn modifiers(&mut self) -> Parsed<Modifiers> {
        let mut modifiers = Modifiers::default();
        loop {
            if self.is("@") {
                modifiers.is_lazy |= self.word_after(1).is_name("Lazy");
                self.skip_annotations()?;
                continue;
            }
            let Some(word) = self.word().name().filter(|word| WORDS.contains(&&***word)).cloned() else {
                return Ok(modifiers);
            };
            // `default` may be a method with a body in an interface, but also the end of a `switch`.
            if &*word == "default" && self.word_after(1).is(":") {
                return Ok(modifiers);
            }
            modifiers.any = true;
            match &*word {
                "static" => modifiers.is_static = true,
                "final" => modifiers.is_final = true,
                "abstract" => modifiers.is_abstract = true,
                "public" | "private" | "protected" => modifiers.has_visibility = true,
                _ => {}
            }
            self.advance();
        }
    }

    /// Where modifiers and annotations that begin here end.
    fn after_modifiers(&self) -> (usize, bool) {
        let (mut at, mut any) = (self.at, false);
        loop {
            let word = self.word_at(at);
            if word.is("@") && self.word_at(at + 1).name().is_some() {
                at += 2;
                while self.word_at(at).is(".") {
                    at += 2;
                }
                if self.word_at(at).is("(") {
                    at = self.closing(at) + 1;
                }
            } else if word.name().is_some_and(|name| WORDS.contains(&&**name)) {
                any = true;
                at += 1;
            } else {
                return (at.min(self.words.len() - 1), any);
            }
        }
    }

    /// Whether a method of the script is defined here.
    pub(super) fn is_method_definition(&self) -> bool {
        let (mut at, mut typed) = self.after_modifiers();
        if self.word_at(at).is("<") {
            // `<T> T name(..)`
            while !self.word_at(at).is(">") && at + 1 < self.words.len() {
                at += 1;
            }
            at += 1;
        }
        if self.word_at(at).is_name("def") {
            typed = true;
            at += 1;
        }
        let is_name = |at: usize| {
            let word = self.word_at(at);
            matches!(word.token, Token::Text(_)) || word.name().is_some_and(|name| !is_keyword(name))
        };
        if let Some(end) = self.after_type(at)
            && is_name(end)
            && self.words.get(end + 1).is_some_and(|word| word.is("("))
            && !self.word_at(end).after_line
        {
            return self.has_body_after(end + 1);
        }
        (typed || self.is_loose())
            && is_name(at)
            && self.words.get(at + 1).is_some_and(|word| word.is("("))
            && self.has_body_after(at + 1)
    }

    /// Whether a `{` follows the parentheses at a word.
    fn has_body_after(&self, open: usize) -> bool {
        let mut at = self.closing(open) + 1;
        if self.words.get(at).is_some_and(|word| word.is_name("throws")) {
            while self.words.get(at).is_some_and(|word| word.name().is_some() || word.is(".") || word.is(",")) {
                at += 1;
            }
        }
        self.words.get(at).is_some_and(|word| word.is("{"))
    }

    pub(super) fn script_method(&mut self) -> Parsed<()> {
        let modifiers = self.modifiers()?;
        let method = self.method(modifiers)?;
        self.declarations.methods.push(Arc::new(method));
        Ok(())
    }

    /// A method after its modifiers.
    pub(super) fn method(&mut self, modifiers: Modifiers) -> Parsed<Method> {
        self.skip_type_arguments();
        let is_void = self.is_name("void");
        let (result, _) = self.result_type()?;
        let name = self.method_name()?;
        self.scopes.open(scope::Kind::Function, false);
        let outcome = self.method_parts();
        let code = self.scopes.close();
        let (parameters, body) = outcome?;
        let is_abstract = body.is_none();
        let mut body = body.unwrap_or_default();
        if !is_void {
            self.add_return(&mut body);
        }
        let code = Arc::new(Code { parameters, body, ..code });
        Ok(Method { name, code, is_static: modifiers.is_static, is_abstract, result, is_void })
    }

    fn result_type(&mut self) -> Parsed<(Target, bool)> {
        if self.is_name("void") && !self.word_after(1).is(".") {
            self.advance();
            return Ok((anything(), false));
        }
        self.eat_name("def");
        let has_type = self.after_type(self.at).is_some_and(|end| {
            let word = self.word_at(end);
            word.name().is_some() || matches!(word.token, Token::Text(_))
        });
        if has_type {
            return Ok((Target::of(self.read_type()?), true));
        }
        Ok((anything(), false))
    }

    fn method_name(&mut self) -> Parsed<Arc<str>> {
        match &self.word().token {
            Token::Text(text) => {
                let text = text.clone();
                self.advance();
                Ok(text)
            }
            _ => self.any_name(),
        }
    }

    /// The parameters of a method and its body, if it has one.
    fn method_parts(&mut self) -> Parsed<MethodParts> {
        self.expect("(")?;
        let parameters = self.bracketed(|parser| parser.parameters(")"))?;
        if self.eat_name("throws") {
            self.read_type()?;
            while self.eat(",") {
                self.read_type()?;
            }
        }
        let body = if self.is("{") { Some(self.block()?) } else { None };
        Ok((parameters, body))
    }

    /// `@Field def x = 1`: whether there is one here.
    pub(super) fn script_field(&mut self) -> Parsed<bool> {
        let is_field = |at: usize| {
            self.word_at(at).is("@") && {
                let mut last = at + 1;
                while self.words.get(last + 1).is_some_and(|word| word.is(".")) {
                    last += 2;
                }
                self.word_at(last).is_name("Field")
            }
        };
        if !self.scopes.is_script() || !is_field(self.at) {
            return Ok(false);
        }
        let modifiers = self.modifiers()?;
        for field in self.fields(modifiers)? {
            self.declarations.fields.push(field);
        }
        self.end_of_statement()?;
        Ok(true)
    }

    /// Fields after their modifiers: `int a = 1, b`.
    pub(super) fn fields(&mut self, modifiers: Modifiers) -> Parsed<Vec<Field>> {
        let (target, _) = self.declared_type()?;
        let mut fields = Vec::new();
        loop {
            let name = self.name()?;
            let value = if self.eat("=") {
                let is_array = matches!(target.class, crate::script::class::ClassRef::Array(_));
                let class = target.class.clone();
                Some(self.function_of(|parser| {
                    if is_array && parser.is("{") { parser.array_items(&class) } else { parser.expression() }
                })?)
            } else {
                None
            };
            fields.push(Field {
                name,
                target: target.clone(),
                value,
                is_static: modifiers.is_static,
                is_final: modifiers.is_final,
                is_property: !modifiers.has_visibility,
                is_lazy: modifiers.is_lazy,
            });
            if !self.eat(",") {
                return Ok(fields);
            }
        }
    }

    /// An expression as a function without parameters.
    pub(super) fn function_of(&mut self, read: impl FnOnce(&mut Self) -> Parsed<Expr>) -> Parsed<Arc<Code>> {
        let line = self.line();
        self.scopes.open(scope::Kind::Function, false);
        let outcome = read(self);
        let code = self.scopes.close();
        let body = vec![Statement { kind: Kind::Return(Some(outcome?)), line }];
        Ok(Arc::new(Code { body, ..code }))
    }

    /// Statements as a function without parameters.
    pub(super) fn function_of_block(&mut self) -> Parsed<Arc<Code>> {
        self.scopes.open(scope::Kind::Function, false);
        let outcome = self.block();
        let code = self.scopes.close();
        Ok(Arc::new(Code { body: outcome?, ..code }))
    }
}

/// The parameters of a method, and its body, if it has one.
type MethodParts = (Vec<super::super::ast::Parameter>, Option<Vec<Statement>>);
