//! `java.util.Comparator`.

use std::sync::Arc;

use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// `java.util.Comparator`.
pub static COMPARATOR: Static =
    Static::new(|| Class::interface("java.util.Comparator").statics(STATICS).methods(METHODS));

const STATICS: &[Row] = &[
    row("naturalOrder", "", |_| ok(Value::object(Natural))),
    row("reverseOrder", "", |_| ok(Value::object(Reversed(Value::object(Natural))))),
    row("comparing", "Function, Comparator?", |c| ok(Value::object(ByKey(c.arg(0).clone(), c.arg(1).clone())))),
    row("comparingInt", "Function", |c| ok(Value::object(ByKey(c.arg(0).clone(), Value::Null)))),
    row("comparingLong", "Function", |c| ok(Value::object(ByKey(c.arg(0).clone(), Value::Null)))),
    row("comparingDouble", "Function", |c| ok(Value::object(ByKey(c.arg(0).clone(), Value::Null)))),
];

const METHODS: &[Row] = &[
    row("reversed", "", |c| ok(Value::object(Reversed(c.this.clone())))),
    row("thenComparing", "Function", |c| ok(Value::object(Chain(c.this.clone(), c.arg(0).clone())))),
];

/// Compares by the values' own order.
pub struct Natural;

/// Compares the other way round.
pub struct Reversed(pub Value);

/// Compares by one comparator, and where that finds no difference by another one.
pub struct Chain(pub Value, pub Value);

/// Compares what a function makes of the values.
pub struct ByKey(pub Value, pub Value);

/// Compares a property of the values.
pub struct ByProperty(pub &'static str);

/// Compares texts whatever their case.
pub struct IgnoringCase(pub &'static Static);

macro_rules! comparator {
    ($type:ty, |$own:ident, $machine:ident, $a:ident, $b:ident| $body:expr) => {
        impl HostObject for $type {
            fn class(&self) -> ClassRef {
                ClassRef::Java(&COMPARATOR)
            }

            fn call(&self, machine: &mut Machine<'_>, _this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
                let ("compare" | "call", [a, b]) = (name, args) else { return None };
                let compare =
                    |$own: &Self, $machine: &mut Machine<'_>, $a: &Value, $b: &Value| -> Outcome<i64> { $body };
                Some(compare(self, machine, a, b).map(|order| Value::Int(order as i32)))
            }
        }
    };
}

comparator!(Natural, |_own, machine, a, b| Ok(machine.compare(a, b)? as i64));
comparator!(Reversed, |own, machine, a, b| {
    Ok(machine.call(&own.0, &[b.clone(), a.clone()])?.to_i64().unwrap_or_default())
});
comparator!(IgnoringCase, |_own, machine, a, b| {
    let (a, b): (Arc<str>, Arc<str>) = (machine.text(a)?, machine.text(b)?);
    Ok(i64::from(super::string::compare_ignoring_case(&a, &b)))
});
comparator!(ByProperty, |own, machine, a, b| {
    let (a, b) = (machine.property(a, own.0)?.unwrap_or_default(), machine.property(b, own.0)?.unwrap_or_default());
    Ok(machine.compare(&a, &b)? as i64)
});
comparator!(ByKey, |own, machine, a, b| {
    let (a, b) = (machine.call(&own.0, std::slice::from_ref(a))?, machine.call(&own.0, std::slice::from_ref(b))?);
    match &own.1 {
        Value::Null => Ok(machine.compare(&a, &b)? as i64),
        comparator => Ok(machine.call(comparator, &[a, b])?.to_i64().unwrap_or_default()),
    }
});
comparator!(Chain, |own, machine, a, b| {
    let first = machine.call(&own.0, &[a.clone(), b.clone()])?.to_i64().unwrap_or_default();
    if first != 0 {
        return Ok(first);
    }
    let is_key = matches!(&own.1, Value::Closure(closure) if closure.arity() == 1);
    if is_key {
        let (a, b) = (machine.call(&own.1, std::slice::from_ref(a))?, machine.call(&own.1, std::slice::from_ref(b))?);
        return Ok(machine.compare(&a, &b)? as i64);
    }
    Ok(machine.call(&own.1, &[a.clone(), b.clone()])?.to_i64().unwrap_or_default())
});
