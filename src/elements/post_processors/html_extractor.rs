//! CSS Selector Extractor: variables from the elements of a page, found by jsoup's selectors or by Jodd's.

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};
use crate::query::css::{Dialect, Jodd, Jsoup, Selector, SelectorError};

pub(super) const ELEMENT: ElementType = ElementType::new("HtmlExtractor", "CSS Selector Extractor", load);

struct HtmlExtractor {
    name: Label,
    scope: SampleScope,
    refname: Prop<String>,
    expr: Prop<String>,
    attribute: Prop<String>,
    default: Prop<String>,
    default_empty_value: Prop<bool>,
    match_number: Prop<i32>,
    extractor_impl: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    let extractor_impl = fields.text("HtmlExtractor.extractor_impl", "");
    let expr = fields.text("HtmlExtractor.expr", "");
    let dialect =
        if extractor_impl.as_fixed().is_some_and(|name| name == "JODD") { Dialect::Jodd } else { Dialect::Jsoup };
    if let Some(Err(error)) = expr.as_fixed().map(|text| Selector::new(text, dialect)) {
        fields.warn(expr.name, error.to_string());
    }
    Element::post_processor(HtmlExtractor {
        name: Label::new(fields.name()),
        scope: SampleScope::load(fields),
        refname: fields.text("HtmlExtractor.refname", ""),
        expr,
        attribute: fields.text("HtmlExtractor.attribute", ""),
        default: fields.text("HtmlExtractor.default", ""),
        default_empty_value: fields.prop("HtmlExtractor.default_empty_value", false),
        match_number: fields.prop("HtmlExtractor.match_number", 0),
        extractor_impl,
    })
}

/// What was found; an element may have no value.
type Matches = Vec<Option<String>>;

impl PostProcessor for HtmlExtractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        if vu.previous.is_none() {
            return Ok(());
        }
        let refname = self.refname.text(vu)?;
        let default = self.default.text(vu)?;
        if !default.is_empty() || self.default_empty_value.get(vu)? {
            vu.variables.put(&refname, default.as_ref());
        }
        let number = self.match_number.get(vu)?;
        match self.find(number, vu)? {
            Ok(matches) => set(&refname, number, &matches, vu),
            Err(message) => {
                let name = self.name.get(vu)?;
                log::warn!(target: "o.a.j.e.HtmlExtractor", "{name}: Error while generating result. {message}");
            }
        }
        Ok(())
    }
}

impl HtmlExtractor {
    /// What is found, or what went wrong.
    fn find(&self, number: i32, vu: &mut VirtualUser) -> Result<Result<Matches, String>, Fault> {
        let (expr, attribute) = (self.expr.text(vu)?, self.attribute.text(vu)?);
        let attribute = Some(attribute.as_ref()).filter(|name| !name.trim().is_empty());
        let source = self.scope.source(vu)?;
        if let Source::NoVariable(variable) = &source {
            let name = self.name.get(vu)?;
            log::warn!(
                target: "o.a.j.e.HtmlExtractor",
                "No variable '{variable}' found to process by CSS Selector Extractor '{name}', skipping processing"
            );
        }
        let find: fn(&str, &str, Option<&str>) -> Result<Matches, SelectorError> =
            match self.extractor_impl.text(vu)?.as_ref() {
                "" | "JSOUP" => |text, expr, attribute| Jsoup::read(text).find(expr, attribute),
                "JODD" => |text, expr, attribute| Jodd::read(text).find(expr, attribute),
                other => return Ok(Err(format!("Extractor implementation:{other} is unknown"))),
            };
        let texts: Vec<String> = match &source {
            Source::Variable(text) if text.is_empty() => Vec::new(),
            Source::Variable(text) => vec![text.to_string()],
            Source::Results(result) => {
                self.scope.results(result).into_iter().map(|result| self.scope.body(result).into_owned()).collect()
            }
            Source::NoVariable(_) | Source::Nothing => Vec::new(),
        };
        let mut matches = Matches::new();
        for text in texts {
            match find(&text, &expr, attribute) {
                Ok(found) => matches.extend(found),
                Err(error) => return Ok(Err(error.to_string())),
            }
            if usize::try_from(number).is_ok_and(|number| number > 0 && matches.len() >= number) {
                break;
            }
        }
        Ok(Ok(matches))
    }
}

fn set(refname: &str, number: i32, matches: &Matches, vu: &mut VirtualUser) {
    let variables = vu.variables.clone();
    let before = variables.remove(&format!("{refname}_matchNr"));
    let before = before.and_then(|count| java::parse_int(&count.text())).unwrap_or(0);
    let mut count = 0;
    if let Ok(number) = usize::try_from(number) {
        let place = if number == 0 { vu.random_index(matches.len()) } else { number - 1 };
        if let Some(Some(text)) = matches.get(place) {
            variables.put(refname, text.as_str());
        }
    } else {
        count = matches.len();
        variables.put(&format!("{refname}_matchNr"), count.to_string());
        for (place, text) in matches.iter().enumerate() {
            if let Some(text) = text {
                variables.put(&format!("{refname}_{}", place + 1), text.as_str());
            }
        }
    }
    for surplus in count + 1..=usize::try_from(before).unwrap_or(0) {
        variables.remove(&format!("{refname}_{surplus}"));
    }
}
