//! `JsonOutput` and `JsonGenerator`: values as JSON.

use std::fmt::Write;
use std::sync::Arc;

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `groovy.json.JsonOutput`.
pub static OUTPUT: Static = Static::new(|| Class::new("groovy.json.JsonOutput").statics(STATICS));
/// `groovy.json.JsonOutput.JsonUnescaped`.
pub static UNESCAPED: Static = Static::new(|| Class::new("groovy.json.JsonOutput$JsonUnescaped"));
/// `groovy.json.JsonGenerator`.
pub static GENERATOR: Static = Static::new(|| Class::new("groovy.json.JsonGenerator").methods(GENERATOR_METHODS));
/// `groovy.json.JsonGenerator.Options`.
pub static OPTIONS: Static =
    Static::new(|| Class::new("groovy.json.JsonGenerator$Options").constructors(OPTIONS_NEW).methods(OPTIONS_METHODS));

/// How values are written.
#[derive(Clone, Default)]
pub struct Style {
    excludes_nulls: bool,
    keeps_unicode: bool,
    date_format: Option<Arc<str>>,
}

/// A text that is JSON already.
struct Unescaped(Arc<str>);

impl HostObject for Unescaped {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&UNESCAPED)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

struct Options(parking_lot::Mutex<Style>);

impl HostObject for Options {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&OPTIONS)
    }
}

struct Generator(Style);

impl HostObject for Generator {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&GENERATOR)
    }
}

const STATICS: &[Row] = &[
    row("toJson", "Object", |c| ok(to_json(c.machine, c.arg(0), &Style::default())?)),
    row("prettyPrint", "String", |c| {
        let text = c.text(0)?.clone();
        ok(pretty(&text))
    }),
    row("prettyPrint", "String, boolean", |c| {
        let text = c.text(0)?.clone();
        ok(pretty(&text))
    }),
    row("unescaped", "CharSequence", |c| {
        let text = c.text_of(0)?;
        ok(Value::object(Unescaped(text)))
    }),
];

const OPTIONS_NEW: &[Row] = &[new("", |_| ok(Value::object(Options(parking_lot::Mutex::default()))))];

const OPTIONS_METHODS: &[Row] = &[
    row("excludeNulls", "", |c| {
        c.this_as::<Options>()?.0.lock().excludes_nulls = true;
        c.this_again()
    }),
    row("disableUnicodeEscaping", "", |c| {
        c.this_as::<Options>()?.0.lock().keeps_unicode = true;
        c.this_again()
    }),
    row("dateFormat", "String", |c| {
        c.this_as::<Options>()?.0.lock().date_format = Some(c.text(0)?.clone());
        c.this_again()
    }),
    row("timezone", "String", |c| c.this_again()),
    row("build", "", |c| ok(Value::object(Generator(c.this_as::<Options>()?.0.lock().clone())))),
];

const GENERATOR_METHODS: &[Row] = &[row("toJson", "Object", |c| {
    let style = c.this_as::<Generator>()?.0.clone();
    ok(to_json(c.machine, c.arg(0), &style)?)
})];

/// A value as JSON.
///
/// # Errors
/// `JsonException`, what a getter throws.
pub fn to_json(machine: &mut Machine<'_>, value: &Value, style: &Style) -> Outcome<String> {
    let mut out = String::new();
    write(machine, value, style, &mut out)?;
    Ok(out)
}

fn write(machine: &mut Machine<'_>, value: &Value, style: &Style, out: &mut String) -> Outcome<()> {
    machine.enter()?;
    match value {
        Value::Null | Value::Void => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Double(number) if !number.is_finite() => {
            let number = machine.text(value)?;
            return Err(Thrown::new(
                "groovy.json.JsonException",
                format!("Number {number} can't be serialized as JSON: {} are not allowed in JSON.", kind(&number)),
            ));
        }
        number if number.is_number() => out.push_str(&machine.text(number)?),
        Value::Str(text) => quote(text, style, out),
        Value::GString(_) | Value::Char(_) => {
            let text = machine.text_as_groovy(value)?;
            quote(&text, style, out);
        }
        Value::Map(map) => write_pairs(machine, map.pairs(), style, out)?,
        Value::List(_) | Value::Set(_) | Value::Array(_) | Value::Range(_) => {
            let items = super::super::iterate::items(machine, value)?;
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(machine, item, style, out)?;
            }
            out.push(']');
        }
        Value::Closure(_) => {
            let content = super::builder::content_of(machine, value)?;
            write(machine, &content, style, out)?;
        }
        other => write_object(machine, other, style, out)?,
    }
    Ok(())
}

fn kind(number: &str) -> &str {
    if number == "NaN" { "NaN" } else { "infinite" }
}

fn write_pairs(machine: &mut Machine<'_>, pairs: Vec<(Value, Value)>, style: &Style, out: &mut String) -> Outcome<()> {
    out.push('{');
    let mut is_first = true;
    for (key, value) in pairs {
        if key.is_null() {
            return Err(illegal_argument("Maps with null keys can't be converted to JSON"));
        }
        if style.excludes_nulls && value.is_null() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            out.push(',');
        }
        let key = machine.text_as_groovy(&key)?;
        quote(&key, style, out);
        out.push(':');
        write(machine, &value, style, out)?;
    }
    out.push('}');
    Ok(())
}

fn write_object(machine: &mut Machine<'_>, value: &Value, style: &Style, out: &mut String) -> Outcome<()> {
    let class = value.class();
    if let Some(Unescaped(text)) = value.downcast() {
        out.push_str(text);
    } else if class.is_a("java.util.Date") || class.is_a("java.util.Calendar") {
        let pattern = style.date_format.clone().unwrap_or_else(|| "yyyy-MM-dd'T'HH:mm:ssZ".into());
        let text = crate::script::java::date::formatted(machine, value, &pattern)?;
        quote(&text, style, out);
    } else if is_text(&class) {
        let text = machine.text(value)?;
        quote(&text, style, out);
    } else if let Value::Object(object) = value
        && let Some(items) = object.clone().items(machine)
    {
        write(machine, &items?.into(), style, out)?;
    } else {
        let mut pairs = machine.properties_of(value)?;
        pairs.retain(|(name, _)| !matches!(name, Value::Str(name) if matches!(&**name, "class" | "metaClass" | "declaringClass")));
        pairs.sort_by_cached_key(|(name, _)| format!("{name:?}"));
        write_pairs(machine, pairs, style, out)?;
    }
    Ok(())
}

fn is_text(class: &ClassRef) -> bool {
    [
        "java.util.UUID",
        "java.net.URL",
        "java.net.URI",
        "java.lang.Enum",
        "java.lang.StringBuilder",
        "java.lang.StringBuffer",
    ]
    .iter()
    .any(|name| class.is_a(name))
        || class.name().starts_with("java.time.")
        || class.is_a("java.lang.CharSequence")
}

fn quote(text: &str, style: &Style, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(char),
            char if style.keeps_unicode && char > '\u{7f}' => out.push(char),
            char => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// JSON with line ends and blanks.
#[must_use]
pub fn pretty(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut chars = text.chars();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("    ", depth));
    };
    while let Some(char) = chars.next() {
        match char {
            '{' | '[' => {
                out.push(char);
                depth += 1;
                line(&mut out, depth);
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(char);
            }
            ',' => {
                out.push(char);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            '"' => {
                let mut string = String::new();
                while let Some(char) = chars.next() {
                    match char {
                        '"' => break,
                        '\\' => {
                            string.push(char);
                            string.extend(chars.next());
                        }
                        char if char > '~' => {
                            for unit in char.encode_utf16(&mut [0; 2]) {
                                let _ = write!(string, "\\u{unit:04x}");
                            }
                        }
                        char => string.push(char),
                    }
                }
                out.extend(["\"", &string, "\""]);
            }
            char if char.is_whitespace() => {}
            char => out.push(char),
        }
    }
    out
}
