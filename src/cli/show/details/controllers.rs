//! Controllers: how often, under which condition, and in which order. Conditions are shown as they are written: what they
//! ask for changes while the test runs.

use super::super::facts::Facts;
use super::super::quantity::{counted, seconds};
use super::{Row, around, assignments, when};

pub(super) const ROWS: &[Row] = &[
    ("GenericController", |_| Vec::new()),
    ("RecordingController", |_| Vec::new()),
    ("TestFragmentController", |_| Vec::new()),
    ("OnceOnlyController", |_| Vec::new()),
    ("RandomOrderController", |_| Vec::new()),
    ("LoopController", |facts| vec![times(facts)]),
    ("WhileController", |facts| vec![while_condition(&facts.raw("WhileController.condition"))]),
    ("IfController", |facts| {
        vec![
            facts.raw("IfController.condition"),
            when(facts.flag("IfController.evaluateAll"), "asked before each child"),
        ]
    }),
    ("ForeachController", |facts| vec![each(facts)]),
    ("SwitchController", |facts| vec![facts.raw("SwitchController.value")]),
    ("InterleaveControl", |facts| {
        vec![
            when(facts.raw("InterleaveControl.style") == "1", "a whole child each turn"),
            when(facts.flag("InterleaveControl.accrossThreads"), "across users"),
        ]
    }),
    ("RandomController", |facts| vec![when(facts.raw("InterleaveControl.style") == "1", "a whole child each turn")]),
    ("ThroughputController", throughput),
    ("RunTime", |facts| vec![seconds(&facts.text("RunTime.seconds"))]),
    ("TransactionController", |facts| {
        vec![
            when(facts.flag("TransactionController.parent"), "parent sample"),
            when(facts.raw("TransactionController.includeTimers") != "false", "timers count"),
        ]
    }),
    ("IncludeController", |facts| vec![facts.raw("IncludeController.includepath")]),
    ("ModuleController", |facts| {
        let path = facts.texts("ModuleController.node_path");
        vec![around("→ ", &path.get(2..).unwrap_or_default().join(" › "), "")]
    }),
    ("CriticalSectionController", |facts| vec![around("lock ", &facts.text("CriticalSectionController.lockName"), "")]),
    ("kg.apc.jmeter.control.ParameterizedController", |facts| {
        assignments(facts.within("ParameterizedController").map(|list| list.arguments()).unwrap_or_default())
    }),
    ("com.blazemeter.jmeter.control.WeightedSwitchController", weights),
    ("com.blazemeter.jmeter.controller.ParallelSampler", |facts| {
        let most = facts.text("MAX_THREAD_NUMBER");
        vec![
            when(facts.flag("PARENT_SAMPLE"), "parent sample"),
            when(facts.flag("LIMIT_MAX_THREAD_NUMBER"), format!("at most {most} at a time")),
        ]
    }),
];

fn times(facts: &Facts<'_>) -> String {
    let count = facts.text("LoopController.loops");
    match count.parse::<i64>() {
        Ok(..0) => "endless".to_owned(),
        Ok(count) => counted(count as f64, "time"),
        Err(_) => format!("{count} times"),
    }
}

fn while_condition(condition: &str) -> String {
    match condition.trim() {
        "" => "until a sample fails".to_owned(),
        last if last.eq_ignore_ascii_case("LAST") => "while the last sample is good".to_owned(),
        condition => condition.to_owned(),
    }
}

fn each(facts: &Facts<'_>) -> String {
    let (input, output) = (facts.text("ForeachController.inputVal"), facts.text("ForeachController.returnVal"));
    let separator = if facts.raw("ForeachController.useSeparator") == "false" { "" } else { "_" };
    let first = facts.whole("ForeachController.startIndex").unwrap_or(0) + 1;
    let last = facts.text("ForeachController.endIndex");
    format!("{input}{separator}{first}..{last} → ${{{output}}}")
}

fn throughput(facts: &Facts<'_>) -> Vec<String> {
    let share = match facts.raw("ThroughputController.style").as_str() {
        "1" => format!("{} % of the turns", facts.text("ThroughputController.percentThroughput")),
        _ => format!("{} times in all", facts.text("ThroughputController.maxThroughput")),
    };
    let per_user = facts.raw("ThroughputController.perThread") != "false";
    vec![share, if per_user { "for each user" } else { "for all users together" }.to_owned()]
}

fn weights(facts: &Facts<'_>) -> Vec<String> {
    let rows = facts.rows("Weights").into_iter().filter(|row| row.get(2).is_none_or(|flag| flag == "true"));
    let weights = rows.map(|row| row.into_iter().take(2).collect::<Vec<_>>().join(" "));
    let order = when(facts.flag("IsRandomChoice"), "by chance");
    std::iter::once(order).chain(weights).collect()
}
