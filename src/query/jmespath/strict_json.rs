//! JSON as Jackson reads and writes it: strictly, and with the members of objects in the order of the text.

use std::fmt::Write;

use serde::de::IgnoredAny;

use crate::query::json::{Json, Number};

/// Reads the first value of a text, and says how long it is; what follows does not count.
///
/// # Errors
/// What is wrong, in the words of Jackson.
pub fn read_strict(text: &str) -> Result<(Json<'_>, usize), String> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let length = values.byte_offset();
            let mut value = Json::read(&text[..length]).map_err(|error| error.to_string())?;
            round(&mut value);
            Ok((value, length))
        }
        Some(Err(error)) => Err(message(text, &error)),
        None => Err("No content to map due to end-of-input".into()),
    }
}

/// Makes doubles of decimals that are longer than those.
fn round(value: &mut Json<'_>) {
    match value {
        Json::Number(number) if number.java_class() == "java.math.BigDecimal" => {
            *number = Number::double(number.to_double());
        }
        Json::List(items) => items.iter_mut().for_each(round),
        Json::Object(object) => object.values_mut().for_each(round),
        _ => {}
    }
}

fn message(text: &str, error: &serde_json::Error) -> String {
    const EXPECTED: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    if error.is_eof() {
        return format!(
            "Unexpected end-of-input\n at [Source: (String)\"{text}\"; line: {}, column: {}]",
            error.line(),
            error.column() + 1
        );
    }
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = error.column().saturating_sub(1);
    let rest = line.get(column..).unwrap_or_default();
    let place = format!("\n at [Source: (String)\"{text}\"; line: {}, column: {}]", error.line(), column + 2);
    match rest.chars().next() {
        Some(char) if char.is_alphabetic() => {
            let end = rest.find(|char: char| !char.is_alphanumeric()).unwrap_or(rest.len());
            format!("Unrecognized token '{}': was expecting {EXPECTED}{place}", &rest[..end])
        }
        Some(char) => format!(
            "Unexpected character ('{char}' (code {})): expected a valid value {EXPECTED}{place}",
            u32::from(char)
        ),
        None => format!("Unexpected end-of-input{place}"),
    }
}

/// A value as compact JSON, members in their order.
#[must_use]
pub fn compact(value: &Json<'_>) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Json<'_>, out: &mut String) {
    match value {
        Json::Text(text) => write_text(text, out),
        Json::List(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(object) => {
            out.push('{');
            for (place, (name, value)) in object.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        other => out.push_str(&other.text()),
    }
}

fn write_text(text: &str, out: &mut String) {
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
            _ if u32::from(char) < 0x20 => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(char));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}
