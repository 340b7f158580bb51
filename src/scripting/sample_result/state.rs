//! Whether a sample was good, and what follows from it.

use super::object::{change, look, read};
use crate::model::NextAction;
use crate::script::class::{Row, row};
use crate::script::{Value, ok};
use crate::scripting::test_logical_action;

pub(super) const METHODS: &[Row] = &[
    row("isSuccessful", "", |c| read(c, |result| result.successful)),
    row("setSuccessful", "boolean", |c| change(c, |result| result.successful = c.bool(0))),
    row("isIgnore", "", |c| read(c, |result| result.ignored)),
    row("setIgnore", "", |c| change(c, |result| result.ignored = true)),
    row("isStopThread", "", |c| read(c, |result| result.stop_thread)),
    row("setStopThread", "boolean", |c| change(c, |result| result.stop_thread = c.bool(0))),
    row("isStopTest", "", |c| read(c, |result| result.stop_test)),
    row("setStopTest", "boolean", |c| change(c, |result| result.stop_test = c.bool(0))),
    row("isStopTestNow", "", |c| read(c, |result| result.stop_test_now)),
    row("setStopTestNow", "boolean", |c| change(c, |result| result.stop_test_now = c.bool(0))),
    row("isStartNextThreadLoop", "", |c| read(c, |result| result.next_action == NextAction::StartNextThreadLoop)),
    row("setStartNextThreadLoop", "boolean", |c| {
        change(c, |result| {
            result.next_action = if c.bool(0) { NextAction::StartNextThreadLoop } else { NextAction::Continue }
        })
    }),
    row("getTestLogicalAction", "", |c| {
        let action = look(c.this, |result| result.next_action)?;
        ok(test_logical_action::value(action))
    }),
    row("setTestLogicalAction", "TestLogicalAction", |c| {
        change(c, |result| result.next_action = test_logical_action::action(c.arg(0)))
    }),
    row("isMonitor", "", |_| ok(false)),
    row("setMonitor", "boolean", |_| Ok(Value::Null)),
    row("cleanAfterSample", "", |_| Ok(Value::Null)),
];
