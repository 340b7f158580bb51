//! Functions in paths: `length()`, `sum()` and their like.

use std::fmt;

use super::{Found, JsonPath, PathError, evaluate};
use crate::query::json::{Json, Number};

/// A call of a function.
#[derive(Debug, PartialEq)]
pub(super) struct Call {
    name: String,
    parameters: Vec<Parameter>,
}

/// A parameter of a function.
#[derive(Debug, PartialEq)]
pub(super) enum Parameter {
    /// A value, written as JSON.
    Json(String),
    /// What a path leads to.
    Path(JsonPath),
}

type Called = Result<Json<'static>, PathError>;

impl Call {
    pub fn new(name: String, parameters: Vec<Parameter>) -> Self {
        Self { name, parameters }
    }

    /// The same call with a path as its one parameter.
    pub fn with_path(self, path: JsonPath) -> Self {
        Self::new(self.name, vec![Parameter::Path(path)])
    }

    /// Whether it gives the names of an object's members, which filters cannot compare.
    pub fn gives_keys(&self) -> bool {
        self.name == "keys"
    }

    /// What the function gives for a value of that document.
    pub fn call(&self, value: &Json<'_>, document: &Json<'_>) -> Called {
        match self.name.as_str() {
            "length" | "size" => self.length(value, document),
            "sum" => self.aggregate(value, document, |numbers| numbers.iter().sum()),
            "avg" => self.aggregate(value, document, average),
            "min" => self.aggregate(value, document, |numbers| numbers.iter().copied().fold(f64::MAX, f64::min)),
            // Jayway begins with Java's smallest positive double.
            "max" => {
                self.aggregate(value, document, |numbers| numbers.iter().copied().fold(f64::from_bits(1), f64::max))
            }
            "stddev" => self.aggregate(value, document, standard_deviation),
            "concat" => self.concat(value, document),
            "keys" => Ok(keys(value)),
            "append" => self.append(value, document),
            "first" => item(value, 0),
            "last" => item(value, -1),
            "index" => item(value, self.index(document)?),
            name => Err(PathError::Invalid(format!("Function with name: {name} does not exist."))),
        }
    }

    /// The length of the value, or of what the parameter leads to from there.
    fn length(&self, value: &Json<'_>, document: &Json<'_>) -> Called {
        self.values(document)?;
        let inner = match self.parameters.first() {
            Some(Parameter::Path(path)) => inner(path, value)?,
            Some(Parameter::Json(_)) => return Err(PathError::Failed("null".into())),
            None => Json::Null,
        };
        Ok(match (&inner, value) {
            (Json::List(items), _) | (_, Json::List(items)) => whole(items.len()),
            (_, Json::Object(object)) => whole(object.len()),
            _ => Json::Null,
        })
    }

    fn aggregate(&self, value: &Json<'_>, document: &Json<'_>, sum_up: fn(&[f64]) -> f64) -> Called {
        let mut numbers = Vec::new();
        if matches!(value, Json::List(_)) {
            each(value, |item| numbers.extend(number(item)));
        }
        for parameter in self.values(document)? {
            each(&parameter, |item| numbers.extend(number(item)));
        }
        if numbers.is_empty() {
            let message = "Aggregation function attempted to calculate value using empty array";
            return Err(PathError::Failed(message.into()));
        }
        Ok(Json::Number(Number::double(sum_up(&numbers))))
    }

    fn concat(&self, value: &Json<'_>, document: &Json<'_>) -> Called {
        let mut text = String::new();
        if let Json::List(items) = value {
            items.iter().filter_map(as_text).for_each(|item| text.push_str(item));
        }
        for parameter in self.values(document)? {
            each(&parameter, |item| {
                if *item != Json::Null {
                    text.push_str(&item.java_text());
                }
            });
        }
        Ok(Json::Text(text.into()))
    }

    fn append(&self, value: &Json<'_>, document: &Json<'_>) -> Called {
        let mut value = value.clone().into_owned();
        if let Json::List(items) = &mut value {
            items.extend(self.values(document)?);
        }
        Ok(value)
    }

    fn index(&self, document: &Json<'_>) -> Result<i64, PathError> {
        let mut numbers = Vec::new();
        for parameter in self.values(document)? {
            each(&parameter, |item| numbers.extend(number(item)));
        }
        match numbers.first() {
            Some(number) => Ok(*number as i64),
            None => Err(PathError::Failed("Index 0 out of bounds for length 0".into())),
        }
    }

    /// The values of the parameters.
    fn values(&self, document: &Json<'_>) -> Result<Vec<Json<'static>>, PathError> {
        let value = |parameter: &Parameter| match parameter {
            Parameter::Json(text) => {
                let read = Json::read(text).map(Json::into_owned);
                read.map_err(|error| PathError::Failed(format!("net.minidev.json.parser.ParseException: {error}")))
            }
            Parameter::Path(path) => evaluate::read(path, document, document, false).map(json),
        };
        self.parameters.iter().map(value).collect()
    }
}

/// What `length` looks into: all that is inside of what an indefinite path leads to, but only the last thing inside of
/// what a definite one does.
fn inner(path: &JsonPath, value: &Json<'_>) -> Called {
    let inside = |value: &Json<'_>| match value {
        Json::List(items) => items.iter().map(|item| item.clone().into_owned()).collect(),
        Json::Object(object) => object.iter().map(|(_, value)| value.clone().into_owned()).collect(),
        _ => Vec::new(),
    };
    match evaluate::read(path, value, value, false)? {
        Found::One(value) if path.is_function() => Ok(value.into_owned().into_owned()),
        Found::One(value) => match inside(&value).pop() {
            Some(last) => Ok(last),
            None => Err(PathError::NotFound(format!("No results for path: {path}[*]"))),
        },
        Found::All(values) => Ok(Json::List(values.iter().flat_map(|value| inside(value)).collect())),
    }
}

/// What was found, as one value.
fn json(found: Found<'_>) -> Json<'static> {
    match found {
        Found::One(value) => value.into_owned().into_owned(),
        Found::All(values) => Json::List(values.into_iter().map(|it| it.into_owned().into_owned()).collect()),
    }
}

fn keys(value: &Json<'_>) -> Json<'static> {
    match value {
        // Java's text of a set: it is no list to Jayway.
        Json::Object(object) => {
            let names: Vec<_> = object.iter().map(|(name, _)| name).collect();
            Json::Text(format!("[{}]", names.join(", ")).into())
        }
        _ => Json::Null,
    }
}

fn item(value: &Json<'_>, index: i64) -> Called {
    let Json::List(items) = value else {
        let message = "Aggregation function attempted to calculate value using empty array";
        return Err(PathError::Failed(message.into()));
    };
    let length = items.len() as i64;
    let place = if index < 0 { length + index } else { index };
    // Counted from the end, the first item is out of reach.
    if index < 0 && place <= 0 {
        return Err(PathError::Failed(format!("Target index:{index} larger than object count:{length}")));
    }
    match usize::try_from(place).ok().and_then(|place| items.get(place)) {
        Some(item) => Ok(item.clone().into_owned()),
        None => Err(PathError::Failed(format!("Index {place} out of bounds for length {length}"))),
    }
}

/// Calls `take` for each item of a list, or for the value itself.
fn each(value: &Json<'_>, mut take: impl FnMut(&Json<'_>)) {
    match value {
        Json::List(items) => items.iter().for_each(take),
        other => take(other),
    }
}

fn number(value: &Json<'_>) -> Option<f64> {
    match value {
        Json::Number(number) => Some(number.to_double()),
        _ => None,
    }
}

fn as_text<'a>(value: &'a Json<'_>) -> Option<&'a str> {
    match value {
        Json::Text(text) => Some(text),
        _ => None,
    }
}

fn whole(length: usize) -> Json<'static> {
    Json::Number(Number::new(length.to_string()))
}

fn average(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn standard_deviation(numbers: &[f64]) -> f64 {
    let count = numbers.len() as f64;
    let (sum, squares) = (numbers.iter().sum::<f64>(), numbers.iter().map(|number| number * number).sum::<f64>());
    (squares / count - sum * sum / count / count).sqrt()
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.name, if self.parameters.is_empty() { "" } else { "..." })
    }
}
