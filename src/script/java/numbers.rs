//! `java.lang.Number` and its classes for whole numbers: `Integer`, `Long`, `Short`, `Byte`.

use crate::java::{decode_long, parse_int, parse_int_radix, parse_long_radix, radix_text};
use crate::script::call::Call;
use crate::script::class::{Class, Constant, Row, Static, new, row};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

use super::object::{self, compare_numbers};
use super::string::COMPARABLE;

/// `java.lang.Number`.
pub static NUMBER: Static = Static::new(|| Class::new("java.lang.Number").methods(NUMBER_METHODS));
/// `java.lang.Integer`.
pub static INTEGER: Static = Static::new(|| {
    Class::new("java.lang.Integer")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(INTEGER_NEW)
        .statics(INTEGER_STATICS)
        .methods(METHODS)
        .constants(INTEGER_CONSTANTS)
});
/// `java.lang.Long`.
pub static LONG: Static = Static::new(|| {
    Class::new("java.lang.Long")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(LONG_NEW)
        .statics(LONG_STATICS)
        .methods(METHODS)
        .constants(LONG_CONSTANTS)
});
/// `java.lang.Short`.
pub static SHORT: Static = Static::new(|| {
    Class::new("java.lang.Short")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(SHORT_NEW)
        .statics(SHORT_STATICS)
        .methods(METHODS)
        .constants(&[("MAX_VALUE", || Value::Short(i16::MAX)), ("MIN_VALUE", || Value::Short(i16::MIN))])
});
/// `java.lang.Byte`.
pub static BYTE: Static = Static::new(|| {
    Class::new("java.lang.Byte")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(BYTE_NEW)
        .statics(BYTE_STATICS)
        .methods(METHODS)
        .constants(&[("MAX_VALUE", || Value::Byte(i8::MAX)), ("MIN_VALUE", || Value::Byte(i8::MIN))])
});

const NUMBER_METHODS: &[Row] = &[
    row("intValue", "", |c| ok(whole(c.this) as i32)),
    row("longValue", "", |c| ok(whole(c.this))),
    row("shortValue", "", |c| ok(whole(c.this) as i16)),
    row("byteValue", "", |c| ok(whole(c.this) as i8)),
    row("doubleValue", "", |c| ok(c.this.to_f64())),
    row("floatValue", "", |c| ok(c.this.to_f64().map(|number| number as f32))),
];

const METHODS: &[Row] = &[row("compareTo", "Number", |c| ok(compare_numbers(c.this, c.arg(0)) as i32))];

const INTEGER_NEW: &[Row] =
    &[new("int", |c| ok(c.int(0))), new("String", |c| ok(int(c.text_or_null(0).map(|text| &**text), 10)?))];
const LONG_NEW: &[Row] =
    &[new("long", |c| ok(c.long(0))), new("String", |c| ok(long(c.text_or_null(0).map(|text| &**text), 10)?))];
const SHORT_NEW: &[Row] = &[new("short", |c| ok(c.long(0) as i16)), new("String", |c| ok(narrow::<i16>(c, "Short")?))];
const BYTE_NEW: &[Row] = &[new("byte", |c| ok(c.long(0) as i8)), new("String", |c| ok(narrow::<i8>(c, "Byte")?))];

const INTEGER_CONSTANTS: &[Constant] = &[
    ("MAX_VALUE", || Value::Int(i32::MAX)),
    ("MIN_VALUE", || Value::Int(i32::MIN)),
    ("SIZE", || Value::Int(32)),
    ("BYTES", || Value::Int(4)),
    ("TYPE", || Value::class_of(&super::primitive::INT)),
];
const LONG_CONSTANTS: &[Constant] = &[
    ("MAX_VALUE", || Value::Long(i64::MAX)),
    ("MIN_VALUE", || Value::Long(i64::MIN)),
    ("SIZE", || Value::Int(64)),
    ("BYTES", || Value::Int(8)),
];

const INTEGER_STATICS: &[Row] = &[
    row("parseInt", "String, int?", |c| ok(int(c.text_or_null(0).map(|text| &**text), c.int_or(1, 10) as u32)?)),
    row("valueOf", "int", |c| ok(c.int(0))),
    row("valueOf", "String, int?", |c| ok(int(c.text_or_null(0).map(|text| &**text), c.int_or(1, 10) as u32)?)),
    row("decode", "String", |c| match decode_long(c.text(0)?).and_then(|number| i32::try_from(number).ok()) {
        Some(number) => ok(number),
        None => Err(number_format(c.text(0)?)),
    }),
    row("toString", "int, int?", |c| ok(radix_text(i64::from(c.int(0)), c.int_or(1, 10) as u32))),
    row("toHexString", "int", |c| ok(format!("{:x}", c.int(0)))),
    row("toOctalString", "int", |c| ok(format!("{:o}", c.int(0)))),
    row("toBinaryString", "int", |c| ok(format!("{:b}", c.int(0)))),
    row("bitCount", "int", |c| ok(c.int(0).count_ones() as i32)),
    row("compare", "int, int", |c| ok(c.int(0).cmp(&c.int(1)) as i32)),
    row("signum", "int", |c| ok(c.int(0).signum())),
    row("sum", "int, int", |c| ok(c.int(0).wrapping_add(c.int(1)))),
    row("max", "int, int", |c| ok(c.int(0).max(c.int(1)))),
    row("min", "int, int", |c| ok(c.int(0).min(c.int(1)))),
    row("reverse", "int", |c| ok(c.int(0).reverse_bits())),
    row("hashCode", "int", |c| ok(c.int(0))),
    row("highestOneBit", "int", |c| {
        ok(if c.int(0) == 0 { 0 } else { 1_i32.wrapping_shl(31 - c.int(0).leading_zeros()) })
    }),
    row("numberOfLeadingZeros", "int", |c| ok(c.int(0).leading_zeros() as i32)),
    row("numberOfTrailingZeros", "int", |c| ok(c.int(0).trailing_zeros() as i32)),
    row("getInteger", "String, Object?", |c| {
        let property = c.machine.host.system_property(c.text(0)?);
        ok(property.and_then(|text| parse_int(&text)).map_or_else(|| c.arg(1).clone(), Value::Int))
    }),
];

const LONG_STATICS: &[Row] = &[
    row("parseLong", "String, int?", |c| ok(long(c.text_or_null(0).map(|text| &**text), c.int_or(1, 10) as u32)?)),
    row("valueOf", "long", |c| ok(c.long(0))),
    row("valueOf", "String, int?", |c| ok(long(c.text_or_null(0).map(|text| &**text), c.int_or(1, 10) as u32)?)),
    row("decode", "String", |c| {
        decode_long(c.text(0)?).map(Value::Long).ok_or_else(|| number_format(&c.args[0].as_str()))
    }),
    row("toString", "long, int?", |c| ok(radix_text(c.long(0), c.int_or(1, 10) as u32))),
    row("toHexString", "long", |c| ok(format!("{:x}", c.long(0)))),
    row("toOctalString", "long", |c| ok(format!("{:o}", c.long(0)))),
    row("toBinaryString", "long", |c| ok(format!("{:b}", c.long(0)))),
    row("bitCount", "long", |c| ok(c.long(0).count_ones() as i32)),
    row("compare", "long, long", |c| ok(c.long(0).cmp(&c.long(1)) as i32)),
    row("signum", "long", |c| ok(c.long(0).signum() as i32)),
    row("sum", "long, long", |c| ok(c.long(0).wrapping_add(c.long(1)))),
    row("max", "long, long", |c| ok(c.long(0).max(c.long(1)))),
    row("min", "long, long", |c| ok(c.long(0).min(c.long(1)))),
    row("hashCode", "long", |c| ok(object::hash(&Value::Long(c.long(0))))),
];

const SHORT_STATICS: &[Row] = &[
    row("parseShort", "String", |c| ok(narrow::<i16>(c, "Short")?)),
    row("valueOf", "short", |c| ok(c.long(0) as i16)),
    row("valueOf", "String", |c| ok(narrow::<i16>(c, "Short")?)),
];

const BYTE_STATICS: &[Row] = &[
    row("parseByte", "String", |c| ok(narrow::<i8>(c, "Byte")?)),
    row("valueOf", "byte", |c| ok(c.long(0) as i8)),
    row("valueOf", "String", |c| ok(narrow::<i8>(c, "Byte")?)),
    row("toUnsignedInt", "byte", |c| ok(i32::from(c.long(0) as u8))),
];

fn whole(value: &Value) -> i64 {
    value.to_i64().unwrap_or_default()
}

/// `NumberFormatException` for a text.
#[must_use]
pub fn number_format(text: &str) -> Thrown {
    Thrown::new("java.lang.NumberFormatException", format!("For input string: \"{text}\""))
}

fn of_radix(text: &str, radix: u32) -> Thrown {
    let under = if radix == 10 { String::new() } else { format!(" under radix {radix}") };
    Thrown::new("java.lang.NumberFormatException", format!("For input string: \"{text}\"{under}"))
}

/// `Integer.parseInt`.
///
/// # Errors
/// `NumberFormatException`.
pub fn int(text: Option<&str>, radix: u32) -> Outcome<i32> {
    let Some(text) = text else {
        return Err(Thrown::new("java.lang.NumberFormatException", "Cannot parse null string"));
    };
    parse_int_radix(text, radix).ok_or_else(|| of_radix(text, radix))
}

/// `Long.parseLong`.
///
/// # Errors
/// `NumberFormatException`.
pub fn long(text: Option<&str>, radix: u32) -> Outcome<i64> {
    let Some(text) = text else {
        return Err(Thrown::new("java.lang.NumberFormatException", "Cannot parse null string"));
    };
    parse_long_radix(text, radix).ok_or_else(|| of_radix(text, radix))
}

fn narrow<T: TryFrom<i32>>(c: &Call<'_, '_>, name: &str) -> Outcome<T> {
    let number = int(c.text_or_null(0).map(|text| &**text), 10)?;
    T::try_from(number).map_err(|_| {
        let message = format!("Value out of range. Value:\"{number}\" Radix:10");
        let _ = name;
        Thrown::new("java.lang.NumberFormatException", message)
    })
}
