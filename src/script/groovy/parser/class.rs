//! Classes, interfaces, enumerations and traits; and `assert`.

use std::sync::Arc;

use super::super::ast::{Assert, Body, Code, Expr, Kind, Slot, Traits};
use super::super::definition::GroovyClass;
use super::super::source;
use super::super::token::Token;
use super::scope;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;

impl Parser {
    /// Whether a class, interface, enumeration or trait is defined here.
    pub(super) fn is_type_definition(&self) -> bool {
        let mut at = self.at;
        loop {
            let word = &self.words[at];
            if word.is("@") {
                if self.words[at + 1].is_name("interface") {
                    return true;
                }
                at += 2;
                while self.words[at].is(".") {
                    at += 2;
                }
                if self.words[at].is("(") {
                    at = self.closing(at) + 1;
                }
                continue;
            }
            let Some(name) = word.name() else { return false };
            match &**name {
                "class" | "interface" | "enum" | "trait" => {
                    return self.words.get(at + 1).is_some_and(|next| next.name().is_some());
                }
                "public" | "private" | "protected" | "static" | "final" | "abstract" => at += 1,
                _ => return false,
            }
        }
    }

    /// Reads a class, interface, enumeration or trait.
    pub(super) fn type_definition(&mut self) -> Parsed<()> {
        let mut traits = Traits::default();
        loop {
            if self.is("@") && !self.word_after(1).is_name("interface") {
                self.class_annotation(&mut traits)?;
            } else if self.is_name("abstract") {
                traits.is_abstract = true;
                self.advance();
            } else if ["public", "private", "protected", "static", "final"].iter().any(|word| self.is_name(word)) {
                self.advance();
            } else {
                break;
            }
        }
        self.eat("@");
        let kind = self.any_name()?;
        traits.is_enum = &*kind == "enum";
        traits.is_interface = &*kind == "interface";
        traits.is_trait = &*kind == "trait";
        let name = self.name()?;
        let Some(class) = self.declarations.classes.iter().find(|class| class.name == name).cloned() else {
            return self.fail();
        };
        self.skip_type_arguments();
        let mut body = Body { traits, ..Body::default() };
        while self.is_name("extends") || self.is_name("implements") {
            self.advance();
            body.parents.push(self.read_type()?);
            while self.eat(",") {
                body.parents.push(self.read_type()?);
            }
        }
        if traits.is_enum {
            body.parents.insert(0, ClassRef::Java(&crate::script::java::enumeration::ENUM));
        }
        self.class_body(&name, &mut body)?;
        // A second definition of the same name is ignored.
        let _ = class.body.set(body);
        Ok(())
    }

    fn class_annotation(&mut self, traits: &mut Traits) -> Parsed<()> {
        self.advance();
        let mut name = self.any_name()?;
        while self.eat(".") {
            name = self.any_name()?;
        }
        let mut options = Vec::new();
        if self.is("(") {
            let close = self.closing(self.at);
            options.extend_from_slice(&self.words[self.at..close]);
            self.at = close + 1;
        }
        let says = |option: &str| {
            options.iter().any(|word| word.is_name(option)) && options.iter().any(|word| word.is_name("true"))
        };
        match &*name {
            "Canonical" => {
                traits.has_text = true;
                traits.has_equality = true;
                traits.has_tuple_constructor = true;
            }
            "Immutable" => {
                traits.has_text = true;
                traits.has_equality = true;
                traits.has_tuple_constructor = true;
                traits.is_immutable = true;
            }
            "ToString" => {
                traits.has_text = true;
                traits.has_names_in_text = says("includeNames");
            }
            "EqualsAndHashCode" => traits.has_equality = true,
            "TupleConstructor" => traits.has_tuple_constructor = true,
            _ => {}
        }
        Ok(())
    }

    /// The body of a class in braces.
    fn class_body(&mut self, name: &Arc<str>, body: &mut Body) -> Parsed<()> {
        self.expect("{")?;
        let outer = std::mem::replace(&mut self.no_closures, false);
        self.class_depth += 1;
        if body.traits.is_enum {
            self.enum_constants(body)?;
        }
        while !self.eat("}") {
            if self.is_end() {
                return self.fail();
            }
            if !self.eat(";") {
                self.nested(|parser| parser.class_member(name, body))?;
            }
        }
        self.no_closures = outer;
        self.class_depth -= 1;
        Ok(())
    }

    fn enum_constants(&mut self, body: &mut Body) -> Parsed<()> {
        loop {
            self.skip_annotations()?;
            let is_constant = self.word().name().is_some() && {
                let next = self.word_after(1);
                next.is(",") || next.is("(") || next.is(";") || next.is("}") || next.after_line || next.is("{")
            };
            if !is_constant || self.is_method_definition() {
                break;
            }
            let name = self.name()?;
            let arguments = self.function_of(|parser| {
                let items = if parser.is("(") { parser.arguments()? } else { Vec::new() };
                Ok(Expr::List(items))
            })?;
            if self.is("{") {
                // A body of its own: skipped.
                self.at = self.closing(self.at) + 1;
            }
            body.constants.push((name, arguments));
            if !self.eat(",") {
                break;
            }
        }
        self.eat(";");
        Ok(())
    }

    fn class_member(&mut self, class: &Arc<str>, body: &mut Body) -> Parsed<()> {
        if self.is_type_definition() {
            return self.type_definition();
        }
        if self.is("{") {
            let code = self.function_of_block()?;
            body.initializers.push(code);
            return Ok(());
        }
        if self.is_name("static") && self.word_after(1).is("{") {
            self.advance();
            let code = self.function_of_block()?;
            body.static_initializers.push(code);
            return Ok(());
        }
        let modifiers = self.modifiers()?;
        let own_name: &str = class.rsplit('.').next().unwrap_or_default();
        if self.is_name(own_name) && self.word_after(1).is("(") {
            self.advance();
            return self.constructor(body);
        }
        if self.is_method_member() {
            let mut method = self.method(modifiers)?;
            method.is_abstract |= modifiers.is_abstract;
            body.methods.push(Arc::new(method));
            self.eat(";");
            return Ok(());
        }
        let mut modifiers = modifiers;
        if body.traits.is_interface {
            modifiers.is_static = true;
            modifiers.is_final = true;
        }
        body.fields.extend(self.fields(modifiers)?);
        self.end_of_statement()
    }

    /// Whether a method stands here, after its modifiers: also one without a body.
    fn is_method_member(&self) -> bool {
        let mut at = self.at;
        if self.words[at].is("<") {
            while !self.words[at].is(">") && at + 1 < self.words.len() {
                at += 1;
            }
            at += 1;
        }
        if self.words[at].is_name("def") {
            at += 1;
        }
        let is_named = |at: usize| {
            let word = &self.words[at];
            (word.name().is_some() || matches!(word.token, Token::Text(_)))
                && self.words.get(at + 1).is_some_and(|next| next.is("("))
        };
        is_named(at) || self.after_type(at).is_some_and(is_named)
    }

    fn constructor(&mut self, body: &mut Body) -> Parsed<()> {
        self.scopes.open(scope::Kind::Function, false);
        let outcome = (|| {
            self.expect("(")?;
            let parameters = self.bracketed(|parser| parser.parameters(")"))?;
            if self.eat_name("throws") {
                self.read_type()?;
            }
            Ok((parameters, self.block()?))
        })();
        let code = self.scopes.close();
        let (parameters, statements) = outcome?;
        body.constructors.push(Arc::new(Code { parameters, body: statements, ..code }));
        Ok(())
    }

    /// `{ body }` after `new Type()`: a class without a name, and what it takes from around it.
    pub(super) fn anonymous_class(&mut self, parent: ClassRef) -> Parsed<(ClassRef, Vec<(Arc<str>, Slot)>)> {
        self.declarations.anonymous += 1;
        let name: Arc<str> = format!("Script1${}", self.declarations.anonymous).into();
        let mut body = Body { parents: vec![parent], ..Body::default() };
        self.scopes.open(scope::Kind::Class, false);
        let outcome = self.class_body(&name, &mut body);
        let captures = self.scopes.close_class();
        outcome?;
        let class = GroovyClass::new(name);
        let _ = class.body.set(body);
        self.declarations.classes.push(class.clone());
        Ok((ClassRef::Script(class), captures))
    }

    /// `assert condition : message`
    pub(super) fn assert_statement(&mut self) -> Parsed<Kind> {
        let start = self.advance().start;
        let outer = self.assertion.replace(start);
        let condition = self.expression();
        self.assertion = outer;
        let condition = condition?;
        let end = self.words[self.at - 1].end;
        let message = if self.eat(":") || self.eat(",") { Some(self.expression()?) } else { None };
        self.end_of_statement()?;
        let text = self.source.get(start as usize..end as usize).unwrap_or_default().to_owned();
        let mut variables = Vec::new();
        if message.is_some() {
            source::variables(&condition, &mut variables);
        }
        let names = |slot: Slot| self.scopes.name_of(slot);
        let words = source::words(&condition, &names);
        let variables = variables
            .into_iter()
            .map(|found| match found {
                source::Variable::Local(slot) => (self.scopes.name_of(slot), Expr::Local(slot)),
                source::Variable::Name(name) => (name.clone(), Expr::Name(name)),
            })
            .collect();
        Ok(Kind::Assert(Box::new(Assert { condition, message, source: text.into(), words: words.into(), variables })))
    }
}
