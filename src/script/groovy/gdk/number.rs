//! Numbers, characters and booleans.

use std::sync::Arc;

use num_traits::Signed;

use super::super::ast::Operator;
use super::super::compare::compare;
use super::super::eval::binary;
use super::super::{arithmetic, truth};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::collection::increment;
use crate::script::java::text::from_unit;
use crate::script::machine::{Outcome, ok};
use crate::script::number::{Decimal, Rounding};
use crate::script::value::Value;

/// The methods of numbers.
pub const METHODS: &[Row] = &[
    row("plus", "Object", |c| binary(c.machine, Operator::Plus, c.this, c.arg(0))),
    row("minus", "Number", |c| binary(c.machine, Operator::Minus, c.this, c.arg(0))),
    row("multiply", "Number", |c| binary(c.machine, Operator::Multiply, c.this, c.arg(0))),
    row("div", "Number", |c| binary(c.machine, Operator::Divide, c.this, c.arg(0))),
    row("mod", "Number", |c| binary(c.machine, Operator::Modulo, c.this, c.arg(0))),
    row("power", "Number", |c| binary(c.machine, Operator::Power, c.this, c.arg(0))),
    row("and", "Number", |c| binary(c.machine, Operator::And, c.this, c.arg(0))),
    row("or", "Number", |c| binary(c.machine, Operator::Or, c.this, c.arg(0))),
    row("xor", "Number", |c| binary(c.machine, Operator::Xor, c.this, c.arg(0))),
    row("leftShift", "Number", |c| binary(c.machine, Operator::LeftShift, c.this, c.arg(0))),
    row("rightShift", "Number", |c| binary(c.machine, Operator::RightShift, c.this, c.arg(0))),
    row("rightShiftUnsigned", "Number", |c| binary(c.machine, Operator::RightShiftUnsigned, c.this, c.arg(0))),
    row("intdiv", "Number", |c| arithmetic::whole_quotient(c.this, c.arg(0))),
    row("unaryMinus", "", |c| ok(arithmetic::negated(c.this))),
    row("negative", "", |c| ok(arithmetic::negated(c.this))),
    row("positive", "", |c| c.this_again()),
    row("next", "", |c| increment(c.machine, c.this, 1)),
    row("previous", "", |c| increment(c.machine, c.this, -1)),
    row("compareTo", "Object", |c| ok(compare(c.machine, c.this, c.arg(0))? as i32)),
    row("abs", "", |c| {
        ok(match c.this {
            Value::Int(number) => Value::Int(number.wrapping_abs()),
            Value::Long(number) => Value::Long(number.wrapping_abs()),
            Value::Double(number) => Value::Double(number.abs()),
            Value::Float(number) => Value::Float(number.abs()),
            Value::Decimal(number) => number.abs().into(),
            Value::BigInteger(number) => number.abs().into(),
            other => Value::Int(other.to_i64().unwrap_or_default().wrapping_abs() as i32),
        })
    }),
    row("round", "", |c| {
        ok(match c.this {
            Value::Float(number) => Value::Int((f64::from(*number) + 0.5).floor() as i32),
            Value::Decimal(number) => scaled(number, 0, Rounding::HalfUp),
            other => Value::Long(crate::script::java::floating::round(other.to_f64().unwrap_or_default())),
        })
    }),
    row("round", "int", |c| {
        ok(match c.this {
            Value::Decimal(number) => scaled(number, c.int(0), Rounding::HalfUp),
            other => shifted(other, c.int(0), |number| crate::script::java::floating::round(number) as f64),
        })
    }),
    row("trunc", "int?", |c| {
        ok(match c.this {
            Value::Decimal(number) => scaled(number, c.int_or(0, 0), Rounding::Down),
            other => shifted(other, c.int_or(0, 0), f64::trunc),
        })
    }),
    row("times", "Function", |c| {
        let count = c.this.to_i64().unwrap_or_default();
        for at in 0..count {
            c.machine.step()?;
            c.invoke(0, &[Value::Int(at as i32)])?;
        }
        Ok(Value::Null)
    }),
    row("upto", "Number, Function", |c| run(c, 1)),
    row("downto", "Number, Function", |c| run(c, -1)),
    row("step", "Number, Number, Function", |c| {
        let mut at = c.this.clone();
        let up = compare(c.machine, c.arg(1), &Value::Int(0))?.is_gt();
        while if up { compare(c.machine, &at, c.arg(0))?.is_lt() } else { compare(c.machine, &at, c.arg(0))?.is_gt() } {
            c.machine.step()?;
            c.invoke(2, &[at.clone()])?;
            at = binary(c.machine, Operator::Plus, &at, c.arg(1))?;
        }
        Ok(Value::Null)
    }),
    row("toInteger", "", |c| ok(c.this.to_i64().unwrap_or_default() as i32)),
    row("toLong", "", |c| ok(c.this.to_i64().unwrap_or_default())),
    row("toDouble", "", |c| ok(c.this.to_f64())),
    row("toFloat", "", |c| ok(c.this.to_f64().map(|number| number as f32))),
    row("toShort", "", |c| ok(c.this.to_i64().unwrap_or_default() as i16)),
    row("toBigDecimal", "", |c| ok(c.this.to_decimal())),
    row("toBigInteger", "", |c| ok(c.this.to_decimal().map(|number| number.to_integer()))),
    row("toCharacter", "", |c| ok(Value::Char(c.this.to_i64().unwrap_or_default() as u16))),
    row("isCase", "Number", |c| ok(compare(c.machine, c.this, c.arg(0))?.is_eq())),
    row("asBoolean", "", |c| ok(truth::of(c.machine, c.this)?)),
    row("isNaN", "", |c| ok(c.this.to_f64().is_some_and(f64::is_nan))),
];

/// The methods of characters.
pub const CHARACTER_METHODS: &[Row] = &[
    row("isDigit", "", |c| ok(own(c).is_some_and(char::is_numeric))),
    row("isLetter", "", |c| ok(own(c).is_some_and(char::is_alphabetic))),
    row("isLetterOrDigit", "", |c| ok(own(c).is_some_and(char::is_alphanumeric))),
    row("isLowerCase", "", |c| ok(own(c).is_some_and(char::is_lowercase))),
    row("isUpperCase", "", |c| ok(own(c).is_some_and(char::is_uppercase))),
    row("isWhitespace", "", |c| ok(own(c).is_some_and(char::is_whitespace))),
    row("toLowerCase", "", |c| ok(own(c).map(|char| unit(char.to_lowercase().next().unwrap_or(char))))),
    row("toUpperCase", "", |c| ok(own(c).map(|char| unit(char.to_uppercase().next().unwrap_or(char))))),
    row("next", "", |c| increment(c.machine, c.this, 1)),
    row("previous", "", |c| increment(c.machine, c.this, -1)),
    row("plus", "Object", |c| match c.arg(0) {
        text @ (Value::Str(_) | Value::GString(_)) => {
            let text = c.machine.text(text)?;
            ok(format!("{}{text}", from_unit(this_unit(c))))
        }
        number => binary(c.machine, Operator::Plus, &Value::Int(i32::from(this_unit(c))), number),
    }),
    row("compareTo", "Object", |c| ok(compare(c.machine, c.this, c.arg(0))? as i32)),
    row("asBoolean", "", |c| ok(this_unit(c) != 0)),
];

/// The methods of booleans.
pub const BOOLEAN_METHODS: &[Row] = &[
    row("and", "Object", |c| ok(c.this_truth() & truth::of(c.machine, c.arg(0))?)),
    row("or", "Object", |c| ok(c.this_truth() | truth::of(c.machine, c.arg(0))?)),
    row("xor", "Object", |c| ok(c.this_truth() ^ truth::of(c.machine, c.arg(0))?)),
    row("implies", "Object", |c| ok(!c.this_truth() | truth::of(c.machine, c.arg(0))?)),
    row("toBoolean", "", |c| c.this_again()),
];

impl Call<'_, '_> {
    fn this_truth(&self) -> bool {
        matches!(self.this, Value::Bool(true))
    }
}

fn this_unit(c: &Call<'_, '_>) -> u16 {
    match c.this {
        Value::Char(unit) => *unit,
        _ => 0,
    }
}

fn own(c: &Call<'_, '_>) -> Option<char> {
    char::from_u32(u32::from(this_unit(c)))
}

fn unit(char: char) -> Value {
    Value::Char(char as u32 as u16)
}

fn scaled(number: &Arc<Decimal>, scale: i32, rounding: Rounding) -> Value {
    number.with_scale(scale, rounding).into()
}

fn shifted(number: &Value, places: i32, round: impl Fn(f64) -> f64) -> Value {
    let factor = 10_f64.powi(places);
    let result = round(number.to_f64().unwrap_or_default() * factor) / factor;
    match number {
        Value::Float(_) => Value::Float(result as f32),
        _ => Value::Double(result),
    }
}

fn run(c: &mut Call<'_, '_>, by: i32) -> Outcome {
    let mut at = c.this.clone();
    let order = compare(c.machine, &at, c.arg(0))?;
    if (by > 0 && order.is_gt()) || (by < 0 && order.is_lt()) {
        let (method, word) = if by > 0 { ("upto", "less") } else { ("downto", "greater") };
        let text = c.machine.text(c.this)?;
        let to = c.text_of(0)?;
        return Err(crate::script::machine::Thrown::new(
            "groovy.lang.GroovyRuntimeException",
            format!("The argument ({to}) to {method}() cannot be {word} than the value ({text}) it's called on."),
        ));
    }
    loop {
        let order = compare(c.machine, &at, c.arg(0))?;
        if (by > 0 && order.is_gt()) || (by < 0 && order.is_lt()) {
            return Ok(Value::Null);
        }
        c.machine.step()?;
        c.invoke(1, &[at.clone()])?;
        at = increment(c.machine, &at, by)?;
    }
}
