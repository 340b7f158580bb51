//! `java.lang.Boolean` and `Character`.

use crate::script::call::Call;
use crate::script::class::{Class, Constant, Row, Static, new, row};
use crate::script::machine::ok;
use crate::script::value::Value;

use super::string::COMPARABLE;
use super::text;

/// `java.lang.Boolean`.
pub static BOOLEAN: Static = Static::new(|| {
    Class::new("java.lang.Boolean")
        .extends(&[&COMPARABLE])
        .constructors(BOOLEAN_NEW)
        .statics(BOOLEAN_STATICS)
        .methods(BOOLEAN_METHODS)
        .constants(&[("TRUE", || Value::Bool(true)), ("FALSE", || Value::Bool(false))])
});
/// `java.lang.Character`.
pub static CHARACTER: Static = Static::new(|| {
    Class::new("java.lang.Character")
        .extends(&[&COMPARABLE])
        .constructors(CHARACTER_NEW)
        .statics(CHARACTER_STATICS)
        .methods(CHARACTER_METHODS)
        .constants(CHARACTER_CONSTANTS)
});

const BOOLEAN_NEW: &[Row] =
    &[new("boolean", |c| ok(c.bool(0))), new("String", |c| ok(parse(c.text_or_null(0).map_or("", |text| text))))];

const BOOLEAN_STATICS: &[Row] = &[
    row("parseBoolean", "String", |c| ok(parse(c.text_or_null(0).map_or("", |text| text)))),
    row("valueOf", "boolean", |c| ok(c.bool(0))),
    row("valueOf", "String", |c| ok(parse(c.text_or_null(0).map_or("", |text| text)))),
    row("toString", "boolean", |c| ok(c.bool(0).to_string())),
    row("logicalXor", "boolean, boolean", |c| ok(c.bool(0) ^ c.bool(1))),
    row("logicalAnd", "boolean, boolean", |c| ok(c.bool(0) & c.bool(1))),
    row("logicalOr", "boolean, boolean", |c| ok(c.bool(0) | c.bool(1))),
    row("compare", "boolean, boolean", |c| ok(c.bool(0).cmp(&c.bool(1)) as i32)),
    row("getBoolean", "String", |c| {
        let property = c.machine.host.system_property(c.text(0)?);
        ok(property.is_some_and(|text| parse(&text)))
    }),
];

const BOOLEAN_METHODS: &[Row] = &[row("booleanValue", "", |c| c.this_again())];

const CHARACTER_NEW: &[Row] = &[new("char", |c| ok(c.unit(0)))];

const CHARACTER_CONSTANTS: &[Constant] = &[("MAX_VALUE", || Value::Char(u16::MAX)), ("MIN_VALUE", || Value::Char(0))];

const CHARACTER_METHODS: &[Row] = &[
    row("charValue", "", |c| c.this_again()),
    row("compareTo", "char", |c| ok(i32::from(own(c.this)) - i32::from(c.unit(0)))),
];

const CHARACTER_STATICS: &[Row] = &[
    row("isDigit", "int", |c| ok(char_of(c).is_ascii_digit() || is_other_digit(char_of(c)))),
    row("isLetter", "int", |c| ok(char_of(c).is_alphabetic())),
    row("isLetterOrDigit", "int", |c| ok(char_of(c).is_alphanumeric())),
    row("isAlphabetic", "int", |c| ok(char_of(c).is_alphabetic())),
    row("isUpperCase", "int", |c| ok(char_of(c).is_uppercase())),
    row("isLowerCase", "int", |c| ok(char_of(c).is_lowercase())),
    row("isWhitespace", "int", |c| ok(text::is_whitespace(char_of(c)))),
    row("isSpaceChar", "int", |c| ok(char_of(c) == ' ' || char_of(c) == '\u{a0}')),
    row("toUpperCase", "char", |c| ok(cased(char_of(c).to_uppercase()))),
    row("toUpperCase", "int", |c| ok(i32::from(cased(char_of(c).to_uppercase())))),
    row("toLowerCase", "char", |c| ok(cased(char_of(c).to_lowercase()))),
    row("toLowerCase", "int", |c| ok(i32::from(cased(char_of(c).to_lowercase())))),
    row("toString", "int", |c| ok(char_of(c).to_string())),
    row("valueOf", "char", |c| ok(c.unit(0))),
    row("toChars", "int", |c| {
        let mut units = [0; 2];
        let units = char_of(c).encode_utf16(&mut units);
        ok(Value::Array(std::sync::Arc::new(crate::script::collection::Array::chars(units.iter().copied()))))
    }),
    row("getNumericValue", "int", |c| ok(char_of(c).to_digit(36).map_or(-1, |digit| digit as i32))),
    row("digit", "int, int", |c| {
        let radix = u32::try_from(c.int(1)).unwrap_or_default();
        let digit = if (2..=36).contains(&radix) { char_of(c).to_digit(radix) } else { None };
        ok(digit.map_or(-1, |digit| digit as i32))
    }),
    row("forDigit", "int, int", |c| {
        let (digit, radix) = (c.int(0) as u32, c.int(1) as u32);
        let char = if (2..=36).contains(&radix) { char::from_digit(digit, radix) } else { None };
        ok(char.map_or(0, |char| char as u16))
    }),
    row("compare", "char, char", |c| ok(i32::from(c.unit(0)) - i32::from(c.unit(1)))),
];

fn parse(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

fn own(value: &Value) -> u16 {
    value.to_i64().unwrap_or_default() as u16
}

fn char_of(c: &Call<'_, '_>) -> char {
    char::from_u32(c.int(0) as u32).unwrap_or('\u{fffd}')
}

fn is_other_digit(char: char) -> bool {
    char.is_numeric() && !char.is_ascii() && char.to_digit(36).is_none() && ('\u{660}'..='\u{ff19}').contains(&char)
}

fn cased(chars: impl Iterator<Item = char>) -> u16 {
    let mut units = [0; 2];
    chars.take(1).map(|char| char.encode_utf16(&mut units)[0]).next().unwrap_or_default()
}
