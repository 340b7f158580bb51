//! The contract between the run and whatever consumes results.

use std::io;
use std::sync::Arc;

use crate::model::{Properties, SampleResult};

/// A result on its way to the consumers.
#[derive(Debug, Clone)]
pub struct SampleEvent {
    /// The result.
    pub result: Arc<SampleResult>,
    /// The values of the variables that the property `sample_variables` names, in its order; `None` for those not set.
    pub variables: Arc<[Option<Arc<str>>]>,
    /// Whether it is the sum of a Transaction Controller that does not make parts of its samples.
    pub is_transaction: bool,
}

/// The names of the variables whose values go with each result: the property `sample_variables`, between commas. Empty
/// names are left out, which in JMeter would be columns without a name.
#[must_use]
pub fn sample_variables(properties: &Properties) -> Arc<[Arc<str>]> {
    let names = properties.text("sample_variables", "");
    names.split(',').filter(|name| !name.is_empty()).map(Arc::from).collect()
}

/// Consumes results. All sinks of a run belong to one task, which calls them one after the other: they need no locks and
/// never keep a user waiting.
pub trait Sink: Send {
    /// Takes one result.
    ///
    /// # Errors
    /// When it cannot be written. The sink gets no more results then; the test goes on.
    fn sample(&mut self, event: &SampleEvent) -> io::Result<()>;

    /// Whether it reads what results contain: headers, what was sent and what came. If no sink does, results come without it.
    fn reads_contents(&self) -> bool;

    /// Called about four times a second, whether there were results or not: the time to flush and to report. `now` is in
    /// milliseconds since 1970.
    ///
    /// # Errors
    /// As [`Sink::sample`].
    fn tick(&mut self, _now: i64) -> io::Result<()> {
        Ok(())
    }

    /// Called once, after the last result.
    ///
    /// # Errors
    /// As [`Sink::sample`].
    fn finish(&mut self, now: i64) -> io::Result<()>;
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::{FunctionTable, Run};

    /// A result on its way, without variables.
    pub(crate) fn event(result: SampleResult) -> SampleEvent {
        event_with(result, &[])
    }

    /// A result on its way, with the values of variables.
    pub(crate) fn event_with(result: SampleResult, variables: &[Option<&str>]) -> SampleEvent {
        let variables = variables.iter().map(|value| value.map(Arc::from)).collect();
        let is_transaction = result.is_transaction();
        SampleEvent { result: Arc::new(result), variables, is_transaction }
    }

    /// A good sample from second 1 on that took that many milliseconds.
    pub(crate) fn sample(label: &str, elapsed: i64) -> SampleResult {
        let mut result = SampleResult::starting(label.into(), 1000);
        result.end += elapsed;
        result.thread_name = "users 1-1".into();
        (result.group_threads, result.all_threads) = (1, 1);
        result.set_ok();
        result.set_text("x");
        result
    }

    /// Properties with those values.
    pub(crate) fn properties(set: &[(&str, &str)]) -> Properties {
        let properties = Properties::default();
        for (name, value) in set {
            properties.set(name, *value);
        }
        properties
    }

    /// A run with those properties.
    pub(crate) fn run(set: &[(&str, &str)]) -> Arc<Run> {
        Arc::new(Run::new("plan.jmx".into(), properties(set), Properties::default(), FunctionTable::default(), None))
    }

    #[test]
    fn variables_are_named_between_commas() {
        let check = |text: &str, expected: &[&str]| {
            let names = sample_variables(&properties(&[("sample_variables", text)]));
            assert_eq!(names.iter().map(AsRef::as_ref).collect::<Vec<_>>(), expected, "{text}");
        };
        check("a,b c, d", &["a", "b c", " d"]);
        check("a,,b,", &["a", "b"]);
        check("", &[]);
    }
}
