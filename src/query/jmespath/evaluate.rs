//! The value of an expression.

use std::borrow::Cow;

use super::ast::{Comparison, Expr, JmesPath};
use super::{JmesPathError, function};
use crate::query::json::{Json, Object};

/// A value, most often a part of the document.
pub(super) type Value<'d> = Cow<'d, Json<'d>>;
pub(super) type Evaluated<'d> = Result<Value<'d>, JmesPathError>;

impl JmesPath {
    /// The value of the expression about a document; `Json::Null` if there is none.
    ///
    /// # Errors
    /// When a function is given what it cannot work with.
    pub fn search<'d>(&self, document: &'d Json<'d>) -> Result<Cow<'d, Json<'d>>, JmesPathError> {
        evaluate(&self.expression, &Cow::Borrowed(document))
    }
}

/// The value of an expression about a value.
pub(super) fn evaluate<'d>(expression: &Expr, current: &Value<'d>) -> Evaluated<'d> {
    Ok(match expression {
        Expr::Current => current.clone(),
        Expr::Literal(value) => Cow::Owned(value.clone()),
        Expr::Field(name) => match current {
            Cow::Borrowed(Json::Object(object)) => object.get(name).map_or_else(null, Cow::Borrowed),
            Cow::Owned(Json::Object(object)) => object.get(name).map_or_else(null, |value| Cow::Owned(value.clone())),
            _ => null(),
        },
        Expr::Index(index) => {
            let items = items(current);
            let place = if *index < 0 { index + items.len() as i64 } else { *index };
            usize::try_from(place).ok().and_then(|place| items.into_iter().nth(place)).unwrap_or_else(null)
        }
        Expr::Slice(start, stop, step) => match current.as_ref() {
            Json::List(_) => list(sliced(&items(current), *start, *stop, *step)),
            _ => null(),
        },
        Expr::Sub(left, right) => evaluate(right, &evaluate(left, current)?)?,
        Expr::Project(left, right) => match evaluate(left, current)? {
            left if matches!(left.as_ref(), Json::List(_)) => projected(items(&left), right)?,
            _ => null(),
        },
        Expr::ProjectValues(left, right) => match evaluate(left, current)? {
            left if matches!(left.as_ref(), Json::Object(_)) => projected(members(&left), right)?,
            _ => null(),
        },
        Expr::Flatten(of) => match evaluate(of, current)? {
            of if matches!(of.as_ref(), Json::List(_)) => {
                let flat = items(&of).into_iter().flat_map(|item| match item.as_ref() {
                    Json::List(_) => items(&item),
                    _ => vec![item],
                });
                list(flat.collect())
            }
            _ => null(),
        },
        Expr::Filter { of, condition, then } => match evaluate(of, current)? {
            of if matches!(of.as_ref(), Json::List(_)) => {
                let mut kept = Vec::new();
                for item in items(&of) {
                    if is_true(evaluate(condition, &item)?.as_ref()) {
                        kept.push(item);
                    }
                }
                projected(kept, then)?
            }
            _ => null(),
        },
        Expr::Or(left, right) => match evaluate(left, current)? {
            left if is_true(&left) => left,
            _ => evaluate(right, current)?,
        },
        Expr::And(left, right) => match evaluate(left, current)? {
            left if is_true(&left) => evaluate(right, current)?,
            left => left,
        },
        Expr::Not(of) => Cow::Owned(Json::Boolean(!is_true(evaluate(of, current)?.as_ref()))),
        Expr::Compare(comparison, left, right) => {
            compared(*comparison, evaluate(left, current)?.as_ref(), evaluate(right, current)?.as_ref())
        }
        Expr::List(_) | Expr::Hash(_) if **current == Json::Null => null(),
        Expr::List(parts) => {
            let mut values = Vec::with_capacity(parts.len());
            for part in parts {
                values.push(evaluate(part, current)?);
            }
            list(values)
        }
        Expr::Hash(parts) => {
            let mut members = Vec::with_capacity(parts.len());
            for (name, part) in parts {
                members.push((Cow::Owned(name.clone()), evaluate(part, current)?.into_owned()));
            }
            Cow::Owned(Json::Object(Object::of(members)))
        }
        Expr::Call(name, arguments) => function::call(name, arguments, current)?,
        Expr::Reference(_) => return Err(JmesPathError::Argument("an expression reference is no value".into())),
    })
}

fn null<'d>() -> Value<'d> {
    Cow::Owned(Json::Null)
}

/// A list of values.
pub(super) fn list(values: Vec<Value<'_>>) -> Value<'_> {
    Cow::Owned(Json::List(values.into_iter().map(Cow::into_owned).collect()))
}

/// The items of a list.
pub(super) fn items<'d>(value: &Value<'d>) -> Vec<Value<'d>> {
    match value {
        Cow::Borrowed(Json::List(items)) => items.iter().map(Cow::Borrowed).collect(),
        Cow::Owned(Json::List(items)) => items.iter().map(|item| Cow::Owned(item.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The values in an object.
pub(super) fn members<'d>(value: &Value<'d>) -> Vec<Value<'d>> {
    match value {
        Cow::Borrowed(Json::Object(object)) => object.iter().map(|(_, value)| Cow::Borrowed(value)).collect(),
        Cow::Owned(Json::Object(object)) => object.iter().map(|(_, value)| Cow::Owned(value.clone())).collect(),
        _ => Vec::new(),
    }
}

/// The values of an expression about each of these, without those that are null.
fn projected<'d>(values: Vec<Value<'d>>, expression: &Expr) -> Evaluated<'d> {
    let mut kept = Vec::with_capacity(values.len());
    for value in values {
        let value = evaluate(expression, &value)?;
        if *value != Json::Null {
            kept.push(value);
        }
    }
    Ok(list(kept))
}

fn sliced<'d>(items: &[Value<'d>], start: Option<i64>, stop: Option<i64>, step: i64) -> Vec<Value<'d>> {
    let length = items.len() as i64;
    let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
    let bound = |place: i64| if place < 0 { (place + length).max(low) } else { place.min(high) };
    let start = start.map_or(if step < 0 { high } else { low }, bound);
    let stop = stop.map_or(if step < 0 { low } else { high }, bound);
    let mut taken = Vec::new();
    let mut at = start;
    while if step < 0 { at > stop } else { at < stop } {
        taken.extend(usize::try_from(at).ok().and_then(|at| items.get(at)).cloned());
        at += step;
    }
    taken
}

/// Whether a value counts as true: nothing empty does.
pub(super) fn is_true(value: &Json<'_>) -> bool {
    match value {
        Json::Null => false,
        Json::Boolean(truth) => *truth,
        Json::Number(_) => true,
        Json::Text(text) => !text.is_empty(),
        Json::List(items) => !items.is_empty(),
        Json::Object(object) => !object.is_empty(),
    }
}

/// Whether two values are the same; numbers by their size.
pub(super) fn is_same(left: &Json<'_>, right: &Json<'_>) -> bool {
    match (left, right) {
        (Json::Number(left), Json::Number(right)) => (left.to_double() - right.to_double()).abs() < f64::EPSILON,
        (Json::List(left), Json::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (left, right) => left == right,
    }
}

fn compared<'d>(comparison: Comparison, left: &Json<'_>, right: &Json<'_>) -> Value<'d> {
    let result = match comparison {
        Comparison::Equal => is_same(left, right),
        Comparison::NotEqual => !is_same(left, right),
        _ => {
            let (Json::Number(left), Json::Number(right)) = (left, right) else { return null() };
            let (left, right) = (left.to_double(), right.to_double());
            match comparison {
                Comparison::Less => left < right,
                Comparison::LessOrEqual => left <= right,
                Comparison::Greater => left > right,
                _ => left >= right,
            }
        }
    };
    Cow::Owned(Json::Boolean(result))
}
