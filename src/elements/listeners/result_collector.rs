//! Listeners that show results: View Results Tree, Aggregate Report, Simple Data Writer and all their like.
//!
//! They differ only in what they draw in JMeter's window. Without it each writes the file that it names, or does nothing.

use crate::elements::{Element, ElementType};
use crate::model::{Fields, Severity};
use crate::results::jtl::{Field, OwnConfig, Wanted};
use crate::results::{Consumers, Sink};

use super::Listener;

pub(super) const ELEMENT: ElementType =
    ElementType::new("ResultCollector", "Listener", |fields| Element::listener(ResultCollector::load(fields)));

/// The graphs of jpgc: they always write how many users there are.
pub(super) const CORRECTED: ElementType =
    ElementType::new("kg.apc.jmeter.vizualizers.CorrectedResultCollector", "Listener", |fields| {
        Element::listener(ResultCollector { counts_users: true, ..ResultCollector::load(fields) })
    });

struct ResultCollector {
    file: String,
    file_as_written: String,
    wanted: Wanted,
    /// What it writes; without, the properties say.
    config: Option<OwnConfig>,
    counts_users: bool,
}

impl ResultCollector {
    fn load(fields: &Fields<'_>) -> Self {
        let (errors, successes) = ("ResultCollector.error_logging", "ResultCollector.success_only_logging");
        let listener = Self {
            file: fields.text_now("filename", ""),
            file_as_written: fields.raw("filename").unwrap_or_default().to_owned(),
            wanted: Wanted::from_flags(fields.flag(errors, false), fields.flag(successes, false)),
            config: config(fields),
            counts_users: false,
        };
        // All others are settings of the window.
        fields.skip_all();
        listener
    }

    fn config(&self, consumers: &Consumers) -> Option<OwnConfig> {
        let mut config = self.config.clone();
        if self.counts_users {
            let all = || OwnConfig { fields: consumers.files.config().fields, ..OwnConfig::default() };
            config.get_or_insert_with(all).fields.set(Field::ThreadCounts, true);
        }
        config
    }
}

fn config(fields: &Fields<'_>) -> Option<OwnConfig> {
    let name = "saveConfig";
    match OwnConfig::read(fields.property(name)?) {
        Ok(config) => Some(config),
        Err(faults) => {
            for (position, fault) in faults {
                let problem = fields.problem(Severity::Error, fault).at_property(name, position);
                fields.loading.add(problem.with_help("JMeter loads no plan with such a listener"));
            }
            None
        }
    }
}

impl Listener for ResultCollector {
    fn sink(&self, consumers: &mut Consumers) -> Result<Option<Box<dyn Sink>>, String> {
        if self.file.is_empty() {
            return Ok(None);
        }
        let config = self.config(consumers);
        consumers.files.sink(&self.file, config.as_ref(), self.wanted).map(Some)
    }

    fn results_file(&self) -> Option<&str> {
        Some(self.file_as_written.as_str()).filter(|file| !file.is_empty())
    }
}
