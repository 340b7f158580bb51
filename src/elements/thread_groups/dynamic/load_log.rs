//! The log of a dynamic group (`LogFilename`): a results file with a row for each start and end of a user, or for each
//! arrival, completion and abandonment of an iteration.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::model::{Clock, Fields, SampleResult};
use crate::results::jtl::Wanted;
use crate::results::{Consumers, SampleEvent, Sink};

/// Where a group writes what its users do.
pub struct LoadLog {
    file: String,
    clock: Clock,
    sink: Mutex<Option<Box<dyn Sink>>>,
}

impl LoadLog {
    /// The log that the group's properties name; an empty name is none.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        let clock = fields.loading.run.clock;
        Self { file: fields.text_now("LogFilename", ""), clock, sink: Mutex::default() }
    }

    /// Opens the file.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(&self, consumers: &mut Consumers) -> Result<(), String> {
        if !self.file.is_empty() {
            *self.sink.lock() = Some(consumers.files.sink(&self.file, None, Wanted::All)?);
        }
        Ok(())
    }

    /// Whether rows are written.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.file.is_empty()
    }

    /// Writes a row: what happened to whom, under which label.
    pub fn write(&self, marker: &'static str, label: String, thread_name: Arc<str>) {
        let mut result = SampleResult::starting(label.into(), self.clock.now());
        result.successful = false;
        result.response_message = marker.into();
        result.thread_name = thread_name;
        let result = Arc::new(result);
        let event = SampleEvent { result, variables: Arc::from([]), is_transaction: false };
        let mut sink = self.sink.lock();
        if let Some(Err(error)) = sink.as_mut().map(|sink| sink.sample(&event)) {
            log::error!(target: "c.b.j.r.FlushingResultCollector", "{} cannot be written: {error}", self.file);
            *sink = None;
        }
    }

    /// Writes what is left.
    pub fn finish(&self) {
        let sink = self.sink.lock().take();
        if let Some(Err(error)) = sink.map(|mut sink| sink.finish(self.clock.now())) {
            log::error!(target: "c.b.j.r.FlushingResultCollector", "{} cannot be written: {error}", self.file);
        }
    }
}
