//! The variables that both `XPath` extractors set from what they found.

use super::sample_scope::{SampleScope, Source};
use crate::java;
use crate::model::{AssertionResult, Fault, Label, Prop, VirtualUser};

/// What an extractor found: texts, or nothing where a node has none.
pub(super) type Matches = Vec<Option<String>>;

/// What goes wrong: the result says so, or the sample is lost.
pub(super) enum Problem {
    Said(String),
    Fault(Fault),
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Where an extractor looks, and the variables that it sets.
pub(super) struct MatchVariables {
    pub name: Label,
    pub scope: SampleScope,
    pub refname: Prop<String>,
    pub default: Prop<String>,
}

impl MatchVariables {
    /// Sets the variables to what is found. `log` is the extractor's class as the log has it.
    pub(super) fn fill(
        &self,
        log: &str,
        vu: &mut VirtualUser,
        find: impl FnOnce(&Source, &mut VirtualUser) -> Result<Matches, Problem>,
    ) -> Result<(), Fault> {
        if vu.previous.is_none() {
            return Ok(());
        }
        let refname = self.refname.text(vu)?.into_owned();
        let default = self.default.text(vu)?;
        let before = reset(&refname, &default, vu);
        let source = self.scope.source(vu)?;
        if let Source::NoVariable(variable) = &source {
            let class = log.rsplit('.').next().unwrap_or(log);
            log::warn!(target: log, "No variable '{variable}' found to process by {class}");
        }
        match find(&source, vu) {
            Ok(matches) => set(&refname, &matches, before, vu),
            Err(Problem::Said(message)) => {
                let name = self.name.get(vu)?;
                complain(&name, &message, vu);
            }
            Err(Problem::Fault(fault)) => return Err(fault),
        }
        Ok(())
    }
}

/// Sets the variables to what they are without matches, and gives the number of matches of the last time.
fn reset(refname: &str, default: &str, vu: &VirtualUser) -> i32 {
    let variables = &vu.variables;
    let count = format!("{refname}_matchNr");
    let before = variables.text(&count).and_then(|count| java::parse_int(&count)).unwrap_or(0);
    variables.put(refname, default);
    variables.put(&count, "0");
    variables.remove(&format!("{refname}_1"));
    before
}

/// Sets the variables to what was found; `before` is the number of matches of the last time.
fn set(refname: &str, matches: &Matches, before: i32, vu: &VirtualUser) {
    let variables = &vu.variables;
    variables.put(&format!("{refname}_matchNr"), matches.len().to_string());
    if let Some(Some(first)) = matches.first() {
        variables.put(refname, first.as_str());
    }
    for (place, text) in matches.iter().enumerate() {
        let name = format!("{refname}_{}", place + 1);
        match text {
            Some(text) => variables.put(&name, text.as_str()),
            None => drop(variables.remove(&name)),
        }
    }
    for surplus in matches.len() + 1..=usize::try_from(before).unwrap_or(0).max(matches.len() + 1) {
        variables.remove(&format!("{refname}_{surplus}"));
    }
}

/// Says in the result what went wrong. The sample stays good.
fn complain(name: &str, message: &str, vu: &mut VirtualUser) {
    let message = format!("{message}\nSee log file for further details.");
    let judgement = AssertionResult::failed(name, message);
    if let Some(result) = vu.result_mut() {
        result.assertions.push(judgement);
    }
}

/// The texts to be searched: those of results, or of a variable unless it is empty.
pub(super) fn texts(scope: &SampleScope, source: &Source) -> Vec<String> {
    match source {
        Source::Variable(text) if text.is_empty() => Vec::new(),
        Source::Variable(text) => vec![text.to_string()],
        Source::Results(result) => {
            scope.results(result).into_iter().map(|result| scope.body(result).into_owned()).collect()
        }
        Source::NoVariable(_) | Source::Nothing => Vec::new(),
    }
}

/// Those of so many matches that a number asks for: all for a negative one, a random one for 0.
pub(super) fn chosen(count: usize, number: i32, vu: &mut VirtualUser) -> std::ops::Range<usize> {
    match usize::try_from(number) {
        Err(_) => 0..count,
        Ok(0) if count > 0 => {
            let one = vu.random_index(count);
            one..one + 1
        }
        Ok(number) if (1..=count).contains(&number) => number - 1..number,
        Ok(_) => 0..0,
    }
}
