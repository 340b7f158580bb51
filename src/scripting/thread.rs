//! `ctx.getThread()`: the user as a thread (`JMeterThread`).

use std::sync::LazyLock;

use super::variables::user;
use super::{thread_group, variables};
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Value, ok};

/// `org.apache.jmeter.threads.JMeterThread`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.threads.JMeterThread").methods(METHODS));

static THREAD: LazyLock<Value> = LazyLock::new(|| Value::object(Thread));

/// The thread of the user.
#[must_use]
pub fn thread() -> Value {
    THREAD.clone()
}

struct Thread;

impl HostObject for Thread {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

const METHODS: &[Row] = &[
    row("getThreadName", "", |c| ok(user(c.machine).thread_name.clone())),
    row("getThreadNum", "", |c| ok(user(c.machine).thread_number as i32)),
    row("getThreadGroup", "", |_| Ok(thread_group::thread_group())),
    row("getVariables", "", |_| Ok(variables())),
    row("getStartTime", "", |c| {
        let run = user(c.machine).run.clone();
        ok(run.clock.at(run.test_start()))
    }),
    row("getEndTime", "", |c| ok(user(c.machine).end.unwrap_or(0))),
    row("stop", "", |c| {
        user(c.machine).stop_thread();
        Ok(Value::Null)
    }),
    row("interrupt", "", |c| {
        user(c.machine).handle.interrupt();
        ok(true)
    }),
];
