//! `java.lang.Thread`.
//!
//! A script has its user's thread to itself: threads that it starts run at once, to their end, before `start` returns.

use std::time::Duration;

use parking_lot::Mutex;

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, illegal_argument, ok};
use crate::script::value::Value;

use super::enumeration::ENUM;
use super::function::RUNNABLE;

/// `java.lang.Thread`.
pub static THREAD: Static = Static::new(|| {
    Class::new("java.lang.Thread").extends(&[&RUNNABLE]).constructors(NEW).statics(STATICS).methods(METHODS)
});
/// `java.lang.Thread.State`.
pub static STATE: Static = Static::new(|| {
    Class::new("java.lang.Thread$State").extends(&[&ENUM]).enumeration(&[
        "NEW",
        "RUNNABLE",
        "BLOCKED",
        "WAITING",
        "TIMED_WAITING",
        "TERMINATED",
    ])
});

/// A thread: the current one, or one that runs a function.
struct Thread {
    function: Value,
    name: Mutex<String>,
}

impl HostObject for Thread {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&THREAD)
    }

    fn plain_text(&self) -> Option<String> {
        Some(format!("Thread[{},5,main]", self.name.lock()))
    }
}

const NEW: &[Row] = &[new("Function, String?", |c| {
    let name = c.text_or_null(1).map_or_else(|| "Thread-0".to_owned(), ToString::to_string);
    ok(Value::object(Thread { function: c.arg(0).clone(), name: Mutex::new(name) }))
})];

const STATICS: &[Row] = &[
    row("sleep", "long, int?", |c| sleep(c.machine, c.long(0))),
    row("currentThread", "", |c| {
        let name = c.machine.host.thread_name().to_string();
        ok(Value::object(Thread { function: Value::Null, name: Mutex::new(name) }))
    }),
    row("yield", "", |_| Ok(Value::Null)),
    row("interrupted", "", |c| ok(std::mem::take(&mut c.machine.extras.is_interrupted))),
];

const METHODS: &[Row] = &[
    row("getThreadGroup", "", |_| ok("main")),
    row("getName", "", |c| ok(c.this_as::<Thread>()?.name.lock().clone())),
    row("setName", "String", |c| {
        *c.this_as::<Thread>()?.name.lock() = c.text(0)?.to_string();
        Ok(Value::Null)
    }),
    row("getId", "", |_| ok(1_i64)),
    row("getPriority", "", |_| ok(5)),
    row("setPriority", "int", |_| Ok(Value::Null)),
    row("setDaemon", "boolean", |_| Ok(Value::Null)),
    row("start", "", |c| run(c.machine, &c.this_as::<Thread>()?.function)),
    row("run", "", |c| run(c.machine, &c.this_as::<Thread>()?.function)),
    row("join", "long?", |_| Ok(Value::Null)),
    row("isAlive", "", |_| ok(false)),
    row("isInterrupted", "", |c| ok(c.machine.extras.is_interrupted)),
    row("interrupt", "", |c| {
        c.machine.extras.is_interrupted = true;
        Ok(Value::Null)
    }),
    row("getStackTrace", "", |_| ok(Vec::<Value>::new())),
    row("getContextClassLoader", "", |_| Ok(Value::Null)),
];

fn run(machine: &mut Machine<'_>, function: &Value) -> Outcome {
    if !function.is_null() {
        machine.call(function, &[])?;
    }
    Ok(Value::Null)
}

/// A thread that runs a function: `Thread.start { }`.
///
/// # Errors
/// What the function throws.
pub fn start(machine: &mut Machine<'_>, function: &Value) -> Outcome {
    run(machine, function)?;
    ok(Value::object(Thread { function: function.clone(), name: Mutex::new("Thread-0".into()) }))
}

/// `Thread.sleep`.
///
/// # Errors
/// `IllegalArgumentException` for a negative time; the host wants the script to stop.
pub fn sleep(machine: &mut Machine<'_>, millis: i64) -> Outcome {
    match u64::try_from(millis) {
        Ok(millis) => machine.sleep(Duration::from_millis(millis)).map(|()| Value::Null),
        Err(_) => Err(illegal_argument("timeout value is negative")),
    }
}
