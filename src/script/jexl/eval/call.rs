//! Calls of methods and functions, `new`, and the functions that a script makes.

use std::sync::Arc;

use super::{Exit, Frame, Step};
use crate::script::class::ClassRef;
use crate::script::dispatch::Found;
use crate::script::java;
use crate::script::jexl::ast::{Function, Node, Version};
use crate::script::jexl::matching::size;
use crate::script::machine::{Bindings, Machine, Outcome};
use crate::script::value::{Callable, Value};

impl Frame<'_, '_> {
    pub(super) fn call(&mut self, object: &Value, name: &Arc<str>, args: Vec<Value>) -> Step {
        if object.is_null() {
            return if self.version == Version::Two {
                self.fail("Method", "attempting to call method on null".into())
            } else {
                Ok(Value::Null)
            };
        }
        if args.is_empty() && **name == *"size" && !matches!(object, Value::Object(_)) {
            return Ok(size(self.machine, object, self.version)?);
        }
        if let Value::Map(map) = object
            && let Some(function @ Value::Closure(_)) = map.get_text(name)
        {
            return Ok(self.machine.call(&function, &args)?);
        }
        // Arrays can do what lists can.
        let list;
        let object = match object {
            Value::Array(array) => {
                list = Value::list(array.items());
                &list
            }
            Value::Range(range) if self.version.is_three() => {
                list = Value::list(range.items());
                &list
            }
            other => other,
        };
        match self.machine.try_invoke(object, name, args.into())? {
            Found::Value(value) => Ok(value),
            _ if self.version.is_three() => Ok(Value::Null),
            _ => self.fail("Method", format!("unknown, ambiguous or inaccessible method {name}")),
        }
    }

    pub(super) fn lambda(&self, function: &Arc<Function>, name: Option<&Arc<str>>) -> Value {
        Value::Closure(Arc::new(Lambda {
            function: function.clone(),
            name: name.cloned(),
            bindings: self.bindings.clone(),
            locals: self.locals.clone(),
        }))
    }

    pub(super) fn invoke(&mut self, callee: &Node, args: &[Node]) -> Step {
        let args = self.all(args)?;
        let function = match callee {
            Node::Variable(name) => self.find(name).filter(|value| matches!(value, Value::Closure(_))),
            other => Some(self.run(other)?),
        };
        match function {
            Some(function @ Value::Closure(_)) => Ok(self.machine.call(&function, &args)?),
            _ => self.fail("Method", "unsolvable function/method".into()),
        }
    }

    pub(super) fn construct(&mut self, args: &[Node]) -> Step {
        let mut args = self.all(args)?;
        if args.is_empty() {
            return self.fail("Method", "unsolvable constructor".into());
        }
        let class = match args.remove(0) {
            Value::Class(class) => class,
            other => {
                let name = self.machine.text(&other)?;
                match self.machine.library.named(&name) {
                    Some(class) => ClassRef::Java(class),
                    None => return self.fail("Method", format!("unsolvable class '{name}'")),
                }
            }
        };
        match self.machine.try_construct(&class, args.into())? {
            Some(object) => Ok(object),
            None => self.fail("Method", format!("unsolvable constructor '{}'", class.name())),
        }
    }
}

/// A function of a script as a value.
#[derive(Clone)]
struct Lambda {
    function: Arc<Function>,
    /// The variable that it was made for, so that it can call itself.
    name: Option<Arc<str>>,
    bindings: Bindings,
    locals: Vec<(Arc<str>, Value)>,
}

impl Callable for Lambda {
    fn call(&self, machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        machine.enter()?;
        let mut locals = self.locals.clone();
        if let Some(name) = &self.name {
            locals.push((name.clone(), Value::Closure(Arc::new(self.clone()))));
        }
        for (at, parameter) in self.function.parameters.iter().enumerate() {
            locals.push((parameter.clone(), args.get(at).cloned().unwrap_or_default()));
        }
        let mut frame = Frame { machine, bindings: &self.bindings, locals, version: self.function.version };
        match frame.run(&self.function.body) {
            Ok(value) | Err(Exit::Return(value)) => Ok(value),
            Err(Exit::Break | Exit::Continue) => Ok(Value::Null),
            Err(Exit::Thrown(thrown)) => Err(thrown),
        }
    }

    fn arity(&self) -> usize {
        self.function.parameters.len()
    }

    fn class(&self) -> ClassRef {
        ClassRef::Java(&java::function::FUNCTION)
    }
}
