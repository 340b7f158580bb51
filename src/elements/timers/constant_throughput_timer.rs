//! Constant Throughput Timer: so many samples a minute, for each user, each group or all together.
//!
//! The first sample of a user is not delayed, and a sample that comes late is not made up for
//! (`ConstantThroughputTimer.java`).

use parking_lot::Mutex;

use super::{Delay, Timer};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Local, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("ConstantThroughputTimer", "Constant Throughput Timer", load);

struct ConstantThroughputTimer {
    /// Samples per minute.
    throughput: Prop<f64>,
    mode: Prop<String>,
    /// When this user's sample before was meant to be, in milliseconds since 1970.
    previous: Local<i64>,
}

/// The modes in the words of older plans; newer ones write their numbers, from 0.
const MODES: [&str; 5] = [
    "this thread only",
    "all active threads",
    "all active threads in current thread group",
    "all active threads (shared)",
    "all active threads in current thread group (shared)",
];

fn load(fields: &Fields<'_>) -> Element {
    let mode = fields.text("calcMode", "0");
    if let Some(text) = mode.as_fixed()
        && mode_number(text).is_none()
    {
        fields.warn("calcMode", format!("there is no mode \"{text}\": it counts as \"{}\"", MODES[0]));
    }
    Element::timer(ConstantThroughputTimer {
        throughput: fields.prop("throughput", 0.0),
        mode,
        previous: fields.local(),
    })
}

fn mode_number(text: &str) -> Option<usize> {
    let number = java::parse_int(text).and_then(|number| usize::try_from(number).ok());
    number.filter(|number| *number < MODES.len()).or_else(|| MODES.iter().position(|mode| *mode == text))
}

impl Timer for ConstantThroughputTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let now = vu.now();
        let gap = self.gap(now, vu)?;
        let previous = vu.local(&self.previous);
        let target = previous.saturating_add(gap);
        if now > target {
            *previous = now;
            return Ok(Delay::Millis(0));
        }
        *previous = target;
        vu.intended_start = Some(target);
        Ok(Delay::Millis(target - now))
    }
}

impl ConstantThroughputTimer {
    /// Milliseconds from the user's sample before to this one.
    fn gap(&self, now: i64, vu: &mut VirtualUser) -> Result<i64, Fault> {
        let per_sample = 60_000.0 / self.throughput.get(vu)?;
        let mode = mode_number(&self.mode.text(vu)?).unwrap_or(0);
        let (in_group, in_all) = vu.active_threads();
        Ok(match mode {
            1 => round(f64::from(in_all) * per_sample),
            2 => round(f64::from(in_group) * per_sample),
            3 => vu.run.shared::<SharedClock>().gap(now, round(per_sample)),
            4 => vu.group.shared::<SharedClock>().gap(now, round(per_sample)),
            _ => round(per_sample),
        })
    }
}

/// `Math.round`.
fn round(number: f64) -> i64 {
    (number + 0.5).floor() as i64
}

/// When the last sample of all users was meant to be: one clock for all timers of the run, one for those of each group.
#[derive(Default)]
struct SharedClock(Mutex<i64>);

impl SharedClock {
    /// How long from now until the next sample, which is so long after the last one.
    fn gap(&self, now: i64, gap: i64) -> i64 {
        let mut last = self.0.lock();
        *last = last.saturating_add(gap).max(now);
        *last - now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_numbers_or_words() {
        let check = |text, expected| assert_eq!(mode_number(text), expected, "{text}");
        check("0", Some(0));
        check("4", Some(4));
        check("all active threads (shared)", Some(3));
        check("5", None);
        check("-1", None);
        check("every thread", None);
    }

    #[test]
    fn a_shared_clock_spaces_all_samples() {
        let clock = SharedClock::default();
        assert_eq!([1000, 1000, 1100, 5000].map(|now| clock.gap(now, 250)), [0, 250, 400, 0]);
        assert_eq!(clock.gap(5000, i64::MAX), i64::MAX - 5000);
    }
}
