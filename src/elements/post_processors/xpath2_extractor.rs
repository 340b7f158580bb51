//! `XPath2` Extractor: variables from what an expression of `XPath` 3.1 finds in XML.
//!
//! Prefixes are declared by lines `prefix=uri`, in which white space counts. What goes wrong is added to the result as a
//! failed assertion and leaves the sample good.

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use super::xpath_matches::{self, MatchVariables, Matches, Problem};
use crate::elements::saxon::{self, Found};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("XPath2Extractor", "XPath2 Extractor", load);

const LOG: &str = "o.a.j.e.XPath2Extractor";

struct XPath2Extractor {
    variables: MatchVariables,
    query: Prop<String>,
    match_number: Prop<i32>,
    fragment: Prop<bool>,
    namespaces: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    let query = fields.text("XPathExtractor2.xpathQuery", "");
    saxon::check(&query, fields);
    Element::post_processor(XPath2Extractor {
        variables: MatchVariables {
            name: Label::new(fields.name()),
            scope: SampleScope::load(fields),
            refname: fields.text("XPathExtractor2.refname", ""),
            default: fields.text("XPathExtractor2.default", ""),
        },
        query,
        match_number: fields.prop("XPathExtractor2.matchNumber", 0),
        fragment: fields.prop("XPathExtractor2.fragment", false),
        namespaces: fields.text("XPathExtractor2.namespaces", ""),
    })
}

impl PostProcessor for XPath2Extractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.variables.fill(LOG, vu, |source, vu| self.find(source, vu))
    }
}

impl XPath2Extractor {
    fn find(&self, source: &Source, vu: &mut VirtualUser) -> Result<Matches, Problem> {
        let mut matches = Matches::new();
        let query = self.query.text(vu)?;
        for text in self.texts(source) {
            if query.is_empty() {
                log::warn!(target: "o.a.j.u.XPathUtil", "Error : No expression to evaluate");
                continue;
            }
            let namespaces = self.namespaces.text(vu)?;
            let (number, fragment) = (self.match_number.get(vu)?, self.fragment.get(vu)?);
            let found = match Found::in_text(&text, &query, &namespaces) {
                Ok(found) => found,
                Err(message) => {
                    log::warn!(target: LOG, "Exception while processing '{query}', message:{message}");
                    return Err(Problem::Said(message));
                }
            };
            let count = found.items.len();
            if number == 0 && count == 0 {
                return Err(Problem::Said("-1".into()));
            }
            if usize::try_from(number).is_ok_and(|number| number > count) {
                log::warn!(target: "o.a.j.u.XPathUtil", "Error: not found. Match number: {number}, Count: {count}");
            }
            let chosen = xpath_matches::chosen(count, number, vu);
            matches.extend(chosen.map(|place| Some(found.text(place, fragment))));
        }
        Ok(matches)
    }

    /// The main response, once for each result in scope.
    fn texts(&self, source: &Source) -> Vec<String> {
        match source {
            Source::Results(result) => {
                let text = self.variables.scope.body(result).into_owned();
                vec![text; self.variables.scope.results(result).len()]
            }
            _ => xpath_matches::texts(&self.variables.scope, source),
        }
    }
}
