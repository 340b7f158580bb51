//! Precise Throughput Timer: samples at random times, and exactly as many in each period as asked for.
//!
//! Times count from the start of the test. All users of a group take theirs from one list, made by the first timer that one of
//! them comes across (`PreciseThroughputTimer.groupEvents`). What is late starts at once.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::time::Instant;

use super::{Delay, Timer};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("PreciseThroughputTimer", "Precise Throughput Timer", load);

/// More times in one list are a fault of the plan, not a load.
const LIMIT: f64 = 100_000_000.0;

struct PreciseThroughputTimer(Arc<Settings>);

/// The timer's properties.
struct Settings {
    name: Label,
    throughput: Prop<f64>,
    /// Seconds.
    period: Prop<i32>,
    /// Seconds.
    duration: Prop<i64>,
    batch_size: Prop<i32>,
    seed: Prop<i64>,
}

fn load(fields: &Fields<'_>) -> Element {
    // JMeter itself makes no use of these any more.
    fields.skip(&["batchThreadDelay", "exactLimit", "allowedThroughputSurplus"]);
    Element::timer(PreciseThroughputTimer(Arc::new(Settings {
        name: Label::new(fields.name()),
        throughput: fields.prop("throughput", 0.0),
        period: fields.prop("throughputPeriod", 0),
        duration: fields.prop("duration", 0),
        batch_size: fields.prop("batchSize", 0),
        seed: fields.prop("randomSeed", 0),
    })))
}

impl Timer for PreciseThroughputTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let group = vu.group.clone();
        let times = group.shared::<GroupTimes>();
        let next = {
            let mut times = times.0.lock();
            if times.is_none() {
                *times = Some(Times::new(self.0.clone(), vu)?);
            }
            times.as_mut().map_or(Ok(0.0), |times| times.next(vu))?
        };
        let (now, start) = (vu.now(), vu.run.clock.at(vu.run.test_start()));
        let due = (next * 1000.0 + start as f64) as i64;
        let delay = (due - now).max(0);
        if let Some(end) = vu.end.filter(|end| now + delay > *end) {
            return Err(Fault::StopThread(format!(
                "The thread is scheduled to stop in {} ms and the throughput timer generates a delay of {delay}. Terminating \
                 the thread manually.",
                end - now
            )));
        }
        vu.intended_start = Some(due);
        Ok(Delay::Millis(delay))
    }
}

/// What the users of a group have in common, once one of them has come across a timer.
#[derive(Default)]
struct GroupTimes(Mutex<Option<Times>>);

/// The times of a group, in seconds from the start of the test.
struct Times {
    settings: Arc<Settings>,
    batch_size: i32,
    random: java::Random,
    /// Those not used yet, the next one last.
    left: Vec<f64>,
    current: f64,
    /// How many samples have used the current time.
    used: i32,
    /// Samples per second that the list was made for.
    rate: f64,
    /// Until when there are times.
    end: f64,
}

impl Times {
    fn new(settings: Arc<Settings>, vu: &mut VirtualUser) -> Result<Self, Fault> {
        let random = match settings.seed.get(vu)? {
            // Java looks at half of it only.
            seed if seed as i32 != 0 => java::Random::new(seed),
            _ => java::Random::new((vu.random() * i64::MAX as f64) as i64),
        };
        let batch_size = settings.batch_size.get(vu)?.max(1);
        let (left, rate) = (Vec::new(), f64::NAN);
        Ok(Self { settings, batch_size, random, left, current: 0.0, used: 0, rate, end: 0.0 })
    }

    /// The time of the next sample.
    fn next(&mut self, vu: &mut VirtualUser) -> Result<f64, Fault> {
        let rate = self.settings.throughput.get(vu)? / f64::from(self.settings.period.get(vu)?);
        let changed = (rate - self.rate).abs() >= 0.00001 || self.rate.is_nan();
        if changed || (self.used == 0 && self.left.is_empty()) {
            self.generate(rate, vu)?;
        }
        if self.used == 0 {
            let none = || Fault::exception("java.nio.BufferUnderflowException", "");
            self.current = self.left.pop().ok_or_else(none)?;
        }
        self.used = (self.used + 1) % self.batch_size;
        Ok(self.current)
    }

    /// Makes the times of the next period.
    fn generate(&mut self, rate: f64, vu: &mut VirtualUser) -> Result<(), Fault> {
        let begun = Instant::now();
        let duration = self.settings.duration.get(vu)?;
        (self.rate, self.used) = (rate, 0);
        let rate = if self.batch_size > 1 { rate / f64::from(self.batch_size) } else { rate };
        let count = (rate * duration as f64).ceil();
        if count.is_nan() || count > LIMIT {
            return Err(Fault::illegal_argument(format!("{count} samples are more than a test can have")));
        }
        let (seconds, begin) = (duration as f64, self.end);
        self.left = (0..count as u64).map(|_| begin + self.random.fraction() * seconds).collect();
        self.left.sort_by(|a, b| b.total_cmp(a));
        self.end += seconds;
        self.report(rate, duration, begun.elapsed(), vu)
    }

    fn report(&self, rate: f64, duration: i64, took: Duration, vu: &mut VirtualUser) -> Result<(), Fault> {
        let (name, count, rate) = (self.settings.name.get(vu)?, self.left.len(), java::double_text(rate));
        let mut before = 0.0;
        let first = self.left.iter().rev().take(15).map(|time| {
            let gap = *time - before;
            before = *time;
            format!("{} (+{})", java::double_text(*time), java::double_text(gap))
        });
        log::info!(
            target: "o.a.j.t.p.ConstantPoissonProcessGenerator",
            "Generated {count} timings ({name} {count} required, rate {rate}, duration {duration}) in {} ms. First 15 events \
             will be fired at: {}",
            took.as_millis(),
            first.collect::<Vec<_>>().join(", ")
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(throughput: f64, period: i32, duration: i64, batch_size: i32, count: usize) -> Result<Vec<u64>, Fault> {
        let settings = Settings {
            name: Label::default(),
            throughput: Prop::fixed("throughput", throughput),
            period: Prop::fixed("throughputPeriod", period),
            duration: Prop::fixed("duration", duration),
            batch_size: Prop::fixed("batchSize", batch_size),
            seed: Prop::fixed("randomSeed", 42),
        };
        let mut vu = crate::model::virtual_user::tests::user();
        let mut times = Times::new(Arc::new(settings), &mut vu)?;
        (0..count).map(|_| Ok((times.next(&mut vu)? * 1000.0) as u64)).collect()
    }

    #[test]
    fn times_are_those_of_java() {
        assert_eq!(times(4.0, 1, 1, 1, 6), Ok(vec![277, 308, 683, 727, 1275, 1368]));
        assert_eq!(times(8.0, 2, 1, 1, 4), Ok(vec![277, 308, 683, 727]));
        assert_eq!(times(8.0, 2, 1, 2, 6), Ok(vec![683, 683, 727, 727, 1277, 1277]));
    }

    #[test]
    fn a_rate_of_zero_has_no_times() {
        for (throughput, period) in [(0.0, 1), (1.0, 0), (-1.0, 1), (0.0, 0)] {
            assert!(times(throughput, period, 1, 1, 1).is_err(), "{throughput}/{period}");
        }
    }
}
