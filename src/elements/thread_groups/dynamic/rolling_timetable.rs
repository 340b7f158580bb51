//! The timetable of the groups of arrivals of `BlazeMeter`: each arrival is as long after the one before as the rate at
//! that time says.

use std::sync::Arc;
use std::time::Duration;

use crate::elements::thread_groups::{Corner, Look, Timetable};
use crate::model::{Fault, VirtualUser};

/// How long to wait while the rate is 0.
const WHILE_ZERO: f64 = 200.0;

/// Arrivals per second, as they are now.
pub(in crate::elements::thread_groups) trait Rates: Send + Sync {
    /// The rate so many seconds after the start, when so many arrivals were scheduled before; `None` at the end.
    ///
    /// # Errors
    /// When a property cannot be evaluated.
    fn rate(&self, seconds: f64, scheduled: u64, starter: &mut VirtualUser) -> Result<Option<f64>, Fault>;

    /// The rate over time.
    ///
    /// # Errors
    /// As [`Rates::rate`].
    fn corners(&self, starter: &mut VirtualUser) -> Result<Vec<Corner>, Fault>;
}

/// Times that roll on from one arrival to the next.
pub(in crate::elements::thread_groups) struct RollingTimetable {
    rates: Arc<dyn Rates>,
    /// Milliseconds since 1970, as the plugin reckons: the rounding that this brings decides whether the last arrival is
    /// just inside the schedule or just outside.
    start: f64,
    rolling: f64,
    scheduled: u64,
    is_over: bool,
}

impl RollingTimetable {
    /// A timetable with these rates that starts at that time, in milliseconds since 1970.
    pub fn new(rates: Arc<dyn Rates>, start: i64) -> Self {
        let start = start as f64;
        Self { rates, start, rolling: start, scheduled: 0, is_over: false }
    }
}

impl Timetable for RollingTimetable {
    fn due(&mut self) -> Option<Duration> {
        let millis = self.rolling - self.start;
        (!self.is_over).then(|| Duration::try_from_secs_f64(millis / 1000.0).unwrap_or(Duration::MAX))
    }

    fn look(&mut self, starter: &mut VirtualUser) -> Result<Look, Fault> {
        let seconds = (self.rolling - self.start) / 1000.0;
        let rate = self.rates.rate(seconds, self.scheduled, starter)?;
        let Some(rate) = rate.filter(|rate| *rate >= 0.0 || rate.is_nan()) else {
            let target = "c.b.j.t.a.ArrivalsThreadStarter";
            let scheduled = self.scheduled;
            log::info!(target: target, "Duration limit reached, no more arrivals needed, had arrivals: {scheduled}");
            self.is_over = true;
            return Ok(Look::Over);
        };
        if rate > 0.0 {
            self.rolling += 1000.0 / rate;
            self.scheduled += 1;
            return Ok(Look::Arrival);
        }
        self.rolling += WHILE_ZERO;
        Ok(Look::Nobody)
    }

    fn corners(&self, starter: &mut VirtualUser) -> Result<Vec<Corner>, Fault> {
        self.rates.corners(starter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::virtual_user::tests::user;

    /// A rate for so many seconds, 0 before.
    struct Constant {
        rate: f64,
        from: f64,
        to: f64,
    }

    impl Rates for Constant {
        fn rate(&self, seconds: f64, _: u64, _: &mut VirtualUser) -> Result<Option<f64>, Fault> {
            Ok((seconds < self.to).then_some(if seconds < self.from { 0.0 } else { self.rate }))
        }

        fn corners(&self, _: &mut VirtualUser) -> Result<Vec<Corner>, Fault> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn arrivals_follow_the_rate() {
        let check = |(rate, from, to), expected: &[u128]| {
            let mut times = RollingTimetable::new(Arc::new(Constant { rate, from, to }), 1_795_000_000_000);
            let mut seen = Vec::new();
            while let Some(due) = times.due() {
                if times.look(&mut user()).unwrap() == Look::Arrival {
                    seen.push(due.as_millis());
                }
            }
            assert_eq!(seen, expected, "{rate}/s");
        };
        check((4.0, 0.0, 1.0), &[0, 250, 500, 750]);
        check((2.0, 0.3, 1.5), &[400, 900, 1400]);
        // A third of a second counts a little less than it is, a sixth a little more.
        check((3.0, 0.0, 1.0), &[0, 333, 666, 999]);
        check((6.0, 0.0, 1.0), &[0, 166, 333, 500, 666, 833]);
        check((-1.0, 0.0, 1.0), &[]);
    }
}
