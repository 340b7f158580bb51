//! What makes the consumers of one run, so that those that share something find each other: a file, a name.

use std::io::Write;
use std::sync::Arc;

use super::jtl::{DelimiterError, JtlFiles};
use super::summary::Summaries;
use crate::model::Run;

/// What makes the consumers of one run.
pub struct Consumers {
    /// The run.
    pub run: Arc<Run>,
    /// The results files.
    pub files: JtlFiles,
    /// The summaries.
    pub summaries: Summaries,
}

impl Consumers {
    /// For that run. Summaries are written to `console`; `functional_mode` is the Test Plan's.
    ///
    /// # Errors
    /// When results cannot be written as the properties say; nothing may run then.
    pub fn new(run: Arc<Run>, console: Box<dyn Write + Send>, functional_mode: bool) -> Result<Self, DelimiterError> {
        let files = JtlFiles::new(run.clone(), functional_mode)?;
        let summaries = Summaries::new(run.clone(), console);
        Ok(Self { run, files, summaries })
    }
}
