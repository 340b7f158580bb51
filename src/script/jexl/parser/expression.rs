//! Expressions: assignments, functions, and operators by how tightly they bind.

use std::sync::Arc;

use super::{Parsed, Parser};
use crate::script::jexl::ast::{Function, Node, Operator, Prefix};
use crate::script::jexl::conversion;
use crate::script::jexl::lexer::Token;

impl Parser {
    pub(super) fn expression(&mut self) -> Parsed {
        self.nested(Self::assignment)
    }

    fn assignment(&mut self) -> Parsed {
        if let Some(lambda) = self.lambda()? {
            return Ok(lambda);
        }
        let left = self.conditional()?;
        let operator = match self.peek() {
            Token::Symbol("=") => None,
            Token::Symbol(symbol) if self.version.is_three() => match *symbol {
                "+=" => Some(Operator::Add),
                "-=" => Some(Operator::Subtract),
                "*=" => Some(Operator::Multiply),
                "/=" => Some(Operator::Divide),
                "%=" => Some(Operator::Modulo),
                "&=" => Some(Operator::BitAnd),
                "|=" => Some(Operator::BitOr),
                "^=" => Some(Operator::BitXor),
                _ => return Ok(left),
            },
            _ => return Ok(left),
        };
        if !matches!(left, Node::Variable(_) | Node::Property(..) | Node::Index(_)) {
            return Err(());
        }
        self.next();
        let value = self.expression()?;
        Ok(Node::Assign(Box::new(left), operator, Box::new(value)))
    }

    /// `function(a, b) { }`, `(a, b) -> c`, `a -> b`.
    fn lambda(&mut self) -> Parsed<Option<Node>> {
        if !self.version.is_three() {
            return Ok(None);
        }
        let is_arrow = |token: &Token| matches!(token, Token::Symbol("->" | "=>"));
        if self.is_word("function") && matches!(self.peek_after(1), Token::Symbol("(")) {
            self.next();
            let parameters = self.parameters()?;
            let body = self.block()?;
            return Ok(Some(self.function(parameters, body)));
        }
        let parameters = match self.peek() {
            Token::Name(name) if is_arrow(self.peek_after(1)) => {
                let name = name.clone();
                self.next();
                vec![name]
            }
            Token::Symbol("(") => {
                let mut close = 1;
                while matches!(self.peek_after(close), Token::Name(_) | Token::Symbol(",")) {
                    close += 1;
                }
                if !matches!(self.peek_after(close), Token::Symbol(")")) || !is_arrow(self.peek_after(close + 1)) {
                    return Ok(None);
                }
                self.parameters()?
            }
            _ => return Ok(None),
        };
        self.next();
        let body = self.block()?;
        Ok(Some(self.function(parameters, body)))
    }

    fn function(&self, parameters: Vec<Arc<str>>, body: Node) -> Node {
        Node::Lambda(Arc::new(Function { parameters, body, version: self.version }))
    }

    fn parameters(&mut self) -> Parsed<Vec<Arc<str>>> {
        self.expect("(")?;
        let mut names = Vec::new();
        while !self.eat(")") {
            self.eat_word("var");
            names.push(self.name()?);
            if !self.eat(",") && !self.is(")") {
                return Err(());
            }
        }
        Ok(names)
    }

    fn conditional(&mut self) -> Parsed {
        let condition = self.or()?;
        if self.eat("?:") {
            return Ok(Node::Elvis(Box::new((condition, self.expression()?))));
        }
        if self.version.is_three() && self.eat("??") {
            return Ok(Node::Coalesce(Box::new((condition, self.expression()?))));
        }
        if self.eat("?") {
            let then = self.expression()?;
            self.expect(":")?;
            return Ok(Node::Ternary(Box::new((condition, then, self.expression()?))));
        }
        Ok(condition)
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        while self.eat("||") || self.eat_word("or") {
            left = Node::Or(Box::new((left, self.and()?)));
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.binary(0)?;
        while self.eat("&&") || self.eat_word("and") {
            left = Node::And(Box::new((left, self.binary(0)?)));
        }
        Ok(left)
    }

    /// The operator that comes next, and how tightly it binds.
    fn operator(&self) -> Option<(Operator, u8)> {
        use Operator as Op;
        let three = self.version.is_three();
        Some(match self.peek() {
            Token::Symbol(symbol) => match *symbol {
                "|" => (Op::BitOr, 1),
                "^" => (Op::BitXor, 2),
                "&" => (Op::BitAnd, 3),
                "==" => (Op::Equal, 4),
                "!=" => (Op::NotEqual, 4),
                ".." if three => (Op::Range, 4),
                "<" => (Op::Less, 5),
                "<=" => (Op::LessOrEqual, 5),
                ">" => (Op::Greater, 5),
                ">=" => (Op::GreaterOrEqual, 5),
                "=~" => (Op::Matches, 5),
                "!~" => (Op::MatchesNot, 5),
                "=^" if three => (Op::StartsWith, 5),
                "!^" if three => (Op::StartsNotWith, 5),
                "=$" if three => (Op::EndsWith, 5),
                "!$" if three => (Op::EndsNotWith, 5),
                "+" => (Op::Add, 6),
                "-" => (Op::Subtract, 6),
                "*" => (Op::Multiply, 7),
                "/" => (Op::Divide, 7),
                "%" => (Op::Modulo, 7),
                _ => return None,
            },
            Token::Name(name) => match &**name {
                "eq" => (Op::Equal, 4),
                "ne" => (Op::NotEqual, 4),
                "lt" => (Op::Less, 5),
                "le" => (Op::LessOrEqual, 5),
                "gt" => (Op::Greater, 5),
                "ge" => (Op::GreaterOrEqual, 5),
                "div" => (Op::Divide, 7),
                "mod" => (Op::Modulo, 7),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn binary(&mut self, least: u8) -> Parsed {
        let mut left = self.unary()?;
        // Comparisons do not chain: `1 < 2 < 3` is an error.
        let mut compared = 0;
        while let Some((operator, strength)) = self.operator() {
            if strength < least || strength == compared {
                break;
            }
            self.next();
            let right = self.nested(|parser| parser.binary(strength + 1))?;
            left = Node::Binary(operator, Box::new((left, right)));
            compared = if matches!(strength, 4 | 5) { strength } else { 0 };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        let prefix = match self.peek() {
            Token::Symbol("-") => Prefix::Minus,
            Token::Symbol("+") if self.version.is_three() => Prefix::Plus,
            Token::Symbol("~") => Prefix::Complement,
            Token::Symbol("!") => Prefix::Not,
            Token::Name(name) if **name == *"not" => Prefix::Not,
            Token::Name(name) if **name == *"empty" => Prefix::Empty,
            Token::Name(name) if **name == *"size" => Prefix::Size,
            _ => return self.reference(),
        };
        self.next();
        let operand = self.nested(Self::unary)?;
        if let (Prefix::Minus, Node::Literal(number)) = (prefix, &operand)
            && let Some(negated) = conversion::negated(number)
        {
            return Ok(Node::Literal(negated));
        }
        Ok(Node::Prefix(prefix, Box::new(operand)))
    }
}
