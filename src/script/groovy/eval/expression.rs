//! Expressions.

use std::sync::Arc;

use parking_lot::Mutex;

use super::super::ast::{Access, Code, Entry, Expr, Item, Name, New, Prefix, Slot};
use super::super::cast::Target;
use super::super::closure::{Closure, method_pointer};
use super::super::definition::GroovyClass;
use super::super::{arithmetic, truth};
use super::{Run, binary};
use crate::script::beanshell::{self, NameSpace};
use crate::script::class::{ClassRef, Dialect};
use crate::script::collection::{Array, Map, Range};
use crate::script::java::regex::{Pattern, pattern};
use crate::script::machine::{Args, Outcome, Thrown, check_size};
use crate::script::value::{GString, Value};

impl Run<'_, '_> {
    /// The value of an expression.
    ///
    /// # Errors
    /// What it throws.
    pub fn eval(&mut self, expression: &Expr) -> Outcome {
        match expression {
            Expr::Local(slot) => Ok(self.local(*slot)),
            Expr::Literal(value) => Ok(value.clone()),
            Expr::Name(name) => self.name(name),
            Expr::Call(call) => self.call(call),
            Expr::Binary(operator, sides) => {
                let left = self.eval(&sides.0)?;
                let right = self.eval(&sides.1)?;
                if self.machine.dialect == Dialect::BeanShell {
                    return beanshell::binary(self.machine, *operator, &left, &right);
                }
                binary(self.machine, *operator, &left, &right)
            }
            Expr::Both(sides) => Ok(Value::Bool(self.truth(&sides.0)? && self.truth(&sides.1)?)),
            Expr::Either(sides) => Ok(Value::Bool(self.truth(&sides.0)? || self.truth(&sides.1)?)),
            Expr::Property(parts, access) => self.property(&parts.0, &parts.1, *access),
            Expr::GString(texts, values) => self.gstring(texts, values),
            Expr::Closure(code) => Ok(Value::Closure(self.closure(code))),
            Expr::Assign(parts) => self.assign(&parts.0, &parts.1),
            Expr::Update(parts, operator) => self.update(&parts.0, *operator, &parts.1),
            Expr::Step(place, by, gives_old) => self.step(place, *by, *gives_old),
            Expr::Declare(slot, target, value) if self.names().is_some() => {
                self.declare_by_name(*slot, target, value.as_deref())
            }
            Expr::Declare(slot, target, value) => {
                let value = match value {
                    Some(value) => {
                        let value = self.eval(value)?;
                        if target.is_anything() { value } else { target.cast(self.machine, value)? }
                    }
                    None => target.default(),
                };
                self.declare(*slot, value.clone());
                Ok(value)
            }
            Expr::Ternary(parts) => {
                let branch = if self.truth(&parts.0)? { &parts.1 } else { &parts.2 };
                self.eval(branch)
            }
            Expr::Elvis(sides) => {
                let value = self.eval(&sides.0)?;
                if truth::of(self.machine, &value)? { Ok(value) } else { self.eval(&sides.1) }
            }
            Expr::Index(object, items, is_safe) => {
                let object = self.eval(object)?;
                if object.is_null() && *is_safe {
                    return Ok(Value::Null);
                }
                let index = self.index(items)?;
                super::get_at(self.machine, &object, &index)
            }
            Expr::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                self.items(items, &mut list)?;
                Ok(Value::list(list))
            }
            Expr::Map(entries) => self.map(entries),
            _ => self.eval_rare(expression),
        }
    }

    fn eval_rare(&mut self, expression: &Expr) -> Outcome {
        match expression {
            Expr::This => Ok(self.names().map_or_else(|| self.this.clone(), |_| NameSpace::of_function(self.this))),
            Expr::Super => Ok(self.names().and_then(NameSpace::outer).unwrap_or_else(|| self.this.clone())),
            Expr::Class(class) => Ok(Value::Class(class.clone())),
            Expr::UnknownClass(name) if self.machine.dialect == Dialect::BeanShell => {
                Err(beanshell::mistake(format!("Class or variable not found: {name}")))
            }
            Expr::UnknownClass(name) => Err(super::missing_property(name, "Script1")),
            Expr::Range(ends, is_exclusive) => {
                let (from, to) = (self.eval(&ends.0)?, self.eval(&ends.1)?);
                Ok(Value::Range(Arc::new(Range::new(self.machine, &from, &to, *is_exclusive)?)))
            }
            Expr::Invoke(callee, args) => {
                let callee = self.eval(callee)?;
                let args = self.args(args)?;
                self.invoke_value(&callee, &args)
            }
            Expr::Constructor(is_super, args) => {
                let args = self.args(args)?;
                GroovyClass::call_constructor(self.machine, self.owner, self.this, *is_super, args)
            }
            Expr::New(new) => self.new_object(new),
            Expr::NewArray(class, sizes) => {
                let sizes = sizes.iter().map(|size| self.eval(size)).collect::<Outcome<Vec<_>>>()?;
                new_array(class, &sizes)
            }
            Expr::Array(class, items) => {
                let mut list = Vec::with_capacity(items.len());
                self.items(items, &mut list)?;
                super::super::cast::to(self.machine, &list.into(), class)
            }
            Expr::Prefix(prefix, operand) => self.prefix(*prefix, operand),
            Expr::AssignIfFalse(parts) => self.assign_if_false(&parts.0, &parts.1),
            Expr::Cast(target, value) => {
                let value = self.eval(value)?;
                if self.machine.dialect == Dialect::BeanShell {
                    return beanshell::cast(self.machine, target, value);
                }
                target.cast(self.machine, value)
            }
            Expr::Coerce(target, value) => {
                let value = self.eval(value)?;
                target.coerce(self.machine, value)
            }
            Expr::InstanceOf(value, class, negated) => {
                let value = self.eval(value)?;
                let is_instance = !value.is_null()
                    && class.is_above(&value.class())
                    && !(self.machine.dialect == Dialect::BeanShell && beanshell::is_primitive(&value));
                Ok(Value::Bool(is_instance != *negated))
            }
            Expr::Method(parts) => {
                let object = self.eval(&parts.0)?;
                let name = self.member_name(&parts.1)?;
                Ok(method_pointer(object, &name))
            }
            Expr::DeclareMany(slots, value) => self.declare_many(slots, value),
            Expr::Recorded(column, inner) => {
                let value = self.eval(inner)?;
                self.machine.extras.recorded.push((*column, value.clone()));
                Ok(value)
            }
            _ => Ok(Value::Null),
        }
    }

    fn gstring(&mut self, texts: &Arc<[Arc<str>]>, values: &[Expr]) -> Outcome {
        let values = values.iter().map(|value| self.eval(value)).collect::<Outcome<Vec<_>>>()?;
        Ok(Value::GString(Arc::new(GString { texts: texts.clone(), values })))
    }

    /// A closure with the variables around it.
    pub(super) fn closure(&mut self, code: &Arc<Code>) -> Arc<Closure> {
        let captured: Box<[Arc<Mutex<Value>>]> = code.captures.iter().map(|(outer, _)| self.cell(*outer)).collect();
        Arc::new(Closure {
            code: code.clone(),
            captured,
            this: self.this.clone(),
            owner: Arc::new(self.owner.clone()),
            delegation: Mutex::default(),
        })
    }

    /// Evaluates items into a list; `*list` spreads.
    pub(super) fn items(&mut self, items: &[Item], list: &mut Vec<Value>) -> Outcome<()> {
        for item in items {
            match item {
                Item::One(value) => list.push(self.eval(value)?),
                Item::Spread(value) => {
                    let value = self.eval(value)?;
                    if !value.is_null() {
                        list.extend(super::super::iterate::items(self.machine, &value)?);
                    }
                }
            }
        }
        Ok(())
    }

    /// Evaluates arguments.
    pub(super) fn args(&mut self, items: &[Item]) -> Outcome<Args> {
        let mut args = Args::new();
        for item in items {
            match item {
                Item::One(value) => args.push(self.eval(value)?),
                Item::Spread(_) => {
                    let mut list = Vec::new();
                    self.items(std::slice::from_ref(item), &mut list)?;
                    args.extend(list);
                }
            }
        }
        Ok(args)
    }

    /// What stands in the brackets of an index: one value, or a list of several.
    pub(super) fn index(&mut self, items: &[Item]) -> Outcome {
        if let [Item::One(value)] = items {
            return self.eval(value);
        }
        let mut list = Vec::new();
        self.items(items, &mut list)?;
        Ok(list.into())
    }

    fn map(&mut self, entries: &[Entry]) -> Outcome {
        let map = Map::new();
        for entry in entries {
            match entry {
                Entry::Pair(key, value) => {
                    let key = self.eval(key)?;
                    let value = self.eval(value)?;
                    map.put(self.machine, key, value)?;
                }
                Entry::Spread(value) => {
                    if let Value::Map(other) = self.eval(value)? {
                        crate::script::java::map::put_all(self.machine, &map, other.pairs())?;
                    }
                }
            }
        }
        Ok(Value::Map(Arc::new(map)))
    }

    fn prefix(&mut self, prefix: Prefix, operand: &Expr) -> Outcome {
        if prefix == Prefix::Not {
            return Ok(Value::Bool(!self.truth(operand)?));
        }
        let value = self.eval(operand)?;
        match prefix {
            Prefix::Minus => match (arithmetic::negated(&value), &value) {
                (Some(negated), _) => Ok(negated),
                (None, Value::List(list)) => {
                    let items = list.items();
                    Ok(items
                        .iter()
                        .map(|item| arithmetic::negated(item).unwrap_or_default())
                        .collect::<Vec<_>>()
                        .into())
                }
                (None, other) => super::invoke(self.machine, other, "negative", &[]),
            },
            Prefix::Plus if value.is_number() => Ok(value),
            Prefix::Plus => super::invoke(self.machine, &value, "positive", &[]),
            _ => match &value {
                Value::Int(number) => Ok(Value::Int(!number)),
                Value::Long(number) => Ok(Value::Long(!number)),
                Value::Short(number) => Ok(Value::Int(!i32::from(*number))),
                Value::Byte(number) => Ok(Value::Int(!i32::from(*number))),
                Value::BigInteger(number) => Ok((!num_bigint::BigInt::clone(number)).into()),
                Value::Str(_) | Value::GString(_) => {
                    let regex = self.machine.text(&value)?;
                    Ok(Value::object(Pattern(pattern(&regex)?)))
                }
                other => super::invoke(self.machine, other, "bitwiseNegate", &[]),
            },
        }
    }

    fn new_object(&mut self, new: &New) -> Outcome {
        let args = self.args(&new.args)?;
        if new.captures.is_empty() {
            return super::super::construct::construct(self.machine, &new.class, args);
        }
        let captured = new.captures.iter().map(|(name, slot)| (name.clone(), self.cell(*slot))).collect();
        match &new.class {
            ClassRef::Script(class) => GroovyClass::construct_capturing(self.machine, class, args, captured),
            other => super::super::construct::construct(self.machine, other, args),
        }
    }

    /// BeanShell: `int x = 5` makes a variable that keeps its type.
    fn declare_by_name(&mut self, slot: Slot, target: &Target, value: Option<&Expr>) -> Outcome {
        let value = match value {
            Some(value) => {
                let value = self.eval(value)?;
                match beanshell::typed(self.machine, target, value) {
                    Ok(value) => value,
                    Err(mut thrown) => {
                        thrown.note = Some("Typed variable declaration".into());
                        return Err(thrown);
                    }
                }
            }
            None => target.default(),
        };
        let name = self.code.locals[slot as usize].name.clone();
        if let Some(names) = self.names() {
            names.declare(&name, Some(target), value);
        }
        Ok(Value::Void)
    }

    fn property(&mut self, object: &Expr, name: &Name, access: Access) -> Outcome {
        if let Expr::Super = object {
            let name = self.member_name(name)?;
            return super::get_property(self.machine, self.this, &name);
        }
        let object = self.eval(object)?;
        if access == Access::Safe && object.is_null() {
            return Ok(Value::Null);
        }
        let worked_out;
        let name: &str = match name {
            Name::Fixed(name) => name,
            Name::Dynamic(_) => {
                worked_out = self.member_name(name)?;
                &worked_out
            }
        };
        match access {
            Access::Spread => {
                if object.is_null() {
                    return Ok(Value::Null);
                }
                let items = super::super::iterate::items(self.machine, &object)?;
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(if item.is_null() {
                        Value::Null
                    } else {
                        super::get_property(self.machine, &item, name)?
                    });
                }
                Ok(values.into())
            }
            Access::Field => super::super::instance::field(&object, name)
                .map_or_else(|| super::get_property(self.machine, &object, name), Ok),
            Access::Plain | Access::Safe => super::get_property(self.machine, &object, name),
        }
    }

    /// The name of a member.
    pub(super) fn member_name(&mut self, name: &Name) -> Outcome<Arc<str>> {
        match name {
            Name::Fixed(name) => Ok(name.clone()),
            Name::Dynamic(expression) => {
                let value = self.eval(expression)?;
                self.machine.text(&value)
            }
        }
    }
}

fn new_array(class: &ClassRef, sizes: &[Value]) -> Outcome {
    let ClassRef::Array(component) = class else { return Ok(Value::Null) };
    let Some((size, inner)) = sizes.split_first() else { return Ok(Value::Null) };
    let count = size.to_i64().unwrap_or_default();
    let Ok(length) = usize::try_from(count) else {
        return Err(Thrown::new("java.lang.NegativeArraySizeException", count.to_string()));
    };
    check_size(length.saturating_mul(size_of::<Value>()))?;
    if inner.is_empty() {
        return Ok(Value::Array(Arc::new(Array::blank(ClassRef::clone(component), length))));
    }
    let items = (0..length).map(|_| new_array(component, inner)).collect::<Outcome<Vec<_>>>()?;
    Ok(Value::Array(Arc::new(Array::of(ClassRef::clone(component), items))))
}
