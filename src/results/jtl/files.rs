//! All results files of a run.
//!
//! Listeners, and `-l`, that name the same file share it: it begins as the first of them wants, and each writes its results
//! in its own way. A result is written once for each name that the file goes by: two listeners with the same name write
//! it once, `a.csv` and `./a.csv` write it twice (`ResultCollector`, `SampleResult.markFile`).

use std::io;
use std::sync::Arc;

use parking_lot::Mutex;

use super::csv::CsvFormat;
use super::output::{Output, canonical};
use super::save_config::{DelimiterError, Field, OwnConfig, SaveConfig};
use super::xml::XmlFormat;
use crate::model::Run;
use crate::results::{SampleEvent, Sink};

/// The results files of one run: hands out the sinks that write them.
pub struct JtlFiles {
    run: Arc<Run>,
    config: SaveConfig,
    outputs: Vec<Arc<Mutex<Output>>>,
}

impl JtlFiles {
    /// No files yet.
    ///
    /// # Errors
    /// When results cannot be written as the properties say.
    pub fn new(run: Arc<Run>, functional_mode: bool) -> Result<Self, DelimiterError> {
        let config = SaveConfig::from_properties(&run.properties, functional_mode)?;
        Ok(Self { run, config, outputs: Vec::new() })
    }

    /// What the properties say.
    #[must_use]
    pub fn config(&self) -> &SaveConfig {
        &self.config
    }

    /// A sink that writes a file of that name as the properties say, or as a listener says itself. The file is opened and
    /// its folder made.
    ///
    /// # Errors
    /// Why the file cannot be opened.
    pub fn sink(&mut self, name: &str, own: Option<&OwnConfig>, wanted: Wanted) -> Result<Box<dyn Sink>, String> {
        let config = own.map_or_else(|| self.config.clone(), |own| self.config.with(own));
        let output =
            self.output(name, &config).map_err(|error| format!("cannot write results file {name}: {error}"))?;
        let number = output.lock().name(name);
        let format = if config.fields.has(Field::Xml) {
            Format::Xml(XmlFormat::new(config))
        } else {
            Format::Csv(CsvFormat::new(config))
        };
        Ok(Box::new(JtlSink { output, name: number, wanted, format }))
    }

    fn output(&mut self, name: &str, config: &SaveConfig) -> io::Result<Arc<Mutex<Output>>> {
        let path = canonical(&self.run.output_file(name))?;
        if let Some(output) = self.outputs.iter().find(|output| output.lock().path() == path) {
            return Ok(output.clone());
        }
        let output = Arc::new(Mutex::new(Output::open(&path, config)?));
        self.outputs.push(output.clone());
        Ok(output)
    }
}

/// Which results a listener writes. Their parts are written with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// All.
    #[default]
    All,
    /// Those that failed (`ResultCollector.error_logging`).
    Failed,
    /// Those that did not (`ResultCollector.success_only_logging`).
    Successful,
}

impl Wanted {
    /// What the two flags of a listener amount to: together they let everything through.
    #[must_use]
    pub fn from_flags(errors: bool, successes: bool) -> Self {
        match (errors, successes) {
            (true, false) => Self::Failed,
            (false, true) => Self::Successful,
            _ => Self::All,
        }
    }

    fn has(self, successful: bool) -> bool {
        match self {
            Self::All => true,
            Self::Failed => !successful,
            Self::Successful => successful,
        }
    }
}

struct JtlSink {
    output: Arc<Mutex<Output>>,
    name: usize,
    wanted: Wanted,
    format: Format,
}

enum Format {
    Csv(CsvFormat),
    Xml(XmlFormat),
}

impl Sink for JtlSink {
    fn sample(&mut self, event: &SampleEvent) -> io::Result<()> {
        if !self.wanted.has(event.result.successful) {
            return Ok(());
        }
        let mut output = self.output.lock();
        if output.has(self.name, &event.result) {
            return Ok(());
        }
        output.write(|buffer| match &mut self.format {
            Format::Csv(csv) => csv.write(event, buffer),
            Format::Xml(xml) => xml.write(event, buffer),
        })
    }

    fn reads_contents(&self) -> bool {
        matches!(self.format, Format::Xml(_))
    }

    fn tick(&mut self, _now: i64) -> io::Result<()> {
        self.output.lock().flush()
    }

    fn finish(&mut self, _now: i64) -> io::Result<()> {
        self.output.lock().finish()
    }
}

#[cfg(test)]
mod tests;
