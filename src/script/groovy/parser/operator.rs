//! Operators between and before values.

use super::super::ast::{Expr, Operator, Prefix};
use super::super::cast::Target;
use super::super::token::{Token, Word};
use super::{Parsed, Parser};
use crate::script::value::Value;

/// What stands between two values.
enum Infix {
    Operator(Operator),
    Both,
    Either,
    Range(bool),
    As,
    InstanceOf(bool),
}

impl Parser {
    /// The operator that comes next, how tightly it binds, and how many words it has.
    fn infix(&self) -> Option<(Infix, u8, usize)> {
        use Operator as Op;
        let word = self.word();
        let operator = |operator: Operator, strength: u8| Some((Infix::Operator(operator), strength, 1));
        match &word.token {
            Token::Symbol(symbol) => match *symbol {
                "||" => Some((Infix::Either, 1, 1)),
                "&&" => Some((Infix::Both, 2, 1)),
                "|" => operator(Op::Or, 3),
                "^" => operator(Op::Xor, 4),
                "&" => operator(Op::And, 5),
                "=~" => operator(Op::Find, 6),
                "==~" => operator(Op::Match, 6),
                "==" => operator(Op::Equal, 7),
                "!=" => operator(Op::NotEqual, 7),
                "===" => operator(Op::Identical, 7),
                "!==" => operator(Op::NotIdentical, 7),
                "<=>" => operator(Op::Compare, 7),
                "<=" => operator(Op::LessOrEqual, 8),
                ">=" => operator(Op::GreaterOrEqual, 8),
                "<" => operator(Op::Less, 8),
                ">" => Some(self.greater_or_shift()),
                "!" if self.word_after(1).is_name("in") => Some((Infix::Operator(Op::NotIn), 8, 2)),
                "!" if self.word_after(1).is_name("instanceof") => Some((Infix::InstanceOf(true), 8, 2)),
                "<<" => operator(Op::LeftShift, 9),
                ".." => Some((Infix::Range(false), 9, 1)),
                "..<" => Some((Infix::Range(true), 9, 1)),
                // A sign at the beginning of a line begins a statement.
                "+" if !word.after_line => operator(Op::Plus, 10),
                "-" if !word.after_line => operator(Op::Minus, 10),
                "*" => operator(Op::Multiply, 11),
                "/" => operator(Op::Divide, 11),
                "%" => operator(Op::Modulo, 11),
                _ => None,
            },
            Token::Name(name) => match &**name {
                "in" => operator(Op::In, 8),
                "as" => Some((Infix::As, 8, 1)),
                "instanceof" => Some((Infix::InstanceOf(false), 8, 1)),
                _ => None,
            },
            _ => None,
        }
    }

    /// `>`, `>>` and `>>>`, which are read as single words because of `List<List<A>>`.
    fn greater_or_shift(&self) -> (Infix, u8, usize) {
        let follows = |count: usize| {
            self.word_after(count).is(">") && self.word_after(count).start == self.word_after(count - 1).end
        };
        match (follows(1), follows(1) && follows(2)) {
            (_, true) => (Infix::Operator(Operator::RightShiftUnsigned), 9, 3),
            (true, _) => (Infix::Operator(Operator::RightShift), 9, 2),
            _ => (Infix::Operator(Operator::Greater), 8, 1),
        }
    }

    /// Values with operators between them that bind at least so tightly.
    pub(super) fn binary(&mut self, least: u8) -> Parsed<Expr> {
        let mut left = self.unary()?;
        while let Some((infix, strength, count)) = self.infix() {
            if strength < least {
                break;
            }
            let at = self.word().clone();
            for _ in 0..count {
                self.advance();
            }
            left = match infix {
                Infix::As => {
                    let class = self.read_type()?;
                    Expr::Coerce(Target::of(class), Box::new(left))
                }
                Infix::InstanceOf(negated) => {
                    let class = self.read_type()?;
                    self.recorded(&at, Expr::InstanceOf(Box::new(left), class, negated))
                }
                Infix::Range(exclusive) => {
                    let right = self.nested(|parser| parser.binary(strength + 1))?;
                    Expr::Range(Box::new((left, right)), exclusive)
                }
                Infix::Operator(operator) => {
                    let right = self.nested(|parser| parser.binary(strength + 1))?;
                    self.recorded(&at, Expr::Binary(operator, Box::new((left, right))))
                }
                Infix::Both => {
                    let right = self.nested(|parser| parser.binary(strength + 1))?;
                    self.recorded(&at, Expr::Both(Box::new((left, right))))
                }
                Infix::Either => {
                    let right = self.nested(|parser| parser.binary(strength + 1))?;
                    self.recorded(&at, Expr::Either(Box::new((left, right))))
                }
            };
        }
        Ok(left)
    }

    /// A sign, `++` or `--` before a value.
    fn unary(&mut self) -> Parsed<Expr> {
        let at = self.word().clone();
        let Token::Symbol(symbol) = at.token else { return self.power() };
        match symbol {
            "-" | "+" => {
                self.advance();
                let operand = self.nested(Self::unary)?;
                if let (Expr::Literal(number), "-") = (&operand, symbol)
                    && let Some(negated) = super::super::arithmetic::negated(number)
                {
                    return Ok(Expr::Literal(negated));
                }
                let prefix = if symbol == "-" { Prefix::Minus } else { Prefix::Plus };
                Ok(self.recorded(&at, Expr::Prefix(prefix, Box::new(operand))))
            }
            "++" | "--" => {
                self.advance();
                let operand = self.nested(Self::unary)?;
                let place = self.place(operand)?;
                Ok(self.recorded(&at, Expr::Step(Box::new(place), if symbol == "++" { 1 } else { -1 }, false)))
            }
            _ => self.power(),
        }
    }

    /// `a ** b` binds more tightly than a sign before it.
    fn power(&mut self) -> Parsed<Expr> {
        let mut left = self.tight()?;
        while self.is("**") {
            let at = self.advance();
            let right =
                self.nested(|parser| if parser.is("-") || parser.is("+") { parser.unary() } else { parser.tight() })?;
            left = self.recorded(&at, Expr::Binary(Operator::Power, Box::new((left, right))));
        }
        Ok(left)
    }

    /// `!`, `~` and casts.
    fn tight(&mut self) -> Parsed<Expr> {
        let at = self.word().clone();
        match at.token {
            Token::Symbol("!") => {
                self.advance();
                let operand = self.nested(Self::tight)?;
                Ok(self.recorded(&at, Expr::Prefix(Prefix::Not, Box::new(operand))))
            }
            Token::Symbol("~") => {
                self.advance();
                let operand = self.nested(Self::tight)?;
                Ok(self.recorded(&at, Expr::Prefix(Prefix::BitwiseNot, Box::new(operand))))
            }
            Token::Symbol("(") if self.is_cast() => {
                self.advance();
                let class = self.read_type()?;
                self.expect(")")?;
                let operand = self
                    .nested(|parser| if parser.is("-") || parser.is("+") { parser.unary() } else { parser.tight() })?;
                Ok(Expr::Cast(Target::of(class), Box::new(operand)))
            }
            _ => self.postfix(),
        }
    }

    /// Whether the parentheses here hold a type that the next value is cast to.
    fn is_cast(&self) -> bool {
        let Some(end) = self.after_type(self.at + 1) else { return false };
        if !self.word_at(end).is(")") {
            return false;
        }
        let is_primitive = self.word_at(self.at + 1).name().is_some_and(|name| super::super::token::is_primitive(name));
        let next = self.word_at((end + 1).min(self.words.len() - 1));
        if next.after_line {
            return false;
        }
        match &next.token {
            Token::Name(name) => !matches!(&**name, "in" | "as" | "instanceof" | "else"),
            Token::Number(_)
            | Token::Text(_)
            | Token::GText(_)
            | Token::Symbol("(" | "[" | "{" | "!" | "~" | "++" | "--") => true,
            Token::Symbol("-" | "+") => is_primitive,
            _ => false,
        }
    }

    /// A part of an assertion whose value is shown under that word.
    pub(super) fn recorded(&self, at: &Word, expression: Expr) -> Expr {
        match self.assertion {
            Some(start) => Expr::Recorded(at.start.saturating_sub(start), Box::new(expression)),
            None => expression,
        }
    }

    /// A constant that stands for nothing.
    pub(super) fn nothing() -> Expr {
        Expr::Literal(Value::Null)
    }
}
