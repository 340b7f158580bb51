//! Writing JSON as json-smart does, and what Java's `toString` makes of values.

use std::borrow::Cow;
use std::fmt::Write;

use super::{Json, Object};
use crate::java::spread_hash;

impl Json<'_> {
    /// A text as it is, all else as compact JSON.
    ///
    /// The members of the object itself come in the order of Java's `HashMap`, which it is copied to; those of objects
    /// inside it in their own.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => "null".into(),
            Self::Boolean(true) => "true".into(),
            Self::Boolean(false) => "false".into(),
            Self::Number(number) => number.text(),
            Self::Text(text) => text.as_ref().into(),
            Self::List(_) => {
                let mut out = String::new();
                self.write(&mut out);
                out.into()
            }
            Self::Object(object) => {
                let mut out = String::new();
                write_members(hashed(object), &mut out);
                out.into()
            }
        }
    }

    /// What Java's `toString` gives for the collections that JSON was read into: `{a=1, b=[1,2]}`.
    #[must_use]
    pub fn java_text(&self) -> Cow<'_, str> {
        match self {
            Self::Object(object) => {
                let members: Vec<_> =
                    object.iter().map(|(name, value)| format!("{name}={}", value.java_text())).collect();
                format!("{{{}}}", members.join(", ")).into()
            }
            other => other.text(),
        }
    }

    /// The Java class that the value is read into.
    #[must_use]
    pub fn java_class(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "java.lang.Boolean",
            Self::Number(number) => number.java_class(),
            Self::Text(_) => "java.lang.String",
            Self::List(_) => "net.minidev.json.JSONArray",
            Self::Object(_) => "java.util.LinkedHashMap",
        }
    }

    /// Appends compact JSON.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Null | Self::Boolean(_) => out.push_str(&self.text()),
            Self::Number(number) => match number.as_double() {
                Some(double) if double.is_infinite() => out.push_str("null"),
                _ => out.push_str(&number.text()),
            },
            Self::Text(text) => write_quoted(text, out),
            Self::List(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(object) => write_members(object.iter(), out),
        }
    }
}

fn write_members<'a>(members: impl IntoIterator<Item = (&'a str, &'a Json<'a>)>, out: &mut String) {
    out.push('{');
    for (place, (name, value)) in members.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_quoted(name, out);
        out.push(':');
        value.write(out);
    }
    out.push('}');
}

/// Slashes are escaped, too, for JSON inside of HTML.
fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str("\\/"),
            '\u{8}' => out.push_str("\\b"),
            '\u{C}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2000}'..='\u{20FF}' => {
                let _ = write!(out, "\\u{:04X}", char as u32);
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}

/// The members in the order of a `HashMap` made from them: by bucket, in a bucket as they came.
fn hashed<'a>(object: &'a Object<'_>) -> Vec<(&'a str, &'a Json<'a>)> {
    let buckets = (object.len() as f64 / 0.75 + 1.0) as usize;
    let last_bucket = buckets.next_power_of_two() as u32 - 1;
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by_key(|(name, _)| spread_hash(name) & last_bucket);
    members
}
