//! JSON JMESPath Extractor: a variable from what a JMESPath expression finds.

use std::borrow::Cow;

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};
use crate::query::jmespath::{JmesPath, compact, read_strict};
use crate::query::json::Json;

pub(super) const ELEMENT: ElementType = ElementType::new("JMESPathExtractor", "JSON JMESPath Extractor", load);

struct JmesPathExtractor {
    name: Label,
    scope: SampleScope,
    reference_name: Prop<String>,
    expression: Prop<String>,
    match_number: Prop<String>,
    default_value: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    let expression = fields.text("JMESExtractor.jmesPathExpr", "");
    if let Some(Err(error)) = expression.as_fixed().map(|text| JmesPath::new(text)) {
        fields.warn(expression.name, error.to_string());
    }
    Element::post_processor(JmesPathExtractor {
        name: Label::new(fields.name()),
        scope: SampleScope::load(fields),
        reference_name: fields.text("JMESExtractor.referenceName", ""),
        expression,
        match_number: fields.text("JMESExtractor.matchNumber", ""),
        default_value: fields.text("JMESExtractor.defaultValue", ""),
    })
}

impl PostProcessor for JmesPathExtractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let source = self.scope.source(vu)?;
        let texts = self.texts(&source);
        let refname = self.reference_name.text(vu)?.into_owned();
        let default = self.default_value.text(vu)?;
        let number = self.match_number.text(vu)?;
        let number = match java::trim(&number) {
            "" => 0,
            text => java::parse_int(text).ok_or_else(|| Fault::number_format(text))?,
        };
        vu.variables.remove(&format!("{refname}_matchNr"));
        for place in 1.. {
            if vu.variables.remove(&format!("{refname}_{place}")).is_none() {
                break;
            }
        }
        if texts.is_empty() {
            vu.variables.put(&refname, default.as_ref());
            return Ok(());
        }
        match find(&texts, &self.expression.text(vu)?) {
            Ok(values) => set(&refname, number, &values, &default, vu),
            Err(message) => {
                vu.variables.put(&refname, default.as_ref());
                let name = self.name.get(vu)?;
                log::error!(
                    target: "o.a.j.e.j.j.JMESPathExtractor",
                    "Error processing JSON content in {name}, message: {message}"
                );
            }
        }
        Ok(())
    }
}

impl JmesPathExtractor {
    /// The texts in scope that are not empty.
    fn texts<'s>(&self, source: &'s Source) -> Vec<Cow<'s, str>> {
        let texts: Vec<Cow<'s, str>> = match source {
            Source::Variable(text) => vec![text.as_ref().into()],
            Source::Results(result) => {
                self.scope.results(result).into_iter().map(|result| self.scope.body(result)).collect()
            }
            Source::NoVariable(_) | Source::Nothing => Vec::new(),
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }
}

/// The values in all texts: the items of lists, and all else but null as one.
fn find(texts: &[Cow<'_, str>], expression: &str) -> Result<Vec<String>, String> {
    let mut values = Vec::new();
    for text in texts {
        let (document, _) = read_strict(text)?;
        let path = JmesPath::new(expression).map_err(|error| error.to_string())?;
        match path.search(&document).map_err(|error| error.to_string())?.as_ref() {
            Json::Null => {}
            Json::List(items) => values.extend(items.iter().map(shown)),
            value => values.push(shown(value)),
        }
    }
    Ok(values)
}

fn shown(value: &Json<'_>) -> String {
    match value {
        Json::Text(text) => text.to_string(),
        other => compact(other),
    }
}

fn set(refname: &str, number: i32, values: &[String], default: &str, vu: &mut VirtualUser) {
    let variables = vu.variables.clone();
    variables.put(&format!("{refname}_matchNr"), values.len().to_string());
    if values.is_empty() {
        return variables.put(refname, default);
    }
    let Ok(number) = usize::try_from(number) else {
        for (place, value) in values.iter().enumerate() {
            variables.put(&format!("{refname}_{}", place + 1), value.as_str());
        }
        return;
    };
    let place = match (values.len(), number) {
        (1, _) => 0,
        (count, 0) => vu.random_index(count),
        (_, number) => number - 1,
    };
    variables.put(refname, values.get(place).map_or(default, String::as_str));
}
