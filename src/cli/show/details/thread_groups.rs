//! Thread groups: how many users, when, and what an error does.

use super::super::facts::Facts;
use super::super::quantity::{counted, duration, seconds};
use super::{Row, around, when};

pub(super) const ROWS: &[Row] = &[
    ("ThreadGroup", plain),
    ("SetupThreadGroup", plain),
    ("PostThreadGroup", plain),
    ("OpenModelThreadGroup", open_model),
    ("kg.apc.jmeter.threads.UltimateThreadGroup", ultimate),
    ("kg.apc.jmeter.threads.SteppingThreadGroup", stepping),
    ("com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroup", concurrency),
    ("com.blazemeter.jmeter.threads.arrivals.ArrivalsThreadGroup", arrivals),
    ("com.blazemeter.jmeter.threads.arrivals.FreeFormArrivalsThreadGroup", free_form_arrivals),
];

fn plain(facts: &Facts<'_>) -> Vec<String> {
    let ramp = facts.text("ThreadGroup.ramp_time");
    let has_schedule = facts.flag("ThreadGroup.scheduler");
    let delay = facts.text("ThreadGroup.delay");
    vec![
        users(&facts.text("ThreadGroup.num_threads")),
        when(!matches!(ramp.as_str(), "" | "0"), format!("ramp-up {}", seconds(&ramp))),
        loops(facts),
        when(has_schedule, format!("for {}", seconds(&facts.text("ThreadGroup.duration")))),
        when(has_schedule && !matches!(delay.as_str(), "" | "0"), format!("after {}", seconds(&delay))),
        when(facts.raw("ThreadGroup.same_user_on_next_iteration") == "false", "a new user each iteration"),
        on_error(facts),
    ]
}

fn users(count: &str) -> String {
    match count.parse::<i64>() {
        Ok(count) if count <= 0 => "nobody".to_owned(),
        Ok(count) => counted(count as f64, "user"),
        Err(_) => format!("{count} users"),
    }
}

/// The loops of the controller inside a group.
fn loops(facts: &Facts<'_>) -> String {
    let Some(main_loop) = facts.within("ThreadGroup.main_controller") else { return "no loop".to_owned() };
    let count = main_loop.text("LoopController.loops");
    if main_loop.flag("LoopController.continue_forever") {
        return "endless loop".to_owned();
    }
    match count.parse::<i64>() {
        Ok(..0) => "endless loop".to_owned(),
        Ok(count) => counted(count as f64, "loop"),
        Err(_) => format!("{count} loops"),
    }
}

fn on_error(facts: &Facts<'_>) -> String {
    let action = match facts.text("ThreadGroup.on_sample_error").to_ascii_lowercase().as_str() {
        "startnextloop" => "start the next loop",
        "stopthread" => "stop the user",
        "stoptest" => "stop the test",
        "stoptestnow" => "stop the test at once",
        _ => return String::new(),
    };
    format!("on error {action}")
}

fn open_model(facts: &Facts<'_>) -> Vec<String> {
    let seed = facts.text("OpenModelThreadGroup.random_seed");
    let has_seed = !matches!(seed.as_str(), "" | "0");
    vec![facts.text("OpenModelThreadGroup.schedule"), when(has_seed, format!("seed {seed}")), on_error(facts)]
}

fn ultimate(facts: &Facts<'_>) -> Vec<String> {
    let mut rows = facts.rows("ultimatethreadgroupdata");
    rows.extend(facts.rows("threads_schedule"));
    let mut details: Vec<String> = rows.iter().map(|row| lives(row)).collect();
    details.push(on_error(facts));
    details
}

/// One row of an Ultimate Thread Group: threads, initial delay, startup time, hold, shutdown time.
fn lives(row: &[String]) -> String {
    let cell = |place: usize| row.get(place).map(String::as_str).unwrap_or_default();
    let time = |place: usize, words: &str| {
        let text = cell(place);
        when(!matches!(text, "" | "0"), format!("{words} {}", seconds(text)))
    };
    let times = [time(1, "after"), time(2, "up in"), time(3, "hold"), time(4, "down in")];
    let times: Vec<String> = times.into_iter().filter(|time| !time.is_empty()).collect();
    format!("{}{}", users(cell(0)), around(" ", &times.join(", "), ""))
}

fn stepping(facts: &Facts<'_>) -> Vec<String> {
    let text = |name| facts.text(name);
    let (started, stopped) = (text("Start users count"), text("Stop users count"));
    let (burst, delay) = (text("Start users count burst"), text("Threads initial delay"));
    vec![
        users(&text("ThreadGroup.num_threads")),
        when(!matches!(delay.as_str(), "" | "0"), format!("after {}", seconds(&delay))),
        when(!matches!(burst.as_str(), "" | "0"), format!("first {burst}")),
        format!("start {started} every {}, ramp-up {}", seconds(&text("Start users period")), seconds(&text("rampUp"))),
        format!("hold {}", seconds(&text("flighttime"))),
        format!("stop {stopped} every {}", seconds(&text("Stop users period"))),
        on_error(facts),
    ]
}

fn concurrency(facts: &Facts<'_>) -> Vec<String> {
    let mut details = vec![users(&facts.text("TargetLevel"))];
    details.extend(levels(facts));
    details
}

fn arrivals(facts: &Facts<'_>) -> Vec<String> {
    let mut details = vec![format!("{}/{} arrivals", facts.text("TargetLevel"), unit(facts).0)];
    details.extend(levels(facts));
    details.push(around("at most ", &facts.text("ConcurrencyLimit"), " users"));
    details
}

fn free_form_arrivals(facts: &Facts<'_>) -> Vec<String> {
    let rows = facts.rows("Schedule");
    let mut details: Vec<String> = rows.iter().map(|row| rates(row, facts)).collect();
    details.push(around("at most ", &facts.text("ConcurrencyLimit"), " users"));
    details.push(on_error(facts));
    details
}

/// One row of a table of arrivals: start rate, end rate, duration.
fn rates(row: &[String], facts: &Facts<'_>) -> String {
    let cell = |place: usize| row.get(place).map(String::as_str).unwrap_or_default();
    let (from, to) = (cell(0), cell(1));
    let rate = if from == to { from.to_owned() } else { format!("{from} to {to}") };
    format!("{rate}/{} for {}", unit(facts).0, in_unit(cell(2), facts))
}

/// Ramp-up, steps, hold and iterations of a dynamic group.
fn levels(facts: &Facts<'_>) -> Vec<String> {
    let (ramp, steps, hold) = (facts.text("RampUp"), facts.text("Steps"), facts.text("Hold"));
    let in_steps = when(!matches!(steps.as_str(), "" | "0"), format!(" in {steps} steps"));
    vec![
        when(!matches!(ramp.as_str(), "" | "0"), format!("ramp-up {}{in_steps}", in_unit(&ramp, facts))),
        format!("hold {}", in_unit(if hold.is_empty() { "0" } else { &hold }, facts)),
        around("at most ", &facts.text("Iterations"), " iterations each"),
        on_error(facts),
    ]
}

/// The unit of time of a dynamic group, and its seconds.
fn unit(facts: &Facts<'_>) -> (&'static str, f64) {
    if facts.text("Unit") == "M" { ("min", 60.0) } else { ("s", 1.0) }
}

fn in_unit(text: &str, facts: &Facts<'_>) -> String {
    let (name, factor) = unit(facts);
    text.parse::<f64>().map_or_else(|_| format!("{text} {name}"), |time| duration(time * factor))
}
