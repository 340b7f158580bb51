//! `java.util.concurrent`: units of time, atomic values, executors and locks.
//!
//! Tasks run at once, when they are submitted; locks are always free.

use std::time::Duration;

use parking_lot::Mutex;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::enumeration::{Constant, ENUM};
use super::numbers::NUMBER;

/// `java.util.concurrent.TimeUnit`.
pub static TIME_UNIT: Static = Static::new(|| {
    Class::new("java.util.concurrent.TimeUnit")
        .extends(&[&ENUM])
        .enumeration(&["NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS"])
        .methods(UNIT_METHODS)
});
/// `java.util.concurrent.atomic.AtomicInteger`.
pub static ATOMIC_INTEGER: Static = Static::new(|| {
    Class::new("java.util.concurrent.atomic.AtomicInteger")
        .extends(&[&NUMBER])
        .constructors(INTEGER_NEW)
        .methods(ATOMIC_METHODS)
});
/// `java.util.concurrent.atomic.AtomicLong`.
pub static ATOMIC_LONG: Static = Static::new(|| {
    Class::new("java.util.concurrent.atomic.AtomicLong")
        .extends(&[&NUMBER])
        .constructors(LONG_NEW)
        .methods(ATOMIC_METHODS)
});
/// `java.util.concurrent.atomic.AtomicBoolean`.
pub static ATOMIC_BOOLEAN: Static = Static::new(|| {
    Class::new("java.util.concurrent.atomic.AtomicBoolean").constructors(BOOLEAN_NEW).methods(REFERENCE_METHODS)
});
/// `java.util.concurrent.atomic.AtomicReference`.
pub static ATOMIC_REFERENCE: Static = Static::new(|| {
    Class::new("java.util.concurrent.atomic.AtomicReference").constructors(REFERENCE_NEW).methods(REFERENCE_METHODS)
});
/// `java.util.concurrent.CountDownLatch`.
pub static COUNT_DOWN_LATCH: Static =
    Static::new(|| Class::new("java.util.concurrent.CountDownLatch").constructors(LONG_NEW).methods(LATCH_METHODS));
/// `java.util.concurrent.locks.ReentrantLock`.
pub static REENTRANT_LOCK: Static =
    Static::new(|| Class::new("java.util.concurrent.locks.ReentrantLock").constructors(LOCK_NEW).methods(LOCK_METHODS));
/// `java.util.concurrent.Semaphore`.
pub static SEMAPHORE: Static =
    Static::new(|| Class::new("java.util.concurrent.Semaphore").constructors(LOCK_NEW).methods(LOCK_METHODS));
/// `java.util.concurrent.Executors`.
pub static EXECUTORS: Static = Static::new(|| Class::new("java.util.concurrent.Executors").statics(EXECUTORS_STATICS));
/// `java.util.concurrent.ExecutorService`.
pub static EXECUTOR_SERVICE: Static =
    Static::new(|| Class::interface("java.util.concurrent.ExecutorService").methods(EXECUTOR_METHODS));
/// `java.util.concurrent.Future`.
pub static FUTURE: Static = Static::new(|| Class::interface("java.util.concurrent.Future").methods(FUTURE_METHODS));
/// `java.util.concurrent.CompletableFuture`.
pub static COMPLETABLE_FUTURE: Static = Static::new(|| {
    Class::new("java.util.concurrent.CompletableFuture")
        .extends(&[&FUTURE])
        .statics(COMPLETABLE_STATICS)
        .methods(COMPLETABLE_METHODS)
});

/// A value that is changed in place: atomic values, latches, locks.
struct Atomic {
    class: &'static Class,
    value: Mutex<Value>,
}

impl HostObject for Atomic {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        let value = self.value.lock().clone();
        Ok(Some(machine.text(&value)?.to_string()))
    }
}

/// A result of a task, or what the task threw.
struct Future {
    class: &'static Class,
    result: Result<Value, Value>,
}

impl HostObject for Future {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }
}

struct Executor;

impl HostObject for Executor {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&EXECUTOR_SERVICE)
    }
}

const NANOS: [i64; 7] = [1, 1000, 1_000_000, 1_000_000_000, 60_000_000_000, 3_600_000_000_000, 86_400_000_000_000];

/// The time that a number and a `TimeUnit` mean.
#[must_use]
pub fn duration(amount: i64, unit: &Value) -> Duration {
    let nanos = unit.downcast::<Constant>().map_or(1_000_000, |unit| NANOS[unit.ordinal().min(6)]);
    Duration::from_nanos(amount.saturating_mul(nanos).max(0) as u64)
}

fn unit(c: &Call<'_, '_>) -> Outcome<i64> {
    Ok(NANOS[c.this_as::<Constant>()?.ordinal().min(6)])
}

fn converted(c: &Call<'_, '_>, to: usize) -> Outcome {
    let (from, to) = (unit(c)?, NANOS[to]);
    ok(if from >= to { c.long(0).saturating_mul(from / to) } else { c.long(0) / (to / from) })
}

const UNIT_METHODS: &[Row] = &[
    row("toNanos", "long", |c| converted(c, 0)),
    row("toMicros", "long", |c| converted(c, 1)),
    row("toMillis", "long", |c| converted(c, 2)),
    row("toSeconds", "long", |c| converted(c, 3)),
    row("toMinutes", "long", |c| converted(c, 4)),
    row("toHours", "long", |c| converted(c, 5)),
    row("toDays", "long", |c| converted(c, 6)),
    row("convert", "long, TimeUnit", |c| {
        let from = c.arg_as::<Constant>(1)?.ordinal().min(6);
        let (from, to) = (NANOS[from], unit(c)?);
        ok(if from >= to { c.long(0).saturating_mul(from / to) } else { c.long(0) / (to / from) })
    }),
    row("sleep", "long", |c| {
        let time = duration(c.long(0), c.this);
        c.machine.sleep(time).map(|()| Value::Null)
    }),
];

fn atomic(c: &Call<'_, '_>, value: Value) -> Outcome {
    match c.this {
        Value::Class(class) => ok(Value::object(Atomic { class: class.java(), value: Mutex::new(value) })),
        _ => Ok(Value::Null),
    }
}

const INTEGER_NEW: &[Row] = &[new("int?", |c| atomic(c, c.int_or(0, 0).into()))];
const LONG_NEW: &[Row] = &[new("long?", |c| atomic(c, if c.count() > 0 { c.long(0) } else { 0 }.into()))];
const BOOLEAN_NEW: &[Row] = &[new("boolean?", |c| atomic(c, c.bool(0).into()))];
const REFERENCE_NEW: &[Row] = &[new("Object?", |c| atomic(c, c.arg(0).clone()))];
const LOCK_NEW: &[Row] = &[new("Object?, boolean?", |c| atomic(c, Value::Int(0)))];

/// Adds to the value and gives what it was and what it is.
fn add(c: &Call<'_, '_>, by: i64) -> Outcome<(Value, Value)> {
    let mut value = c.this_as::<Atomic>()?.value.lock();
    let old = value.clone();
    *value = match &old {
        Value::Long(number) => Value::Long(number.wrapping_add(by)),
        other => Value::Int((other.to_i64().unwrap_or_default() as i32).wrapping_add(by as i32)),
    };
    Ok((old, value.clone()))
}

fn like(c: &Call<'_, '_>, number: &Value) -> Outcome {
    Ok(match *c.this_as::<Atomic>()?.value.lock() {
        Value::Long(_) => number.to_i64().into(),
        _ => Value::Int(number.to_i64().unwrap_or_default() as i32),
    })
}

fn swap(c: &Call<'_, '_>, new: Value) -> Outcome {
    Ok(std::mem::replace(&mut *c.this_as::<Atomic>()?.value.lock(), new))
}

fn get(c: &mut Call<'_, '_>) -> Outcome {
    Ok(c.this_as::<Atomic>()?.value.lock().clone())
}

/// Sets what a function makes of the value and gives what it was and what it is.
fn update(c: &mut Call<'_, '_>) -> Outcome<(Value, Value)> {
    let old = get(c)?;
    let new = c.invoke(0, std::slice::from_ref(&old))?;
    swap(c, new.clone())?;
    Ok((old, new))
}

const ATOMIC_METHODS: &[Row] = &[
    row("get", "", get),
    row("intValue", "", |c| ok(get(c)?.to_i64().map(|number| number as i32))),
    row("longValue", "", |c| ok(get(c)?.to_i64())),
    row("set", "long", |c| {
        let new = like(c, c.arg(0))?;
        swap(c, new).map(|_| Value::Null)
    }),
    row("getAndSet", "long", |c| {
        let new = like(c, c.arg(0))?;
        swap(c, new)
    }),
    row("incrementAndGet", "", |c| Ok(add(c, 1)?.1)),
    row("getAndIncrement", "", |c| Ok(add(c, 1)?.0)),
    row("decrementAndGet", "", |c| Ok(add(c, -1)?.1)),
    row("getAndDecrement", "", |c| Ok(add(c, -1)?.0)),
    row("addAndGet", "long", |c| Ok(add(c, c.long(0))?.1)),
    row("getAndAdd", "long", |c| Ok(add(c, c.long(0))?.0)),
    row("compareAndSet", "long, long", |c| {
        let matches = get(c)?.to_i64() == Some(c.long(0));
        if matches {
            let new = like(c, c.arg(1))?;
            swap(c, new)?;
        }
        ok(matches)
    }),
    row("updateAndGet", "Function", |c| Ok(update(c)?.1)),
    row("getAndUpdate", "Function", |c| Ok(update(c)?.0)),
    row("next", "", |c| Ok(add(c, 1)?.1)),
    row("previous", "", |c| Ok(add(c, -1)?.1)),
];

const REFERENCE_METHODS: &[Row] = &[
    row("get", "", get),
    row("set", "Object", |c| swap(c, c.arg(0).clone()).map(|_| Value::Null)),
    row("getAndSet", "Object", |c| swap(c, c.arg(0).clone())),
    row("compareAndSet", "Object, Object", |c| {
        let matches = get(c)?.is_same(c.arg(0));
        if matches {
            swap(c, c.arg(1).clone())?;
        }
        ok(matches)
    }),
    row("updateAndGet", "Function", |c| Ok(update(c)?.1)),
    row("getAndUpdate", "Function", |c| Ok(update(c)?.0)),
];

const LATCH_METHODS: &[Row] = &[
    row("countDown", "", |c| {
        if get(c)?.to_i64() > Some(0) {
            add(c, -1)?;
        }
        Ok(Value::Null)
    }),
    row("getCount", "", get),
    row("await", "Object?, Object?", |_| ok(true)),
];

const LOCK_METHODS: &[Row] = &[
    row("lock", "", |c| add(c, 1).map(|_| Value::Null)),
    row("unlock", "", |c| add(c, -1).map(|_| Value::Null)),
    row("tryLock", "Object?, Object?", |c| add(c, 1).map(|_| Value::Bool(true))),
    row("isLocked", "", |c| ok(get(c)?.to_i64() != Some(0))),
    row("acquire", "int?", |c| add(c, 1).map(|_| Value::Null)),
    row("release", "int?", |c| add(c, -1).map(|_| Value::Null)),
    row("tryAcquire", "Object?, Object?", |c| add(c, 1).map(|_| Value::Bool(true))),
];

const EXECUTORS_STATICS: &[Row] = &[
    row("newFixedThreadPool", "int, Object?", |_| ok(Value::object(Executor))),
    row("newSingleThreadExecutor", "Object?", |_| ok(Value::object(Executor))),
    row("newCachedThreadPool", "Object?", |_| ok(Value::object(Executor))),
    row("newWorkStealingPool", "Object?", |_| ok(Value::object(Executor))),
];

fn completed(machine: &mut Machine<'_>, class: &'static Class, task: &Value, args: &[Value]) -> Outcome {
    let result = match machine.call(task, args) {
        Ok(value) => Ok(value),
        Err(thrown) if thrown.is_stop() => return Err(thrown),
        Err(thrown) => Err(thrown.into_exception()),
    };
    ok(Value::object(Future { class, result }))
}

const EXECUTOR_METHODS: &[Row] = &[
    row("submit", "Function", |c| completed(c.machine, &FUTURE, c.arg(0), &[])),
    row("execute", "Function", |c| c.invoke(0, &[]).map(|_| Value::Null)),
    row("invokeAll", "Iterable", |c| {
        let mut futures = Vec::new();
        for task in c.items(0)? {
            futures.push(completed(c.machine, &FUTURE, &task, &[])?);
        }
        ok(futures)
    }),
    row("shutdown", "", |_| Ok(Value::Null)),
    row("shutdownNow", "", |_| ok(Vec::<Value>::new())),
    row("close", "", |_| Ok(Value::Null)),
    row("awaitTermination", "long, TimeUnit", |_| ok(true)),
    row("isShutdown", "", |_| ok(true)),
    row("isTerminated", "", |_| ok(true)),
];

fn result(c: &mut Call<'_, '_>) -> Outcome {
    match &c.this_as::<Future>()?.result {
        Ok(value) => Ok(value.clone()),
        Err(exception) => {
            let message = c.machine.text(exception)?.to_string();
            let class = "java.util.concurrent.ExecutionException";
            Err(Thrown::of(super::throwable::caused(class, Some(message), exception.clone())))
        }
    }
}

const FUTURE_METHODS: &[Row] = &[
    row("get", "Object?, Object?", result),
    row("join", "", result),
    row("isDone", "", |_| ok(true)),
    row("isCancelled", "", |_| ok(false)),
    row("cancel", "boolean", |_| ok(false)),
];

const COMPLETABLE_STATICS: &[Row] = &[
    row("supplyAsync", "Function, Object?", |c| completed(c.machine, &COMPLETABLE_FUTURE, c.arg(0), &[])),
    row("runAsync", "Function, Object?", |c| completed(c.machine, &COMPLETABLE_FUTURE, c.arg(0), &[])),
    row("completedFuture", "Object", |c| {
        ok(Value::object(Future { class: &COMPLETABLE_FUTURE, result: Ok(c.arg(0).clone()) }))
    }),
    row("allOf", "Object...", |_| ok(Value::object(Future { class: &COMPLETABLE_FUTURE, result: Ok(Value::Null) }))),
];

fn then(c: &mut Call<'_, '_>) -> Outcome {
    match &c.this_as::<Future>()?.result {
        Ok(value) => completed(c.machine, &COMPLETABLE_FUTURE, c.arg(0), std::slice::from_ref(value)),
        Err(_) => c.this_again(),
    }
}

const COMPLETABLE_METHODS: &[Row] =
    &[row("thenApply", "Function", then), row("thenAccept", "Function", then), row("thenRun", "Function", then)];
