//! Operators between two values.

use std::sync::Arc;

use super::super::ast::Operator;
use super::super::{arithmetic, compare, format};
use super::invoke;
use crate::script::java::regex::{Matcher, Pattern, pattern};
use crate::script::machine::{Machine, Outcome, Thrown, null_pointer};
use crate::script::value::{GString, Value};

/// The value of `left operator right`.
///
/// # Errors
/// What the operation throws.
pub fn binary(machine: &mut Machine<'_>, operator: Operator, left: &Value, right: &Value) -> Outcome {
    use Operator as Op;
    if let (Value::Int(a), Value::Int(b)) = (left, right) {
        match operator {
            Op::Plus => return Ok(Value::Int(a.wrapping_add(*b))),
            Op::Minus => return Ok(Value::Int(a.wrapping_sub(*b))),
            Op::Multiply => return Ok(Value::Int(a.wrapping_mul(*b))),
            Op::Less => return Ok(Value::Bool(a < b)),
            Op::LessOrEqual => return Ok(Value::Bool(a <= b)),
            Op::Greater => return Ok(Value::Bool(a > b)),
            Op::GreaterOrEqual => return Ok(Value::Bool(a >= b)),
            Op::Equal => return Ok(Value::Bool(a == b)),
            Op::NotEqual => return Ok(Value::Bool(a != b)),
            _ => {}
        }
    }
    Ok(match operator {
        Op::Equal => Value::Bool(compare::equal(machine, left, right)?),
        Op::NotEqual => Value::Bool(!compare::equal(machine, left, right)?),
        Op::Identical => Value::Bool(left.is_same(right)),
        Op::NotIdentical => Value::Bool(!left.is_same(right)),
        Op::Less => Value::Bool(compare::compare(machine, left, right)?.is_lt()),
        Op::LessOrEqual => Value::Bool(compare::compare(machine, left, right)?.is_le()),
        Op::Greater => Value::Bool(compare::compare(machine, left, right)?.is_gt()),
        Op::GreaterOrEqual => Value::Bool(compare::compare(machine, left, right)?.is_ge()),
        Op::Compare => Value::Int(compare::compare(machine, left, right)? as i32),
        Op::Find => {
            let subject = machine.text(left)?;
            let expression = expression_of(machine, right)?;
            Value::object(Matcher::new(expression, subject))
        }
        Op::Match => {
            if left.is_null() || right.is_null() {
                return Ok(Value::Bool(false));
            }
            let subject = machine.text(left)?;
            Value::Bool(expression_of(machine, right)?.matches(&subject)?)
        }
        Op::In => Value::Bool(contains(machine, right, left)?),
        Op::NotIn => Value::Bool(!contains(machine, right, left)?),
        _ => return operation(machine, operator, left, right),
    })
}

fn contains(machine: &mut Machine<'_>, container: &Value, value: &Value) -> Outcome<bool> {
    compare::is_case(machine, container, value)
}

fn expression_of(machine: &mut Machine<'_>, value: &Value) -> Outcome<Arc<crate::script::java::regex::Expression>> {
    if let Some(pattern) = value.downcast::<Pattern>() {
        return Ok(pattern.0.clone());
    }
    let regex = machine.text(value)?;
    pattern(&regex)
}

/// The method behind an operator.
fn method(operator: Operator) -> &'static str {
    match operator {
        Operator::Plus => "plus",
        Operator::Minus => "minus",
        Operator::Multiply => "multiply",
        Operator::Divide => "div",
        Operator::Modulo => "mod",
        Operator::Power => "power",
        Operator::LeftShift => "leftShift",
        Operator::RightShift => "rightShift",
        Operator::RightShiftUnsigned => "rightShiftUnsigned",
        Operator::And => "and",
        Operator::Or => "or",
        _ => "xor",
    }
}

fn operation(machine: &mut Machine<'_>, operator: Operator, left: &Value, right: &Value) -> Outcome {
    match (operator, left, right) {
        (Operator::Plus, Value::Str(text), right) => return joined(machine, text, right),
        (Operator::Plus, Value::GString(text), right) => return longer(machine, text, right),
        // A text on the right side makes a text.
        (Operator::Plus, left, Value::Str(text)) if left.is_number() => {
            let left = machine.text(left)?;
            return joined(machine, &left, &text.clone().into());
        }
        (Operator::Plus, left, Value::GString(_)) if left.is_number() => {
            let left = machine.text(left)?;
            return joined(machine, &left, right);
        }
        (Operator::And, Value::Bool(a), Value::Bool(b)) => return Ok(Value::Bool(a & b)),
        (Operator::Or, Value::Bool(a), Value::Bool(b)) => return Ok(Value::Bool(a | b)),
        (Operator::Xor, Value::Bool(a), Value::Bool(b)) => return Ok(Value::Bool(a ^ b)),
        _ => {}
    }
    if let Some(result) = arithmetic::apply(operator, &as_number(left), &as_number(right))? {
        return Ok(result);
    }
    if left.is_null() {
        return null_operation(machine, operator, right);
    }
    if left.is_number() && right.is_null() {
        let name = left.class().name();
        return Err(Thrown::new(
            "groovy.lang.GroovyRuntimeException",
            format!(
                "Ambiguous method overloading for method {name}#{}.\nCannot resolve which method to invoke for [null] due to overlapping prototypes between:\n\t[class java.lang.Character]\n\t[class java.lang.Number]",
                method(operator)
            ),
        ));
    }
    invoke(machine, left, method(operator), std::slice::from_ref(right))
}

/// A character counts as a number in arithmetic.
fn as_number(value: &Value) -> Value {
    match value {
        Value::Char(unit) => Value::Int(i32::from(*unit)),
        other => other.clone(),
    }
}

fn null_operation(machine: &mut Machine<'_>, operator: Operator, right: &Value) -> Outcome {
    match (operator, right) {
        (Operator::Plus, Value::Str(_) | Value::GString(_)) => {
            let right = machine.text(right)?;
            Ok(format!("null{right}").into())
        }
        (Operator::Plus, right) => {
            let right = format::text(machine, right)?;
            Err(null_pointer(format!("Cannot execute null+{right}")))
        }
        _ => Err(null_pointer(format!("Cannot invoke method {}() on null object", method(operator)))),
    }
}

fn joined(machine: &mut Machine<'_>, left: &str, right: &Value) -> Outcome {
    let mut out = String::with_capacity(left.len() + 16);
    out.push_str(left);
    format::write(machine, right, &mut out)?;
    crate::script::machine::check_size(out.len())?;
    Ok(out.into())
}

/// A text with values in it and more behind it.
fn longer(machine: &mut Machine<'_>, left: &GString, right: &Value) -> Outcome {
    let mut texts = left.texts.to_vec();
    let mut values = left.values.clone();
    let mut last = texts.pop().map(|text| text.to_string()).unwrap_or_default();
    match right {
        Value::GString(other) => {
            let (first, rest) = match other.texts.split_first() {
                Some((first, rest)) => (first.clone(), rest),
                None => (Arc::default(), &[][..]),
            };
            last.push_str(&first);
            texts.push(last.into());
            texts.extend(rest.iter().cloned());
            values.extend(other.values.iter().cloned());
        }
        other => {
            format::write(machine, other, &mut last)?;
            texts.push(last.into());
        }
    }
    Ok(Value::GString(Arc::new(GString { texts: texts.into(), values })))
}
