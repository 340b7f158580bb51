//! `props`: JMeter's properties, which all users share (`java.util.Properties`).

use std::sync::LazyLock;

use super::value::{to_model, to_script};
use super::variables::user;
use crate::model;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Machine, Outcome, Thrown, Value, ok};

/// The class of `props`; scripts see `java.util.Properties`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.util.JMeterProperties").methods(METHODS));

static OBJECT: LazyLock<Value> = LazyLock::new(|| Value::object(Props));

/// The object `props`.
#[must_use]
pub fn properties() -> Value {
    OBJECT.clone()
}

struct Props;

impl HostObject for Props {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }

    /// `props.name` reads a property, even `props.class`.
    fn get(&self, machine: &mut Machine<'_>, _this: &Value, name: &str) -> Option<Outcome> {
        Some(ok(user(machine).run.properties.get_value(name).map(|value| to_script(&value))))
    }
}

const METHODS: &[Row] = &[
    row("get", "Object", |c| {
        let name = key(c)?;
        ok(value(c, &name).map(|value| to_script(&value)))
    }),
    row("getProperty", "String", |c| {
        let name = c.text(0)?.clone();
        ok(user(c.machine).run.properties.get(&name).map(Value::Str))
    }),
    row("getProperty", "String, String", |c| {
        let name = c.text(0)?.clone();
        let found = user(c.machine).run.properties.get(&name).map(Value::Str);
        Ok(found.unwrap_or_else(|| c.arg(1).clone()))
    }),
    row("getOrDefault", "Object, Object", |c| {
        let name = key(c)?;
        Ok(value(c, &name).map_or_else(|| c.arg(1).clone(), |value| to_script(&value)))
    }),
    // Groovy's own for every map: the default becomes the value (`DefaultGroovyMethods.get`).
    row("get", "Object, Object", |c| {
        let name = key(c)?;
        match value(c, &name) {
            Some(value) => Ok(to_script(&value)),
            None => put(c).map(|_| c.arg(1).clone()),
        }
    }),
    row("putIfAbsent", "Object, Object", |c| {
        let name = key(c)?;
        match value(c, &name) {
            Some(value) => Ok(to_script(&value)),
            None => put(c),
        }
    }),
    row("put", "Object, Object", put),
    row("setProperty", "String, String", put),
    row("remove", "Object", |c| {
        let name = key(c)?;
        ok(user(c.machine).run.properties.remove(&name).map(|value| to_script(&value)))
    }),
    row("containsKey", "Object", |c| {
        let name = key(c)?;
        ok(value(c, &name).is_some())
    }),
    row("size", "", |c| ok(user(c.machine).run.properties.all().len() as i32)),
    row("isEmpty", "", |c| ok(user(c.machine).run.properties.all().is_empty())),
];

fn key(c: &mut Call<'_, '_>) -> Outcome<std::sync::Arc<str>> {
    match c.arg(0) {
        Value::Null => Err(Thrown::bare("java.lang.NullPointerException")),
        _ => c.text_of(0),
    }
}

fn value(c: &mut Call<'_, '_>, name: &str) -> Option<model::Value> {
    user(c.machine).run.properties.get_value(name)
}

fn put(c: &mut Call<'_, '_>) -> Outcome {
    let name = key(c)?;
    let value = to_model(c.arg(1)).ok_or_else(|| Thrown::bare("java.lang.NullPointerException"))?;
    ok(user(c.machine).run.properties.set(&name, value).map(|value| to_script(&value)))
}
