//! How well the arrivals of a run kept to their times.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// An arrival that starts later than that is a late one.
const LATE: Duration = Duration::from_millis(10);

/// Counts of arrivals: those that started, with how far they were behind their time, and those that did not.
#[derive(Default)]
pub struct Pacing {
    /// So many users of arrivals may be at work at a time (`--max-in-flight`).
    pub limit: Option<u32>,
    in_flight: AtomicU32,
    dropped: AtomicU64,
    late: AtomicU64,
    /// Microseconds.
    longest_lag: AtomicU64,
    /// Arrivals by their lag: number n counts those below 2^n microseconds.
    lags: [AtomicU64; 32],
}

/// What there is to say about the arrivals of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PacingReport {
    /// Arrivals that started.
    pub started: u64,
    /// Arrivals that were dropped: there was a limit to users at work.
    pub dropped: u64,
    /// Arrivals that started more than 10 ms late.
    pub late: u64,
    /// At most so late were 99 % of them, to the next power of two.
    pub usual_lag: Duration,
    /// The most that one was late.
    pub longest_lag: Duration,
}

impl Pacing {
    /// Takes a place for a user at work; `false` if there is none, which drops its arrival.
    pub fn take_place(&self) -> bool {
        let before = self.in_flight.fetch_add(1, Ordering::Relaxed);
        if self.limit.is_some_and(|limit| before >= limit) {
            self.in_flight.fetch_sub(1, Ordering::Relaxed);
            self.drop_arrival();
            return false;
        }
        true
    }

    /// Gives back the place of a user that has done its work.
    pub fn free_place(&self) {
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
    }

    /// Counts an arrival that does not take place.
    pub fn drop_arrival(&self) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an arrival that starts so long after its time.
    pub fn arrive(&self, lag: Duration) {
        let micros = u64::try_from(lag.as_micros()).unwrap_or(u64::MAX);
        let place = (u64::BITS - micros.leading_zeros()) as usize;
        self.lags[place.min(self.lags.len() - 1)].fetch_add(1, Ordering::Relaxed);
        self.longest_lag.fetch_max(micros, Ordering::Relaxed);
        if lag > LATE {
            self.late.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The counts so far.
    #[must_use]
    pub fn report(&self) -> PacingReport {
        let lags: Vec<u64> = self.lags.iter().map(|count| count.load(Ordering::Relaxed)).collect();
        let started: u64 = lags.iter().sum();
        let longest_lag = self.longest_lag.load(Ordering::Relaxed);
        let mut seen = 0;
        let usual = lags.iter().position(|count| {
            seen += count;
            seen * 100 >= started * 99
        });
        PacingReport {
            started,
            dropped: self.dropped.load(Ordering::Relaxed),
            late: self.late.load(Ordering::Relaxed),
            usual_lag: Duration::from_micros((1 << usual.unwrap_or(0)).min(longest_lag)),
            longest_lag: Duration::from_micros(longest_lag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lags_are_counted() {
        let pacing = Pacing::default();
        assert_eq!(pacing.report(), PacingReport::default());
        (0..99).for_each(|_| pacing.arrive(Duration::from_micros(100)));
        pacing.arrive(Duration::from_millis(30));
        let report = pacing.report();
        assert_eq!((report.started, report.late, report.dropped), (100, 1, 0));
        assert_eq!((report.usual_lag, report.longest_lag), (Duration::from_micros(128), Duration::from_millis(30)));
    }

    #[test]
    fn arrivals_beyond_the_limit_are_dropped() {
        let pacing = Pacing { limit: Some(2), ..Pacing::default() };
        assert_eq!([(); 3].map(|()| pacing.take_place()), [true, true, false]);
        pacing.free_place();
        assert_eq!((pacing.take_place(), pacing.report().dropped), (true, 1));
    }
}
