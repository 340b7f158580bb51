//! jp@gc - Stepping Thread Group: users start in groups of so many, hold, and end in groups of so many.

use std::sync::Arc;
use std::time::Duration;

use super::thread_group::main_loop;
use super::{GroupStart, Lifetime, Schedule, ThreadGroup};
use crate::elements::controllers::{Controller, LoopController};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, OnSampleError, Prop, StoppedBy, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.threads.SteppingThreadGroup", "jp@gc - Stepping Thread Group", load);

struct SteppingThreadGroup {
    main_loop: Arc<LoopController>,
    on_sample_error: Prop<String>,
    num_threads: Prop<i32>,
    delay: Prop<i32>,
    start_count: Prop<i32>,
    burst: Prop<i32>,
    start_period: Prop<i32>,
    ramp_up: Prop<i32>,
    hold: Prop<i32>,
    stop_count: Prop<i32>,
    stop_period: Prop<i32>,
}

fn load(fields: &Fields<'_>) -> Element {
    fields.skip(&["ThreadGroup.same_user_on_next_iteration"]);
    Element::thread_group(SteppingThreadGroup {
        main_loop: Arc::new(main_loop(fields)),
        on_sample_error: fields.text("ThreadGroup.on_sample_error", "continue"),
        num_threads: fields.prop("ThreadGroup.num_threads", 0),
        delay: fields.prop("Threads initial delay", 0),
        start_count: fields.prop("Start users count", 0),
        burst: fields.prop("Start users count burst", 0),
        start_period: fields.prop("Start users period", 0),
        ramp_up: fields.prop("rampUp", 0),
        hold: fields.prop("flighttime", 0),
        stop_count: fields.prop("Stop users count", 0),
        stop_period: fields.prop("Stop users period", 0),
    })
}

impl ThreadGroup for SteppingThreadGroup {
    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault> {
        let mut seconds = |prop: &Prop<i32>| Ok(1000 * i64::from(prop.get(main)?));
        let times = Times {
            delay: seconds(&self.delay)?,
            start_period: seconds(&self.start_period)?,
            ramp_up: seconds(&self.ramp_up)?,
            hold: seconds(&self.hold)?,
            stop_period: seconds(&self.stop_period)?,
        };
        let mut count = |prop: &Prop<i32>| Ok(i64::from(prop.get(main)?));
        let users = count(&self.num_threads)?.max(0);
        Schedule::check_users(users)?;
        let steps = Steps { up: count(&self.start_count)?, burst: count(&self.burst)?, down: count(&self.stop_count)? };
        Ok(GroupStart {
            users: u32::try_from(users).unwrap_or(u32::MAX),
            on_sample_error: OnSampleError::from_word(&self.on_sample_error.text(main)?),
            same_user: false,
            thread_name_suffix: "",
            stopped_by: StoppedBy::Flag,
            schedule: Schedule::Lifetimes(lives(users, &steps, &times)),
            ramp_up: None,
        })
    }

    fn main_controller(&self) -> Arc<dyn Controller> {
        self.main_loop.clone()
    }
}

/// Milliseconds.
struct Times {
    delay: i64,
    start_period: i64,
    ramp_up: i64,
    hold: i64,
    stop_period: i64,
}

/// Users in a step; 0 means all.
struct Steps {
    up: i64,
    /// Users in the first step; 0 or less means as many as in the others.
    burst: i64,
    down: i64,
}

/// When each of so many users lives (`SteppingThreadGroup.scheduleThread`).
fn lives(users: i64, steps: &Steps, times: &Times) -> Vec<Lifetime> {
    let all = |count: i64| if count == 0 { users.max(1) } else { count };
    let (up, down) = (all(steps.up), all(steps.down));
    let burst = match steps.burst.min(users) {
        ..=0 => up,
        burst => burst,
    };
    let step = times.start_period + times.ramp_up;
    let count = if users < burst { 1 } else { (users - burst).div_euclid(up) + i64::from((users - burst) % up != 0) };
    let last = match (users - burst) % up {
        0 => up,
        rest => rest,
    };
    let descent = times.delay + count * step + times.ramp_up / up * last + times.hold;
    let life = |user: i64| {
        let (number, size, place) =
            if user < burst { (0, burst, user) } else { (1 + (user - burst) / up, up, (user - burst) % up) };
        let start = times.delay + number * step + place * (times.ramp_up / size);
        let end = descent + times.stop_period * user.div_euclid(down);
        Lifetime { start: millis(start), end: Some(millis(end)) }
    };
    (0..users).map(life).collect()
}

fn millis(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_go_up_and_down_in_steps() {
        let check = |users, steps: [i64; 3], times: [i64; 5], expected: &[(u128, u128)]| {
            let [up, burst, down] = steps;
            let [delay, start_period, ramp_up, hold, stop_period] = times.map(|seconds| seconds * 1000);
            let times = Times { delay, start_period, ramp_up, hold, stop_period };
            let lives = lives(users, &Steps { up, burst, down }, &times).into_iter();
            let lives = lives.map(|life| (life.start.as_millis(), life.end.unwrap().as_millis()));
            assert_eq!(lives.collect::<Vec<_>>(), expected, "{users} {steps:?}");
        };
        let start = [(0, 3000), (0, 3000), (1000, 4000), (1000, 4000), (2000, 5000)];
        check(5, [2, 2, 2], [0, 1, 0, 1, 1], &start);
        let ramp = [(1000, 5000), (1500, 5000), (3000, 5000), (3500, 5000)];
        check(4, [2, 0, 0], [1, 1, 1, 1, 1], &ramp);
        check(2, [0, 0, 1], [0, 1, 0, 1, 1], &[(0, 1000), (0, 2000)]);
        check(1, [3, 0, 0], [0, 5, 0, 1, 0], &[(0, 6000)]);
        check(0, [0, 0, 0], [0, 0, 0, 1, 0], &[]);
    }
}
