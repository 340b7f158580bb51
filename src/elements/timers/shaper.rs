//! Lets so many samples go in each second of the wall clock, as a table says.
//!
//! Users stand in a line, and only the first one looks at the clock. Second 0 is that in which the first sample asks; the border
//! between two rows belongs to the earlier one, so a table of 60 seconds gives 61 seconds of load, the first of which may be
//! short (`VariableThroughputTimer.java`).

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::model::{Fault, GroupRun, Run, Stop, java};

const LOG: &str = "k.a.j.t.VariableThroughputTimer";

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    /// Samples per second at the start.
    pub from: f64,
    /// Samples per second at the end.
    pub to: f64,
    /// How long it lasts.
    pub seconds: i32,
}

/// What all users in the scope of the timer share.
pub(super) struct Shaper {
    name: String,
    waiting: AtomicU32,
    second: Mutex<Second>,
}

/// The current second.
#[derive(Default)]
struct Second {
    /// Its number since 1970; 0 before the first sample.
    number: i64,
    start: i64,
    rate: f64,
    sent: u64,
    is_over: bool,
    tries: u32,
}

impl Shaper {
    /// A shaper that says how it goes in properties that begin with that name.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), waiting: AtomicU32::new(0), second: Mutex::default() }
    }

    /// Waits until a sample may go.
    ///
    /// # Errors
    /// When the table has been over for long, and nothing has stopped the test.
    pub(super) async fn pass(&self, rows: &[Row], run: &Run, group: &GroupRun) -> Result<(), Fault> {
        let _place = Place::take(&self.waiting);
        let ready = async {
            let mut second = self.second.lock().await;
            loop {
                let now = run.clock.now();
                if second.number != now / 1000 {
                    self.start_second(&mut second, now / 1000, rows, run, group)?;
                }
                match second.wait(now % 1000) {
                    0 => {
                        second.sent += 1;
                        return Ok(());
                    }
                    millis => tokio::time::sleep_until(instant(run, now + millis)).await,
                }
            }
        };
        tokio::select! {
            biased;
            () = group.until(GroupRun::is_stopping) => Ok(()),
            passed = ready => passed,
        }
    }

    fn start_second(
        &self,
        second: &mut Second,
        number: i64,
        rows: &[Row],
        run: &Run,
        group: &GroupRun,
    ) -> Result<(), Fault> {
        if second.start == 0 {
            second.start = number;
        }
        second.number = number;
        match rate_at(rows, number - second.start) {
            Some(rate) => second.rate = rate,
            None => second.stop(run, group)?,
        }
        // All but the one who looks.
        let delayed = self.waiting.load(Ordering::Relaxed).saturating_sub(1);
        let (sent, rate) = (second.sent, java::double_text(second.rate));
        if delayed < 1 && (sent as f64) < second.rate {
            log::warn!(
                target: LOG,
                "No free threads available in current Thread Group {}, made {sent} samples/s for expected rps {rate} samples/s, \
                 increase your number of threads",
                group.name
            );
        }
        let total: i64 = rows.iter().map(|row| i64::from(row.seconds)).sum();
        let values = [("totalDuration", total.to_string()), ("cntDelayed", delayed.to_string())];
        for (name, value) in values.into_iter().chain([("cntSent", sent.to_string()), ("rps", rate)]) {
            run.properties.set(&format!("{}_{name}", self.name), value);
        }
        second.sent = 0;
        Ok(())
    }
}

/// The instant of a time in milliseconds since 1970, or a little after: not before that millisecond.
fn instant(run: &Run, millis: i64) -> Instant {
    run.clock.instant(millis)
}

impl Second {
    /// How long the next sample has to wait at that millisecond of the second.
    fn wait(&self, millis: i64) -> i64 {
        let place = self.sent as f64 * 1000.0 / self.rate;
        if millis as f64 >= place {
            return 0;
        }
        (place.min(1000.0).ceil() as i64 - millis).max(1)
    }

    /// The table is over: asks the group to stop, then the test, each second more urgently.
    fn stop(&mut self, run: &Run, group: &GroupRun) -> Result<(), Fault> {
        self.is_over = true;
        let factor = if self.tries > 10 { 2.0 } else { 1.0 };
        self.rate = if self.rate > 0.0 { self.rate * factor } else { 1.0 };
        if self.tries > 30 {
            let message = "More than 30 retries - stopping with exception";
            return Err(Fault::exception("java.lang.IllegalStateException", message));
        }
        log::info!(target: LOG, "No further RPS schedule, asking threads to stop...");
        self.tries += 1;
        match self.tries {
            ..=3 => {
                log::info!(target: LOG, "Stopping gracefuly threads of Thread Group : {}", group.name);
                group.stop(Stop::Graceful);
            }
            4..=5 => {
                log::info!(target: LOG, "Tries more than 3, hard stopping threads of Thread Group : {}", group.name);
                group.stop(Stop::Now);
            }
            6..=10 => {
                log::info!(target: LOG, "Tries more than 5, shutting down engine!");
                run.stop(Stop::Graceful);
            }
            _ => {
                log::info!(target: LOG, "Tries more than 10, stopping engine NOW!");
                run.stop(Stop::Now);
            }
        }
        Ok(())
    }
}

/// The rate so many seconds after the first one; `None` after the table's end.
fn rate_at(rows: &[Row], second: i64) -> Option<f64> {
    let mut second = second;
    for row in rows {
        if second <= i64::from(row.seconds) {
            let rate = row.from + second as f64 * (row.to - row.from) / f64::from(row.seconds);
            // A row without length has no slope.
            return Some(if rate.is_nan() { row.from } else { rate }).filter(|rate| *rate >= 0.0);
        }
        second -= i64::from(row.seconds);
    }
    None
}

/// A user's place in the line.
struct Place<'a>(&'a AtomicU32);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicU32) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::virtual_user::tests::user;

    const ROWS: &[Row] = &[Row { from: 5.0, to: 5.0, seconds: 2 }, Row { from: 10.0, to: 20.0, seconds: 2 }];

    #[test]
    fn the_border_belongs_to_the_earlier_row() {
        let rates: Vec<_> = (0..6).map(|second| rate_at(ROWS, second)).collect();
        assert_eq!(rates, [Some(5.0), Some(5.0), Some(5.0), Some(15.0), Some(20.0), None]);
        assert_eq!(rate_at(&[], 0), None);
        assert_eq!(rate_at(&[Row { from: 3.0, to: 9.0, seconds: 0 }], 0), Some(3.0));
    }

    #[tokio::test(start_paused = true)]
    async fn samples_go_at_the_rate_of_their_second() {
        let vu = user();
        let (shaper, rows) = (Shaper::new("tst"), [Row { from: 4.0, to: 4.0, seconds: 1 }]);
        let mut seconds: Vec<i64> = Vec::new();
        while !vu.group.is_stopping() {
            shaper.pass(&rows, &vu.run, &vu.group).await.unwrap();
            seconds.push(vu.now() / 1000);
        }
        seconds.pop();
        let first = seconds[0];
        let counts = [0, 1].map(|second| seconds.iter().filter(|number| **number == first + second).count());
        assert_eq!((counts, seconds.len()), ([4, 4], 8));
        assert_eq!(vu.run.properties.get("tst_rps").as_deref(), Some("4.0"));
        assert_eq!(vu.run.properties.get("tst_totalDuration").as_deref(), Some("1"));
    }
}
