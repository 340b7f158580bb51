//! JSON Extractor: variables from what JSON paths lead to.
//!
//! Names, paths, numbers and defaults are lists separated by semicolons, which have to be equally long; if they are not,
//! the sample is lost, as in JMeter.

use std::borrow::Cow;
use std::sync::Arc;

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, Variables, VirtualUser};
use crate::query::json::{Json, JsonError};
use crate::query::json_path::{self, JsonPath, PathError};

pub(super) const ELEMENT: ElementType = ElementType::new("JSONPostProcessor", "JSON Extractor", load);

struct JsonPostProcessor {
    name: Label,
    scope: SampleScope,
    reference_names: Prop<String>,
    paths: Paths,
    match_numbers: Prop<String>,
    default_values: Prop<String>,
    compute_concat: Prop<bool>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::post_processor(JsonPostProcessor {
        name: Label::new(fields.name()),
        scope: SampleScope::load(fields),
        reference_names: fields.text("JSONPostProcessor.referenceNames", ""),
        paths: Paths::load(fields),
        match_numbers: fields.text("JSONPostProcessor.match_numbers", ""),
        default_values: fields.text("JSONPostProcessor.defaultValues", ""),
        compute_concat: fields.prop("JSONPostProcessor.compute_concat", false),
    })
}

type Path = Result<Arc<JsonPath>, PathError>;

/// The list of paths: read once if it is literal.
struct Paths {
    text: Prop<String>,
    literal: Option<Vec<Path>>,
}

impl Paths {
    fn load(fields: &Fields<'_>) -> Self {
        let text = fields.text("JSONPostProcessor.jsonPathExprs", "");
        let literal = text.as_fixed().map(|text| split(text));
        let faults = literal.iter().flatten().filter_map(|path| path.as_ref().err());
        faults.for_each(|error| fields.warn(text.name, error.to_string()));
        Self { text, literal }
    }

    fn get(&self, vu: &mut VirtualUser) -> Result<Cow<'_, [Path]>, Fault> {
        match &self.literal {
            Some(paths) => Ok(paths.into()),
            None => Ok(split(&self.text.text(vu)?).into()),
        }
    }
}

fn split(paths: &str) -> Vec<Path> {
    java::split(paths, ';').into_iter().map(|path| json_path::compiled(path.trim())).collect()
}

/// The texts in scope as JSON.
type Documents<'t> = Vec<Result<Json<'t>, JsonError>>;

impl PostProcessor for JsonPostProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let source = self.scope.source(vu)?;
        let texts = self.texts(&source);
        let documents: Documents<'_> = texts.iter().map(|text| Json::read(text)).collect();
        let names = self.reference_names.text(vu)?;
        let names = java::split(&names, ';');
        let paths = self.paths.get(vu)?;
        let defaults = self.default_values.text(vu)?;
        let defaults = java::split(&defaults, ';');
        let numbers = match_numbers(&self.match_numbers.text(vu)?, defaults.len())?;
        if names.len() != paths.len() || names.len() != defaults.len() {
            let message = "Number of JSON Path variables must match number of default values and json-path \
                           expressions, check you use separator ';' if you have many values";
            log::error!(target: "o.a.j.e.j.j.JSONPostProcessor", "{message}");
            return Err(Fault::illegal_argument(message));
        }
        let concatenates = self.compute_concat.get(vu)?;
        for (place, name) in names.iter().enumerate() {
            let (default, number) = (defaults[place], numbers[place]);
            let mut output = Output { vu, name: name.trim(), default, number, concatenates };
            output.clear();
            match values(&documents, &paths[place]) {
                Ok(Some(values)) => output.set(&values),
                Ok(None) => output.put_default(),
                Err(message) => {
                    output.put_default();
                    let name = self.name.get(vu)?;
                    log::error!(
                        target: "o.a.j.e.j.j.JSONPostProcessor",
                        "Error processing JSON content in {name}, message: {message}"
                    );
                }
            }
        }
        Ok(())
    }
}

impl JsonPostProcessor {
    /// The texts in scope that are not blank.
    fn texts<'s>(&self, source: &'s Source) -> Vec<Cow<'s, str>> {
        match source {
            Source::Variable(text) => vec![text.as_ref().into()],
            Source::Results(result) => {
                let bodies = self.scope.results(result).into_iter().map(|result| self.scope.body(result));
                bodies.filter(|body| !body.trim().is_empty()).collect()
            }
            Source::NoVariable(_) | Source::Nothing => Vec::new(),
        }
    }
}

/// As many numbers as there are defaults; those not given are 0.
fn match_numbers(text: &str, count: usize) -> Result<Vec<i32>, Fault> {
    let mut numbers = vec![0; count];
    if text.trim().is_empty() {
        return Ok(numbers);
    }
    for (place, number) in java::split(text, ';').into_iter().enumerate() {
        let number = number.trim();
        let Some(slot) = numbers.get_mut(place) else {
            let message = format!("Index {place} out of bounds for length {count}");
            return Err(Fault::exception("java.lang.ArrayIndexOutOfBoundsException", message));
        };
        *slot = java::parse_int(number).ok_or_else(|| Fault::number_format(number))?;
    }
    Ok(numbers)
}

/// What a path leads to in all documents; `None` if there is no document.
fn values<'d>(documents: &'d Documents<'d>, path: &Path) -> Result<Option<Vec<Cow<'d, Json<'d>>>>, String> {
    if documents.is_empty() {
        return Ok(None);
    }
    let path = path.as_ref().map_err(ToString::to_string)?;
    let mut values = Vec::new();
    for document in documents {
        let document = document.as_ref().map_err(|error| format!("net.minidev.json.parser.ParseException: {error}"))?;
        match path.read_list(document) {
            Ok(found) => values.extend(found),
            Err(PathError::NotFound(_)) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
    Ok(Some(values))
}

/// Where the values of one path go.
struct Output<'a> {
    vu: &'a mut VirtualUser,
    name: &'a str,
    default: &'a str,
    number: i32,
    concatenates: bool,
}

impl Output<'_> {
    fn clear(&self) {
        let variables = &self.vu.variables;
        variables.remove(&format!("{}_matchNr", self.name));
        for number in 1.. {
            let name = format!("{}_{number}", self.name);
            if variables.remove(&name).is_none() {
                break;
            }
        }
    }

    fn put_default(&self) {
        self.vu.variables.put(self.name, self.default);
    }

    fn set(&mut self, values: &[Cow<'_, Json<'_>>]) {
        if values.is_empty() {
            self.put_default();
            self.put("_matchNr", "0");
            if self.number < 0 && self.concatenates {
                self.put("_ALL", "");
            }
            return;
        }
        if self.number < 0 {
            self.set_all(values);
        } else {
            let chosen = match (values.len(), self.number) {
                (1, _) => 0,
                (length, 0) => self.vu.random_index(length),
                (_, number) => number as usize - 1,
            };
            let text = values.get(chosen).map_or(self.default.into(), |value| self.text(value));
            self.put("", &text);
        }
        if self.number != 0 {
            self.put("_matchNr", &values.len().to_string());
        }
    }

    fn set_all(&self, values: &[Cow<'_, Json<'_>>]) {
        let texts: Vec<_> = values.iter().map(|value| self.text(value)).collect();
        for (place, text) in texts.iter().enumerate() {
            self.put(&format!("_{}", place + 1), text);
        }
        if self.concatenates {
            self.put("_ALL", &texts.join(","));
        }
    }

    /// The text of a value; the default for null.
    fn text<'v>(&'v self, value: &'v Json<'_>) -> Cow<'v, str> {
        if *value == Json::Null { self.default.into() } else { value.text() }
    }

    fn put(&self, suffix: &str, text: &str) {
        let variables: &Variables = &self.vu.variables;
        variables.put(&format!("{}{suffix}", self.name), text);
    }
}
