//! Lets so many samples go in each second of the wall clock, as a table says.
//!
//! Second 0 is that in which the first sample asks; the border between two rows belongs to the earlier one, so a table of 60
//! seconds gives 61 seconds of load, the first of which may be short. Users wait as in the plugin: each looks again after a
//! time that grows with the number of those that wait, and who goes calls the one that has waited longest. At low rates that
//! lets some samples of a second go by, and plans were tuned with it (`VariableThroughputTimer.java`).

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;

use crate::java;
use crate::model::{Fault, GroupRun, Run, Stop};

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
    /// Users that wait, and those that are about to look again.
    delayed: u32,
    /// Those that wait, the longest first.
    line: VecDeque<Arc<Notify>>,
}

impl Shaper {
    /// A shaper that says how it goes in properties that begin with that name.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), second: Mutex::default() }
    }

    /// Waits until a sample may go, and gives when it was meant to, in milliseconds since 1970; nothing if the group is to
    /// stop.
    ///
    /// # Errors
    /// When the table has been over for long, and nothing has stopped the test.
    pub(super) async fn pass(&self, rows: &[Row], run: &Run, group: &GroupRun) -> Result<Option<i64>, Fault> {
        let mut place = None;
        while !group.is_stopping() {
            let (millis, new) = match self.look(place.take(), rows, run, group)? {
                Turn::Go(meant) => return Ok(Some(meant)),
                Turn::Wait(millis, place) => (millis, place),
            };
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(millis)) => {}
                () = new.called.notified() => {}
                () = group.until(GroupRun::is_stopping) => {}
            }
            place = Some(new);
        }
        Ok(None)
    }

    /// Lets a sample go, or makes it wait.
    fn look(&self, place: Option<Place<'_>>, rows: &[Row], run: &Run, group: &GroupRun) -> Result<Turn<'_>, Fault> {
        drop(place);
        let now = run.clock.now();
        let mut second = self.second.lock();
        if second.number != now / 1000 {
            self.start_second(&mut second, now / 1000, rows, run, group)?;
        }
        let wait = second.wait(now % 1000);
        if second.is_over || wait == 0 {
            second.call_next();
        }
        if wait == 0 {
            let meant = second.number * 1000 + (second.sent as f64 * (1000.0 / second.rate)) as i64;
            second.sent += 1;
            return Ok(Turn::Go(meant));
        }
        let called = Arc::new(Notify::new());
        second.delayed += 1;
        second.line.push_back(called.clone());
        Ok(Turn::Wait(wait, Place { shaper: self, called }))
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
        let delayed = second.delayed;
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

impl Second {
    /// How long the next sample has to wait at that millisecond of the second, before it looks again.
    fn wait(&self, millis: i64) -> u64 {
        if millis as f64 >= self.sent as f64 * (1000.0 / self.rate) {
            return 0;
        }
        // While the group is asked to stop, its users look often.
        if self.is_over { 10 } else { (1.0 + 1000.0 * f64::from(self.delayed + 1) / self.rate) as u64 }
    }

    /// Lets the one look again that has waited longest.
    fn call_next(&mut self) {
        if let Some(called) = self.line.pop_front() {
            called.notify_one();
        }
    }

    /// The table is over: asks the group to stop, then the test, each second more urgently.
    fn stop(&mut self, run: &Run, group: &GroupRun) -> Result<(), Fault> {
        self.is_over = true;
        self.line.drain(..).for_each(|called| called.notify_one());
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

/// What a sample is told when it looks.
enum Turn<'a> {
    /// It may go; it was meant to at that time, in milliseconds since 1970.
    Go(i64),
    /// To look again after so many milliseconds, or when it is called.
    Wait(u64, Place<'a>),
}

/// A user's place in the line.
struct Place<'a> {
    shaper: &'a Shaper,
    called: Arc<Notify>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut second = self.shaper.second.lock();
        second.delayed -= 1;
        second.line.retain(|called| !Arc::ptr_eq(called, &self.called));
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
            let meant = shaper.pass(&rows, &vu.run, &vu.group).await.unwrap();
            assert!(meant.is_none_or(|meant| meant <= vu.now() && meant % 250 == 0), "{meant:?}");
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
