//! `java.lang.String` and `CharSequence`.

use std::sync::Arc;

use crate::java::{string_hash, trim};
use crate::script::call::Call;
use crate::script::class::{Class, Constant, Row, Static, new, row};
use crate::script::collection::Array;
use crate::script::machine::{Machine, Outcome, Thrown, check_size, illegal_argument, ok};
use crate::script::value::Value;

use super::regex::{Replacement, pattern};
use super::text;
use super::{comparator::COMPARATOR, object};

/// `java.lang.CharSequence`.
pub static CHAR_SEQUENCE: Static = Static::new(|| Class::interface("java.lang.CharSequence").methods(SEQUENCE));
/// `java.lang.Comparable`.
pub static COMPARABLE: Static = Static::new(|| Class::interface("java.lang.Comparable"));
/// `java.lang.String`.
pub static STRING: Static = Static::new(|| {
    Class::new("java.lang.String")
        .extends(&[&CHAR_SEQUENCE, &COMPARABLE])
        .constructors(CONSTRUCTORS)
        .statics(STATICS)
        .methods(METHODS)
        .constants(CONSTANTS)
});

const CONSTANTS: &[Constant] =
    &[("CASE_INSENSITIVE_ORDER", || Value::object(super::comparator::IgnoringCase(&COMPARATOR)))];

const CONSTRUCTORS: &[Row] = &[
    new("", |_| ok("")),
    new("String", |c| ok(&**c.text(0)?)),
    new("byte[], Charset?", decoded),
    new("byte[], String", decoded),
    new("byte[], int, int, Object?", |c| {
        let (bytes, from, count) = (c.bytes(0)?, c.int(1), c.int(2));
        let part = usize::try_from(from).ok().and_then(|from| bytes.get(from..from + usize::try_from(count).ok()?));
        match part {
            Some(part) => ok(c.charset(3)?.decode(part)),
            None => Err(Thrown::new(
                "java.lang.StringIndexOutOfBoundsException",
                format!("offset {from}, count {count}, length {}", bytes.len()),
            )),
        }
    }),
    new("char[]", |c| ok(units_text(&c.rest(0)))),
    new("char[], int, int", |c| {
        let items = c.rest(0);
        let part = items.get(c.int(1) as usize..).and_then(|rest| rest.get(..c.int(2) as usize));
        part.map(|part| units_text(part).into())
            .ok_or_else(|| Thrown::bare("java.lang.StringIndexOutOfBoundsException"))
    }),
    new("CharSequence", |c| ok(c.text_of(0)?)),
];

const STATICS: &[Row] = &[
    row("valueOf", "char[]", |c| ok(units_text(&c.rest(0)))),
    row("valueOf", "Object", |c| ok(c.text_of(0)?)),
    row("copyValueOf", "char[]", |c| ok(units_text(&c.rest(0)))),
    row("join", "CharSequence, Iterable", |c| {
        let items = c.items(1)?;
        joined(c, &items)
    }),
    row("join", "CharSequence, CharSequence...", |c| {
        let items = c.rest(1);
        joined(c, &items)
    }),
    row("format", "String, Object...", |c| {
        let args = c.rest(1);
        ok(super::formatter::format(c.machine, c.text(0)?, &args, super::locale::ENGLISH)?)
    }),
    row("format", "Locale, String, Object...", |c| {
        let args = c.rest(2);
        let locale = super::locale::of(c.arg(0));
        ok(super::formatter::format(c.machine, c.text(1)?, &args, locale)?)
    }),
];

const SEQUENCE: &[Row] = &[
    row("length", "", |c| ok(text::length(&c.this_text()?) as i32)),
    row("isEmpty", "", |c| ok(c.this_text()?.is_empty())),
    row("charAt", "int", |c| {
        let (text, at) = (c.this_text()?, c.int(0));
        let unit = usize::try_from(at).ok().and_then(|at| text::unit_at(&text, at));
        unit.map(Value::Char).ok_or_else(|| {
            Thrown::new("java.lang.StringIndexOutOfBoundsException", format!("String index out of range: {at}"))
        })
    }),
    row("subSequence", "int, int", |c| ok(substring(&c.this_text()?, c.int(0), c.int(1))?)),
    row("chars", "", |c| {
        let units = c.this_text()?.encode_utf16().map(|unit| Value::Int(i32::from(unit))).collect();
        ok(super::stream::of_ints(units))
    }),
];

const METHODS: &[Row] = &[
    row("toString", "", |c| ok(c.this_text()?)),
    row("intern", "", |c| ok(c.this_text()?)),
    row("isBlank", "", |c| ok(c.this_text()?.chars().all(text::is_whitespace))),
    row("codePointAt", "int", |c| {
        let (text, at) = (c.this_text()?, c.int(0));
        let from = usize::try_from(at).ok().and_then(|at| text::byte_at(&text, at));
        match from.and_then(|from| text[from..].chars().next()) {
            Some(char) => ok(char as i32),
            None => Err(Thrown::new(
                "java.lang.StringIndexOutOfBoundsException",
                format!("index {at}, length {}", text::length(&text)),
            )),
        }
    }),
    row("codePointCount", "int, int", |c| {
        ok(text::part(&c.this_text()?, c.int(0) as usize, c.int(1) as usize).chars().count() as i32)
    }),
    row("codePoints", "", |c| {
        let points = c.this_text()?.chars().map(|char| Value::Int(char as i32)).collect();
        ok(super::stream::of_ints(points))
    }),
    row("substring", "int", |c| {
        let text = c.this_text()?;
        let end = text::length(&text) as i32;
        ok(substring(&text, c.int(0), end)?)
    }),
    row("substring", "int, int", |c| ok(substring(&c.this_text()?, c.int(0), c.int(1))?)),
    row("indexOf", "String, int?", |c| {
        let from = c.int_or(1, 0).max(0) as usize;
        ok(place(text::index_of(&c.this_text()?, c.text(0)?, from)))
    }),
    row("indexOf", "int, int?", |c| {
        let from = c.int_or(1, 0).max(0) as usize;
        ok(place(text::index_of(&c.this_text()?, &code_point(c.int(0)), from)))
    }),
    row("lastIndexOf", "String, int?", |c| {
        let from = c.int_or(1, i32::MAX);
        ok(if from < 0 { -1 } else { place(text::last_index_of(&c.this_text()?, c.text(0)?, from as usize)) })
    }),
    row("lastIndexOf", "int, int?", |c| {
        let from = c.int_or(1, i32::MAX);
        let part = code_point(c.int(0));
        ok(if from < 0 { -1 } else { place(text::last_index_of(&c.this_text()?, &part, from as usize)) })
    }),
    row("contains", "CharSequence", |c| ok(c.this_text()?.contains(&**c.text(0)?))),
    row("startsWith", "String", |c| ok(c.this_text()?.starts_with(&**c.text(0)?))),
    row("startsWith", "String, int", |c| {
        let text = c.this_text()?;
        let from = usize::try_from(c.int(1)).ok().and_then(|from| text::byte_at(&text, from));
        ok(from.is_some_and(|from| text[from..].starts_with(&*c.args[0].as_str())))
    }),
    row("endsWith", "String", |c| ok(c.this_text()?.ends_with(&**c.text(0)?))),
    row("equals", "Object", |c| ok(object::equals(c.this, c.arg(0)))),
    row("contentEquals", "CharSequence", |c| ok(*c.this_text()? == **c.text(0)?)),
    row("equalsIgnoreCase", "String", |c| {
        let text = c.this_text()?;
        ok(c.text_or_null(0).is_some_and(|other| compare_ignoring_case(&text, other) == 0))
    }),
    row("compareTo", "String", |c| ok(text::compare(&c.this_text()?, c.text(0)?))),
    row("compareToIgnoreCase", "String", |c| ok(compare_ignoring_case(&c.this_text()?, c.text(0)?))),
    row("hashCode", "", |c| ok(string_hash(&c.this_text()?))),
    row("concat", "String", |c| ok([&*c.this_text()?, &**c.text(0)?].concat())),
    row("replace", "char, char", |c| {
        ok(c.this_text()?.replace(&text::from_unit(c.unit(0)), &text::from_unit(c.unit(1))))
    }),
    row("replace", "CharSequence, CharSequence", |c| ok(c.this_text()?.replace(&**c.text(0)?, c.text(1)?))),
    row("replaceAll", "String, String", |c| {
        let pattern = pattern(c.text(0)?)?;
        ok(pattern.replace_all(&c.this_text()?, &Replacement::parse(c.text(1)?)?)?)
    }),
    row("replaceFirst", "String, String", |c| {
        let pattern = pattern(c.text(0)?)?;
        ok(pattern.replace_first(&c.this_text()?, &Replacement::parse(c.text(1)?)?)?)
    }),
    row("matches", "String", |c| ok(pattern(c.text(0)?)?.matches(&c.this_text()?)?)),
    row("split", "String, int?", |c| {
        let parts = pattern(c.text(0)?)?.split(&c.this_text()?, c.int_or(1, 0))?;
        ok(texts(parts))
    }),
    row("toLowerCase", "Locale?", |c| ok(c.this_text()?.to_lowercase())),
    row("toUpperCase", "Locale?", |c| ok(c.this_text()?.to_uppercase())),
    row("trim", "", |c| ok(trim(&c.this_text()?))),
    row("strip", "", |c| ok(c.this_text()?.trim_matches(text::is_whitespace))),
    row("stripLeading", "", |c| ok(c.this_text()?.trim_start_matches(text::is_whitespace))),
    row("stripTrailing", "", |c| ok(c.this_text()?.trim_end_matches(text::is_whitespace))),
    row("repeat", "int", |c| {
        let (text, count) = (c.this_text()?, c.int(0));
        let Ok(count) = usize::try_from(count) else {
            return Err(illegal_argument(format!("count is negative: {count}")));
        };
        check_size(text.len().saturating_mul(count))?;
        ok(text.repeat(count))
    }),
    row("lines", "", |c| {
        let lines = super::reader::lines(&c.this_text()?).into_iter().map(Value::from).collect();
        ok(super::stream::of(lines))
    }),
    row("toCharArray", "", |c| ok(Value::Array(Arc::new(Array::chars(c.this_text()?.encode_utf16()))))),
    row("getBytes", "Object?", |c| ok(c.charset(0)?.encode(&c.this_text()?))),
    row("formatted", "Object...", |c| {
        let args = c.rest(0);
        let text = c.this_text()?;
        ok(super::formatter::format(c.machine, &text, &args, super::locale::ENGLISH)?)
    }),
    row("regionMatches", "boolean, int, String, int, int", |c| {
        let text = c.this_text()?;
        ok(region_matches(&text, c.int(1), c.text(2)?, c.int(3), c.int(4), c.bool(0)))
    }),
    row("regionMatches", "int, String, int, int", |c| {
        let text = c.this_text()?;
        ok(region_matches(&text, c.int(0), c.text(1)?, c.int(2), c.int(3), false))
    }),
];

impl Value {
    /// The text of a value that is one for sure; empty otherwise.
    #[must_use]
    pub fn as_str(&self) -> Arc<str> {
        match self {
            Self::Str(text) => text.clone(),
            _ => Arc::default(),
        }
    }
}

/// A `String[]`.
#[must_use]
pub fn texts(texts: Vec<String>) -> Value {
    Value::Array(Arc::new(Array::texts(texts.into_iter().map(Value::from).collect())))
}

/// `substring`.
///
/// # Errors
/// `StringIndexOutOfBoundsException`.
pub fn substring(text: &str, from: i32, to: i32) -> Outcome<String> {
    let length = text::length(text) as i32;
    if from < 0 || to > length || from > to {
        return Err(Thrown::new(
            "java.lang.StringIndexOutOfBoundsException",
            format!("begin {from}, end {to}, length {length}"),
        ));
    }
    Ok(text::part(text, from as usize, to as usize))
}

/// `compareToIgnoreCase`.
#[must_use]
pub fn compare_ignoring_case(a: &str, b: &str) -> i32 {
    text::compare(&a.to_uppercase().to_lowercase(), &b.to_uppercase().to_lowercase())
}

fn region_matches(text: &str, at: i32, other: &str, from: i32, count: i32, ignore_case: bool) -> bool {
    let (Ok(left), Ok(right)) = (substring(text, at, at + count), substring(other, from, from + count)) else {
        return false;
    };
    if ignore_case { compare_ignoring_case(&left, &right) == 0 } else { left == right }
}

fn place(at: Option<usize>) -> i32 {
    at.map_or(-1, |at| at as i32)
}

fn code_point(code: i32) -> String {
    char::from_u32(code as u32).unwrap_or('\u{fffd}').to_string()
}

fn units_text(units: &[Value]) -> String {
    let units: Vec<_> = units.iter().map(|unit| unit.to_i64().unwrap_or_default() as u16).collect();
    text::from_units(&units)
}

fn decoded(c: &mut Call<'_, '_>) -> Outcome {
    ok(c.charset(1)?.decode(&c.bytes(0)?))
}

fn joined(c: &mut Call<'_, '_>, items: &[Value]) -> Outcome {
    let separator = c.text(0)?;
    ok(join(c.machine, items, separator)?)
}

/// The texts of values with a separator between them.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn join(machine: &mut Machine<'_>, items: &[Value], separator: &str) -> Outcome<String> {
    let mut out = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        machine.write(item, &mut out)?;
        check_size(out.len())?;
    }
    Ok(out)
}
