//! Lists, sets and arrays: adding, removing, places.

use std::sync::Arc;

use super::super::eval::{get_at, put_at};
use super::super::{compare, iterate};
use super::iteration::holds;
use super::shape;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::collection::Map;
use crate::script::java::collection::keep;
use crate::script::java::list::checked;
use crate::script::java::random;
use crate::script::machine::{Outcome, Thrown, check_size, illegal_argument, ok};
use crate::script::value::Value;

/// The methods of lists.
pub const METHODS: &[Row] = &[
    row("getAt", "Number", |c| get_at(c.machine, c.this, c.arg(0))),
    row("getAt", "Collection", |c| get_at(c.machine, c.this, c.arg(0))),
    row("putAt", "Number, Object", |c| put_at(c.machine, c.this, c.arg(0), c.arg(1).clone()).map(|()| Value::Null)),
    row("push", "Object", |c| {
        c.this_list()?.resize()?.insert(0, c.arg(0).clone());
        ok(true)
    }),
    row("pop", "", |c| {
        let mut items = c.this_list()?.resize()?;
        if items.is_empty() {
            return Err(Thrown::new("java.util.NoSuchElementException", "Cannot pop() an empty List"));
        }
        Ok(items.remove(0))
    }),
    row("removeLast", "", |c| {
        let last = c.this_list()?.resize()?.pop();
        last.ok_or_else(|| Thrown::new("java.util.NoSuchElementException", "Cannot removeLast() an empty List"))
    }),
    row("removeAt", "int", |c| {
        let mut items = c.this_list()?.resize()?;
        let at = checked(c.int(0), items.len())?;
        Ok(items.remove(at))
    }),
    row("swap", "int, int", |c| {
        let mut items = c.this_list()?.change()?;
        let (from, to) = (checked(c.int(0), items.len())?, checked(c.int(1), items.len())?);
        items.swap(from, to);
        c.this_again()
    }),
    row("shuffle", "Random?", |c| {
        let mut items = c.this_list()?.items();
        shuffle(c, &mut items);
        *c.this_list()?.change()? = items;
        Ok(Value::Null)
    }),
    row("equals", "Object", |c| ok(compare::equal(c.machine, c.this, c.arg(0))?)),
    row("execute", "", |c| {
        let parts = c.machine.items(c.this)?;
        let words = parts.iter().map(|part| c.machine.text(part).map(|word| word.to_string()));
        crate::script::java::process::run(&words.collect::<Outcome<Vec<_>>>()?, &[], None)
    }),
];

/// The methods of collections that can change.
pub const COLLECTION_METHODS: &[Row] = &[
    row("leftShift", "Object", |c| {
        match c.this {
            Value::List(list) => list.resize()?.push(c.arg(0).clone()),
            other => drop(super::super::eval::invoke(c.machine, other, "add", c.args)?),
        }
        c.this_again()
    }),
    row("multiply", "Number", |c| {
        let count = usize::try_from(c.long(0)).unwrap_or_default();
        let items = c.machine.items(c.this)?;
        check_size(items.len().saturating_mul(count).saturating_mul(size_of::<Value>()))?;
        ok(std::iter::repeat_n(items, count).flatten().collect::<Vec<_>>())
    }),
    row("removeElement", "Object", |c| {
        let items = c.machine.items(c.this)?;
        let at = crate::script::java::collection::position(c.machine, &items, c.arg(0))?;
        if let Some(at) = at {
            crate::script::java::collection::remove_at(c.this, at)?;
        }
        ok(at.is_some())
    }),
    row("removeAll", "Closure", |c| {
        keep(c, |machine, item| holds(machine, c_closure(c.args), item).map(|holds| !holds))
    }),
    row("retainAll", "Closure", |c| keep(c, |machine, item| holds(machine, c_closure(c.args), item))),
    row("removeAll", "Object[]", |c| {
        let gone = c.rest(0);
        keep(c, |machine, item| shape::has(machine, &gone, item).map(|has| !has))
    }),
    row("retainAll", "Object[]", |c| {
        let kept = c.rest(0);
        keep(c, |machine, item| shape::has(machine, &kept, item))
    }),
    row("addAll", "Object[]", |c| {
        let items = c.rest(0);
        super::super::eval::invoke(c.machine, c.this, "addAll", &[items.into()])
    }),
    row("containsAll", "Object[]", |c| {
        let items = c.machine.items(c.this)?;
        for wanted in c.rest(0) {
            if !shape::has(c.machine, &items, &wanted)? {
                return ok(false);
            }
        }
        ok(true)
    }),
    row("asImmutable", "", unmodifiable),
    row("asUnmodifiable", "", unmodifiable),
    row("asSynchronized", "", |c| c.this_again()),
    row("asConcurrent", "", |c| c.this_again()),
    row("toListString", "int?", |c| ok(super::super::format::text(c.machine, c.this)?)),
    row("isCase", "Object", |c| ok(compare::is_case(c.machine, c.this, c.arg(0))?)),
    row("step", "int", stepped),
    row("step", "int, Closure", |c| {
        let items = stepped(c)?;
        for item in c.machine.items(&items)? {
            c.machine.step()?;
            c.invoke(1, &[item])?;
        }
        Ok(Value::Null)
    }),
    row("getFrom", "", |c| end(c, true)),
    row("getTo", "", |c| end(c, false)),
    row("isReverse", "", |c| ok(matches!(c.this, Value::Range(range) if range.is_reverse))),
    row("containsWithinBounds", "Object", |c| ok(compare::is_case(c.machine, c.this, c.arg(0))?)),
];

/// The methods of sets.
pub const SET_METHODS: &[Row] = &[
    row("getAt", "int", |c| {
        let items = c.machine.items(c.this)?;
        ok(shape::place(c.long(0), items.len()).map(|at| items[at].clone()))
    }),
    row("getAt", "String", |c| super::super::eval::get_property(c.machine, c.this, c.text(0)?)),
    row("equals", "Object", |c| ok(compare::equal(c.machine, c.this, c.arg(0))?)),
];

/// The methods of arrays.
pub const ARRAY_METHODS: &[Row] = &[
    row("getAt", "Number", |c| get_at(c.machine, c.this, c.arg(0))),
    row("getAt", "Collection", |c| get_at(c.machine, c.this, c.arg(0))),
    row("putAt", "Number, Object", |c| put_at(c.machine, c.this, c.arg(0), c.arg(1).clone()).map(|()| Value::Null)),
    row("isEmpty", "", |c| ok(iterate::items(c.machine, c.this)?.is_empty())),
    row("equals", "Object", |c| ok(compare::equal(c.machine, c.this, c.arg(0))?)),
    row("swap", "int, int", |c| {
        let mut items = iterate::items(c.machine, c.this)?;
        let (from, to) = (checked(c.int(0), items.len())?, checked(c.int(1), items.len())?);
        items.swap(from, to);
        if let Value::Array(array) = c.this {
            array.replace(items);
        }
        c.this_again()
    }),
    row("asImmutable", "", unmodifiable),
];

fn c_closure(args: &[Value]) -> &Value {
    args.first().unwrap_or(&Value::Null)
}

fn unmodifiable(c: &mut Call<'_, '_>) -> Outcome {
    let items = iterate::items(c.machine, c.this)?;
    match c.this {
        Value::Set(set) => {
            let class: &'static crate::script::class::Class = &crate::script::java::set::UNMODIFIABLE_SET;
            let pairs = items.into_iter().map(|item| (item, Value::Null));
            let _ = set;
            ok(Value::Set(Arc::new(Map::with(pairs).with_class(class).frozen())))
        }
        _ => ok(super::part::unmodifiable(items)),
    }
}

fn stepped(c: &mut Call<'_, '_>) -> Outcome {
    let items = iterate::items(c.machine, c.this)?;
    let step = c.int(0);
    let Ok(width) = usize::try_from(step.unsigned_abs()) else { return ok(Vec::<Value>::new()) };
    if width == 0 {
        return Err(illegal_argument("Infinite loop detected due to step size of 0"));
    }
    let forward = items.iter().cloned();
    let taken: Vec<Value> =
        if step > 0 { forward.step_by(width).collect() } else { forward.rev().step_by(width).collect() };
    ok(taken)
}

fn end(c: &mut Call<'_, '_>, is_from: bool) -> Outcome {
    let Value::Range(range) = c.this else { return Ok(Value::Null) };
    let mut items = range.items();
    if range.is_reverse {
        items.reverse();
    }
    ok(if is_from { items.first().cloned() } else { items.last().cloned() })
}

/// Shuffles as `Collections.shuffle` does, with the random numbers of the first argument if there are some.
pub fn shuffle(c: &mut Call<'_, '_>, items: &mut [Value]) {
    random::shuffle(c.machine, items, c.arg(0).downcast::<random::Random>());
}
