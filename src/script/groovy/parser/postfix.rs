//! What follows a value: members, calls, indexes, closures as arguments, `++`.

use super::super::ast::{Access, Call, Expr, Item, Name};
use super::super::token::Token;
use super::{Parsed, Parser};
use crate::script::class::ClassRef;
use crate::script::value::Value;

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
        let first = self.word_at(start).clone();
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
}
