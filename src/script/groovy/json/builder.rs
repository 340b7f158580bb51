//! `JsonBuilder` and `StreamingJsonBuilder`: JSON from closures whose calls are names and values.

use std::sync::Arc;

use parking_lot::Mutex;

use super::output::{Style, pretty, to_json};
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::Map;
use crate::script::groovy::closure::{Closure, DELEGATE_FIRST};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// `groovy.json.JsonBuilder`.
pub static BUILDER: Static = Static::new(|| Class::new("groovy.json.JsonBuilder").constructors(NEW).methods(METHODS));
/// `groovy.json.StreamingJsonBuilder`.
pub static STREAMING: Static =
    Static::new(|| Class::new("groovy.json.StreamingJsonBuilder").constructors(STREAMING_NEW));
static DELEGATE: Static = Static::new(|| Class::new("groovy.json.JsonDelegate"));

/// A builder; a streaming one writes at once.
struct Builder {
    class: &'static Static,
    content: Mutex<Value>,
    writer: Value,
}

impl HostObject for Builder {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        let content = self.content.lock().clone();
        to_json(machine, &content, &Style::default()).map(Some)
    }

    fn call(&self, machine: &mut Machine<'_>, _this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        if matches!(name, "toString" | "toPrettyString" | "getContent" | "getClass" | "writeTo" | "with" | "hashCode") {
            return None;
        }
        Some(self.build(machine, name, args))
    }
}

impl Builder {
    fn build(&self, machine: &mut Machine<'_>, name: &str, args: &[Value]) -> Outcome {
        let inner = content(machine, args)?;
        let value = if name == "call" { inner } else { named(machine, vec![(name.into(), inner)])? };
        if !self.writer.is_null() {
            let text = to_json(machine, &value, &Style::default())?;
            machine.invoke(&self.writer, "write", &[text.into()])?;
        }
        *self.content.lock() = value.clone();
        Ok(value)
    }
}

fn named(machine: &mut Machine<'_>, pairs: Vec<(Value, Value)>) -> Outcome {
    let map = Map::new();
    for (name, value) in pairs {
        map.put(machine, name, value)?;
    }
    ok(Value::Map(Arc::new(map)))
}

/// What the arguments of a call build.
fn content(machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
    match args {
        [closure @ Value::Closure(_)] => content_of(machine, closure),
        [value] => Ok(value.clone()),
        [Value::Map(map), closure @ Value::Closure(_)] => {
            let mut pairs = map.pairs();
            if let Value::Map(inner) = content_of(machine, closure)? {
                pairs.extend(inner.pairs());
            }
            named(machine, pairs)
        }
        [items, closure @ Value::Closure(_)] => {
            let mut built = Vec::new();
            for item in super::super::iterate::items(machine, items)? {
                built.push(of_closure(machine, closure, &[item])?);
            }
            ok(built)
        }
        [] => ok(Value::Map(Arc::new(Map::new()))),
        many => ok(many.to_vec()),
    }
}

/// What a closure builds.
pub(super) fn content_of(machine: &mut Machine<'_>, closure: &Value) -> Outcome {
    of_closure(machine, closure, &[])
}

fn of_closure(machine: &mut Machine<'_>, value: &Value, args: &[Value]) -> Outcome {
    let Some(closure) = Closure::of(value) else { return Ok(Value::Null) };
    let delegate = Value::object(Delegate(Mutex::default()));
    let bound = Value::Closure(Arc::new(closure.with_delegate(delegate.clone(), DELEGATE_FIRST)));
    machine.call(&bound, args)?;
    let pairs = delegate.downcast::<Delegate>().map(|delegate| std::mem::take(&mut *delegate.0.lock()));
    named(machine, pairs.unwrap_or_default())
}

/// What takes the calls inside a closure.
#[derive(Default)]
struct Delegate(Mutex<Vec<(Value, Value)>>);

impl HostObject for Delegate {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&DELEGATE)
    }

    fn call(&self, machine: &mut Machine<'_>, _this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        if args.is_empty() {
            return None;
        }
        Some(content(machine, args).inspect(|value| self.0.lock().push((name.into(), value.clone()))))
    }
}

const NEW: &[Row] = &[new("Object?", |c| {
    let content = Mutex::new(c.arg(0).clone());
    ok(Value::object(Builder { class: &BUILDER, content, writer: Value::Null }))
})];

const STREAMING_NEW: &[Row] = &[new("Object, Object?", |c| {
    let builder = Builder { class: &STREAMING, content: Mutex::default(), writer: c.arg(0).clone() };
    if !c.arg(1).is_null() {
        builder.build(c.machine, "call", &c.args[1..])?;
    }
    ok(Value::object(builder))
})];

const METHODS: &[Row] = &[
    row("getContent", "", |c| Ok(c.this_as::<Builder>()?.content.lock().clone())),
    row("toPrettyString", "", |c| {
        let text = c.this_text()?;
        ok(pretty(&text))
    }),
    row("writeTo", "Object", |c| {
        let text = c.this_text()?;
        c.machine.invoke(c.arg(0), "write", &[text.into()])?;
        Ok(c.arg(0).clone())
    }),
];
