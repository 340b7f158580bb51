//! The summary lines of a run: `summary +` for the last interval, `summary =` for everything (`Summariser`).
//!
//! A line comes with a sample in the first seconds of an interval, not by itself: a test whose samples are slow reports
//! when one has ended. Samples of Transaction Controllers do not count, and with them goes what a parent sample hides.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use parking_lot::Mutex;

use super::{SampleEvent, Sink};
use crate::model::{Run, SampleResult};

/// In so many seconds after the full interval a sample brings a report, and no two reports are closer.
const WINDOW: i64 = 5;

/// The summaries of one run: those of the same name are one.
pub struct Summaries {
    settings: Arc<Settings>,
    totals: Vec<Arc<Mutex<Totals>>>,
}

/// What all summaries of a run share.
struct Settings {
    run: Arc<Run>,
    console: Mutex<Box<dyn Write + Send>>,
    /// Seconds.
    interval: i64,
    to_log: bool,
    to_console: bool,
    ignores_transactions: bool,
}

impl Summaries {
    /// Summaries as the properties say, which are written to that console.
    #[must_use]
    pub fn new(run: Arc<Run>, console: Box<dyn Write + Send>) -> Self {
        let properties = &run.properties;
        let settings = Settings {
            interval: properties.integer("summariser.interval", 30),
            to_log: properties.flag("summariser.log", true),
            to_console: properties.flag("summariser.out", true),
            ignores_transactions: properties.flag("summariser.ignore_transaction_controller_sample_result", true),
            console: Mutex::new(console),
            run,
        };
        Self { settings: Arc::new(settings), totals: Vec::new() }
    }

    /// A sink that counts under that name.
    pub fn sink(&mut self, name: &str) -> Box<dyn Sink> {
        let known = self.totals.iter().find(|totals| totals.lock().name == name).cloned();
        let totals = known.unwrap_or_else(|| {
            let totals = Arc::new(Mutex::new(Totals::new(name, self.settings.run.clock.now())));
            self.totals.push(totals.clone());
            totals
        });
        Box::new(Summary { settings: self.settings.clone(), totals })
    }
}

struct Summary {
    settings: Arc<Settings>,
    totals: Arc<Mutex<Totals>>,
}

impl Sink for Summary {
    fn sample(&mut self, event: &SampleEvent) -> io::Result<()> {
        if self.settings.ignores_transactions && event.result.is_transaction() {
            return Ok(());
        }
        let now = self.settings.run.clock.now();
        let mut totals = self.totals.lock();
        totals.delta.add(&event.result, now);
        match totals.report(now, self.settings.interval) {
            Some(report) => self.settings.write(&totals.name, &report),
            None => Ok(()),
        }
    }

    fn reads_contents(&self) -> bool {
        false
    }

    fn finish(&mut self, now: i64) -> io::Result<()> {
        let mut totals = self.totals.lock();
        match totals.last_report(now) {
            Some(report) => self.settings.write(&totals.name, &report),
            None => Ok(()),
        }
    }
}

impl Settings {
    fn write(&self, name: &str, report: &Report) -> io::Result<()> {
        let delta = report.delta.as_ref().map(|delta| format!("{}{}", line(name, '+', delta), self.users()));
        let total = report.total.as_ref().map(|total| line(name, '=', total));
        for line in [delta, total].into_iter().flatten() {
            if self.to_log {
                log::info!(target: "o.a.j.r.Summariser", "{line}");
            }
            if self.to_console {
                let mut console = self.console.lock();
                writeln!(console, "{line}")?;
                console.flush()?;
            }
        }
        Ok(())
    }

    fn users(&self) -> String {
        let count = |users: &std::sync::atomic::AtomicU32| users.load(Ordering::Relaxed);
        let (active, started, finished) =
            (count(&self.run.active), count(&self.run.started), count(&self.run.finished));
        format!(" Active: {active} Started: {started} Finished: {finished}")
    }
}

/// What was counted under one name.
struct Totals {
    name: String,
    /// Since the last report.
    delta: Count,
    /// Up to the last report.
    total: Count,
    /// When that was, in seconds since 1970.
    reported: i64,
    ended: bool,
}

/// Lines to be written.
struct Report {
    delta: Option<Count>,
    total: Option<Count>,
}

impl Totals {
    fn new(name: &str, now: i64) -> Self {
        Self { name: name.into(), delta: Count::new(now), total: Count::new(now), reported: 0, ended: false }
    }

    /// The report that is due, if one is.
    fn report(&mut self, now: i64, interval: i64) -> Option<Report> {
        let second = now / 1000;
        let is_due = second.checked_rem(interval).is_some_and(|since| since <= WINDOW);
        if !is_due || second <= self.reported + WINDOW {
            return None;
        }
        self.reported = second;
        let delta = self.delta.clone();
        self.move_delta(now);
        let total = (self.total.samples != delta.samples).then(|| self.total.clone());
        Some(Report { delta: Some(delta), total })
    }

    /// The report at the end, which comes once for all sinks of the name.
    fn last_report(&mut self, now: i64) -> Option<Report> {
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        self.delta.end = now;
        let delta = (self.delta.samples > 0 && self.total.samples > 0).then(|| self.delta.clone());
        self.move_delta(now);
        Some(Report { delta, total: Some(self.total.clone()) })
    }

    fn move_delta(&mut self, now: i64) {
        let delta = std::mem::replace(&mut self.delta, Count::new(now));
        self.total.merge(&delta, now);
    }
}

/// The samples of some time (`SummariserRunningSample`).
#[derive(Clone)]
struct Count {
    samples: i64,
    errors: i64,
    sum: i64,
    min: i64,
    max: i64,
    start: i64,
    end: i64,
}

impl Count {
    fn new(now: i64) -> Self {
        Self { samples: 0, errors: 0, sum: 0, min: i64::MAX, max: i64::MIN, start: now, end: now }
    }

    fn add(&mut self, result: &SampleResult, now: i64) {
        let elapsed = result.elapsed();
        self.samples += i64::from(result.sample_count);
        self.errors += i64::from(result.error_count());
        self.sum += elapsed;
        self.min = self.min.min(elapsed);
        self.max = self.max.max(elapsed);
        self.end = now;
    }

    fn merge(&mut self, other: &Self, now: i64) {
        self.samples += other.samples;
        self.errors += other.errors;
        self.sum += other.sum;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
        self.end = now;
    }
}

/// `NAME = COUNT in HH:MM:SS = RATE/s Avg: ... Err: N (x%)`.
fn line(name: &str, sign: char, count: &Count) -> String {
    let Count { samples, errors, sum, min, max, start, end } = *count;
    let elapsed = if samples == 0 { 0 } else { end - start };
    let seconds = (elapsed + 500) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds % 3600 / 60, seconds % 60);
    let mut line = format!("{name} {sign} {samples:6} in {hours:02}:{minutes:02}:{seconds:02} = ");
    let rate = samples as f64 / elapsed as f64 * 1000.0;
    let written = if elapsed > 0 { write!(line, "{rate:6.1}") } else { write!(line, "******") };
    written.expect("a text takes everything");
    let average = sum.checked_div(samples).unwrap_or(0);
    let percent = if samples == 0 { 0.0 } else { errors as f64 / samples as f64 * 100.0 };
    line + &format!("/s Avg: {average:5} Min: {min:5} Max: {max:5} Err: {errors:5} ({percent:.2}%)")
}

#[cfg(test)]
mod tests;
