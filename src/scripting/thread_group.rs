//! `ctx.getThreadGroup()`: the group of the user (`ThreadGroup`).

use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use super::variables::user;
use crate::model::{OnSampleError, Stop};
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Machine, Outcome, Value, ok};

/// `org.apache.jmeter.threads.ThreadGroup`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.threads.ThreadGroup").methods(METHODS));
/// The loop around the group's children.
pub static LOOP_CONTROLLER: Static =
    Static::new(|| Class::new("org.apache.jmeter.control.LoopController").methods(LOOP_METHODS));

static GROUP: LazyLock<Value> = LazyLock::new(|| Value::object(Group(&CLASS)));
static LOOP: LazyLock<Value> = LazyLock::new(|| Value::object(Group(&LOOP_CONTROLLER)));

/// The group of the user.
#[must_use]
pub fn thread_group() -> Value {
    GROUP.clone()
}

struct Group(&'static Static);

impl HostObject for Group {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.0)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        Ok(Some(user(machine).group.name.to_string()))
    }
}

const METHODS: &[Row] = &[
    row("getName", "", |c| ok(user(c.machine).group.name.clone())),
    row("getNumThreads", "", |c| ok(user(c.machine).group.users as i32)),
    row("getNumberOfThreads", "", |c| ok(user(c.machine).group.active.load(Ordering::Relaxed) as i32)),
    row("numberOfActiveThreads", "", |c| ok(user(c.machine).group.active.load(Ordering::Relaxed) as i32)),
    row("getSamplerController", "", |_| Ok(LOOP.clone())),
    row("isSameUserOnNextIteration", "", |c| ok(user(c.machine).group.same_user)),
    row("getOnErrorStartNextLoop", "", |c| {
        on_error(user(c.machine).group.on_sample_error, OnSampleError::StartNextLoop)
    }),
    row("getOnErrorStopThread", "", |c| on_error(user(c.machine).group.on_sample_error, OnSampleError::StopThread)),
    row("getOnErrorStopTest", "", |c| on_error(user(c.machine).group.on_sample_error, OnSampleError::StopTest)),
    row("getOnErrorStopTestNow", "", |c| on_error(user(c.machine).group.on_sample_error, OnSampleError::StopTestNow)),
    row("stop", "", |c| {
        user(c.machine).group.stop(Stop::Graceful);
        Ok(Value::Null)
    }),
    row("tellThreadsToStop", "", |c| {
        user(c.machine).group.stop(Stop::Now);
        Ok(Value::Null)
    }),
    row("stopThread", "String, boolean", |c| {
        let name = c.text(0)?.clone();
        let at_once = c.bool(1);
        let handle = user(c.machine).group.user(&name);
        ok(handle.is_some_and(|handle| {
            handle.stop();
            if at_once {
                handle.interrupt();
            }
            true
        }))
    }),
];

const LOOP_METHODS: &[Row] = &[row("getName", "", |_| ok("Loop Controller"))];

fn on_error(own: OnSampleError, asked: OnSampleError) -> Outcome {
    ok(own == asked)
}
