//! Thread Group, setUp Thread Group and tearDown Thread Group: a number of users, started evenly over the ramp-up time.

use std::sync::Arc;
use std::time::Duration;

use super::schedule::LONGEST;
use super::{GroupStart, Lifetime, Phase, Schedule, ThreadGroup};
use crate::elements::controllers::{Controller, LoopController};
use crate::elements::{Element, ElementType};
use crate::jmx::Property;
use crate::model::{Fault, Fields, Label, OnSampleError, Prop, StoppedBy, VirtualUser};

pub(super) const THREAD_GROUP: ElementType =
    ElementType::new("ThreadGroup", "Thread Group", |fields| load(fields, Phase::Main));
pub(super) const SETUP_THREAD_GROUP: ElementType =
    ElementType::new("SetupThreadGroup", "setUp Thread Group", |fields| load(fields, Phase::SetUp));
pub(super) const POST_THREAD_GROUP: ElementType =
    ElementType::new("PostThreadGroup", "tearDown Thread Group", |fields| load(fields, Phase::TearDown));

struct PlainThreadGroup {
    phase: Phase,
    main_loop: Arc<LoopController>,
    name: Label,
    on_sample_error: Prop<String>,
    same_user: Prop<bool>,
    num_threads: Prop<i32>,
    ramp_time: Prop<i32>,
    delayed_start: Prop<bool>,
    scheduler: Prop<bool>,
    duration: Prop<i64>,
    delay: Prop<i64>,
}

fn load(fields: &Fields<'_>, phase: Phase) -> Element {
    // Times of day, for versions before 5.0.
    fields.skip(&["ThreadGroup.start_time", "ThreadGroup.end_time"]);
    Element::thread_group(PlainThreadGroup {
        phase,
        main_loop: Arc::new(main_loop(fields)),
        name: Label::new(fields.name()),
        on_sample_error: fields.text("ThreadGroup.on_sample_error", "continue"),
        same_user: fields.prop("ThreadGroup.same_user_on_next_iteration", true),
        num_threads: fields.prop("ThreadGroup.num_threads", 0),
        ramp_time: fields.prop("ThreadGroup.ramp_time", 0),
        delayed_start: fields.prop("ThreadGroup.delayedStart", false),
        scheduler: fields.prop("ThreadGroup.scheduler", false),
        duration: fields.prop("ThreadGroup.duration", 0),
        delay: fields.prop("ThreadGroup.delay", 0),
    })
}

/// The Loop Controller inside a group. Its index variable bears the group's name: JMeter writes that over the controller's
/// own one, and so over none if it has none.
pub(super) fn main_loop(fields: &Fields<'_>) -> LoopController {
    let name = Label::new(fields.name());
    let has_name = |controller: &Property| {
        let mut inside = controller.nested().iter();
        controller.attribute("testname").is_some() || inside.any(|property| property.name() == "TestElement.name")
    };
    match fields.element("ThreadGroup.main_controller") {
        Some(controller) => {
            let is_named = fields.property("ThreadGroup.main_controller").is_some_and(has_name);
            LoopController::load(&controller, if is_named { name } else { Label::default() })
        }
        None => {
            fields.warn("ThreadGroup.main_controller", "there is no main controller: the group takes no samples");
            LoopController::times(name, 0)
        }
    }
}

impl ThreadGroup for PlainThreadGroup {
    fn phase(&self) -> Phase {
        self.phase
    }

    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault> {
        let users = u32::try_from(self.num_threads.get(main)?).unwrap_or(0);
        Schedule::check_users(users.into())?;
        let ramp_time = self.ramp_time.get(main)?;
        let ramp = seconds(i64::from(ramp_time));
        let delayed_start = self.delayed_start.get(main)?;
        // JMeter looks at the schedule of each user, and so not at all if there is none.
        let (delay, end) = if users > 0 { self.schedule(delayed_start, main)? } else { (Duration::ZERO, None) };
        // The last user starts one step before the end of the ramp, a delayed one at the end.
        let steps = if delayed_start { users.saturating_sub(1) } else { users };
        let lifetimes = ramp_up(users, steps, ramp).map(|offset| Lifetime { start: delay + offset, end });
        // A helper thread makes delayed users, and none that is due after the end; the others are all made at once, and
        // one that is due after the end still takes a sample.
        let due = |life: &Lifetime| !delayed_start || life.end.is_none_or(|end| life.start <= end && !end.is_zero());
        Ok(GroupStart {
            users,
            on_sample_error: OnSampleError::from_word(&self.on_sample_error.text(main)?),
            same_user: self.same_user.get(main)?,
            thread_name_suffix: "",
            stopped_by: StoppedBy::Flag,
            schedule: Schedule::Lifetimes(lifetimes.filter(due).collect()),
            ramp_up: Some(format!("ramp-up={ramp_time} delayedStart={delayed_start}")),
        })
    }

    fn main_controller(&self) -> Arc<dyn Controller> {
        self.main_loop.clone()
    }
}

impl PlainThreadGroup {
    /// Startup delay and end, if the scheduler is on.
    fn schedule(&self, delayed_start: bool, main: &mut VirtualUser) -> Result<(Duration, Option<Duration>), Fault> {
        if !self.scheduler.get(main)? {
            return Ok((Duration::ZERO, None));
        }
        let (duration, delay) = (self.duration.get(main)?, self.delay.get(main)?);
        let invalid = |what: &str, value: i64, name: &str| {
            Err(Fault::StopTest(format!("Invalid {what} {value} set in Thread Group:{name}")))
        };
        let name = self.name.get(main)?;
        match (duration, delay) {
            // JMeter's helper thread asks nothing: it finds the end past already, without a word.
            (..=0, _) if delayed_start => Ok((Duration::ZERO, Some(Duration::ZERO))),
            (_, ..0) if !delayed_start => invalid("delay", delay, &name),
            (..=0, _) => invalid("duration", duration, &name),
            _ => {
                let delay = seconds(delay);
                Ok((delay, Some(delay + seconds(duration))))
            }
        }
    }
}

/// When each of so many users starts, evenly over a ramp of so many steps: the first at once.
fn ramp_up(users: u32, steps: u32, ramp: Duration) -> impl Iterator<Item = Duration> {
    (0..users).map(move |user| ramp.mul_f64(f64::from(user) / f64::from(steps.max(1))))
}

/// At most as long as any test lasts.
fn seconds(seconds: i64) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_start_evenly() {
        let check = |users, steps, ramp, expected: &[u128]| {
            let starts = ramp_up(users, steps, Duration::from_secs(ramp)).map(|start| start.as_millis());
            assert_eq!(starts.collect::<Vec<_>>(), expected, "{users} in {ramp} s");
        };
        check(5, 5, 2, &[0, 400, 800, 1200, 1600]);
        check(3, 3, 1, &[0, 333, 666]);
        check(4, 3, 2, &[0, 666, 1333, 2000]);
        check(1, 0, 3, &[0]);
        check(0, 0, 3, &[]);
    }
}
