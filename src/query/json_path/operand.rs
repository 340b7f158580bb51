//! The values of operands, and how they compare.

use std::borrow::Cow;

use super::characters::{Step, invalid, unescaped};
use super::operator::Operator;
use super::{JsonPath, PathError};
use crate::query::json::{Decimal, Json};
use crate::query::regex::Pattern;

/// The value of an operand.
pub(super) enum Value<'v> {
    /// A path that leads nowhere.
    Undefined,
    Null,
    Boolean(bool),
    Number(Decimal),
    Text(Cow<'v, str>),
    /// The values that a path leads to.
    List(Vec<Cow<'v, Json<'v>>>),
    /// A list or an object that a path leads to.
    Json(Cow<'v, Json<'v>>),
    /// A list or an object as written in the filter.
    Written(&'v str),
    Pattern(&'v Pattern),
    /// A text that looks like a path and is equal to nothing.
    Path,
}

impl<'v> Value<'v> {
    /// The operand that a value of the document makes.
    pub fn of(json: Cow<'v, Json<'v>>) -> Step<Self> {
        Ok(match json {
            Cow::Borrowed(Json::Text(text)) => Self::Text(text.as_ref().into()),
            Cow::Owned(Json::Text(text)) => Self::Text(text),
            json => match json.as_ref() {
                Json::Null => Self::Null,
                Json::Boolean(truth) => Self::Boolean(*truth),
                Json::Number(number) => Self::Number(decimal(&number.text())?),
                _ => Self::Json(json),
            },
        })
    }

    /// The operand that an item of a list makes: texts that look like JSON or a path count as such.
    fn of_item(item: &Json<'_>) -> Step<Value<'static>> {
        Ok(match item {
            Json::Text(text) => {
                let trimmed = text.trim();
                if trimmed.starts_with(['$', '@']) && JsonPath::new(trimmed).is_ok() {
                    Value::Path
                } else if trimmed.starts_with(['[', '{']) && Json::read(trimmed).is_ok() {
                    // Such a text is equal to no other value.
                    Value::Path
                } else {
                    Value::Text(unescaped(unquoted(text))?.into())
                }
            }
            Json::List(_) | Json::Object(_) => return Err(PathError::Failed("Could not determine value type".into())),
            other => return Value::of(Cow::Owned(other.clone().into_owned())).map(Value::detached),
        })
    }

    fn detached(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(truth) => Value::Boolean(truth),
            Self::Number(number) => Value::Number(number),
            _ => Value::Undefined,
        }
    }

    fn is_equal(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Self::Null, Value::Null) => true,
            (Self::Boolean(one), Value::Boolean(other)) => one == other,
            (Self::Number(one), Value::Number(other)) => one.compare(other).is_eq(),
            (Self::Number(number), Value::Text(text)) => {
                Decimal::parse(text).is_some_and(|it| number.compare(&it).is_eq())
            }
            (Self::Text(text), Value::Number(number)) => **text == *number.text(),
            (Self::Text(one), Value::Text(other)) => one == other,
            (Self::Json(json), other) => other.parsed().is_some_and(|other| **json == *other),
            (Self::List(items), other) => other.parsed().is_some_and(|other| match other.as_ref() {
                Json::List(others) => {
                    items.len() == others.len() && items.iter().zip(others).all(|(item, other)| item.as_ref() == other)
                }
                _ => false,
            }),
            _ => false,
        }
    }

    /// The list or object that this is.
    fn parsed(&self) -> Option<Cow<'_, Json<'_>>> {
        match self {
            Self::Json(json) => Some(Cow::Borrowed(json.as_ref())),
            Self::List(items) => Some(Cow::Owned(Json::List(items.iter().map(|item| item.as_ref().clone()).collect()))),
            Self::Written(text) => Json::read(text).ok().map(Cow::Owned),
            _ => None,
        }
    }

    /// The items of the list that this is; `None` for an object.
    fn items(&self) -> Step<Option<Vec<Value<'static>>>> {
        match self.parsed() {
            None => invalid("Expected value list node"),
            Some(json) => match json.as_ref() {
                Json::List(items) => items.iter().map(Value::of_item).collect::<Step<Vec<_>>>().map(Some),
                _ => Ok(None),
            },
        }
    }

    fn is_list(&self) -> bool {
        self.parsed().is_some_and(|json| matches!(json.as_ref(), Json::List(_)))
    }

    fn pattern(&self) -> Option<&Pattern> {
        match self {
            Self::Pattern(pattern) => Some(pattern),
            _ => None,
        }
    }

    fn truth(&self) -> Step<bool> {
        match self {
            Self::Boolean(truth) => Ok(*truth),
            _ => invalid("Expected boolean node"),
        }
    }

    /// What a pattern is held against.
    fn subject(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => text.as_ref().into(),
            Self::Number(number) => number.text().into(),
            Self::Boolean(truth) => truth.to_string().into(),
            _ => "".into(),
        }
    }

    /// Of the same type, as `===` asks.
    fn is_like(&self, other: &Value<'_>) -> bool {
        let kind = |value: &Value<'_>| match value {
            Value::Json(_) | Value::Written(_) | Value::List(_) => 0,
            Value::Undefined => 1,
            Value::Null => 2,
            Value::Boolean(_) => 3,
            Value::Number(_) => 4,
            Value::Text(_) => 5,
            Value::Pattern(_) => 6,
            Value::Path => 7,
        };
        kind(self) == kind(other)
    }
}

/// Whether a relation holds.
pub(super) fn holds(left: &Value<'_>, operator: Operator, right: &Value<'_>) -> Step<bool> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    Ok(match operator {
        Operator::Equal => left.is_equal(right),
        Operator::NotEqual => !left.is_equal(right),
        Operator::SameTypeEqual => left.is_like(right) && left.is_equal(right),
        Operator::SameTypeNotEqual => !(left.is_like(right) && left.is_equal(right)),
        Operator::Less => matches!(order(left, right), Some(Less)),
        Operator::LessOrEqual => matches!(order(left, right), Some(Less | Equal)),
        Operator::Greater => matches!(order(left, right), Some(Greater)),
        Operator::GreaterOrEqual => matches!(order(left, right), Some(Greater | Equal)),
        Operator::Matches => matches(left, right)?,
        Operator::In => is_in(left, right)?,
        Operator::NotIn => !is_in(left, right)?,
        Operator::Contains => contains(left, right)?,
        Operator::Size => has_size(left, right),
        Operator::Empty => is_empty(left, right)?,
        Operator::SubsetOf => both(left, right)?
            .is_some_and(|(left, right)| left.iter().all(|item| right.iter().any(|other| item.is_equal(other)))),
        Operator::AnyOf => both(left, right)?.is_some_and(|(left, right)| have_common(&left, &right)),
        Operator::NoneOf => both(left, right)?.is_some_and(|(left, right)| !have_common(&left, &right)),
        Operator::Exists => match (left, right) {
            (Value::Boolean(left), Value::Boolean(right)) => left == right,
            (Value::Boolean(_), _) | (_, Value::Boolean(_)) => return invalid("Expected boolean node"),
            _ => return Err(PathError::Failed("Failed to evaluate exists expression".into())),
        },
        Operator::Never => return invalid("Expected value list node"),
    })
}

fn order(left: &Value<'_>, right: &Value<'_>) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.compare(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.encode_utf16().cmp(right.encode_utf16())),
        _ => None,
    }
}

fn matches(left: &Value<'_>, right: &Value<'_>) -> Step<bool> {
    match (left.pattern(), right.pattern()) {
        (Some(pattern), None) => is_match(pattern, right),
        (None, Some(pattern)) => is_match(pattern, left),
        _ => Ok(false),
    }
}

/// Whether the pattern is the whole of the value, or of an item of the list.
fn is_match(pattern: &Pattern, subject: &Value<'_>) -> Step<bool> {
    if subject.is_list() {
        let items = subject.items()?.unwrap_or_default();
        return Ok(items.iter().any(|item| pattern.is_whole(&item.subject())));
    }
    Ok(pattern.is_whole(&subject.subject()))
}

fn is_in(left: &Value<'_>, right: &Value<'_>) -> Step<bool> {
    Ok(right.items()?.is_some_and(|items| items.iter().any(|item| left.is_equal(item))))
}

fn contains(left: &Value<'_>, right: &Value<'_>) -> Step<bool> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Ok(left.contains(right.as_ref())),
        (Value::Json(_) | Value::List(_) | Value::Written(_), right) => {
            Ok(left.items()?.is_some_and(|items| items.iter().any(|item| right.is_equal(item))))
        }
        _ => Ok(false),
    }
}

fn has_size(left: &Value<'_>, right: &Value<'_>) -> bool {
    let Value::Number(size) = right else { return false };
    let length = match left {
        Value::Text(text) => text.encode_utf16().count() as i64,
        left => match left.parsed().as_deref() {
            Some(Json::List(items)) => items.len() as i64,
            Some(_) => -1,
            None => return false,
        },
    };
    length == i64::from(size.to_int())
}

fn is_empty(left: &Value<'_>, right: &Value<'_>) -> Step<bool> {
    let is_empty = match left {
        Value::Text(text) => text.is_empty(),
        left => match left.parsed().as_deref() {
            Some(Json::List(items)) => items.is_empty(),
            Some(Json::Object(_)) => {
                // A fault of Jayway's that costs the whole path.
                return Err(PathError::Failed(
                    "class java.util.LinkedHashMap cannot be cast to class java.util.Collection \
                     (java.util.LinkedHashMap and java.util.Collection are in module java.base of loader 'bootstrap')"
                        .into(),
                ));
            }
            _ => return Ok(false),
        },
    };
    Ok(is_empty == right.truth()?)
}

type Items = Vec<Value<'static>>;

/// The items of two lists; `None` if one is an object.
fn both(left: &Value<'_>, right: &Value<'_>) -> Step<Option<(Items, Items)>> {
    let Some(right) = right.items()? else { return Ok(None) };
    Ok(left.items()?.map(|left| (left, right)))
}

fn have_common(left: &[Value<'_>], right: &[Value<'_>]) -> bool {
    left.iter().any(|item| right.iter().any(|other| item.is_equal(other)))
}

/// A text without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('\'').or_else(|| inside('"')).unwrap_or(text)
}

/// What Java's `BigDecimal` makes of a text.
pub(super) fn decimal(text: &str) -> Step<Decimal> {
    Decimal::parse(text).ok_or_else(|| PathError::Failed(format!("{text} is no number")))
}
