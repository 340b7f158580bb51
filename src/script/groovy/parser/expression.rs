//! Expressions: assignments, conditions, commands.

use super::super::ast::{Access, Call, Expr, Item, Name, Operator, Place};
use super::super::token::{Token, is_keyword};
use super::{Parsed, Parser};

impl Parser {
    /// An expression.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.nested(Self::assignment)
    }

    /// A statement's expression: it may be a call without parentheses.
    pub(super) fn command_or_expression(&mut self) -> Parsed<Expr> {
        self.nested(|parser| {
            let start = parser.at;
            let expression = parser.assignment()?;
            if !parser.is_loose() && parser.begins_command_argument(&expression, start) {
                parser.command(expression)
            } else {
                Ok(expression)
            }
        })
    }

    fn assignment(&mut self) -> Parsed<Expr> {
        if let Some(lambda) = self.lambda()? {
            return Ok(lambda);
        }
        if self.is("(") && self.is_several_assigned() {
            return self.several_assigned();
        }
        let left = self.ternary()?;
        let Token::Symbol(symbol) = self.word().token else { return Ok(left) };
        let operator = match symbol {
            "=" | "?=" => None,
            "+=" => Some(Operator::Plus),
            "-=" => Some(Operator::Minus),
            "*=" => Some(Operator::Multiply),
            "/=" => Some(Operator::Divide),
            "%=" => Some(Operator::Modulo),
            "**=" => Some(Operator::Power),
            "<<=" => Some(Operator::LeftShift),
            ">>=" => Some(Operator::RightShift),
            ">>>=" => Some(Operator::RightShiftUnsigned),
            "&=" => Some(Operator::And),
            "|=" => Some(Operator::Or),
            "^=" => Some(Operator::Xor),
            _ => return Ok(left),
        };
        let place = self.place(left)?;
        self.advance();
        let value = self.nested(Self::assigned_value)?;
        let parts = Box::new((place, value));
        Ok(match (operator, symbol) {
            (Some(operator), _) => Expr::Update(parts, operator),
            (None, "?=") => Expr::AssignIfFalse(parts),
            (None, _) => Expr::Assign(parts),
        })
    }

    /// What follows a `=`: `x = foo 5` is a command too.
    fn assigned_value(&mut self) -> Parsed<Expr> {
        let start = self.at;
        let value = self.assignment()?;
        if self.begins_command_argument(&value, start) { self.command(value) } else { Ok(value) }
    }

    /// The place that an expression names.
    pub(super) fn place(&mut self, expression: Expr) -> Parsed<Place> {
        Ok(match expression {
            Expr::Local(slot) => {
                let target = self.type_of(slot);
                Place::Local(slot, target)
            }
            Expr::Name(name) => Place::Name(name),
            Expr::Property(parts, access) => {
                let (object, name) = *parts;
                Place::Property(object, name, access)
            }
            Expr::Index(object, items, _) => Place::Index(*object, items),
            Expr::Recorded(_, inner) => return self.place(*inner),
            _ => return self.fail_with("the left side of an assignment is no variable"),
        })
    }

    fn type_of(&mut self, slot: u16) -> super::super::cast::Target {
        self.scopes.type_of(slot)
    }

    /// Whether `(a, b) = ` stands here.
    fn is_several_assigned(&self) -> bool {
        let close = self.closing(self.at);
        let after = self.word_at((close + 1).min(self.words.len() - 1));
        after.is("=") && self.words.get(self.at..close).unwrap_or_default().iter().any(|word| word.is(","))
    }

    fn several_assigned(&mut self) -> Parsed<Expr> {
        self.expect("(")?;
        let mut places = Vec::new();
        while !self.eat(")") {
            let target = self.ternary()?;
            places.push(self.place(target)?);
            if !self.eat(",") && !self.is(")") {
                return self.fail();
            }
        }
        self.expect("=")?;
        let value = self.expression()?;
        Ok(Expr::Assign(Box::new((Place::Many(places), value))))
    }

    fn ternary(&mut self) -> Parsed<Expr> {
        let condition = self.binary(0)?;
        if self.is("?") {
            self.advance();
            let then = self.nested(Self::assignment)?;
            self.expect(":")?;
            let otherwise = self.nested(Self::assignment)?;
            return Ok(Expr::Ternary(Box::new((condition, then, otherwise))));
        }
        if self.is("?:") {
            self.advance();
            let otherwise = self.nested(Self::assignment)?;
            return Ok(Expr::Elvis(Box::new((condition, otherwise))));
        }
        Ok(condition)
    }

    /// Whether the next word is the first argument of a call without parentheses.
    fn begins_command_argument(&self, callee: &Expr, start: usize) -> bool {
        let word = self.word();
        if word.after_line || self.at == start {
            return false;
        }
        let is_callee = match callee {
            Expr::Name(_) | Expr::Local(_) | Expr::Property(..) => !self.word_at(self.at - 1).is(")"),
            Expr::Recorded(_, inner) => matches!(**inner, Expr::Property(..) | Expr::Name(_)),
            // Not a call: `a.b 1 c 2`.
            _ => false,
        };
        is_callee && self.begins_operand()
    }

    fn begins_operand(&self) -> bool {
        match &self.word().token {
            Token::Name(name) => match &**name {
                "as" | "in" | "instanceof" | "else" | "case" | "default" | "while" | "catch" | "finally" => false,
                "new" | "this" | "super" | "null" | "true" | "false" => true,
                name => !is_keyword(name) || super::super::token::is_primitive(name),
            },
            Token::Number(_) | Token::Text(_) | Token::GText(_) | Token::Symbol("~") => true,
            Token::Symbol("!") => !self.word_after(1).is_name("in") && !self.word_after(1).is_name("instanceof"),
            _ => false,
        }
    }

    /// `name arg, arg` and all that may follow: `move left by 3`.
    fn command(&mut self, callee: Expr) -> Parsed<Expr> {
        let mut callee = callee;
        loop {
            let line = self.line();
            let args = self.command_arguments()?;
            callee = Self::call_with(callee, args, line);
            // `a b c d` is `a(b).c(d)`; `a b c` is `a(b).c`.
            let Some(name) = self.word().name().cloned() else { return Ok(callee) };
            if self.word().after_line || is_keyword(&name) {
                return Ok(callee);
            }
            self.advance();
            if self.is("(") && !self.word().after_line {
                let args = self.arguments()?;
                let object = Some(callee);
                callee =
                    Expr::Call(Box::new(Call { object, name: Name::Fixed(name), args, access: Access::Plain, line }));
                return Ok(callee);
            }
            callee = Expr::Property(Box::new((callee, Name::Fixed(name))), Access::Plain);
            if self.word().after_line || !self.begins_operand() {
                return Ok(callee);
            }
        }
    }

    fn call_with(callee: Expr, args: Vec<Item>, line: u32) -> Expr {
        match callee {
            Expr::Name(name) => {
                Expr::Call(Box::new(Call { object: None, name: Name::Fixed(name), args, access: Access::Plain, line }))
            }
            Expr::Property(parts, access) => {
                let (object, name) = *parts;
                Expr::Call(Box::new(Call { object: Some(object), name, args, access, line }))
            }
            Expr::Recorded(column, inner) => Expr::Recorded(column, Box::new(Self::call_with(*inner, args, line))),
            other => Expr::Invoke(Box::new(other), args),
        }
    }

    fn command_arguments(&mut self) -> Parsed<Vec<Item>> {
        let mut list = super::arguments::Arguments::default();
        loop {
            self.argument(&mut list)?;
            if !self.eat(",") {
                break;
            }
        }
        Ok(list.finish())
    }
}
