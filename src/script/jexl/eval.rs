//! Runs a JEXL script.

use std::sync::Arc;

use super::arithmetic::{apply, equal, order};
use super::ast::{Function, Node, Operator, Prefix, Program, Version};
use super::conversion::{self, truth};
use super::matching::{has_affix, is_empty, matches, size};
use crate::script::class::{ClassRef, Static};
use crate::script::collection::{Array, Map, Order, Range};
use crate::script::dispatch::Found;
use crate::script::java::{self, object::OBJECT, primitive, string::STRING};
use crate::script::machine::{Args, Bindings, Machine, Outcome, Thrown};
use crate::script::value::{Callable, Value};

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

    fn statement(&mut self, node: &Node) -> Step {
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

    fn prefix(&mut self, prefix: Prefix, operand: &Node) -> Step {
        if prefix == Prefix::Empty {
            let value = if self.version == Version::Two { self.run(operand)? } else { self.tolerant(operand)? };
            return Ok(Value::Bool(is_empty(self.machine, &value)?));
        }
        let value = self.run(operand)?;
        Ok(match prefix {
            Prefix::Not => Value::Bool(!truth(&value, self.version)?),
            Prefix::Complement => Value::Long(!conversion::long(&value, self.version)?),
            Prefix::Size => size(self.machine, &value, self.version)?,
            Prefix::Plus | Prefix::Minus | Prefix::Empty if value.is_null() => {
                conversion::null_operand(self.version)?;
                Value::Null
            }
            Prefix::Plus | Prefix::Empty => value,
            Prefix::Minus => match (conversion::negated(&value), &value) {
                (Some(negated), _) => negated,
                (None, Value::Bool(truth)) => Value::Bool(!truth),
                (None, other) => return self.fail("", format!("Object negate:({})", other.class().name())),
            },
        })
    }

    fn binary(&mut self, operator: Operator, left: &Value, right: &Value) -> Step {
        let version = self.version;
        let machine = &mut *self.machine;
        let truth = match operator {
            Operator::Equal => equal(machine, left, right, version)?,
            Operator::NotEqual => !equal(machine, left, right, version)?,
            Operator::Less => order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_lt),
            Operator::LessOrEqual => {
                left.is_null() && right.is_null()
                    || order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_le)
            }
            Operator::Greater => order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_gt),
            Operator::GreaterOrEqual => {
                left.is_null() && right.is_null()
                    || order(machine, left, right, version)?.is_some_and(std::cmp::Ordering::is_ge)
            }
            Operator::Matches => matches(machine, left, right, version)?,
            Operator::MatchesNot => !matches(machine, left, right, version)?,
            Operator::StartsWith => has_affix(machine, left, right, |text, affix| text.starts_with(affix))?,
            Operator::StartsNotWith => !has_affix(machine, left, right, |text, affix| text.starts_with(affix))?,
            Operator::EndsWith => has_affix(machine, left, right, |text, affix| text.ends_with(affix))?,
            Operator::EndsNotWith => !has_affix(machine, left, right, |text, affix| text.ends_with(affix))?,
            Operator::Range => {
                let ends = (conversion::long(left, version)?, conversion::long(right, version)?);
                let range = Range::of_ints(ends.0 as i32, ends.1 as i32, false);
                return Ok(Value::Range(Arc::new(range)));
            }
            _ => return Ok(apply(machine, operator, left, right, version)?),
        };
        Ok(Value::Bool(truth))
    }

    fn assign(&mut self, target: &Node, operator: Option<Operator>, value: &Node) -> Step {
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
    fn member(&mut self, object: &Node, name: &Arc<str>) -> Step {
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

    fn index(&mut self, object: &Value, index: &Value) -> Step {
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

    fn call(&mut self, object: &Value, name: &Arc<str>, args: Vec<Value>) -> Step {
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

    fn lambda(&self, function: &Arc<Function>, name: Option<&Arc<str>>) -> Value {
        Value::Closure(Arc::new(Lambda {
            function: function.clone(),
            name: name.cloned(),
            bindings: self.bindings.clone(),
            locals: self.locals.clone(),
        }))
    }

    fn invoke(&mut self, callee: &Node, args: &[Node]) -> Step {
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

    fn construct(&mut self, args: &[Node]) -> Step {
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
