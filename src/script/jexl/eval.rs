//! Runs a JEXL script.

mod call;
mod member;
mod operator;
mod statement;

use std::sync::Arc;

use super::ast::{Node, Program, Version};
use super::conversion::truth;
use crate::script::class::{ClassRef, Static};
use crate::script::collection::{Array, Map, Order};
use crate::script::java::{self, object::OBJECT, primitive, string::STRING};
use crate::script::machine::{Bindings, Machine, Outcome, Thrown};
use crate::script::value::Value;

/// Runs a script with the variables of its host.
///
/// # Errors
/// What it throws.
pub fn run(machine: &mut Machine<'_>, program: &Program, bindings: &Bindings) -> Outcome {
    let mut frame = Frame { machine, bindings, locals: Vec::new(), version: program.version };
    let mut last = Value::Null;
    for statement in &program.statements {
        match frame.run(statement) {
            Ok(value) => last = value,
            Err(Exit::Return(value)) => return Ok(value),
            Err(Exit::Break | Exit::Continue) => {}
            Err(Exit::Thrown(thrown)) => return Err(thrown),
        }
    }
    Ok(last)
}

struct Frame<'f, 'h> {
    machine: &'f mut Machine<'h>,
    bindings: &'f Bindings,
    /// Variables declared with `var`, and parameters.
    locals: Vec<(Arc<str>, Value)>,
    version: Version,
}

/// Why a statement ends early.
enum Exit {
    Return(Value),
    Break,
    Continue,
    Thrown(Thrown),
}

impl From<Thrown> for Exit {
    fn from(thrown: Thrown) -> Self {
        Self::Thrown(thrown)
    }
}

type Step = Result<Value, Exit>;

impl Frame<'_, '_> {
    fn fail<T>(&self, kind: &str, message: String) -> Result<T, Exit> {
        let class = match (self.version.is_three(), kind) {
            (true, _) => "org.apache.commons.jexl3.JexlException",
            (false, _) => "org.apache.commons.jexl2.JexlException",
        };
        Err(Thrown::new(class, message).into())
    }

    fn truth(&mut self, node: &Node) -> Result<bool, Exit> {
        let value = self.run(node)?;
        Ok(truth(&value, self.version)?)
    }

    fn run(&mut self, node: &Node) -> Step {
        Ok(match node {
            Node::Literal(value) => value.clone(),
            Node::Template(parts) => {
                let mut out = String::new();
                for part in parts {
                    let value = self.run(part)?;
                    if !value.is_null() {
                        self.machine.write(&value, &mut out)?;
                    }
                }
                out.into()
            }
            Node::Variable(name) => return self.variable(name),
            Node::Array(items) => {
                let items = self.all(items)?;
                Value::Array(Arc::new(array_of(items)))
            }
            Node::Set(items) => {
                let items = self.all(items)?;
                java::set::of(self.machine, &java::set::HASH_SET, Order::Hash, items)?
            }
            Node::Map(entries) => {
                let map = Map::of(&java::map::HASH_MAP, Order::Hash);
                for (key, value) in entries {
                    let (key, value) = (self.run(key)?, self.run(value)?);
                    map.put(self.machine, key, value)?;
                }
                Value::Map(Arc::new(map))
            }
            Node::Prefix(prefix, operand) => return self.prefix(*prefix, operand),
            Node::Binary(operator, operands) => {
                let (left, right) = (self.run(&operands.0)?, self.run(&operands.1)?);
                return self.binary(*operator, &left, &right);
            }
            Node::And(sides) => Value::Bool(self.truth(&sides.0)? && self.truth(&sides.1)?),
            Node::Or(sides) => Value::Bool(self.truth(&sides.0)? || self.truth(&sides.1)?),
            Node::Ternary(parts) => {
                let branch = if self.tolerant_truth(&parts.0)? { &parts.1 } else { &parts.2 };
                return self.run(branch);
            }
            Node::Elvis(sides) => {
                let value = self.tolerant(&sides.0)?;
                if value.is_null() || !truth(&value, self.version)? {
                    return self.run(&sides.1);
                }
                value
            }
            Node::Coalesce(sides) => {
                let value = self.tolerant(&sides.0)?;
                if value.is_null() {
                    return self.run(&sides.1);
                }
                value
            }
            Node::Assign(target, operator, value) => return self.assign(target, *operator, value),
            Node::Property(object, name) => return self.member(object, name),
            Node::Index(sides) => {
                let (object, index) = (self.run(&sides.0)?, self.run(&sides.1)?);
                return self.index(&object, &index);
            }
            Node::Call(object, name, args) => {
                let object = if self.version.is_three() { self.tolerant(object)? } else { self.run(object)? };
                let args = self.all(args)?;
                return self.call(&object, name, args);
            }
            Node::Invoke(callee, args) => return self.invoke(callee, args),
            Node::New(args) => return self.construct(args),
            Node::Lambda(function) => self.lambda(function, None),
            other => return self.statement(other),
        })
    }

    fn all(&mut self, nodes: &[Node]) -> Result<Vec<Value>, Exit> {
        nodes.iter().map(|node| self.run(node)).collect()
    }

    fn find(&self, name: &str) -> Option<Value> {
        let local = self.locals.iter().rev().find(|(other, _)| **other == *name);
        local.map(|(_, value)| value.clone()).or_else(|| self.bindings.get(name))
    }

    fn set(&mut self, name: &Arc<str>, value: Value) {
        match self.locals.iter_mut().rev().find(|(other, _)| other == name) {
            Some((_, slot)) => *slot = value,
            None => self.bindings.set(name, value),
        }
    }

    fn variable(&mut self, name: &Arc<str>) -> Step {
        match self.find(name) {
            Some(value) => Ok(value),
            None if !self.version.is_strict() => Ok(Value::Null),
            None => self.fail("Variable", format!("undefined variable {name}")),
        }
    }

    /// A value that may be undefined.
    fn tolerant(&mut self, node: &Node) -> Step {
        match node {
            Node::Variable(name) => Ok(self.find(name).unwrap_or_default()),
            Node::Property(object, name) => self.member(object, name).or(Ok(Value::Null)),
            other => self.run(other),
        }
    }

    fn tolerant_truth(&mut self, node: &Node) -> Result<bool, Exit> {
        let value = self.tolerant(node)?;
        Ok(!value.is_null() && truth(&value, self.version)?)
    }
}

/// The array that a literal makes: of the type that all items share.
fn array_of(items: Vec<Value>) -> Array {
    let all = |test: fn(&Value) -> bool| !items.is_empty() && items.iter().all(test);
    let component: &'static Static = if all(|item| matches!(item, Value::Int(_))) {
        &primitive::INT
    } else if all(|item| matches!(item, Value::Long(_))) {
        &primitive::LONG
    } else if all(|item| matches!(item, Value::Double(_))) {
        &primitive::DOUBLE
    } else if all(|item| matches!(item, Value::Str(_))) {
        &STRING
    } else {
        &OBJECT
    };
    Array::of(ClassRef::Java(component), items)
}
