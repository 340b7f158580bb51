//! The functions of JMESPath.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::ast::Expr;
use super::evaluate::{Evaluated, Value, evaluate, is_same, items, list, members};
use super::{JmesPathError, compact, read_strict};
use crate::query::json::{Json, Number, Object};

const NAMES: &[&str] = &[
    "abs",
    "avg",
    "ceil",
    "contains",
    "ends_with",
    "floor",
    "join",
    "keys",
    "length",
    "map",
    "max",
    "max_by",
    "merge",
    "min",
    "min_by",
    "not_null",
    "reverse",
    "sort",
    "sort_by",
    "starts_with",
    "sum",
    "to_array",
    "to_number",
    "to_string",
    "type",
    "values",
];

pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name)
}

fn wrong<T>(name: &str, what: &str) -> Result<T, JmesPathError> {
    Err(JmesPathError::Argument(format!("Error while evaluating function \"{name}\": {what}")))
}

/// Calls a function.
pub(super) fn call<'d>(name: &str, arguments: &[Expr], current: &Value<'d>) -> Evaluated<'d> {
    let (least, most) = match name {
        "contains" | "ends_with" | "join" | "map" | "max_by" | "min_by" | "sort_by" | "starts_with" => (2, 2),
        "merge" | "not_null" => (1, usize::MAX),
        _ => (1, 1),
    };
    if arguments.len() < least || arguments.len() > most {
        return wrong(name, &format!("invalid arity, expected {least} arguments, but was {}", arguments.len()));
    }
    match (name, arguments) {
        ("map", [Expr::Reference(of), values]) => {
            let values = array(name, &evaluate(values, current)?)?;
            let mapped: Result<Vec<_>, _> = values.iter().map(|value| evaluate(of, value)).collect();
            return Ok(list(mapped?));
        }
        ("max_by" | "min_by" | "sort_by", [values, Expr::Reference(by)]) => {
            return ordered_by(name, array(name, &evaluate(values, current)?)?, by);
        }
        ("map" | "max_by" | "min_by" | "sort_by", _) => return wrong(name, "expected an expression reference"),
        _ => {}
    }
    let mut values = Vec::with_capacity(arguments.len());
    for argument in arguments {
        values.push(evaluate(argument, current)?);
    }
    plain(name, &values)
}

fn plain<'d>(name: &str, values: &[Value<'d>]) -> Evaluated<'d> {
    let first = &values[0];
    let own = |value: Json<'d>| Ok(Cow::Owned(value));
    match name {
        "abs" => own(double(number(name, first)?.abs())),
        "ceil" => own(double(number(name, first)?.ceil())),
        "floor" => own(double(number(name, first)?.floor())),
        "sum" => own(double(numbers(name, first)?.iter().sum())),
        "avg" => {
            let numbers = numbers(name, first)?;
            let count = numbers.len();
            own(if count == 0 { Json::Null } else { double(numbers.iter().sum::<f64>() / count as f64) })
        }
        "contains" => match first.as_ref() {
            Json::Text(text) => match values[1].as_ref() {
                Json::Text(part) => own(Json::Boolean(text.contains(part.as_ref()))),
                _ => own(Json::Boolean(false)),
            },
            Json::List(items) => own(Json::Boolean(items.iter().any(|item| is_same(item, &values[1])))),
            _ => wrong(name, "expected a string or an array"),
        },
        "starts_with" => own(Json::Boolean(text(name, first)?.starts_with(text(name, &values[1])?))),
        "ends_with" => own(Json::Boolean(text(name, first)?.ends_with(text(name, &values[1])?))),
        "join" => {
            let parts = array(name, &values[1])?;
            let parts: Result<Vec<_>, _> = parts.iter().map(|part| text(name, part).map(str::to_owned)).collect();
            own(Json::Text(parts?.join(text(name, first)?).into()))
        }
        "keys" => match first.as_ref() {
            Json::Object(object) => {
                own(Json::List(object.iter().map(|(name, _)| Json::Text(name.to_owned().into())).collect()))
            }
            _ => wrong(name, "expected an object"),
        },
        "values" if matches!(first.as_ref(), Json::Object(_)) => Ok(list(members(first))),
        "values" => wrong(name, "expected an object"),
        "length" => own(whole(match first.as_ref() {
            Json::Text(text) => text.chars().count(),
            Json::List(items) => items.len(),
            Json::Object(object) => object.len(),
            _ => return wrong(name, "expected a string, an array or an object"),
        })),
        "max" | "min" | "sort" => ordered(name, array(name, first)?),
        "merge" => merged(name, values),
        "not_null" => Ok(values.iter().find(|value| ***value != Json::Null).cloned().unwrap_or(Cow::Owned(Json::Null))),
        "reverse" => match first.as_ref() {
            Json::Text(text) => own(Json::Text(text.chars().rev().collect::<String>().into())),
            _ => Ok(list(array(name, first)?.into_iter().rev().collect())),
        },
        "to_array" => match first.as_ref() {
            Json::List(_) => Ok(first.clone()),
            _ => Ok(list(vec![first.clone()])),
        },
        "to_number" => own(match first.as_ref() {
            Json::Number(_) => return Ok(first.clone()),
            Json::Text(text) => match read_strict(text) {
                Ok((number @ Json::Number(_), _)) => number.into_owned(),
                _ => Json::Null,
            },
            _ => Json::Null,
        }),
        "to_string" => match first.as_ref() {
            Json::Text(_) => Ok(first.clone()),
            value => own(Json::Text(compact(value).into())),
        },
        _ => own(Json::Text(type_name(first).into())),
    }
}

fn type_name(value: &Json<'_>) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Boolean(_) => "boolean",
        Json::Number(_) => "number",
        Json::Text(_) => "string",
        Json::List(_) => "array",
        Json::Object(_) => "object",
    }
}

fn double(number: f64) -> Json<'static> {
    Json::Number(Number::double(number))
}

fn whole(number: usize) -> Json<'static> {
    Json::Number(Number::new(number.to_string()))
}

fn number(name: &str, value: &Json<'_>) -> Result<f64, JmesPathError> {
    match value {
        Json::Number(number) => Ok(number.to_double()),
        other => wrong(name, &format!("expected number but was {}", type_name(other))),
    }
}

fn numbers(name: &str, value: &Value<'_>) -> Result<Vec<f64>, JmesPathError> {
    array(name, value)?.iter().map(|item| number(name, item)).collect()
}

fn text<'v>(name: &str, value: &'v Json<'_>) -> Result<&'v str, JmesPathError> {
    match value {
        Json::Text(text) => Ok(text),
        other => wrong(name, &format!("expected string but was {}", type_name(other))),
    }
}

fn array<'d>(name: &str, value: &Value<'d>) -> Result<Vec<Value<'d>>, JmesPathError> {
    match value.as_ref() {
        Json::List(_) => Ok(items(value)),
        other => wrong(name, &format!("expected array but was {}", type_name(other))),
    }
}

/// How two values of one kind compare.
fn order(name: &str, left: &Json<'_>, right: &Json<'_>) -> Result<Ordering, JmesPathError> {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => Ok(left.to_double().total_cmp(&right.to_double())),
        (Json::Text(left), Json::Text(right)) => Ok(left.cmp(right)),
        _ => wrong(name, "expected an array of numbers or of strings"),
    }
}

fn ordered<'d>(name: &str, values: Vec<Value<'d>>) -> Evaluated<'d> {
    let keyed = values.into_iter().map(|value| (value.clone(), value)).collect();
    pick(name, keyed)
}

fn ordered_by<'d>(name: &str, values: Vec<Value<'d>>, by: &Expr) -> Evaluated<'d> {
    let keyed: Result<Vec<_>, JmesPathError> =
        values.into_iter().map(|value| Ok((evaluate(by, &value)?, value))).collect();
    pick(name, keyed?)
}

/// All values by their keys, or the one with the greatest or the least.
fn pick<'d>(name: &str, mut keyed: Vec<(Value<'d>, Value<'d>)>) -> Evaluated<'d> {
    if let Some((first, _)) = keyed.first() {
        for (key, _) in &keyed {
            order(name, first, key)?;
        }
    }
    keyed.sort_by(|(left, _), (right, _)| order(name, left, right).unwrap_or(Ordering::Equal));
    if name.starts_with("sort") {
        return Ok(list(keyed.into_iter().map(|(_, value)| value).collect()));
    }
    let chosen = if name.starts_with("max") { keyed.pop() } else { keyed.into_iter().next() };
    Ok(chosen.map_or(Cow::Owned(Json::Null), |(_, value)| value))
}

fn merged<'d>(name: &str, values: &[Value<'d>]) -> Evaluated<'d> {
    let mut all: Vec<(Cow<'d, str>, Json<'d>)> = Vec::new();
    for value in values {
        let Json::Object(object) = value.as_ref() else { return wrong(name, "expected an object") };
        for (member, value) in object.iter() {
            all.push((Cow::Owned(member.to_owned()), value.clone()));
        }
    }
    Ok(Cow::Owned(Json::Object(Object::of(all))))
}
