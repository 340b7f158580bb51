//! `XPath2` Extractor: variables from what an expression of `XPath` 3.1 finds in XML.
//!
//! Prefixes are declared by lines `prefix=uri`, in which white space counts. What goes wrong is added to the result as a
//! failed assertion and leaves the sample good.

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use super::xpath_matches::{self, Matches};
use crate::elements::saxon::{self, Found};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("XPath2Extractor", "XPath2 Extractor", load);

struct XPath2Extractor {
    name: Label,
    scope: SampleScope,
    refname: Prop<String>,
    query: Prop<String>,
    default: Prop<String>,
    match_number: Prop<i32>,
    fragment: Prop<bool>,
    namespaces: Prop<String>,
}

fn load(fields: &Fields<'_>) -> Element {
    let query = fields.text("XPathExtractor2.xpathQuery", "");
    saxon::check(&query, fields);
    Element::post_processor(XPath2Extractor {
        name: Label::new(fields.name()),
        scope: SampleScope::load(fields),
        refname: fields.text("XPathExtractor2.refname", ""),
        query,
        default: fields.text("XPathExtractor2.default", ""),
        match_number: fields.prop("XPathExtractor2.matchNumber", 0),
        fragment: fields.prop("XPathExtractor2.fragment", false),
        namespaces: fields.text("XPathExtractor2.namespaces", ""),
    })
}

impl PostProcessor for XPath2Extractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        if vu.previous.is_none() {
            return Ok(());
        }
        let refname = self.refname.text(vu)?.into_owned();
        let default = self.default.text(vu)?;
        let before = xpath_matches::reset(&refname, &default, vu);
        let source = self.scope.source(vu)?;
        if let Source::NoVariable(variable) = &source {
            log::warn!(target: "o.a.j.e.XPath2Extractor", "No variable '{variable}' found to process by XPath2Extractor");
        }
        match self.find(&source, vu)? {
            Ok(matches) => xpath_matches::set(&refname, &matches, before, vu),
            Err(message) => {
                let name = self.name.get(vu)?;
                xpath_matches::complain(&name, &message, vu);
            }
        }
        Ok(())
    }
}

impl XPath2Extractor {
    /// What was found, or what went wrong.
    fn find(&self, source: &Source, vu: &mut VirtualUser) -> Result<Result<Matches, String>, Fault> {
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
                    log::warn!(target: "o.a.j.e.XPath2Extractor", "Exception while processing '{query}', message:{message}");
                    return Ok(Err(message));
                }
            };
            let count = found.items.len();
            if number == 0 && count == 0 {
                return Ok(Err("-1".into()));
            }
            if usize::try_from(number).is_ok_and(|number| number > count) {
                log::warn!(target: "o.a.j.u.XPathUtil", "Error: not found. Match number: {number}, Count: {count}");
            }
            let chosen = xpath_matches::chosen(count, number, vu);
            matches.extend(chosen.map(|place| Some(found.text(place, fragment))));
        }
        Ok(Ok(matches))
    }

    /// The main response, once for each result in scope.
    fn texts(&self, source: &Source) -> Vec<String> {
        match source {
            Source::Results(result) => {
                let text = self.scope.body(result).into_owned();
                vec![text; self.scope.results(result).len()]
            }
            _ => xpath_matches::texts(&self.scope, source),
        }
    }
}
