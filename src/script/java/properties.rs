//! `java.util.Properties`.

use std::sync::Arc;

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
        for (name, value) in parse(&content) {
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
            out.extend([escaped(&name, true).as_str(), "=", &escaped(&value, false), "\n"]);
        }
        c.machine.invoke(c.arg(0), "write", &[out.into()])
    }),
];

fn text(map: &Map, key: &Value) -> Option<Value> {
    map.get(key).filter(|value| matches!(value, Value::Str(_)))
}

/// Reads the format of property files.
#[must_use]
pub fn parse(content: &str) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    let mut lines = content.lines();
    while let Some(line) = lines.next() {
        let mut line = line.trim_start_matches([' ', '\t', '\x0c']).to_owned();
        if line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        while line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
            line.pop();
            let Some(next) = lines.next() else { break };
            line.push_str(next.trim_start_matches([' ', '\t', '\x0c']));
        }
        entries.push(entry(&line));
    }
    entries
}

fn entry(line: &str) -> (String, String) {
    let mut escaped = false;
    let end = line.char_indices().find(|(_, char)| {
        let ends = !escaped && matches!(char, '=' | ':' | ' ' | '\t' | '\x0c');
        escaped = !escaped && *char == '\\';
        ends
    });
    let end = end.map_or(line.len(), |(at, _)| at);
    let blanks = [' ', '\t', '\x0c'];
    let rest = line[end..].trim_start_matches(blanks);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start_matches(blanks);
    (unescaped(&line[..end]), unescaped(rest))
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('f') => out.push('\x0c'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                out.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn escaped(text: &str, is_key: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        match char {
            ' ' if is_key || at == 0 => out.push_str("\\ "),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\\' | '=' | ':' | '#' | '!' => {
                out.push('\\');
                out.push(char);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn property_files_are_read() {
        let entries = parse("a=1\nb = 2\n#c\nd:x\\ny\n long\\\n   er v\\u0041l");
        let expected = [("a", "1"), ("b", "2"), ("d", "x\ny"), ("longer", "vAl")];
        assert_eq!(entries, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
