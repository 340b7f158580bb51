//! `java.util.Properties`.

use std::sync::Arc;

use crate::java::{parse_properties, push_property};
use crate::script::class::{Class, Row, Static, new, row};
use crate::script::collection::{Map, Order};
use crate::script::machine::ok;
use crate::script::value::Value;

use super::map::HASHTABLE;
use super::reader::bytes_of;

/// `java.util.Properties`.
pub static PROPERTIES: Static =
    Static::new(|| Class::new("java.util.Properties").extends(&[&HASHTABLE]).constructors(NEW).methods(METHODS));

const NEW: &[Row] = &[new("Map?", |_| ok(Value::Map(Arc::new(Map::of(&PROPERTIES, Order::Concurrent)))))];

const METHODS: &[Row] = &[
    row("getProperty", "String", |c| ok(text(c.this_map()?, c.arg(0)))),
    row("getProperty", "String, String", |c| Ok(text(c.this_map()?, c.arg(0)).unwrap_or_else(|| c.arg(1).clone()))),
    row("setProperty", "String, String", |c| ok(c.this_map()?.put(c.machine, c.arg(0).clone(), c.arg(1).clone())?)),
    row("stringPropertyNames", "", |c| {
        let map = c.this_map()?;
        let names = map.pairs().into_iter().filter(|(_, value)| matches!(value, Value::Str(_))).map(|(name, _)| name);
        let names = names.collect();
        super::set::linked(c.machine, names)
    }),
    row("propertyNames", "", |c| ok(Value::object(super::iterator::Iterator::over(c.this_map()?.keys(), Value::Null)))),
    row("load", "Object", |c| {
        let bytes = bytes_of(c.machine, c.arg(0))?;
        let is_stream = c.arg(0).class().is_a("java.io.InputStream");
        let content = if is_stream {
            bytes.iter().map(|byte| char::from(*byte)).collect()
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
        for (name, value) in parse_properties(&content) {
            c.this_map()?.put(c.machine, name.into(), value.into())?;
        }
        Ok(Value::Null)
    }),
    row("store", "Object, String", |c| {
        let mut out = String::new();
        if let Some(comment) = c.text_or_null(1) {
            out.extend(["#", comment, "\n"]);
        }
        for (name, value) in c.this_map()?.pairs() {
            let (name, value) = (c.machine.text(&name)?, c.machine.text(&value)?);
            push_property(&name, &value, &mut out);
        }
        c.machine.invoke(c.arg(0), "write", &[out.into()])
    }),
];

fn text(map: &Map, key: &Value) -> Option<Value> {
    map.get(key).filter(|value| matches!(value, Value::Str(_)))
}
