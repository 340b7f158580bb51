//! Values: names, literals, calls and members.

use std::sync::Arc;

use super::super::ast::{Access, Call, Entry, Expr, Item, Name, New};
use super::super::token::{Token, Word, is_keyword, is_primitive};
use super::scope::Found;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;
use crate::script::java::object::OBJECT;
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
    /// A value with all that follows it.
    pub(super) fn postfix(&mut self) -> Parsed<Expr> {
        let start = self.at;
        let mut expression = self.primary()?;
        loop {
            let word = self.word().clone();
            let Token::Symbol(symbol) = word.token else { return Ok(expression) };
            expression = match symbol {
                "." | "?." | "*." | ".@" | ".&" | "::" | "?.@" => {
                    if matches!(symbol, ".") && self.word_after(1).is("@") {
                        return self.fail();
                    }
                    self.advance();
                    self.member(expression, symbol)?
                }
                "(" if !word.after_line => {
                    let line = self.line();
                    let args = self.arguments()?;
                    let args = self.trailing_closures(args)?;
                    self.called(expression, args, line, start)?
                }
                "[" if !word.after_line => {
                    self.advance();
                    let items = self.bracketed(Self::index_items)?;
                    self.recorded(&word, Expr::Index(Box::new(expression), items, false))
                }
                "?[" if !word.after_line => {
                    self.advance();
                    let items = self.bracketed(Self::index_items)?;
                    self.recorded(&word, Expr::Index(Box::new(expression), items, true))
                }
                "{" if !word.after_line && !self.no_closures && Self::takes_closure(&expression) => {
                    let line = self.line();
                    let args = self.trailing_closures(Vec::new())?;
                    self.called(expression, args, line, start)?
                }
                "++" | "--" if !word.after_line => {
                    self.advance();
                    let step = if symbol == "++" { 1 } else { -1 };
                    match expression {
                        // `'a'++` gives 'a'; there is nothing to change.
                        Expr::Literal(value) if !value.is_null() => Expr::Literal(value),
                        other => {
                            let place = self.place(other)?;
                            self.recorded(&word, Expr::Step(Box::new(place), step, true))
                        }
                    }
                }
                _ => return Ok(expression),
            };
        }
    }

    /// Whether a `{` after it is an argument: after a name or a call, not after a number.
    fn takes_closure(expression: &Expr) -> bool {
        match expression {
            Expr::Name(_) | Expr::Local(_) | Expr::Property(..) => true,
            Expr::Recorded(_, inner) => Self::takes_closure(inner),
            _ => false,
        }
    }

    fn trailing_closures(&mut self, mut args: Vec<Item>) -> Parsed<Vec<Item>> {
        while self.is("{") && !self.word().after_line && !self.no_closures {
            args.push(Item::One(self.closure()?));
        }
        Ok(args)
    }

    /// What follows a dot.
    fn member(&mut self, object: Expr, symbol: &str) -> Parsed<Expr> {
        let access = match symbol {
            "?." => Access::Safe,
            "*." => Access::Spread,
            ".@" => Access::Field,
            _ => Access::Plain,
        };
        // `a.@b` after another dot: `a?.@b`, `a*.@b`.
        self.eat("@");
        self.skip_type_arguments();
        let at = self.word().clone();
        if matches!(symbol, ".&" | "::") {
            if symbol == "::" && self.eat_name("new") {
                return Ok(Expr::Method(Box::new((object, Name::Fixed("new".into())))));
            }
            let name = self.member_name()?;
            return Ok(Expr::Method(Box::new((object, name))));
        }
        if self.is_name("new") && self.word_after(1).name().is_some() {
            // `outer.new Inner()`
            return self.creation();
        }
        let name = self.member_name()?;
        if let (Access::Plain, Name::Fixed(member)) = (access, &name) {
            if &**member == "class" && !self.is("(") && matches!(object, Expr::Class(_)) {
                return Ok(object);
            }
            if &**member == "this" {
                return Ok(Expr::This);
            }
            if let Some(class) = self.class_by_path(&object, member) {
                return Ok(Expr::Class(class));
            }
        }
        let property = Expr::Property(Box::new((object, name)), access);
        if self.is("(") && !self.word().after_line {
            // The name is recorded together with the call.
            let line = self.line();
            let args = self.arguments()?;
            let args = self.trailing_closures(args)?;
            let call = Self::method_call(property, args, line);
            return Ok(self.recorded(&at, call));
        }
        if self.is("{") && !self.word().after_line && !self.no_closures {
            let line = self.line();
            let args = self.trailing_closures(Vec::new())?;
            let call = Self::method_call(property, args, line);
            return Ok(self.recorded(&at, call));
        }
        Ok(self.recorded(&at, property))
    }

    /// The class that a dotted path means: `java.util.UUID`, `Map.Entry`.
    fn class_by_path(&self, object: &Expr, member: &str) -> Option<ClassRef> {
        match object {
            Expr::Class(outer) => {
                let inner = self.qualified(&format!("{}${member}", outer.name()));
                let own = || match outer {
                    ClassRef::Script(_) => {
                        self.class_named(member).filter(|class| matches!(class, ClassRef::Script(_)))
                    }
                    _ => None,
                };
                inner.or_else(own)
            }
            _ if member.starts_with(char::is_uppercase) => {
                self.qualified(&format!("{}.{member}", Self::dotted(object)?))
            }
            _ => None,
        }
    }

    fn method_call(property: Expr, args: Vec<Item>, line: u32) -> Expr {
        match property {
            Expr::Property(parts, access) => {
                let (object, name) = *parts;
                Expr::Call(Box::new(Call { object: Some(object), name, args, access, line }))
            }
            other => Expr::Invoke(Box::new(other), args),
        }
    }

    /// A call of what was read so far.
    fn called(&mut self, callee: Expr, args: Vec<Item>, line: u32, start: usize) -> Parsed<Expr> {
        let first = self.words[start].clone();
        let call = match callee {
            Expr::Name(name) => {
                if let Some((class, member)) = self.static_member(&name, true) {
                    let object = Some(Expr::Class(class));
                    Call { object, name: Name::Fixed(member), args, access: Access::Plain, line }
                } else {
                    Call { object: None, name: Name::Fixed(name), args, access: Access::Plain, line }
                }
            }
            Expr::This => return Ok(Expr::Constructor(false, args)),
            Expr::Super => return Ok(Expr::Constructor(true, args)),
            Expr::Literal(Value::Str(text)) => {
                Call { object: None, name: Name::Fixed(text), args, access: Access::Plain, line }
            }
            gstring @ Expr::GString(..) => {
                Call { object: None, name: Name::Dynamic(gstring), args, access: Access::Plain, line }
            }
            Expr::Recorded(column, inner) if matches!(*inner, Expr::Name(_)) => {
                let call = self.called(*inner, args, line, start)?;
                return Ok(match call {
                    Expr::Recorded(..) => call,
                    call => Expr::Recorded(column, Box::new(call)),
                });
            }
            Expr::Recorded(_, inner) if matches!(*inner, Expr::Local(_)) => {
                return Ok(self.recorded(&first, Expr::Invoke(inner, args)));
            }
            other => return Ok(Expr::Invoke(Box::new(other), args)),
        };
        Ok(self.recorded(&first, Expr::Call(Box::new(call))))
    }

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
    fn key(&mut self) -> Parsed<Option<Expr>> {
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

    fn index_items(&mut self) -> Parsed<Vec<Item>> {
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

    fn primary(&mut self) -> Parsed<Expr> {
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
            while self.words[at].is(".") {
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

    /// `new Type(args)`, `new int[3]`, `new Type() { body }`.
    fn creation(&mut self) -> Parsed<Expr> {
        let word = self.advance();
        let line = word.line;
        let class = self.created_class()?;
        if self.is("[") {
            return self.array_creation(class);
        }
        if let ClassRef::Array(_) = class
            && self.is("{")
        {
            return self.array_items(&class);
        }
        let args = if self.is("(") { self.arguments()? } else { return self.fail() };
        if self.is("{") && !self.word().after_line && !self.no_closures {
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
