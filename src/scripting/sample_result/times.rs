//! When a sample was and how long it took.

use super::object::{blank, change, look, new_result, read};
use crate::model::SampleResult;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::{Machine, Outcome, Thrown, Value, ok};
use crate::scripting::variables::user;

const LOG: &str = "o.a.j.s.SampleResult";

pub(super) const METHODS: &[Row] = &[
    row("getStartTime", "", |c| read(c, |result| result.start)),
    row("setStartTime", "long", |c| change(c, |result| result.start = c.long(0))),
    row("getEndTime", "", |c| read(c, |result| result.end)),
    row("setEndTime", "long", |c| set_end(c, c.long(0))),
    row("getTimeStamp", "", |c| {
        let at_start = stamps_start(c.machine);
        read(c, |result| if at_start { result.start } else { result.end })
    }),
    row("setTimeStamp", "long", |c| change(c, |result| result.start = c.long(0))),
    row("getTime", "", |c| read(c, elapsed)),
    row("getIdleTime", "", |c| read(c, |result| result.idle)),
    row("setIdleTime", "long", |c| change(c, |result| result.idle = c.long(0))),
    row("getLatency", "", |c| read(c, |result| result.latency)),
    row("setLatency", "long", |c| change(c, |result| result.latency = c.long(0))),
    row("latencyEnd", "", |c| {
        let now = c.machine.host.now();
        change(c, |result| result.latency = now - result.start - result.idle)
    }),
    row("getConnectTime", "", |c| read(c, |result| result.connect)),
    row("setConnectTime", "long", |c| change(c, |result| result.connect = c.long(0))),
    row("connectEnd", "", |c| {
        let now = c.machine.host.now();
        change(c, |result| result.connect = now - result.start - result.idle)
    }),
    row("sampleStart", "", |c| {
        let now = c.machine.host.now();
        change(c, |result| match result.start {
            0 => result.start = now,
            _ => log::error!(target: LOG, "sampleStart called twice"),
        })
    }),
    row("sampleEnd", "", |c| match look(c.this, |result| result.end)? {
        0 => {
            let now = c.machine.host.now();
            set_end(c, now)
        }
        _ => {
            log::error!(target: LOG, "sampleEnd called twice");
            Ok(Value::Null)
        }
    }),
    row("samplePause", "", |c| {
        let now = c.machine.host.now();
        change(c, |result| match result.paused {
            0 => result.paused = now,
            _ => log::error!(target: LOG, "samplePause called twice"),
        })
    }),
    row("sampleResume", "", |c| {
        let now = c.machine.host.now();
        change(c, |result| match std::mem::take(&mut result.paused) {
            0 => log::error!(target: LOG, "sampleResume without samplePause"),
            paused => result.idle += now - paused,
        })
    }),
    row("setStampAndTime", "long, long", |c| {
        if look(c.this, |result| result.start != 0 || result.end != 0)? {
            let message = "Calling setStampAndTime() after start/end times have been set";
            return Err(Thrown::new("java.lang.IllegalStateException", message));
        }
        let (start, end) = span(c.machine, c.long(0), c.long(1));
        change(c, |result| (result.start, result.end) = (start, end))
    }),
    row("isStampedAtStart", "", |c| ok(stamps_start(c.machine))),
    row("currentTimeInMillis", "", |c| ok(c.machine.host.now())),
];

pub(super) const STATICS: &[Row] = &[
    row("createTestSample", "long", |c| {
        let end = c.machine.host.now();
        let start = end - c.long(0);
        ok(new_result(SampleResult { start, end, ..blank() }))
    }),
    row("createTestSample", "long, long", |c| {
        ok(new_result(SampleResult { start: c.long(0), end: c.long(1), ..blank() }))
    }),
];

/// The result with a time stamp and a duration.
pub(super) fn stamped(machine: &mut Machine<'_>, stamp: i64, elapsed: i64) -> SampleResult {
    let (start, end) = span(machine, stamp, elapsed);
    SampleResult { start, end, ..blank() }
}

fn span(machine: &mut Machine<'_>, stamp: i64, elapsed: i64) -> (i64, i64) {
    if stamps_start(machine) { (stamp, stamp + elapsed) } else { (stamp - elapsed, stamp) }
}

fn stamps_start(machine: &mut Machine<'_>) -> bool {
    user(machine).run.properties.flag("sampleresult.timestamp.start", true)
}

fn set_end(c: &mut Call<'_, '_>, end: i64) -> Outcome {
    change(c, |result| {
        result.end = end;
        if result.start == 0 {
            log::error!(target: LOG, "setEndTime must be called after setStartTime");
        }
    })
}

/// Nothing has elapsed before the end.
fn elapsed(result: &SampleResult) -> i64 {
    if result.end == 0 { 0 } else { result.elapsed() }
}
