//! Texts: parts, padding, case.

use std::sync::Arc;

use super::super::ast::Operator;
use super::super::cast::Target;
use super::super::eval::{binary, get_at};
use super::super::{compare, format};
use crate::java::trim;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::collection::Array;
use crate::script::java::builder::Builder;
use crate::script::java::regex::Pattern;
use crate::script::java::text::{is_whitespace, length, next, part};
use crate::script::machine::{Outcome, check_size, illegal_argument, ok};
use crate::script::value::Value;

/// The methods.
pub const METHODS: &[Row] = &[
    row("size", "", |c| ok(length(&c.this_text()?) as i32)),
    row("getAt", "Number", |c| get_at(c.machine, c.this, c.arg(0))),
    row("getAt", "Collection", |c| get_at(c.machine, c.this, c.arg(0))),
    row("plus", "Object", |c| binary(c.machine, Operator::Plus, c.this, c.arg(0))),
    row("minus", "Object", |c| {
        let text = c.this_text()?;
        if let Some(pattern) = c.arg(0).downcast::<Pattern>() {
            let nothing = crate::script::java::regex::Replacement::literal("");
            return ok(pattern.0.replace_first(&text, &nothing)?);
        }
        let gone = format::text(c.machine, c.arg(0))?;
        ok(text.replacen(&gone, "", 1))
    }),
    row("multiply", "Number", |c| {
        let count = c.long(0);
        let Ok(count) = usize::try_from(count) else {
            return Err(illegal_argument(format!(
                "multiply() should be called with a number of 0 or greater not: {count}"
            )));
        };
        let text = c.this_text()?;
        check_size(text.len().saturating_mul(count))?;
        ok(text.repeat(count))
    }),
    row("leftShift", "Object", |c| {
        if let Some(builder) = c.this.downcast::<Builder>() {
            builder.push(&format::text(c.machine, c.arg(0))?)?;
            return c.this_again();
        }
        let mut text = c.this_text()?.to_string();
        format::write(c.machine, c.arg(0), &mut text)?;
        ok(Value::object(Builder::buffer(&text)))
    }),
    row("reverse", "", |c| ok(c.this_text()?.chars().rev().collect::<String>())),
    row("next", "", |c| ok(next(&c.this_text()?, 1))),
    row("previous", "", |c| ok(next(&c.this_text()?, -1))),
    row("capitalize", "", |c| ok(with_first(&c.this_text()?, |first| first.to_uppercase().collect()))),
    row("uncapitalize", "", |c| ok(with_first(&c.this_text()?, |first| first.to_lowercase().collect()))),
    row("padLeft", "Number, CharSequence?", |c| padded(c, |missing| (missing, 0))),
    row("padRight", "Number, CharSequence?", |c| padded(c, |missing| (0, missing))),
    row("center", "Number, CharSequence?", |c| padded(c, |missing| (missing / 2, missing - missing / 2))),
    row("take", "int", |c| cut(c, |count, length| (0, count.min(length)))),
    row("drop", "int", |c| cut(c, |count, length| (count.min(length), length))),
    row("takeRight", "int", |c| cut(c, |count, length| (length - count.min(length), length))),
    row("dropRight", "int", |c| cut(c, |count, length| (0, length - count.min(length)))),
    row("takeBefore", "CharSequence", |c| {
        let text = c.this_text()?;
        ok(text.split_once(&**c.text(0)?).map_or("", |(head, _)| head))
    }),
    row("takeAfter", "CharSequence", |c| {
        let text = c.this_text()?;
        ok(text.split_once(&**c.text(0)?).map_or("", |(_, tail)| tail))
    }),
    row("takeBetween", "CharSequence, CharSequence?", |c| {
        let text = c.this_text()?;
        let to = if c.count() > 1 { c.text(1)? } else { c.text(0)? };
        let between = text.split_once(&**c.text(0)?).and_then(|(_, tail)| tail.split_once(&**to));
        ok(between.map_or("", |(middle, _)| middle))
    }),
    row("takeWhile", "Closure", |c| {
        let end = run(c)?;
        ok(&c.this_text()?[..end])
    }),
    row("dropWhile", "Closure", |c| {
        let end = run(c)?;
        ok(&c.this_text()?[end..])
    }),
    row("tokenize", "", |c| tokens(c, " \t\n\r\u{c}")),
    row("tokenize", "CharSequence", |c| tokens(c, c.text(0)?)),
    row("split", "", |c| {
        let parts = c.this_text()?.split_whitespace().map(Value::from).collect();
        ok(Value::Array(Arc::new(Array::texts(parts))))
    }),
    row("contains", "CharSequence", |c| ok(c.this_text()?.contains(&**c.text(0)?))),
    row("count", "CharSequence", |c| {
        let (text, wanted) = (c.this_text()?, c.text(0)?);
        if wanted.is_empty() {
            return ok(length(&text) as i32 + 1);
        }
        let count =
            (0..text.len()).filter(|at| text.is_char_boundary(*at) && text[*at..].starts_with(&**wanted)).count();
        ok(count as i32)
    }),
    row("toList", "", |c| ok(chars(&c.this_text()?))),
    row("toSet", "", |c| {
        let chars = chars(&c.this_text()?);
        crate::script::java::set::linked(c.machine, chars)
    }),
    row("getChars", "", |c| ok(Value::Array(Arc::new(Array::chars(c.this_text()?.encode_utf16()))))),
    row("isAllWhitespace", "", |c| ok(c.this_text()?.chars().all(is_whitespace))),
    row("isBlank", "", |c| ok(c.this_text()?.chars().all(is_whitespace))),
    row("equalsIgnoreCase", "Object", |c| ok(c.this_text()?.to_lowercase() == c.text_of(0)?.to_lowercase())),
    row("startsWithIgnoreCase", "CharSequence", |c| {
        ok(c.this_text()?.to_lowercase().starts_with(&c.text(0)?.to_lowercase()))
    }),
    row("endsWithIgnoreCase", "CharSequence", |c| {
        ok(c.this_text()?.to_lowercase().ends_with(&c.text(0)?.to_lowercase()))
    }),
    row("containsIgnoreCase", "CharSequence", |c| {
        ok(c.this_text()?.to_lowercase().contains(&c.text(0)?.to_lowercase()))
    }),
    row("startsWithAny", "CharSequence...", |c| any(c, |text, wanted| text.starts_with(wanted))),
    row("endsWithAny", "CharSequence...", |c| any(c, |text, wanted| text.ends_with(wanted))),
    row("tr", "CharSequence, CharSequence", |c| ok(translated(&c.this_text()?, c.text(0)?, c.text(1)?))),
    row("replace", "Map", |c| {
        let Value::Map(map) = c.arg(0) else { return c.this_again() };
        let mut text = c.this_text()?.to_string();
        for (from, to) in map.pairs() {
            let (from, to) = (c.machine.text(&from)?, c.machine.text(&to)?);
            text = text.replace(&*from, &to);
        }
        ok(text)
    }),
    row("collectReplacements", "Closure", |c| {
        let mut out = String::new();
        for char in c.this_text()?.chars() {
            let unit = Value::Char(char as u32 as u16);
            match c.invoke(0, &[unit])? {
                Value::Null => out.push(char),
                new => format::write(c.machine, &new, &mut out)?,
            }
        }
        ok(out)
    }),
    row("asType", "Class", |c| match c.arg(0) {
        Value::Class(class) => Target::of(class.clone()).coerce(c.machine, c.this.clone()),
        _ => c.this_again(),
    }),
    row("compareTo", "Object", |c| ok(compare::compare(c.machine, c.this, c.arg(0))? as i32)),
    row("execute", "", |c| {
        let words = crate::script::java::process::words(c.machine, c.this)?;
        crate::script::java::process::run(&words, &[], None)
    }),
    row("getText", "", |c| ok(c.this_text()?)),
    row("trim", "", |c| ok(trim(&c.this_text()?))),
];

fn with_first(text: &str, change: fn(char) -> String) -> String {
    let mut chars = text.chars();
    chars.next().map(change).unwrap_or_default() + chars.as_str()
}

fn padded(c: &mut Call<'_, '_>, sides: fn(usize) -> (usize, usize)) -> Outcome {
    let text = c.this_text()?;
    let wanted = usize::try_from(c.long(0)).unwrap_or_default();
    check_size(wanted)?;
    let padding = if c.count() > 1 { c.text(1)?.to_string() } else { " ".to_owned() };
    let missing = wanted.saturating_sub(length(&text));
    let (left, right) = sides(missing);
    let fill = |count: usize| padding.chars().cycle().take(count).collect::<String>();
    ok([&fill(left), &*text, &fill(right)].concat())
}

fn cut(c: &mut Call<'_, '_>, ends: fn(usize, usize) -> (usize, usize)) -> Outcome {
    let text = c.this_text()?;
    let count = usize::try_from(c.int(0)).unwrap_or_default();
    let (start, end) = ends(count, length(&text));
    ok(part(&text, start, end))
}

/// The byte up to which the closure holds for each character.
fn run(c: &mut Call<'_, '_>) -> Outcome<usize> {
    let text = c.this_text()?;
    for (at, char) in text.char_indices() {
        if !super::iteration::holds(c.machine, c.arg(0), &Value::from(char.to_string()))? {
            return Ok(at);
        }
    }
    Ok(text.len())
}

fn tokens(c: &mut Call<'_, '_>, separators: &str) -> Outcome {
    let text = c.this_text()?;
    let parts = text.split(|char| separators.contains(char)).filter(|part| !part.is_empty());
    ok(parts.map(Value::from).collect::<Vec<_>>())
}

fn chars(text: &str) -> Vec<Value> {
    text.chars().map(|char| Value::from(char.to_string())).collect()
}

fn any(c: &mut Call<'_, '_>, test: fn(&str, &str) -> bool) -> Outcome {
    let text = c.this_text()?;
    for wanted in c.rest(0) {
        if test(&text, &c.machine.text(&wanted)?) {
            return ok(true);
        }
    }
    ok(false)
}

/// `tr('a-z', 'A-Z')`
fn translated(text: &str, from: &str, to: &str) -> String {
    let expand = |set: &str| {
        let chars: Vec<char> = set.chars().collect();
        let mut all = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            if at + 2 < chars.len() && chars[at + 1] == '-' {
                all.extend(chars[at]..=chars[at + 2]);
                at += 3;
            } else {
                all.push(chars[at]);
                at += 1;
            }
        }
        all
    };
    let (is_negated, from) = match from.strip_prefix('^') {
        Some(rest) if !rest.is_empty() => (true, expand(rest)),
        _ => (false, expand(from)),
    };
    let to = expand(to);
    let last = to.last().copied();
    let translate = |char: char| match (from.iter().position(|other| *other == char), is_negated) {
        (Some(at), false) => to.get(at).copied().or(last).unwrap_or(char),
        (None, true) => last.unwrap_or(char),
        _ => char,
    };
    text.chars().map(translate).collect()
}
