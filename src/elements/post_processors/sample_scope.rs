//! Which texts an extractor looks at (`Sample.scope`).

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{Fault, Fields, Prop, SampleResult, VirtualUser};

/// The results, or the variable, whose texts an extractor looks at.
pub(super) struct SampleScope {
    which: Which,
    variable: Prop<String>,
    /// The encoding of texts that name none.
    encoding: Arc<str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Main,
    Parts,
    All,
    Variable,
    None,
}

/// How deep parts are looked at.
const DEPTH: u32 = 5;

/// What there is to look at.
pub(super) enum Source {
    /// The results: that one, its parts, or both.
    Results(Arc<SampleResult>),
    /// The value of a variable.
    Variable(Arc<str>),
    /// There is no variable of that name.
    NoVariable(String),
    /// There is no result yet.
    Nothing,
}

impl SampleScope {
    pub fn load(fields: &Fields<'_>) -> Self {
        let which = match fields.raw("Sample.scope") {
            None | Some("parent") => Which::Main,
            Some("children") => Which::Parts,
            Some("all") => Which::All,
            Some("variable") => Which::Variable,
            Some(other) => {
                fields.warn("Sample.scope", format!("there is no scope \"{other}\": nothing is looked at"));
                Which::None
            }
        };
        let encoding = fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8");
        Self { which, variable: fields.text("Scope.variable", ""), encoding }
    }

    /// What there is to look at now.
    pub fn source(&self, vu: &mut VirtualUser) -> Result<Source, Fault> {
        if self.which == Which::Variable {
            let name = self.variable.text(vu)?;
            return Ok(match vu.variables.text(&name) {
                Some(text) => Source::Variable(text),
                None => Source::NoVariable(name.into_owned()),
            });
        }
        Ok(vu.previous.clone().map_or(Source::Nothing, Source::Results))
    }

    /// The results in scope among that one and its parts.
    pub fn results<'r>(&self, result: &'r SampleResult) -> Vec<&'r SampleResult> {
        let mut results = Vec::new();
        if matches!(self.which, Which::Main | Which::All) {
            results.push(result);
        }
        if matches!(self.which, Which::Parts | Which::All) {
            add_parts(result, DEPTH, &mut results);
        }
        results
    }

    /// The response of a result as a text.
    pub fn body<'r>(&self, result: &'r SampleResult) -> Cow<'r, str> {
        result.response_text(&self.encoding)
    }
}

/// The parts of a result, then those of the first part, and so on.
fn add_parts<'r>(result: &'r SampleResult, depth: u32, results: &mut Vec<&'r SampleResult>) {
    if depth > 0 {
        results.extend(&result.sub_results);
        result.sub_results.iter().for_each(|part| add_parts(part, depth - 1, results));
    }
}
