//! Properties and items of objects, and what is assigned to them.
//!
//! `a.b` is also the name of a variable where there is no variable `a`.

use std::sync::Arc;

use super::{Exit, Frame, Step};
use crate::script::dispatch::Found;
use crate::script::jexl::ast::{Node, Operator, Version};
use crate::script::jexl::conversion;
use crate::script::machine::Args;
use crate::script::value::Value;

impl Frame<'_, '_> {
    pub(super) fn assign(&mut self, target: &Node, operator: Option<Operator>, value: &Node) -> Step {
        let mut value = self.run(value)?;
        if let Some(operator) = operator {
            let old = self.run(target)?;
            value = self.binary(operator, &old, &value)?;
        }
        match target {
            Node::Variable(name) => self.set(name, value.clone()),
            Node::Property(object, name) => {
                if let Some(dotted) = self.dotted(object, name) {
                    self.bindings.set(&dotted, value.clone());
                    return Ok(value);
                }
                let object = self.run(object)?;
                self.put(&object, &Value::Str(name.clone()), value.clone())?;
            }
            Node::Index(sides) => {
                let (object, index) = (self.run(&sides.0)?, self.run(&sides.1)?);
                self.put(&object, &index, value.clone())?;
            }
            _ => return self.fail("", "not proper assignment syntax".into()),
        }
        Ok(value)
    }

    fn put(&mut self, object: &Value, key: &Value, value: Value) -> Result<(), Exit> {
        match object {
            Value::Map(map) => {
                map.put(self.machine, key.clone(), value)?;
                return Ok(());
            }
            Value::List(list) => {
                let mut items = list.change()?;
                let at = usize::try_from(conversion::long(key, self.version)?).unwrap_or(usize::MAX);
                if let Some(slot) = items.get_mut(at) {
                    *slot = value;
                    return Ok(());
                }
            }
            Value::Array(array) => {
                let at = usize::try_from(conversion::long(key, self.version)?).unwrap_or(usize::MAX);
                if array.set(at, value) {
                    return Ok(());
                }
            }
            other => {
                let name = self.machine.text(key)?;
                if self.machine.set_property(other, &name, &value)? {
                    return Ok(());
                }
                if let Found::Value(_) =
                    self.machine.try_invoke(other, "put", Args::from_iter([key.clone(), value.clone()]))?
                {
                    return Ok(());
                }
                if let Found::Value(_) = self.machine.try_invoke(other, "set", Args::from_iter([key.clone(), value]))? {
                    return Ok(());
                }
            }
        }
        self.fail("Property", "unsolvable property".into())
    }

    /// The name of the variable `a.b` when there is no variable `a`.
    fn dotted(&self, object: &Node, name: &str) -> Option<String> {
        match object {
            Node::Variable(first) => self.find(first).is_none().then(|| format!("{first}.{name}")),
            Node::Property(inner, middle) => self.dotted(inner, middle).map(|dotted| format!("{dotted}.{name}")),
            _ => None,
        }
    }

    /// `object.name`, which may be the variable `object.name` as well.
    pub(super) fn member(&mut self, object: &Node, name: &Arc<str>) -> Step {
        if let Some(dotted) = self.dotted(object, name) {
            return match self.find(&dotted) {
                Some(value) => Ok(value),
                None if self.version == Version::Two => self.fail("Variable", format!("undefined variable {dotted}")),
                None => Ok(Value::Null),
            };
        }
        let value = self.run(object)?;
        match self.property(&value, name) {
            // Version 2 forgives everything but a variable.
            Err(Exit::Thrown(thrown))
                if self.version == Version::Two && !matches!(object, Node::Variable(_)) && !thrown.is_stop() =>
            {
                Ok(Value::Null)
            }
            outcome => outcome,
        }
    }

    fn property(&mut self, object: &Value, name: &Arc<str>) -> Step {
        if object.is_null() {
            return if self.version == Version::Two {
                self.fail("Property", format!("unsolvable property '{name}'"))
            } else {
                Ok(Value::Null)
            };
        }
        match object {
            Value::Map(map) => match map.get_text(name) {
                Some(value) => return Ok(value),
                // A map has every key, but `size` and the like are also asked for.
                None => return Ok(Value::Null),
            },
            Value::List(_) | Value::Array(_) | Value::Range(_) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
                return self.index(object, &Value::Str(name.clone()));
            }
            _ => {}
        }
        if !matches!(object, Value::Array(_))
            && let Some(value) = self.machine.property(object, name)?
        {
            return Ok(value);
        }
        self.by_getter(object, &Value::Str(name.clone()))
    }

    /// `get(key)`, which any object may have.
    fn by_getter(&mut self, object: &Value, key: &Value) -> Step {
        match self.machine.try_invoke(object, "get", Args::from_iter([key.clone()]))? {
            Found::Value(value) => Ok(value),
            _ if !self.version.is_strict() => Ok(Value::Null),
            _ => {
                let key = self.machine.text(key)?;
                self.fail("Property", format!("unsolvable property '{key}'"))
            }
        }
    }

    pub(super) fn index(&mut self, object: &Value, index: &Value) -> Step {
        let item = match object {
            Value::Null | Value::Void => return self.fail("Property", "unsolvable property".into()),
            Value::Map(map) => return Ok(map.get(index).unwrap_or_default()),
            Value::List(_) | Value::Array(_) | Value::Range(_) => {
                let at = usize::try_from(conversion::long(index, self.version)?).unwrap_or(usize::MAX);
                match object {
                    Value::List(list) => list.get(at),
                    Value::Array(array) => array.get(at),
                    Value::Range(range) => range.get(at),
                    _ => None,
                }
            }
            other => {
                if let Value::Str(name) = index
                    && let Some(value) = self.machine.property(other, name)?
                {
                    return Ok(value);
                }
                return self.by_getter(other, index);
            }
        };
        match item {
            Some(value) => Ok(value),
            None => self.fail("Property", "unsolvable property".into()),
        }
    }
}
