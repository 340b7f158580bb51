//! Open Model Thread Group: each arrival of its schedule is a new user, which runs the children once.
//!
//! Time 0 is the start of the whole test: arrivals whose time passed while setUp groups ran are overdue and start at once. At the
//! end of the schedule who is still at work is interrupted.

use std::sync::Arc;
use std::time::Duration;

use super::open_model::{ArrivalTimes, OpenSchedule, OpenTimetable};
use super::schedule::LONGEST;
use super::{Arrivals, Arriving, GroupStart, Schedule, ThreadGroup};
use crate::elements::controllers::{Advance, Controller, Cursor, LoopCursor, Place};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, OnSampleError, Prop, StoppedBy, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("OpenModelThreadGroup", "Open Model Thread Group", load);

struct OpenModelThreadGroup {
    on_sample_error: Prop<String>,
    same_user: Prop<bool>,
    schedule: Prop<String>,
    random_seed: Prop<i64>,
}

fn load(fields: &Fields<'_>) -> Element {
    fields.skip(&["ThreadGroup.main_controller", "ThreadGroup.num_threads", "ThreadGroup.ramp_time"]);
    let schedule = fields.text("OpenModelThreadGroup.schedule", "");
    if let Some(Err(error)) = schedule.as_fixed().map(|text| OpenSchedule::parse(text)) {
        fields.error("OpenModelThreadGroup.schedule", error.to_string());
    }
    Element::thread_group(OpenModelThreadGroup {
        on_sample_error: fields.text("ThreadGroup.on_sample_error", "continue"),
        same_user: fields.prop("ThreadGroup.same_user_on_next_iteration", true),
        schedule,
        random_seed: fields.prop("OpenModelThreadGroup.random_seed", 0),
    })
}

impl ThreadGroup for OpenModelThreadGroup {
    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault> {
        let text = self.schedule.text(main)?;
        log::info!(target: "o.a.j.t.o.OpenModelThreadGroup", "Starting OpenModelThreadGroup with schedule {text}");
        let schedule = OpenSchedule::parse(&text).map_err(|error| {
            Fault::exception("org.apache.jmeter.threads.openmodel.ParserException", error.to_string())
        })?;
        let random = match self.random_seed.get(main)? {
            0 => java::Random::new((main.random() * i64::MAX as f64) as i64),
            seed => java::Random::new(seed),
        };
        let end = Duration::try_from_secs_f64(schedule.duration()).map_or(LONGEST, |end| end.min(LONGEST));
        schedule.check_memory()?;
        let timetable = Box::new(OpenTimetable::new(ArrivalTimes::new(schedule, random)));
        Ok(GroupStart {
            users: 0,
            on_sample_error: OnSampleError::from_word(&self.on_sample_error.text(main)?),
            same_user: self.same_user.get(main)?,
            thread_name_suffix: "",
            stopped_by: StoppedBy::Flag,
            schedule: Schedule::Arrivals(Arrivals { timetable, users: Arriving::New { end } }),
            ramp_up: None,
        })
    }

    fn main_controller(&self) -> Arc<dyn Controller> {
        Arc::new(OpenModelThreadGroupController)
    }
}

/// Its children, once.
struct OpenModelThreadGroupController;

impl Controller for OpenModelThreadGroupController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(OpenModelCursor(place))
    }
}

struct OpenModelCursor(Place);

impl Cursor for OpenModelCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.0
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.rewind(vu);
        self.0.done = true;
        Ok(Advance::Ended)
    }

    fn as_loop(&mut self) -> Option<&mut dyn LoopCursor> {
        Some(self)
    }
}

/// There is no further turn to start: the user goes on where it is.
impl LoopCursor for OpenModelCursor {
    fn start_next_turn(&mut self, _vu: &mut VirtualUser) {}

    fn break_off(&mut self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        Ok(())
    }
}
