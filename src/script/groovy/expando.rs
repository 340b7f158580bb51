//! `groovy.util.Expando`: an object whose properties are made by assigning them.

use std::sync::Arc;

use super::closure::{Closure, DELEGATE_FIRST};
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::Map;
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// `groovy.util.Expando`.
pub static EXPANDO: Static = Static::new(|| Class::new("groovy.util.Expando").constructors(NEW).methods(METHODS));

/// An object with any properties.
pub struct Expando(Arc<Map>);

impl HostObject for Expando {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&EXPANDO)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        match self.0.get_text("toString") {
            Some(closure @ Value::Closure(_)) => {
                let text = machine.call(&closure, &[])?;
                Ok(Some(machine.text(&text)?.to_string()))
            }
            _ => Ok(Some(machine.text(&Value::Map(self.0.clone()))?.to_string())),
        }
    }

    fn get(&self, _machine: &mut Machine<'_>, _this: &Value, name: &str) -> Option<Outcome> {
        match name {
            "class" => None,
            "properties" => Some(Ok(Value::Map(self.0.clone()))),
            name => Some(ok(self.0.get_text(name))),
        }
    }

    fn set(&self, machine: &mut Machine<'_>, _this: &Value, name: &str, value: &Value) -> Option<Outcome> {
        Some(self.0.put(machine, name.into(), value.clone()).map(|_| Value::Null))
    }

    fn call(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        let closure = closure(this, name)?;
        Some(machine.call(&closure, args))
    }
}

/// The closure that such an object holds under a name, with the object as its delegate.
#[must_use]
pub fn closure(object: &Value, name: &str) -> Option<Value> {
    let value = object.downcast::<Expando>()?.0.get_text(name)?;
    let closure = Closure::of(&value)?;
    Some(Value::Closure(Arc::new(closure.with_delegate(object.clone(), DELEGATE_FIRST))))
}

const NEW: &[Row] = &[
    new("", |_| ok(Value::object(Expando(Arc::new(Map::new()))))),
    new("Map", |c| match c.arg(0) {
        Value::Map(map) => {
            let copy = Map::new();
            crate::script::java::map::put_all(c.machine, &copy, map.pairs())?;
            ok(Value::object(Expando(Arc::new(copy))))
        }
        _ => Ok(Value::Null),
    }),
];

const METHODS: &[Row] = &[
    row("getProperties", "", |c| ok(Value::Map(c.this_as::<Expando>()?.0.clone()))),
    row("getProperty", "String", |c| ok(c.this_as::<Expando>()?.0.get_text(c.text(0)?))),
    row("setProperty", "String, Object", |c| {
        c.this_as::<Expando>()?.0.put(c.machine, c.arg(0).clone(), c.arg(1).clone())?;
        Ok(Value::Null)
    }),
];
