//! Whether a sample was good, and what follows from it.

use super::object::{change, look, read};
use crate::model::NextAction;
use crate::script::class::{Row, row};
use crate::script::{Value, ok};
use crate::scripting::test_logical_action;

pub(super) const METHODS: &[Row] = &[
    row("isSuccessful", "", |c| read(c, |result| result.successful)),
    row("setSuccessful", "boolean", |c| {
        let good = c.bool(0);
        change(c, |result| result.successful = good)
    }),
    row("isIgnore", "", |c| read(c, |result| result.ignored)),
    row("setIgnore", "", |c| change(c, |result| result.ignored = true)),
    row("isStopThread", "", |c| read(c, |result| result.stop_thread)),
    row("setStopThread", "boolean", |c| {
        let stop = c.bool(0);
        change(c, |result| result.stop_thread = stop)
    }),
    row("isStopTest", "", |c| read(c, |result| result.stop_test)),
    row("setStopTest", "boolean", |c| {
        let stop = c.bool(0);
        change(c, |result| result.stop_test = stop)
    }),
    row("isStopTestNow", "", |c| read(c, |result| result.stop_test_now)),
    row("setStopTestNow", "boolean", |c| {
        let stop = c.bool(0);
        change(c, |result| result.stop_test_now = stop)
    }),
    row("isStartNextThreadLoop", "", |c| read(c, |result| result.next_action == NextAction::StartNextThreadLoop)),
    row("setStartNextThreadLoop", "boolean", |c| {
        let action = if c.bool(0) { NextAction::StartNextThreadLoop } else { NextAction::Continue };
        change(c, |result| result.next_action = action)
    }),
    row("getTestLogicalAction", "", |c| {
        let action = look(c.this, |result| result.next_action)?;
        ok(test_logical_action::value(action))
    }),
    row("setTestLogicalAction", "TestLogicalAction", |c| {
        let action = test_logical_action::action(c.arg(0));
        change(c, |result| result.next_action = action)
    }),
    row("isMonitor", "", |_| ok(false)),
    row("setMonitor", "boolean", |_| Ok(Value::Null)),
    row("cleanAfterSample", "", |_| Ok(Value::Null)),
];
