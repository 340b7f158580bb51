//! Scripts in functions: the names that they see.

use std::sync::Arc;

use super::call::Parameters;
use crate::model::{Fault, VirtualUser};
use crate::script::java::writer::Writer;
use crate::script::{Bindings, Language, Value};
use crate::scripting::{self, Evaluated};

/// Evaluates the script that the first parameter is; `log` names its logger.
pub(super) fn run(
    language: Language,
    log: &str,
    parameters: &Parameters,
    vu: &mut VirtualUser,
) -> Result<Evaluated, Fault> {
    let text = parameters.text(0, vu)?;
    let outcome = scripting::with_previous(vu, |vu, previous| {
        let bindings = bindings(language, log, previous, vu);
        scripting::evaluate(language, &text, &bindings, vu)
    });
    match outcome.as_ref().err().and_then(scripting::fault) {
        Some(fault) => Err(fault),
        None => Ok(outcome),
    }
}

/// The names differ from language to language: the newest result is `prev` or `sampleResult`, and not all can print.
fn bindings(language: Language, log: &str, previous: &Value, vu: &mut VirtualUser) -> Bindings {
    let (result, prints) = match language {
        Language::Groovy => ("prev", true),
        Language::JavaScript => ("sampleResult", false),
        _ => ("sampleResult", true),
    };
    let sampler = scripting::current_sampler(vu);
    let mut all = vec![
        ("log", scripting::logger(log)),
        ("ctx", scripting::context()),
        ("props", scripting::properties()),
        ("threadName", Value::Str(vu.thread_name.clone())),
    ];
    if vu.has_variables {
        all.push(("vars", scripting::variables()));
    }
    if prints {
        all.push(("OUT", Value::object(Writer::standard(false))));
    }
    if !sampler.is_null() || language != Language::Groovy {
        all.push(("sampler", sampler));
    }
    if !previous.is_null() || language != Language::Groovy {
        all.push((result, previous.clone()));
    }
    Bindings::of(all.into_iter().map(|(name, value)| (Arc::from(name), value)).collect())
}
