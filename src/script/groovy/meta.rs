//! `metaClass`: methods that a script adds to classes and objects, for the rest of the execution.

use std::sync::Arc;

use super::closure::{Closure, DELEGATE_FIRST, distance};
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// `groovy.lang.MetaClass`.
pub static META_CLASS: Static = Static::new(|| Class::new("groovy.lang.ExpandoMetaClass").methods(METHODS));

/// A method that a script added.
pub struct Added {
    /// Whom it was added to.
    pub receiver: Receiver,
    /// Its name.
    pub name: Arc<str>,
    /// What it does.
    pub closure: Value,
}

/// Whom a method was added to.
#[derive(Clone)]
pub enum Receiver {
    /// All objects of a class.
    Class(ClassRef),
    /// The class itself.
    Static(ClassRef),
    /// One object.
    Object(Value),
}

impl Receiver {
    fn has(&self, object: &Value) -> bool {
        match (self, object) {
            (Self::Static(class), Value::Class(other)) => class == other,
            (Self::Class(_), Value::Class(_)) | (Self::Static(_), _) => false,
            (Self::Class(class), object) => class.is_above(&object.class()),
            (Self::Object(own), object) => own.is_same(object),
        }
    }
}

/// The class of a class or object, for adding methods.
pub struct MetaClass(Receiver);

impl HostObject for MetaClass {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&META_CLASS)
    }

    fn get(&self, _machine: &mut Machine<'_>, _this: &Value, name: &str) -> Option<Outcome> {
        match (name, &self.0) {
            ("static", Receiver::Class(class)) => Some(ok(Value::object(Self(Receiver::Static(class.clone()))))),
            ("theClass" | "class" | "methods" | "properties" | "static" | "constructor", _) => None,
            _ => Some(ok(Value::object(Slot { receiver: self.0.clone(), name: name.into() }))),
        }
    }

    fn set(&self, machine: &mut Machine<'_>, _this: &Value, name: &str, value: &Value) -> Option<Outcome> {
        add(machine, self.0.clone(), name, value.clone());
        Some(Ok(Value::Null))
    }
}

/// A place for a method: `String.metaClass.shout << { }`.
struct Slot {
    receiver: Receiver,
    name: Arc<str>,
}

impl HostObject for Slot {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&META_CLASS)
    }

    fn call(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        match (name, args) {
            ("leftShift", [closure]) => {
                add(machine, self.receiver.clone(), &self.name, closure.clone());
                Some(Ok(this.clone()))
            }
            _ => None,
        }
    }
}

fn add(machine: &mut Machine<'_>, receiver: Receiver, name: &str, closure: Value) {
    machine.extras.added_methods.push(Added { receiver, name: name.into(), closure });
}

/// The class of a value, for adding methods.
#[must_use]
pub fn meta_class(value: &Value) -> Value {
    Value::object(MetaClass(match value {
        Value::Class(class) => Receiver::Class(class.clone()),
        object => Receiver::Object(object.clone()),
    }))
}

/// Calls a method that the script added to the object or its class.
///
/// # Errors
/// What the method throws.
pub fn call(machine: &mut Machine<'_>, object: &Value, name: &str, args: &[Value]) -> Outcome<Option<Value>> {
    let Some(closure) = closure(machine, object, name, Some(args)) else { return Ok(None) };
    machine.call(&closure, args).map(Some)
}

/// The closure that the script added to an object under a name, with the object as its delegate.
#[must_use]
pub fn closure(machine: &Machine<'_>, object: &Value, name: &str, args: Option<&[Value]>) -> Option<Value> {
    let fits = |added: &&Added| {
        *added.name == *name
            && added.receiver.has(object)
            && match (args, Closure::of(&added.closure)) {
                (Some(args), Some(closure)) => args.is_empty() || distance(&closure.code, args).is_some(),
                _ => true,
            }
    };
    let added = machine.extras.added_methods.iter().rev().find(fits)?;
    Some(match Closure::of(&added.closure) {
        Some(closure) => Value::Closure(Arc::new(closure.with_delegate(object.clone(), DELEGATE_FIRST))),
        None => added.closure.clone(),
    })
}

/// A property that the script added: a value, or a getter.
///
/// # Errors
/// What the getter throws.
pub fn property(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome<Option<Value>> {
    let getter = crate::script::dispatch::getter_name(name);
    if let Some(value) = call(machine, object, &getter, &[])? {
        return Ok(Some(value));
    }
    let found = machine.extras.added_methods.iter().rev().find(|added| {
        *added.name == *name && added.receiver.has(object) && !matches!(added.closure, Value::Closure(_))
    });
    Ok(found.map(|added| added.closure.clone()))
}

const METHODS: &[Row] = &[
    row("getTheClass", "", |c| ok(receiver_class(&c.this_as::<MetaClass>()?.0))),
    row("respondsTo", "Object, String, Object[]?", |c| {
        let name = c.text(1)?;
        ok(if responds(c.machine, c.arg(0), name) { vec![Value::from(name.clone())] } else { Vec::new() })
    }),
    row("hasProperty", "Object, String", |c| {
        let name = c.text(1)?;
        ok(if has_property(c.machine, c.arg(0), name) { Value::from(name.clone()) } else { Value::Null })
    }),
    row("getProperty", "Object, String", |c| super::eval::get_property(c.machine, c.arg(0), c.text(1)?)),
    row("setProperty", "Object, String, Object", |c| {
        super::eval::set_property(c.machine, c.arg(0), c.text(1)?, c.arg(2).clone()).map(|()| Value::Null)
    }),
    row("invokeMethod", "Object, String, Object...", |c| {
        super::eval::invoke(c.machine, c.arg(0), c.text(1)?, &c.rest(2))
    }),
    row("initialize", "", |_| Ok(Value::Null)),
];

fn receiver_class(receiver: &Receiver) -> ClassRef {
    match receiver {
        Receiver::Class(class) | Receiver::Static(class) => class.clone(),
        Receiver::Object(object) => object.class(),
    }
}

/// Whether an object has a method of that name.
#[must_use]
pub fn responds(machine: &Machine<'_>, object: &Value, name: &str) -> bool {
    let by_script = match object {
        Value::Class(class) => super::definition::as_groovy(class),
        object => super::definition::as_groovy(&object.class()),
    };
    by_script.is_some_and(|class| {
        class.lineage().iter().any(|class| class.definition().methods.iter().any(|method| *method.name == *name))
    }) || closure(machine, object, name, None).is_some()
        || crate::script::dispatch::responds_to(machine, object, name)
}

/// Whether an object has a property of that name.
#[must_use]
pub fn has_property(machine: &Machine<'_>, object: &Value, name: &str) -> bool {
    if name == "class" || super::instance::has_property(object, name) {
        return true;
    }
    let class = object.class();
    let table = class.java().table(machine.dialect);
    table.getter(name).is_some() || table.setter(name).is_some()
}
