//! `java.util.Optional`.

use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.util.Optional`.
pub static OPTIONAL: Static = Static::new(|| Class::new("java.util.Optional").statics(STATICS).methods(METHODS));

/// A value or none.
pub struct Optional(pub Option<Value>);

impl HostObject for Optional {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&OPTIONAL)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        Ok(Some(match &self.0 {
            Some(value) => format!("Optional[{}]", machine.text(value)?),
            None => "Optional.empty".into(),
        }))
    }

    fn truth(&self, _machine: &mut Machine<'_>) -> Option<Outcome<bool>> {
        Some(Ok(self.0.is_some()))
    }
}

const STATICS: &[Row] = &[
    row("of", "Object", |c| match c.arg(0) {
        Value::Null => Err(Thrown::bare("java.lang.NullPointerException")),
        value => ok(Value::object(Optional(Some(value.clone())))),
    }),
    row("ofNullable", "Object", |c| ok(Value::object(Optional((!c.arg(0).is_null()).then(|| c.arg(0).clone()))))),
    row("empty", "", |_| ok(Value::object(Optional(None)))),
];

const METHODS: &[Row] = &[
    row("get", "", get),
    row("getAsInt", "", get),
    row("getAsLong", "", get),
    row("getAsDouble", "", get),
    row("orElseThrow", "", get),
    row("isPresent", "", |c| ok(c.this_as::<Optional>()?.0.is_some())),
    row("isEmpty", "", |c| ok(c.this_as::<Optional>()?.0.is_none())),
    row("orElse", "Object", |c| Ok(c.this_as::<Optional>()?.0.clone().unwrap_or_else(|| c.arg(0).clone()))),
    row("orElseGet", "Function", |c| match &c.this_as::<Optional>()?.0 {
        Some(value) => Ok(value.clone()),
        None => c.invoke(0, &[]),
    }),
    row("orElseThrow", "Function", |c| match &c.this_as::<Optional>()?.0 {
        Some(value) => Ok(value.clone()),
        None => Err(Thrown::of(c.invoke(0, &[])?)),
    }),
    row("map", "Function", |c| match &c.this_as::<Optional>()?.0 {
        Some(value) => {
            let mapped = c.invoke(0, std::slice::from_ref(value))?;
            ok(Value::object(Optional((!mapped.is_null()).then_some(mapped))))
        }
        None => c.this_again(),
    }),
    row("flatMap", "Function", |c| match &c.this_as::<Optional>()?.0 {
        Some(value) => c.invoke(0, std::slice::from_ref(value)),
        None => c.this_again(),
    }),
    row("filter", "Function", |c| match &c.this_as::<Optional>()?.0 {
        Some(value) => match c.invoke(0, std::slice::from_ref(value))? {
            Value::Bool(true) => c.this_again(),
            _ => ok(Value::object(Optional(None))),
        },
        None => c.this_again(),
    }),
    row("ifPresent", "Function", |c| match &c.this_as::<Optional>()?.0 {
        Some(value) => c.invoke(0, std::slice::from_ref(value)).map(|_| Value::Null),
        None => Ok(Value::Null),
    }),
];

fn get(c: &mut crate::script::call::Call<'_, '_>) -> Outcome {
    let value = c.this_as::<Optional>()?.0.clone();
    value.ok_or_else(|| Thrown::new("java.util.NoSuchElementException", "No value present"))
}
