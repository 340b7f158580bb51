//! `StringUtils` and `StringEscapeUtils`.

use std::fmt::Write;

use crate::java::trim;
use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, row};
use crate::script::machine::{Outcome, ok};
use crate::script::value::Value;

/// `org.apache.commons.lang3.StringUtils`.
pub static STRING_UTILS: Static = Static::new(|| Class::new("org.apache.commons.lang3.StringUtils").statics(STATICS));
/// `org.apache.commons.lang.StringUtils`.
pub static STRING_UTILS_2: Static = Static::new(|| Class::new("org.apache.commons.lang.StringUtils").statics(STATICS));
/// `org.apache.commons.lang3.StringEscapeUtils`.
pub static ESCAPE_UTILS: Static =
    Static::new(|| Class::new("org.apache.commons.lang3.StringEscapeUtils").statics(ESCAPES));
/// `org.apache.commons.lang.StringEscapeUtils`.
pub static ESCAPE_UTILS_2: Static =
    Static::new(|| Class::new("org.apache.commons.lang.StringEscapeUtils").statics(ESCAPES));
/// `org.apache.commons.text.StringEscapeUtils`.
pub static ESCAPE_UTILS_TEXT: Static =
    Static::new(|| Class::new("org.apache.commons.text.StringEscapeUtils").statics(ESCAPES));

/// A text argument; nothing for `null`.
fn text<'c>(c: &Call<'c, '_>, at: usize) -> &'c str {
    c.text_or_null(at).map_or("", |text| text)
}

/// What a text becomes; `null` stays `null`.
fn changed(c: &Call<'_, '_>, work: impl FnOnce(&str) -> String) -> Outcome {
    ok(c.text_or_null(0).map(|text| work(text)))
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn is_all(c: &Call<'_, '_>, fits: fn(char) -> bool) -> Outcome {
    let text = text(c, 0);
    ok(!text.is_empty() && text.chars().all(fits))
}

const STATICS: &[Row] = &[
    row("isEmpty", "CharSequence", |c| ok(text(c, 0).is_empty())),
    row("isNotEmpty", "CharSequence", |c| ok(!text(c, 0).is_empty())),
    row("isBlank", "CharSequence", |c| ok(is_blank(text(c, 0)))),
    row("isNotBlank", "CharSequence", |c| ok(!is_blank(text(c, 0)))),
    row("isNumeric", "CharSequence", |c| is_all(c, char::is_numeric)),
    row("isAlpha", "CharSequence", |c| is_all(c, char::is_alphabetic)),
    row("isAlphanumeric", "CharSequence", |c| is_all(c, char::is_alphanumeric)),
    row("trim", "String", |c| changed(c, |text| trim(text).to_owned())),
    row("trimToEmpty", "String", |c| ok(trim(text(c, 0)))),
    row("strip", "String", |c| changed(c, |text| text.trim().to_owned())),
    row("defaultString", "String, String?", |c| {
        ok(c.text_or_null(0).map_or_else(|| text(c, 1).to_owned(), std::string::ToString::to_string))
    }),
    row("upperCase", "String", |c| changed(c, str::to_uppercase)),
    row("lowerCase", "String", |c| changed(c, str::to_lowercase)),
    row("capitalize", "String", |c| changed(c, |text| first(text, true))),
    row("uncapitalize", "String", |c| changed(c, |text| first(text, false))),
    row("reverse", "String", |c| changed(c, |text| text.chars().rev().collect())),
    row("contains", "CharSequence, CharSequence", |c| ok(text(c, 0).contains(text(c, 1)))),
    row("containsIgnoreCase", "CharSequence, CharSequence", |c| {
        ok(text(c, 0).to_lowercase().contains(&text(c, 1).to_lowercase()))
    }),
    row("equals", "CharSequence, CharSequence", |c| ok(c.text_or_null(0) == c.text_or_null(1))),
    row("equalsIgnoreCase", "CharSequence, CharSequence", |c| {
        ok(text(c, 0).to_lowercase() == text(c, 1).to_lowercase())
    }),
    row("startsWith", "CharSequence, CharSequence", |c| ok(text(c, 0).starts_with(text(c, 1)))),
    row("endsWith", "CharSequence, CharSequence", |c| ok(text(c, 0).ends_with(text(c, 1)))),
    row("countMatches", "CharSequence, CharSequence", |c| {
        ok(if text(c, 1).is_empty() { 0 } else { text(c, 0).matches(text(c, 1)).count() as i32 })
    }),
    row("replace", "String, String, String", |c| {
        let (from, to) = (text(c, 1), text(c, 2));
        changed(c, |text| if from.is_empty() { text.to_owned() } else { text.replace(from, to) })
    }),
    row("remove", "String, String", |c| {
        let part = text(c, 1);
        changed(c, |text| text.replace(part, ""))
    }),
    row("substringBefore", "String, String", |c| {
        let mark = text(c, 1);
        changed(c, |text| text.split_once(mark).map_or(text, |(before, _)| before).to_owned())
    }),
    row("substringAfter", "String, String", |c| {
        let mark = text(c, 1);
        changed(c, |text| text.split_once(mark).map_or("", |(_, after)| after).to_owned())
    }),
    row("substringBeforeLast", "String, String", |c| {
        let mark = text(c, 1);
        changed(c, |text| text.rsplit_once(mark).map_or(text, |(before, _)| before).to_owned())
    }),
    row("substringAfterLast", "String, String", |c| {
        let mark = text(c, 1);
        changed(c, |text| text.rsplit_once(mark).map_or("", |(_, after)| after).to_owned())
    }),
    row("substringBetween", "String, String, String?", |c| {
        let (open, close) = (text(c, 1), if c.count() > 2 { text(c, 2) } else { text(c, 1) });
        let rest = text(c, 0).split_once(open).map(|(_, rest)| rest);
        ok(rest.and_then(|rest| rest.split_once(close)).map(|(inside, _)| inside.to_owned()))
    }),
    row("leftPad", "String, int, Object?", |c| padded(c, true)),
    row("rightPad", "String, int, Object?", |c| padded(c, false)),
    row("repeat", "String, int", |c| {
        let count = usize::try_from(c.int(1)).unwrap_or(0);
        crate::script::machine::check_size(text(c, 0).len().saturating_mul(count))?;
        changed(c, |text| text.repeat(count))
    }),
    row("left", "String, int", |c| {
        let count = usize::try_from(c.int(1)).unwrap_or(0);
        changed(c, |text| text.chars().take(count).collect())
    }),
    row("right", "String, int", |c| {
        let count = usize::try_from(c.int(1)).unwrap_or(0);
        changed(c, |text| {
            let all: Vec<char> = text.chars().collect();
            all[all.len().saturating_sub(count)..].iter().collect()
        })
    }),
    row("join", "Object, Object?", |c| {
        let items = c.items(0)?;
        let mark = text(c, 1);
        let mut texts = Vec::with_capacity(items.len());
        for item in &items {
            texts.push(if item.is_null() { "".into() } else { c.machine.text(item)? });
        }
        ok(texts.join(mark))
    }),
    row("split", "String, String?", |c| {
        let marks = if c.count() > 1 { text(c, 1) } else { " \t\n\r" };
        let parts = text(c, 0).split(|char| marks.contains(char)).filter(|part| !part.is_empty());
        let parts = parts.map(Value::from).collect();
        ok(Value::Array(std::sync::Arc::new(crate::script::collection::Array::texts(parts))))
    }),
];

fn first(text: &str, upper: bool) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let head: String = if upper { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
    head + chars.as_str()
}

fn padded(c: &mut Call<'_, '_>, left: bool) -> Outcome {
    let pad = if c.count() > 2 { c.text_of(2)? } else { " ".into() };
    let size = usize::try_from(c.int(1)).unwrap_or(0);
    crate::script::machine::check_size(size)?;
    changed(c, |text| {
        let missing = size.saturating_sub(text.chars().count());
        let filling: String = pad.chars().cycle().take(if pad.is_empty() { 0 } else { missing }).collect();
        if left { filling + text } else { text.to_owned() + &filling }
    })
}

const ENTITIES: [(&str, &str); 5] = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&apos;")];

fn escaped(text: &str, count: usize) -> String {
    ENTITIES[..count].iter().fold(text.to_owned(), |text, (char, entity)| text.replace(char, entity))
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&#39;", "'").replace("&#34;", "\"").replace("&nbsp;", "\u{a0}");
    ENTITIES.iter().rev().fold(text, |text, (char, entity)| text.replace(entity, char))
}

const ESCAPES: &[Row] = &[
    row("escapeXml", "String", |c| changed(c, |text| escaped(text, 5))),
    row("escapeXml10", "String", |c| changed(c, |text| escaped(text, 5))),
    row("escapeXml11", "String", |c| changed(c, |text| escaped(text, 5))),
    row("escapeHtml4", "String", |c| changed(c, |text| escaped(text, 4))),
    row("escapeHtml3", "String", |c| changed(c, |text| escaped(text, 4))),
    row("escapeHtml", "String", |c| changed(c, |text| escaped(text, 4))),
    row("unescapeXml", "String", |c| changed(c, unescaped)),
    row("unescapeHtml4", "String", |c| changed(c, unescaped)),
    row("unescapeHtml3", "String", |c| changed(c, unescaped)),
    row("unescapeHtml", "String", |c| changed(c, unescaped)),
    row("escapeJava", "String", |c| changed(c, |text| java(text, ""))),
    row("escapeJson", "String", |c| changed(c, |text| java(text, "/"))),
    row("escapeEcmaScript", "String", |c| changed(c, |text| java(text, "/'"))),
    row("escapeJavaScript", "String", |c| changed(c, |text| java(text, "/'"))),
    row("unescapeJava", "String", |c| changed(c, from_java)),
    row("unescapeJson", "String", |c| changed(c, from_java)),
    row("unescapeEcmaScript", "String", |c| changed(c, from_java)),
    row("escapeCsv", "String", |c| {
        changed(c, |text| match text.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.to_owned(),
        })
    }),
];

fn java(text: &str, also: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            char if also.contains(char) => out.extend(['\\', char]),
            ' '..='~' => out.push(char),
            char => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "\\u{unit:04X}");
                }
            }
        }
    }
    out
}

fn from_java(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        let char = if char == '\\' {
            chars.next().unwrap_or('\\')
        } else {
            units.extend(char.encode_utf16(&mut [0; 2]).iter());
            continue;
        };
        let plain = match char {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let digits: String = chars.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap_or(0xfffd));
                continue;
            }
            other => other,
        };
        units.extend(plain.encode_utf16(&mut [0; 2]).iter());
    }
    String::from_utf16_lossy(&units)
}
