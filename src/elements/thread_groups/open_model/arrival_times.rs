//! The times of the arrivals of a schedule: even or random ones, at a rate that stays, rises or falls.

use std::time::Duration;

use super::schedule::{OpenSchedule, OpenStep};
use crate::elements::thread_groups::{Corner, Look, Timetable};
use crate::java;
use crate::model::{Fault, VirtualUser};

/// The times of the arrivals, in seconds from the start of the test. Random ones are the same for the same seed as in JMeter.
pub(in crate::elements::thread_groups) struct ArrivalTimes {
    schedule: OpenSchedule,
    random: java::Random,
    /// The step after the current one.
    next: usize,
    rate: f64,
    /// When the current step begins, and how long it lasts.
    start: f64,
    duration: f64,
    times: StepTimes,
}

/// The times of one step, from its start.
enum StepTimes {
    Even { next: u64, count: u64, from: f64, mean: f64, acceleration: f64 },
    Random(std::vec::IntoIter<f64>),
}

impl ArrivalTimes {
    /// The times of a schedule.
    pub fn new(schedule: OpenSchedule, random: java::Random) -> Self {
        let times = StepTimes::Random(Vec::new().into_iter());
        Self { schedule, random, next: 0, rate: 0.0, start: 0.0, duration: 0.0, times }
    }

    /// Goes on to the next step with arrivals; `false` at the end.
    fn advance(&mut self) -> bool {
        self.start += std::mem::take(&mut self.duration);
        while let Some(step) = self.schedule.steps.get(self.next).copied() {
            self.next += 1;
            // A rate directly after arrivals is where theirs goes.
            let end_rate = match self.schedule.steps.get(self.next) {
                Some(OpenStep::Rate(rate)) => *rate,
                _ => self.rate,
            };
            match step {
                OpenStep::Rate(rate) => self.rate = rate,
                OpenStep::Even(duration) => {
                    self.times = even(self.rate, end_rate, duration);
                    self.duration = duration;
                    return true;
                }
                OpenStep::Random(duration) => {
                    self.times = random(self.rate, end_rate, duration, &mut self.random);
                    self.duration = duration;
                    return true;
                }
            }
        }
        false
    }

    /// The rate over time.
    fn corners(&self) -> Vec<Corner> {
        let (mut corners, mut rate, mut start): (Vec<Corner>, _, _) = (vec![(0.0, 0.0)], 0.0, 0.0);
        for (place, step) in self.schedule.steps.iter().enumerate() {
            match step {
                OpenStep::Rate(new) => rate = *new,
                OpenStep::Even(duration) | OpenStep::Random(duration) => {
                    corners.push((start, rate));
                    start += duration;
                    let end_rate = match self.schedule.steps.get(place + 1) {
                        Some(OpenStep::Rate(rate)) => *rate,
                        _ => rate,
                    };
                    corners.push((start, end_rate));
                }
            }
        }
        corners.push((start, 0.0));
        corners
    }
}

impl Iterator for ArrivalTimes {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        loop {
            if let Some(time) = self.times.next() {
                return Some(self.start + time);
            }
            if !self.advance() {
                return None;
            }
        }
    }
}

impl Iterator for StepTimes {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        match self {
            Self::Random(times) => times.next(),
            Self::Even { next, count, .. } if next == count => None,
            Self::Even { next, from, mean, acceleration, .. } => {
                let number = *next as f64;
                *next += 1;
                Some(if number == 0.0 {
                    0.0
                } else if *acceleration == 0.0 {
                    number / *mean
                } else {
                    // When so many have arrived: number = from * time + acceleration * time² / 2.
                    ((*from * *from + 2.0 * *acceleration * number).sqrt() - *from) / *acceleration
                })
            }
        }
    }
}

fn even(from: f64, to: f64, duration: f64) -> StepTimes {
    let mean = f64::midpoint(from, to);
    let count = (mean * duration) as u64;
    report("EvenArrivalsRamp", count, from, to, duration);
    let acceleration = if (to - from).abs() < 0.0001 * mean { 0.0 } else { (to - from) / duration };
    StepTimes::Even { next: 0, count, from, mean, acceleration }
}

fn random(from: f64, to: f64, duration: f64, random: &mut java::Random) -> StepTimes {
    let count = (f64::midpoint(from, to) * duration) as usize;
    let flat = (from.min(to) * duration) as usize;
    report("PoissonArrivalsRamp", count as u64, from, to, duration);
    let mut times: Vec<f64> = (0..flat).map(|_| random.fraction() * duration).collect();
    if from.to_bits() != to.to_bits() {
        // What is above the lower rate rises from nothing or falls to nothing.
        times.extend((flat..count).map(|_| {
            let time = random.fraction().sqrt();
            duration * if from > to { 1.0 - time } else { time }
        }));
    }
    times.sort_by(f64::total_cmp);
    StepTimes::Random(times.into_iter())
}

fn report(class: &str, count: u64, from: f64, to: f64, duration: f64) {
    let [from, to, duration] = [from, to, duration].map(java::double_text);
    log::info!(
        target: &format!("o.a.j.t.o.{class}"),
        "Generating {count} events, beginRate = {from} / sec, endRate = {to} / sec, duration = {duration} sec"
    );
}

/// The timetable of an Open Model Thread Group.
pub(in crate::elements::thread_groups) struct OpenTimetable {
    times: ArrivalTimes,
    /// The time that was asked for, but is not over.
    peeked: Option<f64>,
}

impl OpenTimetable {
    /// The timetable with those times.
    pub fn new(times: ArrivalTimes) -> Self {
        Self { times, peeked: None }
    }
}

impl Timetable for OpenTimetable {
    fn due(&mut self) -> Option<Duration> {
        self.peeked = self.peeked.or_else(|| self.times.next());
        self.peeked.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }

    fn look(&mut self, _starter: &mut VirtualUser) -> Result<Look, Fault> {
        let arrives = self.peeked.take().or_else(|| self.times.next()).is_some();
        Ok(if arrives { Look::Arrival } else { Look::Over })
    }

    fn corners(&self, _starter: &mut VirtualUser) -> Result<Vec<Corner>, Fault> {
        Ok(self.times.corners())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(schedule: &str, seed: i64) -> Vec<u64> {
        let times = ArrivalTimes::new(OpenSchedule::parse(schedule).unwrap(), java::Random::new(seed));
        times.map(|seconds| (seconds * 1000.0).round() as u64).collect()
    }

    #[test]
    fn even_arrivals_follow_the_rate() {
        let check = |schedule, expected: &[u64]| assert_eq!(times(schedule, 0), expected, "{schedule}");
        check("rate(4/s) even_arrivals(1 s)", &[0, 250, 500, 750]);
        check("even_arrivals(1 s)", &[]);
        check("rate(0) even_arrivals(2 s) rate(6/s)", &[0, 816, 1155, 1414, 1633, 1826]);
        check("rate(6/s) even_arrivals(2 s) rate(0)", &[0, 174, 367, 586, 845, 1184]);
        check("rate(2/s) even_arrivals(1 s) pause(1 s) even_arrivals(1 s)", &[0, 500, 2000, 2500]);
        check("rate(1/s) rate(3/s) even_arrivals(1 s)", &[0, 333, 667]);
        check("rate(2.9/s) even_arrivals(1 s)", &[0, 345]);
    }

    #[test]
    fn random_arrivals_are_those_of_java() {
        let check = |schedule, seed, expected: &[u64]| assert_eq!(times(schedule, seed), expected, "{schedule}");
        check("rate(4/s) random_arrivals(1 s)", 42, &[277, 309, 683, 728]);
        check("rate(0) random_arrivals(1 s) rate(6/s)", 42, &[556, 827, 853]);
        check("rate(6/s) random_arrivals(1 s) rate(0)", 42, &[147, 173, 444]);
        check("rate(2/s) even_arrivals(1 s) random_arrivals(1 s)", 42, &[0, 500, 1683, 1728]);
    }
}
