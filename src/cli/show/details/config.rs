//! Config elements: the data that they bring.

use super::super::facts::Facts;
use super::samplers::{excerpt, url};
use super::{Row, around, assignments, when};

pub(super) const ROWS: &[Row] = &[
    ("Arguments", |facts| assignments(facts.arguments())),
    ("TestPlan", |facts| {
        let variables = facts.within("TestPlan.user_defined_variables").map(|list| list.arguments());
        let mut details = assignments(variables.unwrap_or_default());
        details.push(when(facts.flag("TestPlan.serialize_threadgroups"), "groups one after the other"));
        details.push(when(facts.flag("TestPlan.functional_mode"), "functional mode"));
        details
    }),
    ("CSVDataSet", |facts| {
        let names = facts.text("variableNames").replace(',', ", ");
        vec![around("", &facts.text("filename"), ""), around("→ ", &names, "")]
    }),
    ("HeaderManager", |facts| {
        let pair = |row: &Facts<'_>| format!("{}: {}", row.text("Header.name"), excerpt(&row.text("Header.value")));
        facts.items("HeaderManager.headers").iter().map(pair).collect()
    }),
    ("CookieManager", |facts| vec![when(facts.flag("CookieManager.clearEachIteration"), "cleared each iteration")]),
    ("CacheManager", |facts| vec![when(facts.flag("clearEachIteration"), "cleared each iteration")]),
    ("ConfigTestElement", |facts| vec![url(facts)]),
    ("CounterConfig", |facts| {
        let [start, end, step] = ["start", "end", "incr"].map(|part| facts.text(&format!("CounterConfig.{part}")));
        let steps = when(!matches!(step.as_str(), "" | "1"), format!(" by {step}"));
        vec![format!("{start}..{end}{steps} → ${{{}}}", facts.text("CounterConfig.name"))]
    }),
    ("RandomVariableConfig", |facts| {
        let (from, to) = (facts.text("minimumValue"), facts.text("maximumValue"));
        vec![format!("{from}..{to} → ${{{}}}", facts.text("variableName"))]
    }),
    ("JDBCDataSource", |facts| vec![facts.text("dataSource"), facts.text("dbUrl")]),
];
