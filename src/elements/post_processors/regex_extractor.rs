//! Regular Expression Extractor: variables from what a pattern matches.
//!
//! A match number that is none counts as 0, which means any match. The template is evaluated once by each user
//! (`RegexExtractor.initTemplate`).

use std::fmt::Write;
use std::sync::Arc;

use super::PostProcessor;
use super::sample_scope::{SampleScope, Source};
use super::subject::{Field, Subject};
use crate::elements::pattern_prop::PatternProp;
use crate::elements::{Element, ElementType};
use crate::functions::match_template::MatchTemplate;
use crate::java;
use crate::model::{Fault, Fields, Label, Local, Prop, Variables, VirtualUser};
use crate::query::regex::{Match, Pattern};

pub(super) const ELEMENT: ElementType = ElementType::new("RegexExtractor", "Regular Expression Extractor", load);

struct RegexExtractor {
    name: Label,
    scope: SampleScope,
    subject: Subject,
    refname: Prop<String>,
    regex: PatternProp,
    template: Prop<String>,
    default: Prop<String>,
    default_empty_value: Prop<bool>,
    match_number: Prop<i32>,
    kept_template: Local<Option<Arc<MatchTemplate>>>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::post_processor(RegexExtractor {
        name: Label::new(fields.name()),
        scope: SampleScope::load(fields),
        subject: Subject::load(fields, "RegexExtractor.useHeaders"),
        refname: fields.text("RegexExtractor.refname", ""),
        regex: PatternProp::new(fields.text("RegexExtractor.regex", ""), fields),
        template: fields.text("RegexExtractor.template", ""),
        default: fields.text("RegexExtractor.default", ""),
        default_empty_value: fields.prop("RegexExtractor.default_empty_value", false),
        match_number: fields.prop("RegexExtractor.match_number", 0),
        kept_template: fields.local(),
    })
}

impl PostProcessor for RegexExtractor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let template = self.template(vu)?;
        if vu.previous.is_none() {
            return Ok(());
        }
        let refname = self.refname.text(vu)?;
        let number = self.match_number.get(vu)?;
        let default = self.default.text(vu)?;
        if !default.is_empty() || self.default_empty_value.get(vu)? {
            vu.variables.put(&refname, default.as_ref());
        }
        let Ok(pattern) = self.regex.get(vu)? else {
            let text = self.regex.text().text(vu)?;
            log::error!(target: "o.a.j.e.RegexExtractor", "Error in pattern: '{text}'");
            return Ok(());
        };
        let field = self.subject.get(vu)?;
        let source = self.scope.source(vu)?;
        if let Source::NoVariable(variable) = &source {
            let name = self.name.get(vu)?;
            log::warn!(
                target: "o.a.j.e.RegexExtractor",
                "No variable '{variable}' found to process by RegexExtractor '{name}', skipping processing"
            );
        }
        let mut output = Output { vu, refname: &refname, template: &template };
        self.search(&source, field, &pattern, number, &mut output);
        Ok(())
    }
}

impl RegexExtractor {
    fn template(&self, vu: &mut VirtualUser) -> Result<Arc<MatchTemplate>, Fault> {
        if let Some(template) = vu.local(&self.kept_template) {
            return Ok(template.clone());
        }
        let template = Arc::new(MatchTemplate::new(&self.template.text(vu)?));
        *vu.local(&self.kept_template) = Some(template.clone());
        Ok(template)
    }

    /// Finds matches in all texts in scope, as many as the number asks for, and sets the variables.
    fn search(&self, source: &Source, field: Field, pattern: &Pattern, number: i32, output: &mut Output<'_>) {
        let most = usize::try_from(number).ok().filter(|number| *number > 0).unwrap_or(usize::MAX);
        match source {
            Source::Variable(text) => output.set(number, &pattern.matches(text).take(most).collect::<Vec<_>>()),
            Source::Results(result) => {
                let texts: Vec<_> =
                    self.scope.results(result).into_iter().map(|it| field.of(it, &self.scope)).collect();
                let matches = texts.iter().flat_map(|text| pattern.matches(text));
                output.set(number, &matches.take(most).collect::<Vec<_>>());
            }
            Source::NoVariable(_) | Source::Nothing => output.set(number, &[]),
        }
    }
}

/// Where matches go.
struct Output<'a> {
    vu: &'a mut VirtualUser,
    refname: &'a str,
    template: &'a MatchTemplate,
}

impl Output<'_> {
    fn set(&mut self, number: i32, matches: &[Match<'_>]) {
        let (variables, refname) = (self.vu.variables.clone(), self.refname);
        let before = variables.remove(&format!("{refname}_matchNr"));
        let before = before.and_then(|count| java::parse_int(&count.text())).unwrap_or(0);
        let mut count = 0;
        if let Ok(number) = usize::try_from(number) {
            let chosen = match number {
                0 if !matches.is_empty() => matches.get(self.vu.random_index(matches.len())),
                0 => None,
                number => matches.get(number - 1),
            };
            match chosen {
                Some(chosen) => self.set_match(&variables, refname, chosen),
                None => remove_groups(&variables, refname),
            }
        } else {
            remove_groups(&variables, refname);
            count = matches.len();
            variables.put(&format!("{refname}_matchNr"), count.to_string());
            for (place, found) in matches.iter().enumerate() {
                self.set_match(&variables, &format!("{refname}_{}", place + 1), found);
            }
        }
        for surplus in count + 1..=usize::try_from(before).unwrap_or(0) {
            let name = format!("{refname}_{surplus}");
            variables.remove(&name);
            remove_groups(&variables, &name);
        }
    }

    fn set_match(&self, variables: &Variables, name: &str, found: &Match<'_>) {
        variables.put(name, self.template.text(found));
        let mut group_name = format!("{name}_g");
        let stem = group_name.len();
        let before = variables.text(&group_name).and_then(|count| java::parse_int(&count)).unwrap_or(0);
        variables.put(&group_name, found.groups().to_string());
        let surplus = usize::try_from(before).unwrap_or(0);
        for group in 0..=found.groups().max(surplus) {
            let _ = write!(group_name, "{group}");
            match found.group(group) {
                Some(text) => variables.put(&group_name, text),
                None => drop(variables.remove(&group_name)),
            }
            group_name.truncate(stem);
        }
    }
}

/// Removes the variables of a match's groups.
fn remove_groups(variables: &Variables, name: &str) {
    let stem = format!("{name}_g");
    let count = variables.remove(&stem).and_then(|count| java::parse_int(&count.text())).unwrap_or(0);
    for group in 0..=count {
        variables.remove(&format!("{stem}{group}"));
    }
}
