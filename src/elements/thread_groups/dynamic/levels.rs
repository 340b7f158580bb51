//! Target, ramp-up, steps and hold: how the load of a dynamic group goes up and stays.

use crate::elements::thread_groups::Corner;
use crate::java;
use crate::model::{Fault, Fields, FromText, Prop, VirtualUser};

/// The four properties; functions in them steer the group while it runs.
pub struct Levels {
    target: Prop<i32>,
    ramp_up: Prop<String>,
    steps: Prop<String>,
    hold: Prop<String>,
    unit: Prop<String>,
}

/// What they say now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Users, or arrivals per unit of time.
    pub target: f64,
    /// Seconds.
    pub ramp_up: f64,
    /// How many steps the ramp has; 0 for a line.
    pub steps: i64,
    /// Seconds.
    pub hold: f64,
    /// Seconds in the unit of time.
    pub factor: f64,
}

impl Levels {
    /// Reads the properties. Numbers that are none are faults of the plan: JMeter's engine dies of them without a word.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        let levels = Self {
            target: fields.prop("TargetLevel", 1),
            ramp_up: fields.text("RampUp", ""),
            steps: fields.text("Steps", ""),
            hold: fields.text("Hold", "1"),
            unit: fields.text("Unit", ""),
        };
        check::<f64>(fields, &levels.ramp_up);
        check::<f64>(fields, &levels.hold);
        check::<i64>(fields, &levels.steps);
        levels
    }

    /// The target alone.
    ///
    /// # Errors
    /// When a function fails.
    pub fn target(&self, vu: &mut VirtualUser) -> Result<i32, Fault> {
        self.target.get(vu)
    }

    /// All of it.
    ///
    /// # Errors
    /// When a function fails, or for a number that is none.
    pub fn read(&self, vu: &mut VirtualUser) -> Result<Level, Fault> {
        let factor = unit_factor(&self.unit, vu)?;
        let mut seconds = |prop: &Prop<String>| match &*prop.text(vu)? {
            "" => Ok(0.0),
            text => {
                let number = java::parse_double(text).ok_or_else(|| Fault::number_format(text))?;
                Ok((number * factor + 0.5).floor())
            }
        };
        let (ramp_up, hold) = (seconds(&self.ramp_up)?, seconds(&self.hold)?);
        Ok(Level { target: self.target.get(vu)?.into(), ramp_up, steps: count(&self.steps, vu)?, hold, factor })
    }
}

/// Reports a literal that is neither empty nor a number.
fn check<T: FromText>(fields: &Fields<'_>, prop: &Prop<String>) {
    if let Some(text) = prop.as_fixed()
        && !text.is_empty()
        && T::from_text(text).is_none()
    {
        fields.error(prop.name, format!("expected {}, found \"{text}\"", T::EXPECTED));
    }
}

/// A whole number, 0 when empty.
///
/// # Errors
/// When a function fails, or for a number that is none.
pub(super) fn count(prop: &Prop<String>, vu: &mut VirtualUser) -> Result<i64, Fault> {
    match &*prop.text(vu)? {
        "" => Ok(0),
        text => java::parse_long(text).ok_or_else(|| Fault::number_format(text)),
    }
}

/// Seconds in the unit of time: `M` is minutes, everything else seconds.
///
/// # Errors
/// When a function fails.
pub(in crate::elements::thread_groups) fn unit_factor(unit: &Prop<String>, vu: &mut VirtualUser) -> Result<f64, Fault> {
    Ok(if unit.text(vu)? == "M" { 60.0 } else { 1.0 })
}

impl Level {
    /// When the load ends, in seconds.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.ramp_up + self.hold
    }

    /// The users wanted so many seconds after the start (`ConcurrencyThreadStarter.getPlannedConcurrency`); `None` at the end.
    #[must_use]
    pub fn users_at(&self, seconds: f64) -> Option<u32> {
        let users = self.at(seconds, |level| level.target / level.ramp_up * seconds)?;
        Some((users + 0.5).floor() as u32)
    }

    /// Arrivals per second so many seconds after the start, when there were so many arrivals before
    /// (`ArrivalsThreadStarter.getCurrentRate`); `None` at the end.
    #[must_use]
    pub fn rate_at(&self, seconds: f64, arrivals: u64) -> Option<f64> {
        let per_second = Self { target: self.target / self.factor, ..*self };
        per_second.at(seconds, |level| {
            let slope = level.target / level.ramp_up;
            // Nobody has arrived at first, and so nobody ever does before the ramp is over.
            let rate = slope * (2.0 * arrivals as f64 / slope).sqrt();
            if rate.is_finite() { rate } else { 0.0 }
        })
    }

    fn at(&self, seconds: f64, on_line: impl FnOnce(&Self) -> f64) -> Option<f64> {
        if seconds >= self.end() {
            return None;
        }
        Some(if self.ramp_up == 0.0 || seconds > self.ramp_up {
            self.target
        } else if self.steps > 0 {
            let (height, length) = (self.target / self.steps as f64, self.ramp_up / self.steps as f64);
            height * ((seconds / length).floor() + 1.0)
        } else {
            on_line(self)
        })
    }

    /// Users over time.
    #[must_use]
    pub fn user_corners(&self) -> Vec<Corner> {
        if self.target <= 0.0 {
            return Vec::new();
        }
        self.corners(self.target, [(0.0, 0.0), (self.ramp_up, self.target)])
    }

    /// Arrivals per second over time.
    #[must_use]
    pub fn rate_corners(&self) -> Vec<Corner> {
        let rate = self.target / self.factor;
        self.corners(rate, [(self.ramp_up, 0.0), (self.ramp_up, rate)])
    }

    fn corners(&self, target: f64, line: [Corner; 2]) -> Vec<Corner> {
        let mut corners: Vec<Corner> = vec![(0.0, 0.0)];
        if self.ramp_up > 0.0 && self.steps > 0 {
            let steps = self.steps as f64;
            for step in 0..self.steps.min(1000) {
                let (before, start) = (step as f64, step as f64 / steps * self.ramp_up);
                corners.extend([(start, before / steps * target), (start, (before + 1.0) / steps * target)]);
            }
        } else {
            corners.extend(line);
        }
        corners.extend([(self.end(), target), (self.end(), 0.0)]);
        corners
    }
}

#[cfg(test)]
impl Levels {
    /// Levels in seconds, without steps.
    pub(crate) fn of(target: i32, ramp_up: &str, hold: &str) -> Self {
        let text = |name, text: &str| Prop::fixed(name, text.to_owned());
        Self {
            target: Prop::fixed("TargetLevel", target),
            ramp_up: text("RampUp", ramp_up),
            steps: text("Steps", ""),
            hold: text("Hold", hold),
            unit: text("Unit", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(target: f64, ramp_up: f64, steps: i64, hold: f64) -> Level {
        Level { target, ramp_up, steps, hold, factor: 1.0 }
    }

    #[test]
    fn users_go_up_in_a_line_or_in_steps() {
        let check =
            |level: Level, seconds, expected| assert_eq!(level.users_at(seconds), expected, "{level:?} {seconds}");
        let line = level(4.0, 2.0, 0, 1.0);
        check(line, 0.0, Some(0));
        check(line, 1.0, Some(2));
        check(line, 1.8, Some(4));
        check(line, 2.9, Some(4));
        check(line, 3.0, None);
        let steps = level(4.0, 2.0, 2, 1.0);
        check(steps, 0.0, Some(2));
        check(steps, 0.99, Some(2));
        check(steps, 1.0, Some(4));
        check(level(3.0, 0.0, 0, 1.0), 0.0, Some(3));
        check(level(3.0, 0.0, 0, 0.0), 0.0, None);
    }

    #[test]
    fn arrivals_wait_for_the_end_of_a_ramp_without_steps() {
        let check = |level: Level, seconds, arrivals, expected| {
            assert_eq!(level.rate_at(seconds, arrivals), expected, "{level:?} {seconds}");
        };
        let line = level(8.0, 2.0, 0, 1.0);
        check(line, 0.0, 0, Some(0.0));
        check(line, 1.0, 2, Some(4.0));
        check(line, 2.1, 0, Some(8.0));
        check(line, 3.0, 0, None);
        check(level(6.0, 2.0, 2, 1.0), 0.5, 0, Some(3.0));
        check(Level { factor: 60.0, ..level(180.0, 0.0, 0, 3.0) }, 0.0, 0, Some(3.0));
        check(level(0.0, 2.0, 0, 1.0), 0.0, 0, Some(0.0));
    }

    #[test]
    fn levels_have_corners() {
        let line = level(4.0, 2.0, 0, 1.0);
        assert_eq!(line.user_corners(), [(0.0, 0.0), (0.0, 0.0), (2.0, 4.0), (3.0, 4.0), (3.0, 0.0)]);
        assert_eq!(line.rate_corners(), [(0.0, 0.0), (2.0, 0.0), (2.0, 4.0), (3.0, 4.0), (3.0, 0.0)]);
        let steps = [(0.0, 0.0), (0.0, 0.0), (0.0, 2.0), (1.0, 2.0), (1.0, 4.0), (3.0, 4.0), (3.0, 0.0)];
        assert_eq!(level(4.0, 2.0, 2, 1.0).user_corners(), steps);
    }
}
