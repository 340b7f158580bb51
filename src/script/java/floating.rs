//! `java.lang.Double`, `Float` and `Math`.

use crate::java::{double_text, float_text, parse_double, trim};
use crate::script::call::Call;
use crate::script::class::{Class, Constant, Row, Static, new, row};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

use super::numbers::NUMBER;
use super::object::hash;
use super::string::COMPARABLE;

/// `java.lang.Double`.
pub static DOUBLE: Static = Static::new(|| {
    Class::new("java.lang.Double")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(DOUBLE_NEW)
        .statics(DOUBLE_STATICS)
        .methods(METHODS)
        .constants(DOUBLE_CONSTANTS)
});
/// `java.lang.Float`.
pub static FLOAT: Static = Static::new(|| {
    Class::new("java.lang.Float")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(FLOAT_NEW)
        .statics(FLOAT_STATICS)
        .methods(METHODS)
        .constants(FLOAT_CONSTANTS)
});
/// `java.lang.Math`.
pub static MATH: Static = Static::new(|| Class::new("java.lang.Math").statics(MATH_STATICS).constants(MATH_CONSTANTS));
/// `java.lang.StrictMath`.
pub static STRICT_MATH: Static =
    Static::new(|| Class::new("java.lang.StrictMath").statics(MATH_STATICS).constants(MATH_CONSTANTS));

const METHODS: &[Row] = &[
    row("isNaN", "", |c| ok(own(c).is_nan())),
    row("isInfinite", "", |c| ok(own(c).is_infinite())),
    row("compareTo", "Number", |c| ok(own(c).total_cmp(&c.double(0)) as i32)),
];

const DOUBLE_NEW: &[Row] = &[new("double", |c| ok(c.double(0))), new("String", |c| ok(parse(c)?))];
const FLOAT_NEW: &[Row] = &[new("double", |c| ok(c.double(0) as f32)), new("String", |c| ok(parse(c)? as f32))];

const DOUBLE_CONSTANTS: &[Constant] = &[
    ("MAX_VALUE", || Value::Double(f64::MAX)),
    ("MIN_VALUE", || Value::Double(f64::from_bits(1))),
    ("NaN", || Value::Double(f64::NAN)),
    ("POSITIVE_INFINITY", || Value::Double(f64::INFINITY)),
    ("NEGATIVE_INFINITY", || Value::Double(f64::NEG_INFINITY)),
];
const FLOAT_CONSTANTS: &[Constant] = &[
    ("MAX_VALUE", || Value::Float(f32::MAX)),
    ("MIN_VALUE", || Value::Float(f32::from_bits(1))),
    ("NaN", || Value::Float(f32::NAN)),
];

const DOUBLE_STATICS: &[Row] = &[
    row("parseDouble", "String", |c| ok(parse(c)?)),
    row("valueOf", "double", |c| ok(c.double(0))),
    row("valueOf", "String", |c| ok(parse(c)?)),
    row("toString", "double", |c| ok(double_text(c.double(0)))),
    row("compare", "double, double", |c| ok(c.double(0).total_cmp(&c.double(1)) as i32)),
    row("isNaN", "double", |c| ok(c.double(0).is_nan())),
    row("isInfinite", "double", |c| ok(c.double(0).is_infinite())),
    row("isFinite", "double", |c| ok(c.double(0).is_finite())),
    row("max", "double, double", |c| ok(c.double(0).max(c.double(1)))),
    row("min", "double, double", |c| ok(c.double(0).min(c.double(1)))),
    row("sum", "double, double", |c| ok(c.double(0) + c.double(1))),
    row("doubleToLongBits", "double", |c| ok(c.double(0).to_bits() as i64)),
    row("longBitsToDouble", "long", |c| ok(f64::from_bits(c.long(0) as u64))),
    row("hashCode", "double", |c| ok(hash(&Value::Double(c.double(0))))),
];

const FLOAT_STATICS: &[Row] = &[
    row("parseFloat", "String", |c| ok(parse(c)? as f32)),
    row("valueOf", "double", |c| ok(c.double(0) as f32)),
    row("valueOf", "String", |c| ok(parse(c)? as f32)),
    row("toString", "double", |c| ok(float_text(c.double(0) as f32))),
    row("compare", "double, double", |c| ok(c.double(0).total_cmp(&c.double(1)) as i32)),
];

const MATH_CONSTANTS: &[Constant] =
    &[("PI", || Value::Double(std::f64::consts::PI)), ("E", || Value::Double(std::f64::consts::E))];

const MATH_STATICS: &[Row] = &[
    row("abs", "int", |c| ok(c.int(0).wrapping_abs())),
    row("abs", "long", |c| ok(c.long(0).wrapping_abs())),
    row("abs", "double", |c| ok(c.double(0).abs())),
    row("abs", "float", |c| ok((c.double(0) as f32).abs())),
    row("max", "int, int", |c| ok(c.int(0).max(c.int(1)))),
    row("max", "long, long", |c| ok(c.long(0).max(c.long(1)))),
    row("max", "double, double", |c| ok(larger(c.double(0), c.double(1)))),
    row("max", "float, float", |c| ok(larger(c.double(0), c.double(1)) as f32)),
    row("min", "int, int", |c| ok(c.int(0).min(c.int(1)))),
    row("min", "long, long", |c| ok(c.long(0).min(c.long(1)))),
    row("min", "double, double", |c| ok(-larger(-c.double(0), -c.double(1)))),
    row("min", "float, float", |c| ok(-larger(-c.double(0), -c.double(1)) as f32)),
    row("round", "float", |c| ok((c.double(0) + 0.5).floor() as i32)),
    row("round", "double", |c| ok(round(c.double(0)))),
    row("rint", "double", |c| ok(c.double(0).round_ties_even())),
    row("floor", "double", |c| ok(c.double(0).floor())),
    row("ceil", "double", |c| ok(c.double(0).ceil())),
    row("sqrt", "double", |c| ok(c.double(0).sqrt())),
    row("cbrt", "double", |c| ok(c.double(0).cbrt())),
    row("pow", "double, double", |c| ok(pow(c.double(0), c.double(1)))),
    row("exp", "double", |c| ok(c.double(0).exp())),
    row("log", "double", |c| ok(c.double(0).ln())),
    row("log10", "double", |c| ok(c.double(0).log10())),
    row("sin", "double", |c| ok(c.double(0).sin())),
    row("cos", "double", |c| ok(c.double(0).cos())),
    row("tan", "double", |c| ok(c.double(0).tan())),
    row("asin", "double", |c| ok(c.double(0).asin())),
    row("acos", "double", |c| ok(c.double(0).acos())),
    row("atan", "double", |c| ok(c.double(0).atan())),
    row("atan2", "double, double", |c| ok(c.double(0).atan2(c.double(1)))),
    row("sinh", "double", |c| ok(c.double(0).sinh())),
    row("cosh", "double", |c| ok(c.double(0).cosh())),
    row("tanh", "double", |c| ok(c.double(0).tanh())),
    row("hypot", "double, double", |c| ok(c.double(0).hypot(c.double(1)))),
    row("signum", "double", |c| ok(if c.double(0) == 0.0 { c.double(0) } else { c.double(0).signum() })),
    row("toRadians", "double", |c| ok(c.double(0).to_radians())),
    row("toDegrees", "double", |c| ok(c.double(0).to_degrees())),
    row("random", "", |c| ok(unit_interval(c.machine.host.random()))),
    row("floorMod", "int, int", |c| ok(floor_mod(c.long(0), divisor(c)?) as i32)),
    row("floorMod", "long, long", |c| ok(floor_mod(c.long(0), divisor(c)?))),
    row("floorDiv", "int, int", |c| {
        let divisor = divisor(c)?;
        ok(floor_div(i64::from(c.int(0)), divisor) as i32)
    }),
    row("floorDiv", "long, long", |c| ok(floor_div(c.long(0), divisor(c)?))),
    row("addExact", "int, int", |c| c.int(0).checked_add(c.int(1)).map(Value::Int).ok_or_else(|| overflow("integer"))),
    row("addExact", "long, long", |c| {
        c.long(0).checked_add(c.long(1)).map(Value::Long).ok_or_else(|| overflow("long"))
    }),
    row("multiplyExact", "int, int", |c| {
        c.int(0).checked_mul(c.int(1)).map(Value::Int).ok_or_else(|| overflow("integer"))
    }),
    row("multiplyExact", "long, long", |c| {
        c.long(0).checked_mul(c.long(1)).map(Value::Long).ok_or_else(|| overflow("long"))
    }),
    row("toIntExact", "long", |c| i32::try_from(c.long(0)).map(Value::Int).map_err(|_| overflow("integer"))),
];

fn own(c: &Call<'_, '_>) -> f64 {
    c.this.to_f64().unwrap_or_default()
}

fn parse(c: &Call<'_, '_>) -> Outcome<f64> {
    match c.text_or_null(0) {
        None => Err(Thrown::bare("java.lang.NullPointerException")),
        Some(text) if trim(text).is_empty() => Err(Thrown::new("java.lang.NumberFormatException", "empty String")),
        Some(text) => parse_double(text).ok_or_else(|| super::numbers::number_format(text)),
    }
}

/// `Math.round`.
#[must_use]
pub fn round(number: f64) -> i64 {
    let floor = number.floor();
    // Adding 0.5 would be wrong for 0.49999999999999994.
    if number - floor >= 0.5 { (floor + 1.0) as i64 } else { floor as i64 }
}

/// Java's `pow`: NaN to the power of 0 is 1, 1 to the power of NaN is NaN.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || ((base.abs() - 1.0).abs() < f64::EPSILON && exponent.is_infinite()) {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}

/// `[0, 1)` from 64 random bits.
#[must_use]
pub fn unit_interval(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

fn divisor(c: &Call<'_, '_>) -> Outcome<i64> {
    match c.long(1) {
        0 => Err(Thrown::new("java.lang.ArithmeticException", "/ by zero")),
        other => Ok(other),
    }
}

fn floor_div(a: i64, b: i64) -> i64 {
    let quotient = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

fn floor_mod(a: i64, b: i64) -> i64 {
    let rest = a.wrapping_rem(b);
    if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
}

fn overflow(kind: &str) -> Thrown {
    Thrown::new("java.lang.ArithmeticException", format!("{kind} overflow"))
}
