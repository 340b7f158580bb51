//! Statements: blocks, branches, loops and declarations. The value of one is that of its last expression.

use std::sync::Arc;

use super::{Exit, Frame, Step};
use crate::script::jexl::ast::Node;
use crate::script::value::Value;

impl Frame<'_, '_> {
    pub(super) fn statement(&mut self, node: &Node) -> Step {
        match node {
            Node::Block(statements) => {
                let outside = self.locals.len();
                let mut last = Value::Null;
                for statement in statements {
                    match self.run(statement) {
                        Ok(value) => last = value,
                        Err(exit) => {
                            self.locals.truncate(outside);
                            return Err(exit);
                        }
                    }
                }
                self.locals.truncate(outside);
                Ok(last)
            }
            Node::If(parts) => {
                if self.truth(&parts.0)? {
                    return self.run(&parts.1);
                }
                parts.2.as_ref().map_or(Ok(Value::Null), |otherwise| self.run(otherwise))
            }
            Node::While(parts) => {
                let mut last = Value::Null;
                while self.truth(&parts.0)? {
                    match self.turn(&parts.1)? {
                        Some(value) => last = value,
                        None => break,
                    }
                }
                Ok(last)
            }
            Node::DoWhile(parts) => {
                let mut last = Value::Null;
                loop {
                    match self.turn(&parts.0)? {
                        Some(value) => last = value,
                        None => break,
                    }
                    if !self.truth(&parts.1)? {
                        break;
                    }
                }
                Ok(last)
            }
            Node::For(name, parts) => self.for_each(name, &parts.0, &parts.1),
            Node::Declare(name, value) => {
                let value = match value.as_deref() {
                    Some(Node::Lambda(function)) => self.lambda(function, Some(name)),
                    Some(value) => self.run(value)?,
                    None => Value::Null,
                };
                self.locals.push((name.clone(), value.clone()));
                Ok(value)
            }
            Node::Return(value) => Err(Exit::Return(self.run(value)?)),
            Node::Break => Err(Exit::Break),
            _ => Err(Exit::Continue),
        }
    }

    /// One turn of a loop; `None` after a `break`.
    fn turn(&mut self, body: &Node) -> Result<Option<Value>, Exit> {
        self.machine.step()?;
        match self.run(body) {
            Ok(value) => Ok(Some(value)),
            Err(Exit::Continue) => Ok(Some(Value::Null)),
            Err(Exit::Break) => Ok(None),
            Err(exit) => Err(exit),
        }
    }

    fn for_each(&mut self, name: &Arc<str>, items: &Node, body: &Node) -> Step {
        let items = match self.run(items)? {
            Value::Null => Vec::new(),
            Value::Map(map) => map.values(),
            Value::Str(text) => vec![text.into()],
            other => self.machine.items(&other)?,
        };
        let mut last = Value::Null;
        for item in items {
            self.set(name, item);
            match self.turn(body)? {
                Some(value) => last = value,
                None => break,
            }
        }
        Ok(last)
    }
}
