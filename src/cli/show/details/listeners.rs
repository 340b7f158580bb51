//! Listeners: where results go, and what a failed one does.

use super::super::facts::Facts;
use super::{Row, around, word};

pub(super) const ROWS: &[Row] = &[
    ("ResultCollector", file),
    ("kg.apc.jmeter.vizualizers.CorrectedResultCollector", file),
    ("Summariser", |_| Vec::new()),
    ("ResultSaver", |facts| vec![around("to ", &facts.text("FileSaver.filename"), "…")]),
    ("ResultAction", |facts| {
        const ACTIONS: [&str; 7] = [
            "",
            "stop the user",
            "stop the test",
            "stop the test at once",
            "next turn of the thread group",
            "next turn of the current loop",
            "break the current loop",
        ];
        vec![around("on error ", &word(&ACTIONS, facts.whole("OnError.action")), "")]
    }),
    ("BackendListener", |facts| {
        let class = facts.text("classname");
        vec![class.rsplit('.').next().unwrap_or_default().to_owned()]
    }),
];

fn file(facts: &Facts<'_>) -> Vec<String> {
    vec![around("to ", &facts.text("filename"), "")]
}
