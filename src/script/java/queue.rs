//! `java.util.Queue`, `Deque` and their classes, the concurrent ones too: nothing else runs while a script does, so
//! nothing ever has to wait for an item.

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, row};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

use super::collection::{COLLECTION, position};
use super::iterator::Iterator;
use super::list::{NEW, sorted};

/// `java.util.Queue`.
pub static QUEUE: Static =
    Static::new(|| Class::interface("java.util.Queue").extends(&[&COLLECTION]).methods(QUEUE_METHODS));
/// `java.util.Deque`.
pub static DEQUE: Static =
    Static::new(|| Class::interface("java.util.Deque").extends(&[&QUEUE]).methods(DEQUE_METHODS));
/// `java.util.ArrayDeque`.
pub static ARRAY_DEQUE: Static =
    Static::new(|| Class::new("java.util.ArrayDeque").extends(&[&DEQUE]).constructors(NEW));
/// `java.util.PriorityQueue`.
pub static PRIORITY_QUEUE: Static = Static::new(|| {
    Class::new("java.util.PriorityQueue").extends(&[&QUEUE]).constructors(NEW).methods(PRIORITY_METHODS)
});
/// `java.util.concurrent.BlockingQueue`.
pub static BLOCKING_QUEUE: Static =
    Static::new(|| Class::interface("java.util.concurrent.BlockingQueue").extends(&[&DEQUE]).methods(BLOCKING_METHODS));
/// `java.util.concurrent.ConcurrentLinkedQueue`.
pub static CONCURRENT_LINKED_QUEUE: Static =
    Static::new(|| Class::new("java.util.concurrent.ConcurrentLinkedQueue").extends(&[&QUEUE]).constructors(NEW));
/// `java.util.concurrent.ConcurrentLinkedDeque`.
pub static CONCURRENT_LINKED_DEQUE: Static =
    Static::new(|| Class::new("java.util.concurrent.ConcurrentLinkedDeque").extends(&[&DEQUE]).constructors(NEW));
/// `java.util.concurrent.LinkedBlockingQueue`.
pub static LINKED_BLOCKING_QUEUE: Static = Static::new(|| {
    Class::new("java.util.concurrent.LinkedBlockingQueue").extends(&[&BLOCKING_QUEUE]).constructors(NEW)
});
/// `java.util.concurrent.LinkedBlockingDeque`.
pub static LINKED_BLOCKING_DEQUE: Static = Static::new(|| {
    Class::new("java.util.concurrent.LinkedBlockingDeque").extends(&[&BLOCKING_QUEUE]).constructors(NEW)
});

const QUEUE_METHODS: &[Row] = &[
    row("add", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        ok(true)
    }),
    row("offer", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        ok(true)
    }),
    row("poll", "", |c| ok(first(c, true)?)),
    row("remove", "", |c| first(c, true)?.ok_or_else(missing)),
    row("peek", "", |c| ok(first(c, false)?)),
    row("element", "", |c| first(c, false)?.ok_or_else(missing)),
];

const DEQUE_METHODS: &[Row] = &[
    row("addFirst", "Object", add_first),
    row("offerFirst", "Object", |c| add_first(c).map(|_| Value::Bool(true))),
    row("push", "Object", add_first),
    row("addLast", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        Ok(Value::Null)
    }),
    row("offerLast", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        ok(true)
    }),
    row("pop", "", |c| first(c, true)?.ok_or_else(missing)),
    row("pollFirst", "", |c| ok(first(c, true)?)),
    row("removeFirst", "", |c| first(c, true)?.ok_or_else(missing)),
    row("peekFirst", "", |c| ok(first(c, false)?)),
    row("getFirst", "", |c| first(c, false)?.ok_or_else(missing)),
    row("pollLast", "", |c| ok(c.this_list()?.resize()?.pop())),
    row("removeLast", "", |c| c.this_list()?.resize()?.pop().ok_or_else(missing)),
    row("peekLast", "", |c| ok(c.this_list()?.lock().last().cloned())),
    row("getLast", "", |c| c.this_list()?.lock().last().cloned().ok_or_else(missing)),
    row("removeFirstOccurrence", "Object", |c| {
        let items = c.this_list()?.items();
        let place = position(c.machine, &items, c.arg(0))?;
        if let Some(at) = place {
            c.this_list()?.resize()?.remove(at);
        }
        ok(place.is_some())
    }),
    row("descendingIterator", "", |c| {
        let mut items = c.this_list()?.items();
        items.reverse();
        ok(Value::object(Iterator::over(items, Value::Null)))
    }),
];

const BLOCKING_METHODS: &[Row] = &[
    row("put", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        Ok(Value::Null)
    }),
    row("take", "", |c| match first(c, true)? {
        Some(item) => Ok(item),
        None => wait_for_ever(c),
    }),
    row("poll", "long, Object", |c| {
        if let Some(item) = first(c, true)? {
            return Ok(item);
        }
        let time = super::concurrent::duration(c.long(0), c.arg(1));
        c.machine.sleep(time)?;
        ok(first(c, true)?)
    }),
    row("offer", "Object, long, Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        ok(true)
    }),
    row("remainingCapacity", "", |_| ok(i32::MAX)),
    row("drainTo", "Object", |c| {
        let items = std::mem::take(&mut *c.this_list()?.resize()?);
        let count = items.len() as i32;
        c.machine.invoke(c.arg(0), "addAll", &[items.into()])?;
        ok(count)
    }),
];

const PRIORITY_METHODS: &[Row] = &[row("add", "Object", add_sorted), row("offer", "Object", add_sorted)];

fn add_sorted(c: &mut Call<'_, '_>) -> Outcome {
    let list = c.this_list()?;
    let mut items = list.items();
    items.push(c.arg(0).clone());
    let sorted = sorted(c.machine, items, &Value::Null)?;
    *list.resize()? = sorted;
    ok(true)
}

fn add_first(c: &mut Call<'_, '_>) -> Outcome {
    c.this_list()?.resize()?.insert(0, c.arg(0).clone());
    Ok(Value::Null)
}

/// An item that nobody will ever put there: waits until the host stops the script.
fn wait_for_ever(c: &mut Call<'_, '_>) -> Outcome {
    loop {
        c.machine.sleep(std::time::Duration::from_millis(10))?;
        if let Some(item) = first(c, true)? {
            return Ok(item);
        }
        c.machine.step()?;
        if c.machine.host.should_stop() {
            return Err(Thrown::stopped());
        }
    }
}

fn first(c: &Call<'_, '_>, remove: bool) -> Outcome<Option<Value>> {
    let mut items = c.this_list()?.resize()?;
    if items.is_empty() {
        return Ok(None);
    }
    Ok(if remove { Some(items.remove(0)) } else { items.first().cloned() })
}

fn missing() -> Thrown {
    Thrown::bare("java.util.NoSuchElementException")
}
