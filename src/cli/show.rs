//! `loadline show`: a picture of a plan before it runs: its tree with what the properties say now, and the load over time.

mod chart;
mod details;
mod facts;
mod load;
mod outline;
mod quantity;
mod resolver;
mod style;
mod tree;

use std::io::{self, IsTerminal};
use std::sync::Arc;

use super::args::ShowOptions;
use super::properties::{AllProperties, gather};
use super::{complain, exit_code, read_plan, tell};
use crate::engine::{self, Policy};
use crate::functions;
use crate::model::{FunctionTable, Problem, Problems, Run, Severity};
use load::GroupLoad;
use outline::Outline;
use resolver::Resolver;
use style::Style;

/// Columns where there is no terminal to ask, and nothing in `COLUMNS`.
const COLUMNS: usize = 100;

/// Shows a plan and gives the exit code.
pub(super) fn show(options: &ShowOptions) -> u8 {
    let picture = match Picture::of(options) {
        Ok(picture) => picture,
        Err(error) => return complain(&format!("error: {error}"), exit_code::BAD_PLAN),
    };
    tell(&picture.text(columns(), Style::of_terminal()));
    if let Some(file) = &options.svg
        && let Err(error) = std::fs::write(file, chart::svg::draw(&picture.loads))
    {
        return complain(&format!("error: {}: {error}", file.display()), exit_code::BAD_PLAN);
    }
    let faults: Vec<_> = picture.problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    faults.iter().fold(exit_code::DONE, |_, fault| complain(&format!("error: {fault}"), exit_code::BAD_PLAN))
}

/// What there is to see of a plan.
struct Picture {
    outline: Outline,
    loads: Vec<GroupLoad>,
    problems: Vec<Problem>,
}

impl Picture {
    fn of(options: &ShowOptions) -> Result<Self, String> {
        let plan = read_plan(&options.plan)?;
        let AllProperties { jmeter, system } =
            gather(options.given.main_file.as_deref(), &options.properties, &mut Vec::new());
        let functions = FunctionTable::of(functions::FUNCTIONS);
        let run = Arc::new(Run::new(options.plan.clone(), jmeter, system, functions, None));
        let Some(expanded) = engine::expand(&plan, &run.properties, &mut Problems::default()) else {
            return Err(format!("{}: there is no Test Plan at the root of the file", plan.file));
        };
        let mut prepared = engine::prepare(&plan, &run, Policy::Skip);
        let groups = prepared.plan.map(|plan| plan.groups).unwrap_or_default();
        let loads = load::of_groups(&groups, &mut prepared.main);
        let resolver = Resolver::new(prepared.main);
        let disabled = outline::count_disabled(&plan.nodes);
        let outline = Outline::of(&expanded, disabled, &resolver);
        Ok(Self { outline, loads, problems: prepared.problems })
    }

    /// The tree, then the load of each thread group.
    fn text(&self, columns: usize, style: Style) -> String {
        let mut text = tree::draw(&self.outline, columns, style);
        text.push('\n');
        text.push_str(&chart::text::draw_all(&self.loads, columns, style));
        text
    }
}

/// The width of the terminal; where there is none, what `COLUMNS` says.
fn columns() -> usize {
    if io::stdout().is_terminal()
        && let Some((width, _)) = terminal_size::terminal_size()
    {
        return width.0.into();
    }
    let given = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    given.unwrap_or(COLUMNS)
}
