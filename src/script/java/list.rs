//! `java.util.List` and its classes.

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, new, row};
use crate::script::collection::{List, Rule};
use crate::script::machine::{Machine, Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

use super::collection::{COLLECTION, list_of, position};
use super::iterator::Iterator;
use super::queue::DEQUE;

/// `java.util.List`.
pub static LIST: Static =
    Static::new(|| Class::interface("java.util.List").extends(&[&COLLECTION]).statics(STATICS).methods(METHODS));
/// `java.util.AbstractList`.
pub static ABSTRACT_LIST: Static = Static::new(|| Class::new("java.util.AbstractList").extends(&[&LIST]));
/// `java.util.ArrayList`.
pub static ARRAY_LIST: Static = Static::new(|| {
    Class::new("java.util.ArrayList").extends(&[&ABSTRACT_LIST]).constructors(NEW).methods(ARRAY_LIST_METHODS)
});
/// `java.util.LinkedList`.
pub static LINKED_LIST: Static =
    Static::new(|| Class::new("java.util.LinkedList").extends(&[&LIST, &DEQUE]).constructors(NEW));
/// `java.util.Vector`.
pub static VECTOR: Static =
    Static::new(|| Class::new("java.util.Vector").extends(&[&ABSTRACT_LIST]).constructors(NEW).methods(VECTOR_METHODS));
/// `java.util.Stack`.
pub static STACK: Static =
    Static::new(|| Class::new("java.util.Stack").extends(&[&VECTOR]).constructors(NEW).methods(STACK_METHODS));
/// `Arrays.asList`.
pub static ARRAYS_LIST: Static = Static::new(|| Class::new("java.util.Arrays$ArrayList").extends(&[&ABSTRACT_LIST]));
/// `List.of`.
pub static LIST_N: Static = Static::new(|| Class::new("java.util.ImmutableCollections$ListN").extends(&[&LIST]));
/// `Collections.emptyList`.
pub static EMPTY_LIST: Static = Static::new(|| Class::new("java.util.Collections$EmptyList").extends(&[&LIST]));
/// `Collections.nCopies`.
pub static COPIES_LIST: Static = Static::new(|| Class::new("java.util.Collections$CopiesList").extends(&[&LIST]));
/// `Collections.singletonList`.
pub static SINGLETON_LIST: Static = Static::new(|| Class::new("java.util.Collections$SingletonList").extends(&[&LIST]));
/// `Collections.unmodifiableList`.
pub static UNMODIFIABLE_LIST: Static =
    Static::new(|| Class::new("java.util.Collections$UnmodifiableRandomAccessList").extends(&[&LIST]));
/// `Collections.synchronizedList`.
pub static SYNCHRONIZED_LIST: Static =
    Static::new(|| Class::new("java.util.Collections$SynchronizedRandomAccessList").extends(&[&LIST]));
/// `subList`.
pub static SUB_LIST: Static = Static::new(|| Class::new("java.util.ArrayList$SubList").extends(&[&LIST]));
/// `java.util.concurrent.CopyOnWriteArrayList`.
pub static COPY_ON_WRITE_LIST: Static =
    Static::new(|| Class::new("java.util.concurrent.CopyOnWriteArrayList").extends(&[&LIST]).constructors(NEW));

/// The constructors of all lists and queues.
pub const NEW: &[Row] = &[
    new("", |c| ok(empty(c.this))),
    new("int", |c| match c.int(0) {
        negative if negative < 0 => Err(illegal_argument(format!("Illegal Capacity: {negative}"))),
        _ => ok(empty(c.this)),
    }),
    new("Iterable", |c| {
        let items = c.items(0)?;
        match c.this {
            Value::Class(class) => ok(list_of(class.java(), items)),
            _ => Ok(Value::Null),
        }
    }),
];

fn empty(class: &Value) -> Value {
    match class {
        Value::Class(class) => list_of(class.java(), Vec::new()),
        _ => Value::Null,
    }
}

const STATICS: &[Row] = &[
    row("of", "Object...", |c| {
        let items = c.rest(0);
        if items.iter().any(Value::is_null) {
            return Err(Thrown::bare("java.lang.NullPointerException"));
        }
        ok(Value::List(List::of(&LIST_N, Rule::ReadOnly, items).into()))
    }),
    row("copyOf", "Iterable", |c| {
        let items = c.items(0)?;
        ok(Value::List(List::of(&LIST_N, Rule::ReadOnly, items).into()))
    }),
];

const METHODS: &[Row] = &[
    row("get", "int", |c| get(c.this, c.int(0))),
    row("set", "int, Object", |c| {
        let list = c.this_list()?;
        let mut items = list.change()?;
        let at = checked(c.int(0), items.len())?;
        Ok(std::mem::replace(&mut items[at], c.arg(1).clone()))
    }),
    row("add", "Object", |c| {
        let list = c.this_list()?;
        list.resize()?.push(c.arg(0).clone());
        ok(true)
    }),
    row("add", "int, Object", |c| {
        let mut items = c.this_list()?.resize()?;
        let at = insertion(c.int(0), items.len())?;
        items.insert(at, c.arg(1).clone());
        Ok(Value::Null)
    }),
    row("addAll", "Object", |c| {
        let new = c.items(0)?;
        let changed = !new.is_empty();
        c.this_list()?.resize()?.extend(new);
        ok(changed)
    }),
    row("addAll", "int, Object", |c| {
        let new = c.items(1)?;
        let mut items = c.this_list()?.resize()?;
        let at = insertion(c.int(0), items.len())?;
        let changed = !new.is_empty();
        items.splice(at..at, new);
        ok(changed)
    }),
    row("remove", "int", |c| {
        let mut items = c.this_list()?.resize()?;
        let at = checked(c.int(0), items.len())?;
        Ok(items.remove(at))
    }),
    row("indexOf", "Object", |c| {
        let items = c.machine.items(c.this)?;
        ok(position(c.machine, &items, c.arg(0))?.map_or(-1, |at| at as i32))
    }),
    row("lastIndexOf", "Object", |c| {
        let mut items = c.machine.items(c.this)?;
        items.reverse();
        ok(position(c.machine, &items, c.arg(0))?.map_or(-1, |at| (items.len() - 1 - at) as i32))
    }),
    row("subList", "int, int", |c| {
        let items = c.machine.items(c.this)?;
        ok(list_of(&SUB_LIST, part(&items, c.int(0), c.int(1))?))
    }),
    row("sort", "Comparator", |c| {
        let list = c.this_list()?;
        let items = list.items();
        let sorted = sorted(c.machine, items, c.arg(0))?;
        *list.change()? = sorted;
        Ok(Value::Null)
    }),
    row("replaceAll", "Function", |c| {
        let list = c.this_list()?;
        let mut items = list.items();
        for item in &mut items {
            *item = c.machine.call(c.arg(0), std::slice::from_ref(item))?;
        }
        *list.change()? = items;
        Ok(Value::Null)
    }),
    row("listIterator", "int?", |c| {
        let items = c.machine.items(c.this)?;
        let iterator = Iterator::over(items, c.this.clone());
        for _ in 0..c.int_or(0, 0) {
            iterator.next()?;
        }
        ok(Value::object(iterator))
    }),
    row("equals", "Object", |c| {
        let (Value::List(_) | Value::Range(_), Value::List(_) | Value::Range(_)) = (c.this, c.arg(0)) else {
            return ok(false);
        };
        let (left, right) = (c.machine.items(c.this)?, c.machine.items(c.arg(0))?);
        if left.len() != right.len() {
            return ok(false);
        }
        for (a, b) in left.iter().zip(&right) {
            if !c.machine.equals(a, b)? {
                return ok(false);
            }
        }
        ok(true)
    }),
];

const ARRAY_LIST_METHODS: &[Row] = &[
    row("ensureCapacity", "int", |_| Ok(Value::Null)),
    row("trimToSize", "", |_| Ok(Value::Null)),
    row("clone", "", |c| ok(list_of(c.this_list()?.class, c.this_list()?.items()))),
];

const VECTOR_METHODS: &[Row] = &[
    row("addElement", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        Ok(Value::Null)
    }),
    row("elementAt", "int", |c| get(c.this, c.int(0))),
    row("firstElement", "", |c| c.this_list()?.get(0).ok_or_else(|| Thrown::bare("java.util.NoSuchElementException"))),
    row("elements", "", |c| ok(Value::object(Iterator::over(c.this_list()?.items(), c.this.clone())))),
];

const STACK_METHODS: &[Row] = &[
    row("push", "Object", |c| {
        c.this_list()?.resize()?.push(c.arg(0).clone());
        Ok(c.arg(0).clone())
    }),
    row("pop", "", |c| c.this_list()?.resize()?.pop().ok_or_else(|| Thrown::bare("java.util.EmptyStackException"))),
    row("peek", "", |c| {
        c.this_list()?.lock().last().cloned().ok_or_else(|| Thrown::bare("java.util.EmptyStackException"))
    }),
    row("empty", "", |c| ok(c.this_list()?.is_empty())),
];

fn get(list: &Value, at: i32) -> Outcome {
    match list {
        Value::List(list) => {
            let items = list.lock();
            let at = checked(at, items.len())?;
            Ok(items[at].clone())
        }
        Value::Range(range) => {
            let at = checked(at, range.len())?;
            ok(range.get(at))
        }
        _ => Err(Thrown::bare("java.lang.UnsupportedOperationException")),
    }
}

/// A place inside a list.
///
/// # Errors
/// `IndexOutOfBoundsException`.
pub fn checked(at: i32, length: usize) -> Outcome<usize> {
    usize::try_from(at).ok().filter(|at| *at < length).ok_or_else(|| {
        Thrown::new("java.lang.IndexOutOfBoundsException", format!("Index {at} out of bounds for length {length}"))
    })
}

fn insertion(at: i32, length: usize) -> Outcome<usize> {
    usize::try_from(at)
        .ok()
        .filter(|at| *at <= length)
        .ok_or_else(|| Thrown::new("java.lang.IndexOutOfBoundsException", format!("Index: {at}, Size: {length}")))
}

/// The items from one place to another.
///
/// # Errors
/// `IndexOutOfBoundsException`, `IllegalArgumentException`.
pub fn part(items: &[Value], from: i32, to: i32) -> Outcome<Vec<Value>> {
    let out = |message: String| Err(Thrown::new("java.lang.IndexOutOfBoundsException", message));
    if from < 0 {
        return out(format!("fromIndex = {from}"));
    }
    if to > items.len() as i32 {
        return out(format!("toIndex = {to}"));
    }
    if from > to {
        return Err(illegal_argument(format!("fromIndex({from}) > toIndex({to})")));
    }
    Ok(items[from as usize..to as usize].to_vec())
}

/// Sorts by a comparator, or by the values' own order when it is `null`.
///
/// # Errors
/// `ClassCastException`, or what the comparator throws.
pub fn sorted(machine: &mut Machine<'_>, items: Vec<Value>, comparator: &Value) -> Outcome<Vec<Value>> {
    sort_by(machine, items, &mut |machine, a, b| {
        if comparator.is_null() {
            return machine.compare(a, b);
        }
        let order = machine.call(comparator, &[a.clone(), b.clone()])?;
        Ok(order.to_i64().unwrap_or_default().cmp(&0))
    })
}

/// How two values are compared while sorting.
pub type Compare<'f, 'h> = &'f mut dyn FnMut(&mut Machine<'h>, &Value, &Value) -> Outcome<std::cmp::Ordering>;

/// Sorts stably with a comparison that may fail and need not make sense: a merge sort, because the one of the standard
/// library may panic at such a comparison.
///
/// # Errors
/// The first failure of the comparison.
pub fn sort_by<'h>(machine: &mut Machine<'h>, mut items: Vec<Value>, compare: Compare<'_, 'h>) -> Outcome<Vec<Value>> {
    if items.len() < 2 {
        return Ok(items);
    }
    let right = items.split_off(items.len() / 2);
    let left = sort_by(machine, items, compare)?;
    let right = sort_by(machine, right, compare)?;
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    loop {
        machine.step()?;
        let (Some(a), Some(b)) = (left.peek(), right.peek()) else { break };
        let from_right = compare(machine, a, b)?.is_gt();
        merged.extend(if from_right { right.next() } else { left.next() });
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

impl Call<'_, '_> {
    /// The items of the object, which is a list or something like it.
    ///
    /// # Errors
    /// `ClassCastException`.
    pub fn this_items(&mut self) -> Outcome<Vec<Value>> {
        self.machine.items(self.this)
    }
}
