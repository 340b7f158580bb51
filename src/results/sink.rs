//! The contract between the run and whatever consumes results.

use std::io;
use std::sync::Arc;

use crate::model::SampleResult;

/// A result on its way to the consumers.
#[derive(Debug, Clone)]
pub struct SampleEvent {
    /// The result.
    pub result: Arc<SampleResult>,
    /// The thread group's name.
    pub group: Arc<str>,
    /// The values of the variables that the property `sample_variables` names, in its order; `None` for those not set.
    pub variables: Arc<[Option<Arc<str>>]>,
    /// Whether it is the sum of a Transaction Controller that does not make parts of its samples.
    pub is_transaction: bool,
}

/// Consumes results. All sinks of a run belong to one task, which calls them one after the other: they need no locks and
/// never keep a user waiting.
pub trait Sink: Send {
    /// Takes one result.
    ///
    /// # Errors
    /// When it cannot be written. The sink gets no more results then; the test goes on.
    fn sample(&mut self, event: &SampleEvent) -> io::Result<()>;

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
