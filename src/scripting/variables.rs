//! `vars`: the variables of the user (`JMeterVariables`).

use std::sync::LazyLock;

use super::value::{to_model, to_script};
use crate::model::{Variables, VirtualUser};
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::collection::Map;
use crate::script::{HostObject, Machine, Outcome, Thrown, Value, ok};

/// `org.apache.jmeter.threads.JMeterVariables`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.threads.JMeterVariables").methods(METHODS));

static OBJECT: LazyLock<Value> = LazyLock::new(|| Value::object(Vars));

/// The object `vars`.
#[must_use]
pub fn variables() -> Value {
    OBJECT.clone()
}

struct Vars;

impl HostObject for Vars {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

const METHODS: &[Row] = &[
    row("get", "String", |c| {
        let name = c.text(0)?.clone();
        ok(of(c).text(&name).map(Value::Str))
    }),
    row("put", "String, String", |c| {
        let name = c.text(0)?.clone();
        put(c, &name);
        Ok(Value::Null)
    }),
    row("getObject", "String", |c| {
        let name = c.text(0)?.clone();
        ok(of(c).get(&name).map(|value| to_script(&value)))
    }),
    row("putObject", "String, Object", |c| {
        let name = c.text(0)?.clone();
        put(c, &name);
        Ok(Value::Null)
    }),
    row("remove", "String", |c| {
        let name = c.text(0)?.clone();
        ok(of(c).remove(&name).map(|value| to_script(&value)))
    }),
    row("putAll", "Map", |c| {
        for (name, value) in c.this_map_argument(0)?.pairs() {
            let name = c.machine.text(&name)?;
            let variables = of(c);
            match to_model(&value) {
                Some(value) => variables.put(&name, value),
                None => drop(variables.remove(&name)),
            }
        }
        Ok(Value::Null)
    }),
    row("entrySet", "", |c| {
        let entries = all(c);
        let map = Value::Map(std::sync::Arc::new(Map::with(entries)));
        c.machine.invoke(&map, "entrySet", &[])
    }),
    row("getIteration", "", |c| ok(user(c.machine).iteration as i32)),
    row("incIteration", "", |c| {
        user(c.machine).iteration += 1;
        Ok(Value::Null)
    }),
    row("getThreadName", "", |c| ok(Value::Str(user(c.machine).thread_name.clone()))),
];

fn of(c: &mut Call<'_, '_>) -> Variables {
    user(c.machine).variables.clone()
}

fn put(c: &mut Call<'_, '_>, name: &str) {
    let variables = of(c);
    match to_model(c.arg(1)) {
        Some(value) => variables.put(name, value),
        None => drop(variables.remove(name)),
    }
}

fn all(c: &mut Call<'_, '_>) -> Vec<(Value, Value)> {
    of(c).all().into_iter().map(|(name, value)| (Value::Str(name), to_script(&value))).collect()
}

/// The user that a script works for.
pub(super) fn user<'m>(machine: &'m mut Machine<'_>) -> &'m mut VirtualUser {
    machine.host.state().downcast_mut().expect("scripts of plans run for a virtual user")
}

impl Call<'_, '_> {
    /// A `Map` argument.
    fn this_map_argument(&self, at: usize) -> Outcome<std::sync::Arc<Map>> {
        match self.arg(at) {
            Value::Map(map) => Ok(map.clone()),
            _ => Err(Thrown::bare("java.lang.NullPointerException")),
        }
    }
}
