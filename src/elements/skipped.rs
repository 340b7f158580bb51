//! Elements that Loadline knows and does not run: those that only serve JMeter's window, and those of protocols that it
//! does not have.

use super::samplers::{Sampled, Sampler, Sampling};
use super::{Element, ElementType};
use crate::model::{Label, SampleResult, VirtualUser};

/// Why an element does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It makes no difference to a headless run.
    Harmless(&'static str),
    /// It would.
    Unsupported(&'static str),
}

const DRAWS: Kind = Kind::Harmless("it only draws in JMeter's window");
const RECORDS: Kind = Kind::Harmless("it only records in JMeter's window");

/// Elements by class.
const SKIPPED: &[(&str, Kind)] = &[
    ("WorkBench", DRAWS),
    ("ProxyControl", RECORDS),
    ("HttpMirrorControl", Kind::Harmless("it only starts from JMeter's window")),
    ("com.blazemeter.jmeter.correlation.CorrelationProxyControl", RECORDS),
    ("com.blazemeter.jmeter.rte.recorder.RTERecorder", RECORDS),
    ("kg.apc.jmeter.vizualizers.CompositeResultCollector", DRAWS),
    (
        "kg.apc.jmeter.perfmon.PerfMonCollector",
        Kind::Harmless("server monitoring by the PerfMon agent is not available"),
    ),
    ("kg.apc.jmeter.dbmon.DbMonCollector", Kind::Harmless("database monitoring is not available")),
    ("kg.apc.jmeter.jmxmon.JMXMonCollector", Kind::Harmless("JMX monitoring is not available")),
    ("kg.apc.jmeter.listener.GraphsGeneratorListener", DRAWS),
    ("kg.apc.jmeter.reporters.LoadosophiaUploader", Kind::Harmless("results are not uploaded anywhere")),
    ("kg.apc.jmeter.reporters.bzm.BlazeMeterUploader", Kind::Harmless("results are not uploaded anywhere")),
    ("kg.apc.jmeter.reporters.ConsoleStatusLogger", Kind::Harmless("the console shows a summary anyway")),
];

/// What is known of a class that has no element here.
#[must_use]
pub fn find(class: &str) -> Option<Kind> {
    SKIPPED.iter().find(|(known, _)| *known == class).map(|(_, kind)| *kind)
}

/// Stands where a sampler is missing, if the user wants a failed sample there.
pub const UNSUPPORTED_SAMPLER: ElementType = ElementType::new("", "Unsupported element", |fields| {
    fields.skip_all();
    let class = fields.node.class().to_owned();
    Element::sampler(UnsupportedSampler { name: Label::new(fields.name()), class })
});

struct UnsupportedSampler {
    name: Label,
    class: String,
}

impl Sampler for UnsupportedSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async move { self.fail(vu) })
    }
}

impl UnsupportedSampler {
    fn fail(&self, vu: &mut VirtualUser) -> Sampled {
        let mut result = SampleResult::starting(self.name.get(vu)?, vu.now());
        result.successful = false;
        result.response_code = "501".into();
        result.response_message = format!("Loadline has no element of class {}", self.class).into();
        Ok(Some(result))
    }
}
