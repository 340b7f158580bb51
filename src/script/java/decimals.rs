//! `java.math`: `BigDecimal`, `BigInteger`, `RoundingMode`, `MathContext`.

use num_bigint::{BigInt, Sign};
use num_traits::{Signed, ToPrimitive, Zero};

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::number::{Decimal, Rounding};
use crate::script::value::Value;

use super::enumeration::{self, ENUM};
use super::numbers::{NUMBER, number_format};
use super::string::COMPARABLE;

/// `java.math.BigDecimal`.
pub static BIG_DECIMAL: Static = Static::new(|| {
    Class::new("java.math.BigDecimal")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(DECIMAL_NEW)
        .statics(DECIMAL_STATICS)
        .methods(DECIMAL_METHODS)
        .constants(DECIMAL_CONSTANTS)
});
/// `java.math.BigInteger`.
pub static BIG_INTEGER: Static = Static::new(|| {
    Class::new("java.math.BigInteger")
        .extends(&[&NUMBER, &COMPARABLE])
        .constructors(INTEGER_NEW)
        .statics(INTEGER_STATICS)
        .methods(INTEGER_METHODS)
        .constants(INTEGER_CONSTANTS)
});
/// `java.math.RoundingMode`.
pub static ROUNDING_MODE: Static = Static::new(|| {
    Class::new("java.math.RoundingMode").extends(&[&ENUM]).enumeration(&[
        "UP",
        "DOWN",
        "CEILING",
        "FLOOR",
        "HALF_UP",
        "HALF_DOWN",
        "HALF_EVEN",
        "UNNECESSARY",
    ])
});
/// `java.math.MathContext`.
pub static MATH_CONTEXT: Static =
    Static::new(|| Class::new("java.math.MathContext").constructors(CONTEXT_NEW).constants(CONTEXT_CONSTANTS));

/// A number of digits and how to get there.
#[derive(Clone, Copy)]
struct MathContext {
    precision: i32,
    rounding: Rounding,
}

impl HostObject for MathContext {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&MATH_CONTEXT)
    }

    fn plain_text(&self) -> Option<String> {
        let mode = Rounding::ALL.iter().find(|(_, mode)| *mode == self.rounding).map_or("", |(name, _)| *name);
        Some(format!("precision={} roundingMode={mode}", self.precision))
    }
}

const CONTEXT_NEW: &[Row] = &[new("int, Object?", |c| {
    let rounding = if c.count() > 1 { rounding(c.arg(1)) } else { Rounding::HalfUp };
    ok(Value::object(MathContext { precision: c.int(0), rounding }))
})];

const CONTEXT_CONSTANTS: &[Constant] = &[
    ("DECIMAL32", || Value::object(MathContext { precision: 7, rounding: Rounding::HalfEven })),
    ("DECIMAL64", || Value::object(MathContext { precision: 16, rounding: Rounding::HalfEven })),
    ("DECIMAL128", || Value::object(MathContext { precision: 34, rounding: Rounding::HalfEven })),
    ("UNLIMITED", || Value::object(MathContext { precision: 0, rounding: Rounding::HalfUp })),
];

const DECIMAL_NEW: &[Row] = &[
    new("int", |c| ok(Decimal::from(c.long(0)))),
    new("long", |c| ok(Decimal::from(c.long(0)))),
    new("double", |c| exactly(c.double(0))),
    new("BigInteger, int?", |c| ok(Decimal::new(integer(c.arg(0)), c.int_or(1, 0)))),
    new("BigDecimal", |c| Ok(c.arg(0).clone())),
    new("String, MathContext?", |c| {
        let number = parse(c.text(0)?)?;
        match c.arg(1).downcast::<MathContext>() {
            Some(context) => ok(number.round(context.precision, context.rounding)),
            None => ok(number),
        }
    }),
];

const DECIMAL_CONSTANTS: &[Constant] = &[
    ("ZERO", || Decimal::from(0).into()),
    ("ONE", || Decimal::from(1).into()),
    ("TEN", || Decimal::from(10).into()),
    ("ROUND_UP", || Value::Int(0)),
    ("ROUND_DOWN", || Value::Int(1)),
    ("ROUND_CEILING", || Value::Int(2)),
    ("ROUND_FLOOR", || Value::Int(3)),
    ("ROUND_HALF_UP", || Value::Int(4)),
    ("ROUND_HALF_DOWN", || Value::Int(5)),
    ("ROUND_HALF_EVEN", || Value::Int(6)),
    ("ROUND_UNNECESSARY", || Value::Int(7)),
];

const DECIMAL_STATICS: &[Row] = &[
    row("valueOf", "long, int?", |c| ok(Decimal::new(c.long(0).into(), c.int_or(1, 0)))),
    row("valueOf", "double", |c| match Decimal::of_double(c.double(0)) {
        Some(number) => ok(number),
        None => Err(Thrown::new("java.lang.NumberFormatException", "Infinite or NaN")),
    }),
];

const DECIMAL_METHODS: &[Row] = &[
    row("add", "BigDecimal", |c| ok(own(c.this).add(&own(c.arg(0))))),
    row("subtract", "BigDecimal", |c| ok(own(c.this).subtract(&own(c.arg(0))))),
    row("multiply", "BigDecimal", |c| ok(own(c.this).multiply(&own(c.arg(0))))),
    row("multiply", "BigDecimal, MathContext", |c| {
        let context = context(c, 1)?;
        ok(own(c.this).multiply(&own(c.arg(0))).round(context.precision, context.rounding))
    }),
    row("divide", "BigDecimal", |c| {
        let (left, right) = (own(c.this), own(c.arg(0)));
        check_divisor(&right)?;
        left.divide_exactly(&right)
            .map(Value::from)
            .ok_or_else(|| arithmetic("Non-terminating decimal expansion; no exact representable decimal result."))
    }),
    row("divide", "BigDecimal, int, Object", |c| divided(c, c.int(1), rounding(c.arg(2)))),
    row("divide", "BigDecimal, MathContext", |c| {
        check_divisor(&own(c.arg(0)))?;
        ok(own(c.this).divide_to_precision(&own(c.arg(0)), context(c, 1)?.precision))
    }),
    row("divide", "BigDecimal, Object", |c| divided(c, own(c.this).scale(), rounding(c.arg(1)))),
    row("remainder", "BigDecimal", |c| {
        check_divisor(&own(c.arg(0)))?;
        ok(own(c.this).remainder(&own(c.arg(0))))
    }),
    row("divideToIntegralValue", "BigDecimal", |c| {
        check_divisor(&own(c.arg(0)))?;
        ok(own(c.this).divide_to_scale(&own(c.arg(0)), 0, Rounding::Down))
    }),
    row("pow", "int", |c| match u32::try_from(c.int(0)).ok().and_then(|power| own(c.this).pow(power)) {
        Some(power) => ok(power),
        None => Err(arithmetic("Invalid operation")),
    }),
    row("setScale", "int", |c| scaled(c, Rounding::Unnecessary)),
    row("setScale", "int, Object", |c| scaled(c, rounding(c.arg(1)))),
    row("round", "MathContext", |c| {
        let context = context(c, 0)?;
        ok(own(c.this).round(context.precision, context.rounding))
    }),
    row("scale", "", |c| ok(own(c.this).scale())),
    row("precision", "", |c| ok(own(c.this).precision())),
    row("signum", "", |c| ok(own(c.this).signum())),
    row("negate", "", |c| ok(own(c.this).negate())),
    row("abs", "", |c| ok(own(c.this).abs())),
    row("plus", "", |c| c.this_again()),
    row("max", "BigDecimal", |c| {
        ok(if own(c.this).compare(&own(c.arg(0))).is_ge() { own(c.this) } else { own(c.arg(0)) })
    }),
    row("min", "BigDecimal", |c| {
        ok(if own(c.this).compare(&own(c.arg(0))).is_le() { own(c.this) } else { own(c.arg(0)) })
    }),
    row("stripTrailingZeros", "", |c| ok(own(c.this).stripped())),
    row("toPlainString", "", |c| ok(own(c.this).plain_text())),
    row("toEngineeringString", "", |c| ok(own(c.this).to_string())),
    row("toBigInteger", "", |c| ok(own(c.this).to_integer())),
    row("unscaledValue", "", |c| ok(own(c.this).unscaled().clone())),
    row("movePointLeft", "int", |c| ok(moved(&own(c.this), c.int(0)))),
    row("movePointRight", "int", |c| ok(moved(&own(c.this), -c.int(0)))),
    row("compareTo", "Number", |c| ok(own(c.this).compare(&own(c.arg(0))) as i32)),
    row("intValueExact", "", |c| match own(c.this).to_integer().to_i32() {
        Some(number) => ok(number),
        None => Err(arithmetic("Overflow")),
    }),
];

const INTEGER_NEW: &[Row] = &[
    new("String, int?", |c| {
        let text = c.text(0)?;
        let digits = text.strip_prefix('+').unwrap_or(text);
        BigInt::parse_bytes(digits.as_bytes(), c.int_or(1, 10).clamp(2, 36) as u32).map(Value::from).ok_or_else(|| {
            if text.is_empty() {
                Thrown::new("java.lang.NumberFormatException", "Zero length BigInteger")
            } else {
                number_format(text)
            }
        })
    }),
    new("int, byte[]", |c| {
        let sign = match c.int(0).signum() {
            -1 => Sign::Minus,
            0 => Sign::NoSign,
            _ => Sign::Plus,
        };
        ok(BigInt::from_bytes_be(sign, &c.bytes(1)?))
    }),
    new("byte[]", |c| ok(BigInt::from_signed_bytes_be(&c.bytes(0)?))),
];

const INTEGER_CONSTANTS: &[Constant] = &[
    ("ZERO", || BigInt::from(0).into()),
    ("ONE", || BigInt::from(1).into()),
    ("TWO", || BigInt::from(2).into()),
    ("TEN", || BigInt::from(10).into()),
];

const INTEGER_STATICS: &[Row] = &[row("valueOf", "long", |c| ok(BigInt::from(c.long(0))))];

const INTEGER_METHODS: &[Row] = &[
    row("add", "BigInteger", |c| ok(integer(c.this) + integer(c.arg(0)))),
    row("subtract", "BigInteger", |c| ok(integer(c.this) - integer(c.arg(0)))),
    row("multiply", "BigInteger", |c| ok(integer(c.this) * integer(c.arg(0)))),
    row("divide", "BigInteger", |c| ok(integer(c.this) / non_zero(c.arg(0))?)),
    row("remainder", "BigInteger", |c| ok(integer(c.this) % non_zero(c.arg(0))?)),
    row("mod", "BigInteger", |c| {
        let modulus = non_zero(c.arg(0))?;
        ok(((integer(c.this) % &modulus) + &modulus) % &modulus)
    }),
    row("modPow", "BigInteger, BigInteger", |c| ok(integer(c.this).modpow(&integer(c.arg(0)), &non_zero(c.arg(1))?))),
    row("modInverse", "BigInteger", |c| ok(integer(c.this).modinv(&non_zero(c.arg(0))?))),
    row("pow", "int", |c| {
        let power = c.int(0).max(0) as u32;
        crate::script::machine::check_size(integer(c.this).bits() as usize / 8 * power as usize)?;
        ok(integer(c.this).pow(power))
    }),
    row("gcd", "BigInteger", |c| {
        let (mut a, mut b) = (integer(c.this), integer(c.arg(0)));
        while !b.is_zero() {
            (a, b) = (b.clone(), a % b);
        }
        ok(a.abs())
    }),
    row("negate", "", |c| ok(-integer(c.this))),
    row("abs", "", |c| ok(integer(c.this).abs())),
    row("signum", "", |c| ok(own(c.this).signum())),
    row("bitLength", "", |c| ok(integer(c.this).bits() as i32)),
    row("testBit", "int", |c| ok(integer(c.this).bit(c.int(0) as u64))),
    row("shiftLeft", "int", |c| ok(integer(c.this) << c.int(0).clamp(0, 1 << 20))),
    row("shiftRight", "int", |c| ok(integer(c.this) >> c.int(0).max(0))),
    row("and", "BigInteger", |c| ok(integer(c.this) & integer(c.arg(0)))),
    row("or", "BigInteger", |c| ok(integer(c.this) | integer(c.arg(0)))),
    row("xor", "BigInteger", |c| ok(integer(c.this) ^ integer(c.arg(0)))),
    row("max", "BigInteger", |c| ok(integer(c.this).max(integer(c.arg(0))))),
    row("min", "BigInteger", |c| ok(integer(c.this).min(integer(c.arg(0))))),
    row("toString", "int", |c| ok(integer(c.this).to_str_radix(c.int(0).clamp(2, 36) as u32))),
    row("toByteArray", "", |c| ok(integer(c.this).to_signed_bytes_be())),
    row("compareTo", "Number", |c| ok(own(c.this).compare(&own(c.arg(0))) as i32)),
];

fn own(value: &Value) -> Decimal {
    value.to_decimal().unwrap_or_else(|| Decimal::from(0))
}

fn integer(value: &Value) -> BigInt {
    match value {
        Value::BigInteger(number) => BigInt::clone(number),
        other => other.to_i64().unwrap_or_default().into(),
    }
}

fn non_zero(value: &Value) -> Outcome<BigInt> {
    let number = integer(value);
    if number.is_zero() { Err(arithmetic("BigInteger divide by zero")) } else { Ok(number) }
}

/// `new BigDecimal(text)`.
///
/// # Errors
/// `NumberFormatException`.
pub fn parse(text: &str) -> Outcome<Decimal> {
    Decimal::parse(text).map_err(|message| match message {
        Some(message) => Thrown::new("java.lang.NumberFormatException", message),
        None => Thrown::bare("java.lang.NumberFormatException"),
    })
}

fn exactly(number: f64) -> Outcome {
    match Decimal::exactly(number) {
        Some(number) => ok(number),
        None => Err(Thrown::new("java.lang.NumberFormatException", "Infinite or NaN")),
    }
}

/// `ArithmeticException`.
#[must_use]
pub fn arithmetic(message: &str) -> Thrown {
    Thrown::new("java.lang.ArithmeticException", message)
}

fn check_divisor(divisor: &Decimal) -> Outcome<()> {
    if divisor.signum() == 0 { Err(arithmetic("Division by zero")) } else { Ok(()) }
}

fn divided(c: &Call<'_, '_>, scale: i32, rounding: Rounding) -> Outcome {
    check_divisor(&own(c.arg(0)))?;
    let quotient = own(c.this).divide_to_scale(&own(c.arg(0)), scale, rounding);
    quotient.map(Value::from).ok_or_else(|| arithmetic("Rounding necessary"))
}

fn scaled(c: &Call<'_, '_>, rounding: Rounding) -> Outcome {
    own(c.this).with_scale(c.int(0), rounding).map(Value::from).ok_or_else(|| arithmetic("Rounding necessary"))
}

fn moved(number: &Decimal, places: i32) -> Decimal {
    let moved = Decimal::new(number.unscaled().clone(), number.scale().saturating_add(places));
    if moved.scale() < 0 { moved.with_scale(0, Rounding::Down).unwrap_or(moved) } else { moved }
}

/// The mode of an argument: a `RoundingMode`, or one of the old numbers.
#[must_use]
pub fn rounding(value: &Value) -> Rounding {
    match value.downcast::<enumeration::Constant>() {
        Some(mode) => Rounding::named(mode.name()).unwrap_or(Rounding::HalfUp),
        None => {
            let at = value.to_i64().unwrap_or(4) as usize;
            Rounding::ALL.get(at).map_or(Rounding::HalfUp, |(_, mode)| *mode)
        }
    }
}

fn context(c: &Call<'_, '_>, at: usize) -> Outcome<MathContext> {
    c.arg_as::<MathContext>(at).copied()
}
