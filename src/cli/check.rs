//! `loadline check`: reads and loads plans without running them, and says what it makes of each element.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::args::{CheckOptions, Format};
use super::properties::{AllProperties, gather};
use super::{exit_code, read_plan, tell};
use crate::elements;
use crate::engine::{self, Policy};
use crate::functions;
use crate::jmx::Node;
use crate::model::{FunctionTable, Problem, Run, Severity};

/// Checks plans and gives the exit code: the worst of all.
pub(super) fn check(options: &CheckOptions) -> u8 {
    let reports: Vec<Report> = options.plans.iter().map(|plan| Report::of(plan, options)).collect();
    match options.format {
        Format::Text => reports.iter().for_each(|report| tell(&report.text())),
        Format::Json => {
            let all: Vec<Value> = reports.iter().map(Report::json).collect();
            tell(&serde_json::to_string_pretty(&all).unwrap_or_default());
        }
    }
    let codes: Vec<u8> = reports.iter().map(Report::exit_code).collect();
    // A faulty plan weighs more than one with unsupported elements, whatever the numbers.
    [exit_code::BAD_PLAN, exit_code::UNSUPPORTED]
        .into_iter()
        .find(|code| codes.contains(code))
        .unwrap_or(exit_code::DONE)
}

/// What there is to say about one plan.
struct Report {
    plan: String,
    /// Why it cannot be read.
    unreadable: Option<String>,
    problems: Vec<Problem>,
    /// Enabled elements by what becomes of them, and by class.
    native: BTreeMap<&'static str, usize>,
}

impl Report {
    fn of(path: &Path, options: &CheckOptions) -> Self {
        let name = path.display().to_string();
        let plan = match read_plan(path) {
            Ok(plan) => plan,
            Err(error) => {
                return Self { plan: name, unreadable: Some(error), problems: Vec::new(), native: BTreeMap::new() };
            }
        };
        let mut ignored = Vec::new();
        let AllProperties { jmeter, system } =
            gather(options.given.main_file.as_deref(), &options.properties, &mut ignored);
        let functions = FunctionTable::of(functions::FUNCTIONS);
        let run = Arc::new(Run::new(path.to_owned(), jmeter, system, functions, None));
        let problems = engine::prepare(&plan, &run, Policy::Fail).problems;
        let mut native = BTreeMap::new();
        count(&plan.nodes, &mut native);
        Self { plan: name, unreadable: None, problems, native }
    }

    fn exit_code(&self) -> u8 {
        match self.problems.iter().map(|problem| problem.severity).max() {
            _ if self.unreadable.is_some() => exit_code::BAD_PLAN,
            Some(Severity::Error) => exit_code::BAD_PLAN,
            Some(Severity::Unsupported) => exit_code::UNSUPPORTED,
            _ => exit_code::DONE,
        }
    }

    fn text(&self) -> String {
        if let Some(error) = &self.unreadable {
            return format!("error: {error}");
        }
        let lines = self.problems.iter().map(|problem| format!("{}: {problem}\n", problem.severity.word()));
        let mut text: String = lines.collect();
        let native: usize = self.native.values().sum();
        let count = |severity| self.problems.iter().filter(|problem| problem.severity == severity).count();
        let _ = writeln!(
            text,
            "{}: {native} elements native, {} unsupported, {} errors, {} warnings, {} notes",
            self.plan,
            count(Severity::Unsupported),
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note)
        );
        text
    }

    fn json(&self) -> Value {
        let problem = |problem: &Problem| {
            json!({
                "severity": problem.severity.word(),
                "file": &*problem.file,
                "line": problem.position.line,
                "column": problem.position.column,
                "element": problem.element,
                "property": problem.property,
                "message": problem.message,
                "help": problem.help,
            })
        };
        json!({
            "plan": self.plan,
            "error": self.unreadable,
            "exit_code": self.exit_code(),
            "native": self.native,
            "problems": self.problems.iter().map(problem).collect::<Vec<_>>(),
        })
    }
}

/// Counts the enabled elements that Loadline runs, by class.
fn count(nodes: &[Node], native: &mut BTreeMap<&'static str, usize>) {
    for node in nodes.iter().filter(|node| node.is_enabled()) {
        if let Some(kind) = elements::of_class(node.class()) {
            *native.entry(kind.class).or_default() += 1;
        }
        count(&node.children, native);
    }
}
