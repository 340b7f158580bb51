//! bzm - Concurrency Thread Group: keeps as many users at work as its target says, which may change while the test runs.

use std::sync::Arc;

use super::dynamic::{Levels, LoadLog, Supply, VirtualUserController};
use super::{GroupStart, Schedule, ThreadGroup};
use crate::elements::controllers::Controller;
use crate::elements::{Element, ElementType, Hooks};
use crate::model::{Fault, Fields, OnSampleError, Prop, StoppedBy, VirtualUser};
use crate::results::Consumers;

pub(super) const ELEMENT: ElementType = ElementType::new(
    "com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroup",
    "bzm - Concurrency Thread Group",
    load,
);

struct ConcurrencyThreadGroup {
    on_sample_error: Prop<String>,
    controller: Arc<VirtualUserController>,
    levels: Arc<Levels>,
    log: LoadLog,
}

fn load(fields: &Fields<'_>) -> Element {
    fields.skip(&["ThreadGroup.main_controller", "ThreadGroup.same_user_on_next_iteration"]);
    let levels = Arc::new(Levels::load(fields));
    let iterations = fields.text("Iterations", "");
    Element::thread_group_with_hooks(ConcurrencyThreadGroup {
        on_sample_error: fields.text("ThreadGroup.on_sample_error", "continue"),
        controller: Arc::new(VirtualUserController { iterations, supply: Supply::Users(levels.clone()) }),
        levels,
        log: LoadLog::load(fields),
    })
}

impl ThreadGroup for ConcurrencyThreadGroup {
    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault> {
        // A bad number is to be known now, not when users are at work.
        self.levels.read(main)?;
        Ok(GroupStart {
            users: u32::try_from(self.levels.target(main)?).unwrap_or(0),
            on_sample_error: OnSampleError::from_word(&self.on_sample_error.text(main)?),
            same_user: false,
            thread_name_suffix: "-ThreadStarter",
            stopped_by: StoppedBy::Interrupt,
            schedule: Schedule::Concurrency(self.levels.clone()),
            ramp_up: None,
        })
    }

    fn main_controller(&self) -> Arc<dyn Controller> {
        self.controller.clone()
    }

    fn open_log(&self, consumers: &mut Consumers) -> Result<(), String> {
        self.log.open(consumers)
    }
}

impl ConcurrencyThreadGroup {
    fn write(&self, marker: &'static str, vu: &VirtualUser) {
        if self.log.is_open() {
            self.log.write(marker, String::new(), vu.thread_name.clone());
        }
    }
}

impl Hooks for ConcurrencyThreadGroup {
    fn thread_started(&self, vu: &mut VirtualUser) {
        self.write("START", vu);
    }

    fn thread_finished(&self, vu: &mut VirtualUser) {
        self.write("FINISH", vu);
    }

    fn test_ended(&self) {
        self.log.finish();
    }
}
