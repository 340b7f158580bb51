//! `loadline run`, and JMeter's own command line: runs a plan.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Zoned;

use super::args::{RunFlags, RunOptions};
use super::console::Console;
use super::properties::{AllProperties, JMETER_VERSION, gather};
use super::stops::Stops;
use super::{complain, exit_code, log_file, read_plan};
use crate::engine::{self, Collector, LoadedPlan, Outcome, Prepared, Workers};
use crate::functions;
use crate::model::{FunctionTable, PacingReport, Problem, Run, Severity, VirtualUser};
use crate::results::jtl::Wanted;
use crate::results::{Consumers, Sink};

/// Runs a plan and gives the exit code.
pub(super) fn run(options: &RunOptions) -> u8 {
    if let Err(message) = log_file::start(options.flags.log.as_deref(), &options.flags.log_levels) {
        return complain(&message, exit_code::USAGE);
    }
    match try_run(options) {
        Ok(code) => code,
        Err(Failure(code, message)) => {
            log::error!(target: "o.a.j.JMeter", "{message}");
            complain(&message, code)
        }
    }
}

/// Why nothing was run.
struct Failure(u8, String);

fn failure<E: ToString>(code: u8) -> impl Fn(E) -> Failure {
    move |error| Failure(code, error.to_string())
}

fn try_run(options: &RunOptions) -> Result<u8, Failure> {
    let flags = &options.flags;
    let plan = read_plan(&options.plan).map_err(failure(exit_code::BAD_PLAN))?;
    let mut complaints = Vec::new();
    let AllProperties { jmeter, system } =
        gather(flags.given.main_file.as_deref(), &options.properties, &mut complaints);
    flags.proxy.set(&jmeter, &system);
    if flags.http2 {
        jmeter.set("loadline.http.version", "2");
    }
    if flags.verify_tls {
        jmeter.set("loadline.verify_tls", "true");
    }
    complaints.iter().for_each(|text| log::warn!(target: "o.a.j.JMeter", "{text}"));
    let functions = FunctionTable::of(functions::FUNCTIONS);
    let run = Run::new(options.plan.clone(), jmeter, system, functions, flags.seed);
    let run = Arc::new(run.with_max_in_flight(flags.max_in_flight));
    log::info!(target: "o.a.j.JMeter", "Version {JMETER_VERSION}, as Loadline {} has it", env!("CARGO_PKG_VERSION"));

    let prepared = engine::prepare(&plan, &run, flags.unsupported.into());
    report(&prepared.problems);
    let Prepared { plan: Some(loaded), mut main, problems } = prepared else {
        return Err(Failure(exit_code::BAD_PLAN, "there is nothing to run".into()));
    };
    if let Some(worst) =
        problems.iter().map(|problem| problem.severity).max().filter(|worst| *worst >= Severity::Unsupported)
    {
        let code = if worst == Severity::Error { exit_code::BAD_PLAN } else { exit_code::UNSUPPORTED };
        return Err(Failure(code, "nothing was run".into()));
    }
    if loaded.groups.is_empty() {
        return Err(Failure(exit_code::BAD_PLAN, "the plan has no enabled thread group: nothing was run".into()));
    }

    if flags.force_delete {
        delete_results(flags, &loaded, &run)?;
    }
    let mut console = Console::new(&run);
    let functional_mode = loaded.settings.functional_mode;
    let mut consumers =
        Consumers::new(run.clone(), console.writer(), functional_mode).map_err(failure(exit_code::BAD_PLAN))?;
    let plan = engine::compile(&loaded, &mut consumers, |consumers| everywhere(flags, &mut console, consumers))?;
    console.tell(&format!("Created the tree successfully using {}", options.plan.display()));
    carry_out(plan, &mut main, flags, &mut console)
}

/// What gets the results of all samplers: the view of a terminal or else the summary, and the results file.
fn everywhere(
    flags: &RunFlags,
    console: &mut Console,
    consumers: &mut Consumers,
) -> Result<Vec<Box<dyn Sink>>, Failure> {
    let mut sinks: Vec<Box<dyn Sink>> = Vec::new();
    let summary_name = consumers.run.properties.text("summariser.name", "");
    if let Some(view) = console.take_view() {
        sinks.push(view);
    } else if !summary_name.is_empty() {
        console.tell(&format!("Creating summariser <{summary_name}>"));
        sinks.push(consumers.summaries.sink(&summary_name));
    }
    if let Some(results) = &flags.results {
        let sink = consumers.files.sink(&results.to_string_lossy(), None, Wanted::All);
        sinks.push(sink.map_err(failure(exit_code::BAD_PLAN))?);
    }
    Ok(sinks)
}

/// `-f`: deletes the results files of an earlier run, those of the plan's listeners as well.
fn delete_results(flags: &RunFlags, plan: &LoadedPlan, run: &Run) -> Result<(), Failure> {
    let given = flags.results.iter().cloned();
    for file in given.chain(plan.results_files().iter().map(|name| run.output_file(name))) {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure(exit_code::BAD_PLAN, format!("{} cannot be deleted: {error}", file.display())));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Prints what there is to say about a plan before it runs.
fn report(problems: &[Problem]) {
    for problem in problems {
        let word = problem.severity.word();
        match problem.severity {
            Severity::Note => log::info!(target: "o.a.j.JMeter", "{problem}"),
            Severity::Warning => log::warn!(target: "o.a.j.JMeter", "{problem}"),
            Severity::Unsupported | Severity::Error => log::error!(target: "o.a.j.JMeter", "{problem}"),
        }
        if problem.severity > Severity::Note {
            complain(&format!("{word}: {problem}"), 0);
        }
    }
}

fn carry_out(
    mut plan: engine::ExecutionPlan,
    main: &mut VirtualUser,
    flags: &RunFlags,
    console: &mut Console,
) -> Result<u8, Failure> {
    let run = main.run.clone();
    for hook in &plan.hooks {
        hook.test_started(main).map_err(failure(exit_code::BAD_PLAN))?;
    }
    let sinks = std::mem::take(&mut plan.sinks);
    let (collector, thread) = Collector::start(sinks, run.clock).map_err(failure(exit_code::BAD_PLAN))?;
    let mut workers = Workers::start(flags.workers).map_err(failure(exit_code::BAD_PLAN))?;
    console.tell(&format!("Starting standalone test @ {} ({})", date_and_time(), run.clock.now()));
    let start = main.variables.frozen();
    let stops = Stops::listen(&run, &workers, console);
    let outcome = engine::pace::block_on(engine::run(&plan, main, start, collector.clone(), &workers));
    if !outcome.stuck.is_empty() {
        workers.abandon();
    }
    drop(workers);
    collector.finish();
    let report = thread.join().map_err(|_| Failure(exit_code::INCOMPLETE, "the results thread died".into()))?;
    console.tell(&format!("Tidying up ...    @ {} ({})", date_and_time(), run.clock.now()));
    console.tell("... end of run");
    if report.pauses > 0 {
        complain(&format!("results could not be written fast enough: users waited {} times", report.pauses), 0);
    }
    for error in &report.errors {
        complain(&format!("results were lost: {error}"), 0);
    }
    report_outcome(&outcome, &run);
    let is_complete = report.errors.is_empty() && outcome.stuck.is_empty() && outcome.failed_groups.is_empty();
    Ok(match stops.exit_code() {
        exit_code::DONE if !is_complete => exit_code::INCOMPLETE,
        code => code,
    })
}

/// Says what went wrong with users, and how well arrivals kept to their times if they did not.
fn report_outcome(outcome: &Outcome, run: &Run) {
    for failed in &outcome.failed_groups {
        complain(failed, 0);
    }
    if !outcome.stuck.is_empty() {
        let some: Vec<&str> = outcome.stuck.iter().take(5).map(AsRef::as_ref).collect();
        let more = if outcome.stuck.len() > some.len() { ", ..." } else { "" };
        let (count, names) = (outcome.stuck.len(), some.join(", "));
        complain(&format!("Fatal error, could not stop test, exiting: {count} users did not end: {names}{more}"), 0);
    }
    let pacing = run.pacing.report();
    if pacing.late > 0 {
        let PacingReport { started, late, usual_lag, longest_lag, .. } = pacing;
        complain(
            &format!(
                "schedule lag: {late} of {started} arrivals started more than 10 ms late (99 % within {}, at most {})",
                millis(usual_lag),
                millis(longest_lag)
            ),
            0,
        );
    }
    if pacing.dropped > 0 {
        let all = pacing.started + pacing.dropped;
        complain(
            &format!("dropped: {} of {all} arrivals, because as many users were at work as may be", pacing.dropped),
            0,
        );
    }
}

fn millis(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}

/// The time as JMeter's console prints it: `2026 Nov 20 23:39:00 UTC`.
fn date_and_time() -> String {
    Zoned::now().strftime("%Y %b %-d %H:%M:%S %Z").to_string()
}
