//! Filters: what `[?(...)]` asks of a value.

use super::function::Call;
use super::operand::{self, Value};
use super::operator::Operator;
use super::{Found, JsonPath, PathError, evaluate};
use crate::query::json::{Decimal, Json};
use crate::query::regex::Pattern;

/// A condition.
#[derive(Debug, PartialEq)]
pub(super) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Relation(Operand, Operator, Operand),
    /// Whether a path leads somewhere, or that it does not.
    Exists(JsonPath, bool),
}

/// One side of a relation.
#[derive(Debug, PartialEq)]
pub(super) enum Operand {
    Null,
    Boolean(bool),
    Number(Decimal),
    Text(String),
    /// A list or an object, as written.
    Json(String),
    Pattern(PatternText),
    Path(JsonPath),
}

/// A regular expression.
#[derive(Debug)]
pub(super) struct PatternText(pub Box<Pattern>);

impl PartialEq for PatternText {
    /// Each is its own.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl Expression {
    /// Whether a value of that document is as asked for.
    pub fn accepts(&self, value: &Json<'_>, document: &Json<'_>) -> Result<bool, PathError> {
        match self {
            Self::All(all) => {
                for expression in all {
                    if !expression.accepts(value, document)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Any(any) => {
                for expression in any {
                    if expression.accepts(value, document)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Not(expression) => Ok(!expression.accepts(value, document)?),
            Self::Relation(left, operator, right) => {
                let (left, right) = (left.value(value, document)?, right.value(value, document)?);
                operand::holds(&left, *operator, &right)
            }
            Self::Exists(path, should) => Ok(exists(path, value)? == *should),
        }
    }
}

/// Whether a path leads somewhere: from the value itself, even if it begins with `$`. One that may lead to several
/// values always does.
fn exists(path: &JsonPath, value: &Json<'_>) -> Result<bool, PathError> {
    match evaluate::read(path, value, value, true) {
        Ok(_) => Ok(true),
        Err(PathError::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

impl Operand {
    fn value<'v>(&'v self, value: &'v Json<'v>, document: &'v Json<'v>) -> Result<Value<'v>, PathError> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Boolean(truth) => Value::Boolean(*truth),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::Text(text.as_str().into()),
            Self::Json(text) => Value::Written(text),
            Self::Pattern(PatternText(pattern)) => Value::Pattern(pattern),
            Self::Path(path) => {
                let from = if path.root == '$' { document } else { value };
                match evaluate::read(path, from, document, false) {
                    Ok(Found::One(keys)) if path.function().is_some_and(Call::gives_keys) && *keys != Json::Null => {
                        let class = "java.util.LinkedHashMap$LinkedKeySet";
                        let message = format!("Could not convert class {class}:{} to a ValueNode", keys.text());
                        return Err(PathError::Failed(message));
                    }
                    Ok(Found::One(found)) => Value::of(found)?,
                    Ok(Found::All(all)) => Value::List(all),
                    Err(PathError::NotFound(_)) => Value::Undefined,
                    Err(error) => return Err(error),
                }
            }
        })
    }
}
