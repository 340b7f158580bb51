//! `java.util.Collections`, `Arrays` and `Objects`: static helpers.

use std::sync::Arc;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::collection::{Array, List, Map, Rule};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

use super::array::own;
use super::list::{self, sorted};
use super::random::{Random, shuffle};

/// `java.util.Collections`.
pub static COLLECTIONS: Static = Static::new(|| Class::new("java.util.Collections").statics(COLLECTIONS_STATICS));
/// `java.util.Arrays`.
pub static ARRAYS: Static = Static::new(|| Class::new("java.util.Arrays").statics(ARRAYS_STATICS));
/// `java.util.Objects`.
pub static OBJECTS: Static = Static::new(|| Class::new("java.util.Objects").statics(OBJECTS_STATICS));

const COLLECTIONS_STATICS: &[Row] = &[
    row("emptyList", "", |_| ok(Value::List(List::of(&list::EMPTY_LIST, Rule::ReadOnly, Vec::new()).into()))),
    row("emptyMap", "", |_| ok(Value::Map(Arc::new(Map::new().frozen())))),
    row("emptySet", "", |_| ok(Value::Set(Arc::new(Map::new().with_class(&super::set::UNMODIFIABLE_SET).frozen())))),
    row("singletonList", "Object", |c| {
        ok(Value::List(List::of(&list::SINGLETON_LIST, Rule::ReadOnly, vec![c.arg(0).clone()]).into()))
    }),
    row("singleton", "Object", |c| {
        let set = Map::with([(c.arg(0).clone(), Value::Null)]);
        ok(Value::Set(Arc::new(set.with_class(&super::set::UNMODIFIABLE_SET).frozen())))
    }),
    row("singletonMap", "Object, Object", |c| {
        ok(Value::Map(Arc::new(Map::with([(c.arg(0).clone(), c.arg(1).clone())]).frozen())))
    }),
    row("nCopies", "int, Object", |c| {
        let count = c.int(0).max(0) as usize;
        crate::script::machine::check_size(count * 24)?;
        ok(Value::List(List::of(&list::COPIES_LIST, Rule::ReadOnly, vec![c.arg(1).clone(); count]).into()))
    }),
    row("unmodifiableList", "Iterable", |c| {
        let items = c.items(0)?;
        ok(Value::List(List::of(&list::UNMODIFIABLE_LIST, Rule::ReadOnly, items).into()))
    }),
    row("unmodifiableCollection", "Iterable", |c| {
        let items = c.items(0)?;
        ok(Value::List(List::of(&list::UNMODIFIABLE_LIST, Rule::ReadOnly, items).into()))
    }),
    row("unmodifiableMap", "Map", |c| read_only_map(c, &super::map::UNMODIFIABLE_MAP)),
    row("unmodifiableSet", "Set", |c| match c.arg(0) {
        Value::Set(set) => {
            ok(Value::Set(Arc::new(super::map::copy(set).with_class(&super::set::UNMODIFIABLE_SET).frozen())))
        }
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }),
    row("synchronizedList", "List", |c| {
        let items = c.items(0)?;
        ok(Value::List(List::of(&list::SYNCHRONIZED_LIST, Rule::Free, items).into()))
    }),
    row("synchronizedMap", "Map", |c| match c.arg(0) {
        Value::Map(map) => ok(Value::Map(Arc::new(super::map::copy(map).with_class(&super::map::SYNCHRONIZED_MAP)))),
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }),
    row("synchronizedSet", "Set", |c| Ok(c.arg(0).clone())),
    row("newSetFromMap", "Map", |_| {
        ok(super::set::empty(&super::set::HASH_SET, crate::script::collection::Order::Hash))
    }),
    row("sort", "List, Function?", |c| {
        let items = c.items(0)?;
        let sorted = sorted(c.machine, items, c.arg(1))?;
        replace(c, sorted)
    }),
    row("reverse", "List", |c| {
        let mut items = c.items(0)?;
        items.reverse();
        replace(c, items)
    }),
    row("shuffle", "List, Object?", |c| {
        let mut items = c.items(0)?;
        shuffle(c.machine, &mut items, c.arg(1).downcast::<Random>());
        replace(c, items)
    }),
    row("swap", "List, int, int", |c| {
        let mut items = c.items(0)?;
        let (a, b) = (list::checked(c.int(1), items.len())?, list::checked(c.int(2), items.len())?);
        items.swap(a, b);
        replace(c, items)
    }),
    row("rotate", "List, int", |c| {
        let mut items = c.items(0)?;
        if !items.is_empty() {
            let by = c.int(1).rem_euclid(items.len() as i32) as usize;
            items.rotate_right(by);
        }
        replace(c, items)
    }),
    row("fill", "List, Object", |c| {
        let count = c.items(0)?.len();
        replace(c, vec![c.arg(1).clone(); count])
    }),
    row("max", "Iterable, Function?", |c| extreme(c, true)),
    row("min", "Iterable, Function?", |c| extreme(c, false)),
    row("frequency", "Iterable, Object", |c| {
        let mut count = 0;
        for item in c.items(0)? {
            count += i32::from(c.machine.equals(&item, c.arg(1))?);
        }
        ok(count)
    }),
    row("addAll", "Collection, Object...", |c| {
        let items = c.rest(1);
        c.machine.invoke(c.arg(0), "addAll", &[items.into()])
    }),
    row("reverseOrder", "", |_| {
        ok(Value::object(super::comparator::Reversed(Value::object(super::comparator::Natural))))
    }),
    row("reverseOrder", "Function", |c| ok(Value::object(super::comparator::Reversed(c.arg(0).clone())))),
    row("disjoint", "Iterable, Iterable", |c| {
        let (left, right) = (c.items(0)?, c.items(1)?);
        for item in &left {
            if super::collection::position(c.machine, &right, item)?.is_some() {
                return ok(false);
            }
        }
        ok(true)
    }),
    row("binarySearch", "List, Object", |c| {
        let items = c.items(0)?;
        search(c, &items)
    }),
    row("enumeration", "Iterable", |c| {
        let items = c.items(0)?;
        ok(Value::object(super::iterator::Iterator::over(items, Value::Null)))
    }),
];

const ARRAYS_STATICS: &[Row] = &[
    row("asList", "Object...", |c| ok(Value::List(List::of(&list::ARRAYS_LIST, Rule::FixedLength, c.rest(0)).into()))),
    row("toString", "Object", |c| match c.arg(0) {
        Value::Null => ok("null"),
        array => {
            let items = own(array)?.items();
            ok(format!("[{}]", super::string::join(c.machine, &items, ", ")?))
        }
    }),
    row("deepToString", "Object", |c| {
        let text = deep_text(c, own(&c.args[0])?)?;
        ok(text)
    }),
    row("sort", "Array, Function?", |c| {
        let array = own(c.arg(0))?;
        let sorted = sorted(c.machine, array.items(), c.arg(1))?;
        array.replace(sorted);
        Ok(Value::Null)
    }),
    row("sort", "Array, int, int", |c| {
        let array = own(c.arg(0))?;
        let mut items = array.items();
        let part = list::part(&items, c.int(1), c.int(2))?;
        let sorted = sorted(c.machine, part, &Value::Null)?;
        items.splice(c.int(1) as usize..c.int(2) as usize, sorted);
        array.replace(items);
        Ok(Value::Null)
    }),
    row("fill", "Array, Object", |c| {
        let array = own(c.arg(0))?;
        let item = super::super::groovy::cast::to(c.machine, c.arg(1), array.component())?;
        array.replace(vec![item; array.len()]);
        Ok(Value::Null)
    }),
    row("equals", "Object, Object", |c| match (c.arg(0), c.arg(1)) {
        (Value::Array(a), Value::Array(b)) => ok(super::object::equals(&a.items().into(), &b.items().into())),
        (a, b) => ok(a.is_null() && b.is_null()),
    }),
    row("hashCode", "Object", |c| ok(super::object::hash(&Value::from(own(c.arg(0))?.items())))),
    row("copyOf", "Array, int", |c| copied(c, 0, c.int(1))),
    row("copyOfRange", "Array, int, int", |c| copied(c, c.int(1), c.int(2))),
    row("stream", "Array", |c| {
        let array = own(c.arg(0))?;
        ok(match &*array.component().name() {
            "int" => super::stream::of_ints(array.items()),
            "double" => super::stream::of_doubles(array.items()),
            _ => super::stream::of(array.items()),
        })
    }),
    row("binarySearch", "Array, Object", |c| {
        let items = own(c.arg(0))?.items();
        search(c, &items)
    }),
];

const OBJECTS_STATICS: &[Row] = &[
    row("equals", "Object, Object", |c| ok(c.machine.equals(c.arg(0), c.arg(1))?)),
    row("hash", "Object...", |c| ok(super::object::hash(&Value::from(c.rest(0))))),
    row("hashCode", "Object", |c| ok(c.machine.hash(c.arg(0))?)),
    row("toString", "Object", |c| ok(c.text_of(0)?)),
    row("toString", "Object, String", |c| if c.arg(0).is_null() { Ok(c.arg(1).clone()) } else { ok(c.text_of(0)?) }),
    row("isNull", "Object", |c| ok(c.arg(0).is_null())),
    row("nonNull", "Object", |c| ok(!c.arg(0).is_null())),
    row("requireNonNull", "Object, String?", |c| match (c.arg(0), c.text_or_null(1)) {
        (Value::Null, Some(message)) => Err(crate::script::machine::null_pointer(message.to_string())),
        (Value::Null, None) => Err(Thrown::bare("java.lang.NullPointerException")),
        (value, _) => Ok(value.clone()),
    }),
    row("requireNonNullElse", "Object, Object", |c| Ok(if c.arg(0).is_null() { c.arg(1) } else { c.arg(0) }.clone())),
];

fn read_only_map(c: &Call<'_, '_>, class: &'static Class) -> Outcome {
    match c.arg(0) {
        Value::Map(map) => ok(Value::Map(Arc::new(super::map::copy(map).with_class(class).frozen()))),
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }
}

fn replace(c: &Call<'_, '_>, items: Vec<Value>) -> Outcome {
    if let Value::List(list) = c.arg(0) {
        *list.change()? = items;
    }
    Ok(Value::Null)
}

fn extreme(c: &mut Call<'_, '_>, largest: bool) -> Outcome {
    let mut best: Option<Value> = None;
    for item in c.items(0)? {
        let order = match &best {
            None => std::cmp::Ordering::Greater,
            Some(best) if c.count() == 1 => c.machine.compare(&item, best)?,
            Some(best) => c.invoke(1, &[item.clone(), best.clone()])?.to_i64().unwrap_or_default().cmp(&0),
        };
        if best.is_none() || if largest { order.is_gt() } else { order.is_lt() } {
            best = Some(item);
        }
    }
    best.ok_or_else(|| Thrown::bare("java.util.NoSuchElementException"))
}

fn search(c: &mut Call<'_, '_>, items: &[Value]) -> Outcome {
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match c.machine.compare(&items[middle], c.arg(1))? {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return ok(middle as i32),
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    ok(-(low as i32) - 1)
}

fn copied(c: &Call<'_, '_>, from: i32, to: i32) -> Outcome {
    let array = own(c.arg(0))?;
    let length = to - from;
    if length < 0 {
        return Err(Thrown::new("java.lang.NegativeArraySizeException", length.to_string()));
    }
    let component: ClassRef = array.component().clone();
    let mut items: Vec<_> = array.items().into_iter().skip(from.max(0) as usize).take(length as usize).collect();
    items.resize(length as usize, super::primitive::default(&component));
    ok(Value::Array(Arc::new(Array::of(component, items))))
}

fn deep_text(c: &mut Call<'_, '_>, array: &Array) -> Outcome<String> {
    let mut parts = Vec::new();
    for item in array.items() {
        parts.push(match &item {
            Value::Array(inner) => deep_text(c, inner)?,
            other => c.machine.text(other)?.to_string(),
        });
    }
    Ok(format!("[{}]", parts.join(", ")))
}
