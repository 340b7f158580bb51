//! What every object has: printing, `with`, `tap`, conversions.

use super::super::cast::Target;
use super::super::eval::{get_property, invoke, set_property};
use super::super::{category, compare, format, iterate, meta, truth};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::{formatter, iterator, locale, thread};
use crate::script::machine::{Outcome, ok};
use crate::script::value::Value;

/// The methods of every object.
pub const METHODS: &[Row] = &[
    row("println", "", |c| {
        c.machine.host.print("\n");
        Ok(Value::Null)
    }),
    row("println", "Object", |c| {
        let mut text = format::text(c.machine, c.arg(0))?;
        text.push('\n');
        c.machine.host.print(&text);
        Ok(Value::Null)
    }),
    row("print", "Object", |c| {
        let text = format::text(c.machine, c.arg(0))?;
        c.machine.host.print(&text);
        Ok(Value::Null)
    }),
    row("printf", "String, Object...", |c| {
        let text = formatted(c)?;
        c.machine.host.print(&text);
        Ok(Value::Null)
    }),
    row("sprintf", "String, Object...", |c| ok(formatted(c)?)),
    row("sleep", "long, Closure?", |c| {
        thread::sleep(c.machine, c.long(0))?;
        Ok(Value::Null)
    }),
    row("with", "Function", |c| {
        let closure = iterate::delegated(c.arg(0), c.this);
        c.machine.call(&closure, std::slice::from_ref(c.this))
    }),
    row("with", "boolean, Function", |c| {
        let closure = iterate::delegated(c.arg(1), c.this);
        let result = c.machine.call(&closure, std::slice::from_ref(c.this))?;
        if c.bool(0) { c.this_again() } else { Ok(result) }
    }),
    row("tap", "Function", |c| {
        let closure = iterate::delegated(c.arg(0), c.this);
        c.machine.call(&closure, std::slice::from_ref(c.this))?;
        c.this_again()
    }),
    row("identity", "Function", |c| {
        let closure = iterate::delegated(c.arg(0), c.this);
        c.machine.call(&closure, std::slice::from_ref(c.this))
    }),
    row("use", "Class, Closure", |c| category::using(c.machine, vec![c.arg(0).clone()], c.arg(1))),
    row("use", "List, Closure", |c| {
        let classes = c.items(0)?;
        category::using(c.machine, classes, c.arg(1))
    }),
    row("use", "Object...", |c| match c.args {
        [classes @ .., closure] => category::using(c.machine, classes.to_vec(), closure),
        [] => Ok(Value::Null),
    }),
    row("is", "Object", |c| ok(c.this.is_same(c.arg(0)))),
    row("isCase", "Object", |c| ok(compare::is_case(c.machine, c.this, c.arg(0))?)),
    row("asBoolean", "", |c| ok(truth::of(c.machine, c.this)?)),
    row("asType", "Class", |c| match c.arg(0) {
        Value::Class(class) => Target::of(class.clone()).coerce(c.machine, c.this.clone()),
        _ => c.this_again(),
    }),
    row("iterator", "", |c| {
        let items = iterate::items(c.machine, c.this)?;
        ok(Value::object(iterator::Iterator::over(items, c.this.clone())))
    }),
    row("inspect", "", |c| ok(format::inspect(c.machine, c.this)?)),
    row("dump", "", |c| {
        let mut text = format!("<{}@{:x}", c.this.class().name(), c.this.identity());
        for (name, value) in c.machine.properties_of(c.this)? {
            text.push(' ');
            c.machine.write(&name, &mut text)?;
            text.push('=');
            format::write(c.machine, &value, &mut text)?;
        }
        text.push('>');
        ok(text)
    }),
    row("getProperties", "", |c| {
        let pairs = c.machine.properties_of(c.this)?;
        ok(Value::Map(std::sync::Arc::new(crate::script::collection::Map::with(pairs))))
    }),
    row("getProperty", "String", |c| get_property(c.machine, c.this, c.text(0)?)),
    row("setProperty", "String, Object", |c| {
        set_property(c.machine, c.this, c.text(0)?, c.arg(1).clone()).map(|()| Value::Null)
    }),
    row("getAt", "String", |c| get_property(c.machine, c.this, c.text(0)?)),
    row("putAt", "String, Object", |c| {
        set_property(c.machine, c.this, c.text(0)?, c.arg(1).clone()).map(|()| Value::Null)
    }),
    row("invokeMethod", "String, Object", |c| {
        let args = match c.arg(1) {
            Value::Array(array) => array.items(),
            Value::List(list) => list.items(),
            one => vec![one.clone()],
        };
        invoke(c.machine, c.this, c.text(0)?, &args)
    }),
    row("respondsTo", "String, Object[]?", |c| {
        let name = c.text(0)?;
        ok(if meta::responds(c.machine, c.this, name) { vec![Value::from(name.clone())] } else { Vec::new() })
    }),
    row("hasProperty", "String", |c| {
        let name = c.text(0)?;
        ok(if meta::has_property(c.machine, c.this, name) { Value::from(name.clone()) } else { Value::Null })
    }),
    row("getMetaClass", "", |c| ok(meta::meta_class(c.this))),
    row("addShutdownHook", "Closure", |_| Ok(Value::Null)),
];

fn formatted(c: &mut Call<'_, '_>) -> Outcome<String> {
    let args = match c.rest(1).as_slice() {
        [Value::List(list)] => list.items(),
        rest => rest.to_vec(),
    };
    formatter::format(c.machine, c.text(0)?, &args, locale::ENGLISH)
}
