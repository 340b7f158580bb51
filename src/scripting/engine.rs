//! `ctx.getEngine()`: what stops the test (`StandardJMeterEngine`).

use std::sync::LazyLock;

use super::variables::user;
use crate::model::Stop;
use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Outcome, Value, ok};

/// `org.apache.jmeter.engine.StandardJMeterEngine`.
pub static CLASS: Static =
    Static::new(|| Class::new("org.apache.jmeter.engine.StandardJMeterEngine").statics(STATICS).methods(METHODS));

static ENGINE: LazyLock<Value> = LazyLock::new(|| Value::object(Engine));

/// The engine of the run.
#[must_use]
pub fn engine() -> Value {
    ENGINE.clone()
}

struct Engine;

impl HostObject for Engine {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

const METHODS: &[Row] = &[
    row("isActive", "", |_| ok(true)),
    row("stopTest", "", |c| stop(c, Stop::Now)),
    row("stopTest", "boolean", |c| stop(c, if c.bool(0) { Stop::Now } else { Stop::Graceful })),
    row("stopTestNow", "", |c| stop(c, Stop::Now)),
    row("askThreadsToStop", "", |c| stop(c, Stop::Graceful)),
    row("exit", "", |c| stop(c, Stop::Now)),
];

const STATICS: &[Row] = &[
    row("stopEngine", "", |c| stop(c, Stop::Graceful)),
    row("stopEngineNow", "", |c| stop(c, Stop::Now)),
    row("stopThread", "String", |c| stop_thread(c, false)),
    row("stopThreadNow", "String", |c| stop_thread(c, true)),
];

fn stop(c: &mut Call<'_, '_>, how: Stop) -> Outcome {
    user(c.machine).run.stop(how);
    Ok(Value::Null)
}

fn stop_thread(c: &mut Call<'_, '_>, at_once: bool) -> Outcome {
    let name = c.text(0)?.clone();
    let handle = user(c.machine).run.groups().iter().find_map(|group| group.user(&name));
    ok(handle.is_some_and(|handle| {
        handle.stop();
        if at_once {
            handle.interrupt();
        }
        true
    }))
}
