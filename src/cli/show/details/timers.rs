//! Timers: how long, or how many samples in which time.

use super::super::facts::Facts;
use super::super::quantity::{millis, seconds};
use super::{Row, around, when, word};

pub(super) const ROWS: &[Row] = &[
    ("ConstantTimer", |facts| vec![millis(&facts.text("ConstantTimer.delay"))]),
    ("UniformRandomTimer", |facts| vec![random(facts, "up to")]),
    ("GaussianRandomTimer", |facts| vec![random(facts, "deviation")]),
    ("PoissonRandomTimer", |facts| vec![random(facts, "lambda")]),
    ("ConstantThroughputTimer", |facts| {
        const MODES: [&str; 5] =
            ["each user", "all users", "all users of the group", "all users, shared", "all users of the group, shared"];
        vec![format!("{}/min", facts.text("throughput")), word(&MODES, facts.whole("calcMode"))]
    }),
    ("PreciseThroughputTimer", |facts| {
        let batch = facts.text("batchSize");
        vec![
            format!("{} per {}", facts.text("throughput"), seconds(&facts.text("throughputPeriod"))),
            around("for ", &seconds(&facts.text("duration")), ""),
            when(!matches!(batch.as_str(), "" | "0" | "1"), format!("{batch} at a time")),
        ]
    }),
    ("SyncTimer", |facts| {
        let (size, limit) = (facts.text("groupSize"), facts.text("timeoutInMs"));
        vec![
            if size == "0" { "all users of the group".to_owned() } else { format!("{size} users") },
            when(!matches!(limit.as_str(), "" | "0"), format!("wait at most {}", millis(&limit))),
        ]
    }),
    ("kg.apc.jmeter.timers.VariableThroughputTimer", |facts| {
        let rows = facts.rows("load_profile");
        rows.iter().map(|row| rate(row)).collect()
    }),
];

fn random(facts: &Facts<'_>, words: &str) -> String {
    let (delay, range) = (facts.text("ConstantTimer.delay"), facts.text("RandomTimer.range"));
    format!("{} + {words} {}", millis(&delay), millis(&range))
}

/// One row of a load profile: start and end rate, seconds.
fn rate(row: &[String]) -> String {
    let cell = |place: usize| row.get(place).map(String::as_str).unwrap_or_default();
    let (from, to) = (cell(0), cell(1));
    let rate = if from == to { from.to_owned() } else { format!("{from} to {to}") };
    format!("{rate}/s for {}", seconds(cell(2)))
}
