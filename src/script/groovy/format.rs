//! Groovy's texts of values: lists `[1, 2]`, maps `[a:1]`, arrays as lists. Java's `toString` differs.

use crate::script::collection::Map;
use crate::script::java::text::from_units;
use crate::script::machine::{Machine, Outcome};
use crate::script::value::{GString, Value};

/// Groovy's text of a value.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn text(machine: &mut Machine<'_>, value: &Value) -> Outcome<String> {
    let mut out = String::new();
    write(machine, value, &mut out)?;
    Ok(out)
}

/// Appends Groovy's text of a value.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn write(machine: &mut Machine<'_>, value: &Value, out: &mut String) -> Outcome<()> {
    formatted(machine, value, out, false)
}

/// Groovy's `inspect()`: texts in quotes.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn inspect(machine: &mut Machine<'_>, value: &Value) -> Outcome<String> {
    let mut out = String::new();
    formatted(machine, value, &mut out, true)?;
    Ok(out)
}

fn formatted(machine: &mut Machine<'_>, value: &Value, out: &mut String, quoted: bool) -> Outcome<()> {
    match value {
        Value::Void => out.push_str("null"),
        Value::Str(text) if quoted => push_quoted(text, out),
        Value::GString(_) if quoted => {
            let text = machine.text(value)?;
            push_quoted(&text, out);
        }
        Value::List(list) => return write_items(machine, value, &list.items(), out, quoted),
        Value::Set(set) => return write_items(machine, value, &set.keys(), out, quoted),
        Value::Range(range) => return write_items(machine, value, &range.items(), out, quoted),
        Value::Array(array) if array.is_chars() => {
            let units: Vec<_> = array.items().iter().map(|unit| unit.to_i64().unwrap_or_default() as u16).collect();
            out.push_str(&from_units(&units));
        }
        Value::Array(array) => return write_items(machine, value, &array.items(), out, quoted),
        Value::Map(map) => return write_map(machine, value, map, out, quoted),
        other => return machine.write(other, out),
    }
    Ok(())
}

fn push_quoted(text: &str, out: &mut String) {
    out.push('\'');
    for char in text.chars() {
        match char {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('\'');
}

fn write_items(
    machine: &mut Machine<'_>,
    whole: &Value,
    items: &[Value],
    out: &mut String,
    quoted: bool,
) -> Outcome<()> {
    machine.enter()?;
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        match item {
            Value::List(_) if item.is_same(whole) => out.push_str("(this Collection)"),
            item => formatted(machine, item, out, quoted)?,
        }
    }
    out.push(']');
    Ok(())
}

fn write_map(machine: &mut Machine<'_>, whole: &Value, map: &Map, out: &mut String, quoted: bool) -> Outcome<()> {
    machine.enter()?;
    let pairs = map.pairs();
    if pairs.is_empty() {
        out.push_str("[:]");
        return Ok(());
    }
    out.push('[');
    for (at, (key, value)) in pairs.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        formatted(machine, key, out, quoted)?;
        out.push(':');
        match value {
            Value::Map(_) if value.is_same(whole) => out.push_str("(this Map)"),
            value => formatted(machine, value, out, quoted)?,
        }
    }
    out.push(']');
    Ok(())
}

/// Renders a `GString`.
///
/// # Errors
/// What a closure in it throws.
pub fn write_gstring(machine: &mut Machine<'_>, gstring: &GString, out: &mut String) -> Outcome<()> {
    for (at, text) in gstring.texts.iter().enumerate() {
        out.push_str(text);
        match gstring.values.get(at) {
            Some(Value::Closure(closure)) => {
                let value = closure.clone().call_shared(machine, &[])?;
                write(machine, &value, out)?;
            }
            Some(Value::Str(text)) => out.push_str(text),
            Some(value) => write(machine, value, out)?,
            None => {}
        }
    }
    Ok(())
}
