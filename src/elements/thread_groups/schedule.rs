//! Schedules: when the users of a group run, as values that the scheduler carries out and that can be drawn.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::dynamic::{Levels, UserPool};
use crate::model::{Fault, VirtualUser};

/// No test lasts longer than these hundred years: clocks can count so far.
pub(super) const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// So many users of a group are planned at most.
const MOST_USERS: i64 = 10_000_000;

/// When the users of a group run.
pub enum Schedule {
    /// So many users, each with its own life.
    Lifetimes(Vec<Lifetime>),
    /// As many users at a time as wanted, which is read again and again: more start when there are too few.
    Concurrency(Arc<Levels>),
    /// Users that arrive at their times, however many are at work.
    Arrivals(Arrivals),
}

/// One user's life, from the start of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// When it starts.
    pub start: Duration,
    /// When it ends at the latest: after the sample that it is in then.
    pub end: Option<Duration>,
}

/// Arrivals over time.
pub struct Arrivals {
    /// When they are.
    pub timetable: Box<dyn Timetable>,
    /// Who arrives.
    pub users: Arriving,
}

/// Who arrives.
pub enum Arriving {
    /// A new user each time. Times count from the start of the test; who is still at work after that long is stopped.
    New {
        /// When the schedule ends.
        end: Duration,
    },
    /// A user that waits in the pool, or else a new one. Times count from the start of the group.
    Pooled(Arc<UserPool>),
}

/// When users arrive.
pub trait Timetable: Send {
    /// When to look at it again, from the start; `None` at the end.
    fn due(&mut self) -> Option<Duration>;

    /// What happens at that time. `starter` evaluates properties.
    ///
    /// # Errors
    /// When a property cannot be evaluated.
    fn look(&mut self, starter: &mut VirtualUser) -> Result<Look, Fault>;

    /// Arrivals per second over time: the corners of the line.
    ///
    /// # Errors
    /// As [`Timetable::look`].
    fn corners(&self, starter: &mut VirtualUser) -> Result<Vec<Corner>, Fault>;
}

/// What is in a timetable for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Somebody arrives.
    Arrival,
    /// Nobody, this time.
    Nobody,
    /// Nobody any more.
    Over,
}

/// A corner of a line: seconds, and how many there are then.
pub type Corner = (f64, f64);

/// The load over time.
pub struct LoadCurve {
    /// What is counted.
    pub unit: LoadUnit,
    /// The corners of the line.
    pub corners: Vec<Corner>,
    /// The last value lasts until the users have done their loops.
    pub is_open: bool,
}

/// What a load curve counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadUnit {
    /// Users at work.
    Users,
    /// Arrivals per second.
    Arrivals,
}

impl LoadCurve {
    /// How much there is so many seconds after the start; where the line jumps, after the jump.
    #[must_use]
    pub fn at(&self, seconds: f64) -> f64 {
        let next = self.corners.partition_point(|(time, _)| *time <= seconds);
        let Some((before, value)) = next.checked_sub(1).map(|last| self.corners[last]) else { return 0.0 };
        match self.corners.get(next) {
            Some((after, goal)) => value + (goal - value) * (seconds - before) / (after - before),
            None if self.is_open => value,
            None => 0.0,
        }
    }

    /// The most that there is at a time.
    #[must_use]
    pub fn peak(&self) -> f64 {
        self.corners.iter().map(|(_, value)| *value).fold(0.0, f64::max)
    }

    /// When the line ends, in seconds; an open one goes on as it is then.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.corners.last().map_or(0.0, |(time, _)| *time)
    }

    /// The area below the line: all arrivals, or the seconds of all users.
    #[must_use]
    pub fn total(&self) -> f64 {
        let piece = |(from, to): (&Corner, &Corner)| (to.0 - from.0) * (from.1 + to.1) / 2.0;
        self.corners.iter().zip(self.corners.iter().skip(1)).map(piece).sum()
    }
}

impl Schedule {
    /// Whether that many lives may be planned.
    ///
    /// # Errors
    /// When no machine holds so many users.
    pub(super) fn check_users(users: i64) -> Result<(), Fault> {
        if users > MOST_USERS {
            let reason = format!("{users} users in a group are more than a machine holds; the most are {MOST_USERS}");
            return Err(Fault::StopTest(reason));
        }
        Ok(())
    }

    /// The load over time, as far as it is known now.
    ///
    /// # Errors
    /// When a property cannot be evaluated.
    pub fn curve(&self, starter: &mut VirtualUser) -> Result<LoadCurve, Fault> {
        Ok(match self {
            Self::Lifetimes(lives) => LoadCurve {
                unit: LoadUnit::Users,
                corners: steps_of(lives),
                is_open: lives.iter().any(|life| life.end.is_none()),
            },
            Self::Concurrency(levels) => {
                LoadCurve { unit: LoadUnit::Users, corners: levels.read(starter)?.user_corners(), is_open: false }
            }
            Self::Arrivals(arrivals) => {
                let corners = arrivals.timetable.corners(starter)?;
                LoadCurve { unit: LoadUnit::Arrivals, corners, is_open: false }
            }
        })
    }
}

/// How many of these live at a time: a step up at each start, down at each end.
fn steps_of(lives: &[Lifetime]) -> Vec<Corner> {
    let mut changes: BTreeMap<Duration, i32> = BTreeMap::new();
    for life in lives.iter().filter(|life| life.end.is_none_or(|end| end > life.start)) {
        *changes.entry(life.start).or_default() += 1;
        if let Some(end) = life.end {
            *changes.entry(end).or_default() -= 1;
        }
    }
    let mut users = 0;
    let corners = changes.into_iter().flat_map(|(time, change)| {
        let before = users;
        users += change;
        [before, users].map(|users| (time.as_secs_f64(), f64::from(users)))
    });
    corners.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_from_corner_to_corner() {
        let corners = vec![(1.0, 0.0), (1.0, 2.0), (3.0, 2.0), (5.0, 4.0), (5.0, 0.0)];
        let curve = LoadCurve { unit: LoadUnit::Users, corners, is_open: false };
        let check = |seconds, expected| assert_eq!(curve.at(seconds).to_string(), expected, "{seconds}");
        check(0.5, "0");
        check(1.0, "2");
        check(2.0, "2");
        check(4.0, "3");
        check(5.0, "0");
        assert_eq!([curve.peak(), curve.end(), curve.total()].map(|value| value.to_string()), ["4", "5", "10"]);
        let open = LoadCurve { unit: LoadUnit::Users, corners: vec![(0.0, 0.0), (0.0, 3.0)], is_open: true };
        assert_eq!([open.at(0.0), open.at(9.0), open.end()].map(|value| value.to_string()), ["3", "3", "0"]);
    }

    #[test]
    fn no_machine_holds_a_billion_users() {
        let check = |users: i64, fits: bool| assert_eq!(Schedule::check_users(users).is_ok(), fits, "{users}");
        check(-1, true);
        check(100_000, true);
        check(1_000_000_000, false);
    }

    #[test]
    fn lives_make_steps() {
        let life =
            |start, end: Option<u64>| Lifetime { start: Duration::from_secs(start), end: end.map(Duration::from_secs) };
        let check = |lives: &[Lifetime], expected: &[Corner]| assert_eq!(steps_of(lives), expected);
        check(&[], &[]);
        check(&[life(0, None), life(2, None)], &[(0.0, 0.0), (0.0, 1.0), (2.0, 1.0), (2.0, 2.0)]);
        check(&[life(1, Some(3)), life(4, Some(2))], &[(1.0, 0.0), (1.0, 1.0), (3.0, 1.0), (3.0, 0.0)]);
    }
}
