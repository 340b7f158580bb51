//! bzm - Arrivals Thread Group: users arrive at a rate, however many are at work.
//!
//! A user that has done its iteration waits for a later arrival. With a ramp-up and no steps nobody arrives before the ramp
//! is over, as in the plugin (`ArrivalsThreadStarter.getCurrentRate`).

use std::sync::Arc;

use super::dynamic::{Levels, Rates, RollingTimetable, Supply, UserPool, VirtualUserController};
use super::{Arrivals, Arriving, Corner, GroupStart, Schedule, ThreadGroup};
use crate::elements::controllers::Controller;
use crate::elements::{Element, ElementType, Hooks};
use crate::model::{Fault, Fields, OnSampleError, Prop, StoppedBy, VirtualUser};
use crate::results::Consumers;

pub(super) const ELEMENT: ElementType = ElementType::new(
    "com.blazemeter.jmeter.threads.arrivals.ArrivalsThreadGroup",
    "bzm - Arrivals Thread Group",
    |fields| {
        let levels = Levels::load(fields);
        Element::thread_group_with_hooks(ArrivalsThreadGroup::load(fields, Arc::new(levels)))
    },
);

/// A group of arrivals with any rates.
pub(super) struct ArrivalsThreadGroup {
    on_sample_error: Prop<String>,
    controller: Arc<VirtualUserController>,
    pool: Arc<UserPool>,
    rates: Arc<dyn Rates>,
}

impl ArrivalsThreadGroup {
    /// Reads the properties that all groups of arrivals have.
    pub(super) fn load(fields: &Fields<'_>, rates: Arc<dyn Rates>) -> Self {
        fields.skip(&["ThreadGroup.main_controller", "ThreadGroup.same_user_on_next_iteration"]);
        let pool = Arc::new(UserPool::load(fields));
        let iterations = fields.text("Iterations", "");
        Self {
            on_sample_error: fields.text("ThreadGroup.on_sample_error", "continue"),
            controller: Arc::new(VirtualUserController { iterations, supply: Supply::Arrivals(pool.clone()) }),
            pool,
            rates,
        }
    }
}

impl ThreadGroup for ArrivalsThreadGroup {
    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault> {
        // A bad number is to be known now, not when users are at work.
        self.rates.rate(0.0, 0, main)?;
        let timetable = Box::new(RollingTimetable::new(self.rates.clone(), main.now()));
        Ok(GroupStart {
            users: 0,
            on_sample_error: OnSampleError::from_word(&self.on_sample_error.text(main)?),
            same_user: false,
            thread_name_suffix: "-ThreadStarter",
            stopped_by: StoppedBy::Interrupt,
            schedule: Schedule::Arrivals(Arrivals { timetable, users: Arriving::Pooled(self.pool.clone()) }),
            ramp_up: None,
        })
    }

    fn main_controller(&self) -> Arc<dyn Controller> {
        self.controller.clone()
    }

    fn open_log(&self, consumers: &mut Consumers) -> Result<(), String> {
        self.pool.log().open(consumers)
    }
}

impl Hooks for ArrivalsThreadGroup {
    fn test_ended(&self) {
        self.pool.log().finish();
        self.pool.report();
    }
}

impl Rates for Levels {
    fn rate(&self, seconds: f64, scheduled: u64, starter: &mut VirtualUser) -> Result<Option<f64>, Fault> {
        Ok(self.read(starter)?.rate_at(seconds, scheduled))
    }

    fn corners(&self, starter: &mut VirtualUser) -> Result<Vec<Corner>, Fault> {
        Ok(self.read(starter)?.rate_corners())
    }
}
