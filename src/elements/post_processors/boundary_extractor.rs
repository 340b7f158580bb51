//! Boundary Extractor: variables from the texts between two boundaries.

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use super::subject::{Field, Subject};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};
use crate::query::boundary;

pub(super) const ELEMENT: ElementType = ElementType::new("BoundaryExtractor", "Boundary Extractor", load);

struct BoundaryExtractor {
    name: Label,
    scope: SampleScope,
    subject: Subject,
    refname: Prop<String>,
    lboundary: Prop<String>,
    rboundary: Prop<String>,
    match_number: Prop<i32>,
    default: Prop<String>,
    default_empty_value: Prop<bool>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::post_processor(BoundaryExtractor {
        name: Label::new(fields.name()),
        scope: SampleScope::load(fields),
        subject: Subject::load(fields, "BoundaryExtractor.useHeaders"),
        refname: fields.text("BoundaryExtractor.refname", ""),
        lboundary: fields.text("BoundaryExtractor.lboundary", ""),
        rboundary: fields.text("BoundaryExtractor.rboundary", ""),
        match_number: fields.prop("BoundaryExtractor.match_number", 0),
        default: fields.text("BoundaryExtractor.default", ""),
        default_empty_value: fields.prop("BoundaryExtractor.default_empty_value", false),
    })
}

impl PostProcessor for BoundaryExtractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        if vu.previous.is_none() {
            return Ok(());
        }
        let refname = self.refname.text(vu)?;
        if refname.is_empty() {
            let name = self.name.get(vu)?;
            let message = format!("One of the mandatory properties is missing in Boundary Extractor:{name}");
            return Err(Fault::illegal_argument(message));
        }
        let default = self.default.text(vu)?;
        if !default.trim().is_empty() || self.default_empty_value.get(vu)? {
            vu.variables.put(&refname, default.as_ref());
        }
        let number = self.match_number.get(vu)?;
        let field = self.subject.get(vu)?;
        let boundaries = (self.lboundary.text(vu)?, self.rboundary.text(vu)?);
        let source = self.scope.source(vu)?;
        self.search(&source, field, (&boundaries.0, &boundaries.1), (&refname, number), vu)
    }
}

impl BoundaryExtractor {
    /// Finds texts between the boundaries in all that is in scope, and sets the variables.
    fn search(
        &self,
        source: &Source,
        field: Field,
        boundaries: (&str, &str),
        (refname, number): (&str, i32),
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        match source {
            Source::NoVariable(variable) => {
                let name = self.name.get(vu)?;
                log::warn!(
                    target: "o.a.j.e.BoundaryExtractor",
                    "No variable '{variable}' found to process by Boundary Extractor '{name}', skipping processing"
                );
                save(refname, number, &[], vu);
            }
            Source::Variable(text) => {
                // One match is all there is without a boundary; here the number is not looked at, then.
                let number = match boundaries {
                    ("", _) | (_, "") if number > 0 => 1,
                    _ => number,
                };
                save(refname, number, &chosen(between(text, boundaries), number), vu);
            }
            Source::Results(result) => {
                let texts: Vec<_> =
                    self.scope.results(result).into_iter().map(|result| field.of(result, &self.scope)).collect();
                save(refname, number, &chosen(texts.iter().flat_map(|text| between(text, boundaries)), number), vu);
            }
            Source::Nothing => {}
        }
        Ok(())
    }
}

/// The texts between the boundaries; none in a blank text.
fn between<'t>(text: &'t str, (left, right): (&'t str, &'t str)) -> impl Iterator<Item = &'t str> {
    (!text.trim().is_empty()).then(|| boundary::between(text, left, right)).into_iter().flatten()
}

/// The match of that number, or all of them.
fn chosen<'t>(mut matches: impl Iterator<Item = &'t str>, number: i32) -> Vec<&'t str> {
    match usize::try_from(number) {
        Ok(number) if number > 0 => matches.nth(number - 1).into_iter().collect(),
        _ => matches.collect(),
    }
}

fn save(refname: &str, number: i32, matches: &[&str], vu: &mut VirtualUser) {
    let variables = vu.variables.clone();
    let before = variables.remove(&format!("{refname}_matchNr"));
    let before = before.and_then(|count| java::parse_int(&count.text())).unwrap_or(0);
    let mut count = 0;
    if number < 0 {
        count = matches.len();
        variables.put(&format!("{refname}_matchNr"), count.to_string());
        for (place, text) in matches.iter().enumerate() {
            variables.put(&format!("{refname}_{}", place + 1), *text);
        }
    } else if let Some(text) = matches.get(vu.random_index(matches.len())) {
        variables.put(refname, *text);
    }
    for surplus in count + 1..=usize::try_from(before).unwrap_or(0) {
        variables.remove(&format!("{refname}_{surplus}"));
    }
}
