//! Values: names, literals, calls and members.

use super::{Parsed, Parser};
use crate::script::jexl::ast::Node;
use crate::script::jexl::lexer::{Token, tokens};
use crate::script::value::Value;

impl Parser {
    /// A value with all that follows it: `.name`, `[index]`, `(arguments)`.
    pub(super) fn reference(&mut self) -> Parsed {
        let is_text = matches!(self.peek(), Token::Literal(Value::Str(_)) | Token::Symbol("("));
        let mut node = self.primary()?;
        // Version 2 has an index only after a name, and nothing at all after a number or a word like `null`.
        let mut may_index = self.version.is_three() || matches!(node, Node::Variable(_));
        let may_go_on = self.version.is_three() || !matches!(&node, Node::Literal(_)) || is_text;
        loop {
            if may_go_on && (self.is(".") || (self.version.is_three() && self.is("?."))) {
                self.next();
                node = self.member(node)?;
                may_index = self.version.is_three() || matches!(node, Node::Property(..));
            } else if may_index && self.eat("[") {
                let index = self.expression()?;
                self.expect("]")?;
                node = Node::Index(Box::new((node, index)));
            } else if self.version.is_three() && self.is("(") && !matches!(node, Node::Literal(_)) {
                let args = self.arguments()?;
                node = Node::Invoke(Box::new(node), args);
            } else {
                return Ok(node);
            }
        }
    }

    fn member(&mut self, object: Node) -> Parsed {
        let name = match self.next() {
            Token::Name(name) | Token::Literal(Value::Str(name)) => name,
            Token::Literal(Value::Int(number)) => number.to_string().into(),
            _ => return Err(()),
        };
        if self.is("(") {
            let args = self.arguments()?;
            return Ok(Node::Call(Box::new(object), name, args));
        }
        Ok(Node::Property(Box::new(object), name))
    }

    fn arguments(&mut self) -> Parsed<Vec<Node>> {
        self.expect("(")?;
        self.list(")")
    }

    fn list(&mut self, end: &str) -> Parsed<Vec<Node>> {
        let mut items = Vec::new();
        while !self.eat(end) {
            items.push(self.expression()?);
            if !self.eat(",") && !self.is(end) {
                return Err(());
            }
        }
        Ok(items)
    }

    fn primary(&mut self) -> Parsed {
        match self.next() {
            Token::Literal(value) => Ok(Node::Literal(value)),
            Token::Template(text) => self.template(&text),
            Token::Name(name) => match &*name {
                "null" => Ok(Node::Literal(Value::Null)),
                "true" => Ok(Node::Literal(Value::Bool(true))),
                "false" => Ok(Node::Literal(Value::Bool(false))),
                "NaN" if self.version.is_three() => Ok(Node::Literal(Value::Double(f64::NAN))),
                "new" if self.is("(") => Ok(Node::New(self.arguments()?)),
                "if" | "else" | "for" | "while" | "return" | "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "div"
                | "mod" | "and" | "or" => Err(()),
                _ if self.is("(") => {
                    let args = self.arguments()?;
                    Ok(Node::Invoke(Box::new(Node::Variable(name)), args))
                }
                _ => Ok(Node::Variable(name)),
            },
            Token::Symbol("(") => {
                let inner = self.expression()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Symbol("[") => Ok(Node::Array(self.list("]")?)),
            Token::Symbol("{") => self.map(),
            _ => {
                self.at = self.at.saturating_sub(1);
                Err(())
            }
        }
    }

    /// A map or a set whose `{` was read.
    fn map(&mut self) -> Parsed {
        if self.eat(":") {
            self.expect("}")?;
            return Ok(Node::Map(Vec::new()));
        }
        if self.eat("}") {
            return if self.version.is_three() { Ok(Node::Set(Vec::new())) } else { Err(()) };
        }
        let first = self.expression()?;
        if !self.eat(":") {
            if !self.version.is_three() {
                return Err(());
            }
            let mut items = vec![first];
            while self.eat(",") {
                items.push(self.expression()?);
            }
            self.expect("}")?;
            return Ok(Node::Set(items));
        }
        let mut entries = vec![(first, self.expression()?)];
        while self.eat(",") {
            let key = self.expression()?;
            self.expect(":")?;
            entries.push((key, self.expression()?));
        }
        self.expect("}")?;
        Ok(Node::Map(entries))
    }

    fn template(&self, text: &str) -> Parsed {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            parts.push(Node::Literal(rest[..start].into()));
            let end = start + rest[start..].find('}').ok_or(())?;
            let tokens = tokens(&rest[start + 2..end], self.version).map_err(|_| ())?;
            let mut inner = Self { tokens, at: 0, version: self.version, depth: self.depth + 1 };
            parts.push(inner.expression()?);
            rest = &rest[end + 1..];
        }
        parts.push(Node::Literal(rest.into()));
        Ok(Node::Template(parts))
    }
}
