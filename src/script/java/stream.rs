//! `java.util.stream`: streams are lists here, and every step is done at once.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::collection::Map;
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::list::sorted;
use super::optional::Optional;

/// `java.util.stream.Stream`.
pub static STREAM: Static =
    Static::new(|| Class::interface("java.util.stream.Stream").statics(STATICS).methods(METHODS));
/// `java.util.stream.IntStream`.
pub static INT_STREAM: Static = Static::new(|| {
    Class::interface("java.util.stream.IntStream").extends(&[&STREAM]).statics(INT_STATICS).methods(NUMBER_METHODS)
});
/// `java.util.stream.LongStream`.
pub static LONG_STREAM: Static = Static::new(|| {
    Class::interface("java.util.stream.LongStream").extends(&[&STREAM]).statics(INT_STATICS).methods(NUMBER_METHODS)
});
/// `java.util.stream.DoubleStream`.
pub static DOUBLE_STREAM: Static =
    Static::new(|| Class::interface("java.util.stream.DoubleStream").extends(&[&STREAM]).methods(NUMBER_METHODS));
/// `java.util.stream.Collectors`.
pub static COLLECTORS: Static = Static::new(|| Class::new("java.util.stream.Collectors").statics(COLLECTOR_STATICS));
/// What `Collectors` makes.
pub static COLLECTOR: Static = Static::new(|| Class::interface("java.util.stream.Collector"));

/// A stream.
struct Stream {
    class: &'static Class,
    items: Vec<Value>,
}

impl HostObject for Stream {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        Some(Ok(self.items.clone()))
    }
}

/// A stream of objects.
#[must_use]
pub fn of(items: Vec<Value>) -> Value {
    Value::object(Stream { class: &STREAM, items })
}

/// A stream of `int`s.
#[must_use]
pub fn of_ints(items: Vec<Value>) -> Value {
    Value::object(Stream { class: &INT_STREAM, items })
}

/// A stream of `double`s.
#[must_use]
pub fn of_doubles(items: Vec<Value>) -> Value {
    Value::object(Stream { class: &DOUBLE_STREAM, items })
}

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Stream> {
    c.this_as::<Stream>()
}

fn again(c: &Call<'_, '_>, items: Vec<Value>) -> Outcome {
    ok(Value::object(Stream { class: own(c)?.class, items }))
}

fn converted(c: &mut Call<'_, '_>, class: &'static Class, convert: fn(&Value) -> Value) -> Outcome {
    let mut items = own(c)?.items.clone();
    for item in &mut items {
        c.machine.step()?;
        *item = convert(&c.machine.call(c.arg(0), std::slice::from_ref(item))?);
    }
    ok(Value::object(Stream { class, items }))
}

fn to_int(value: &Value) -> Value {
    value.to_i64().map(|number| number as i32).into()
}

fn to_long(value: &Value) -> Value {
    value.to_i64().into()
}

fn to_double(value: &Value) -> Value {
    value.to_f64().into()
}

fn holds(c: &mut Call<'_, '_>, item: &Value) -> Outcome<bool> {
    let outcome = c.machine.call(c.arg(0), std::slice::from_ref(item))?;
    match outcome {
        Value::Bool(truth) => Ok(truth),
        Value::Null => Err(Thrown::bare("java.lang.NullPointerException")),
        other => Err(super::object::cannot_cast(&other, "java.lang.Boolean")),
    }
}

const STATICS: &[Row] = &[
    row("of", "Object...", |c| ok(of(c.rest(0)))),
    row("empty", "", |_| ok(of(Vec::new()))),
    row("iterate", "Object, Function", |c| {
        let mut items = vec![c.arg(0).clone()];
        // Nothing tells how many are wanted: as many as anybody would take.
        while items.len() < 10_000 {
            let next = c.machine.call(c.arg(1), &items[items.len() - 1..])?;
            items.push(next);
        }
        ok(of(items))
    }),
];

const INT_STATICS: &[Row] = &[
    row("range", "int, int", |c| ok(of_ints((c.int(0)..c.int(1)).map(Value::Int).collect()))),
    row("rangeClosed", "int, int", |c| ok(of_ints((c.int(0)..=c.int(1)).map(Value::Int).collect()))),
    row("of", "int...", |c| ok(of_ints(c.rest(0)))),
];

const METHODS: &[Row] = &[
    row("map", "Function", |c| {
        let mut items = own(c)?.items.clone();
        for item in &mut items {
            c.machine.step()?;
            *item = c.machine.call(c.arg(0), std::slice::from_ref(item))?;
        }
        again(c, items)
    }),
    row("mapToInt", "Function", |c| converted(c, &INT_STREAM, to_int)),
    row("mapToLong", "Function", |c| converted(c, &LONG_STREAM, to_long)),
    row("mapToDouble", "Function", |c| converted(c, &DOUBLE_STREAM, to_double)),
    row("mapToObj", "Function", |c| converted(c, &STREAM, Value::clone)),
    row("boxed", "", |c| ok(of(own(c)?.items.clone()))),
    row("filter", "Function", |c| {
        let mut kept = Vec::new();
        for item in &own(c)?.items {
            if holds(c, item)? {
                kept.push(item.clone());
            }
        }
        again(c, kept)
    }),
    row("flatMap", "Function", |c| {
        let mut flat = Vec::new();
        for item in &own(c)?.items {
            let inner = c.machine.call(c.arg(0), std::slice::from_ref(item))?;
            flat.extend(c.machine.items(&inner)?);
        }
        again(c, flat)
    }),
    row("peek", "Function", |c| {
        for item in &own(c)?.items {
            c.machine.call(c.arg(0), std::slice::from_ref(item))?;
        }
        c.this_again()
    }),
    row("distinct", "", |c| {
        let mut kept: Vec<Value> = Vec::new();
        for item in &own(c)?.items {
            if super::collection::position(c.machine, &kept, item)?.is_none() {
                kept.push(item.clone());
            }
        }
        again(c, kept)
    }),
    row("sorted", "Function?", |c| {
        let sorted = sorted(c.machine, own(c)?.items.clone(), c.arg(0))?;
        again(c, sorted)
    }),
    row("limit", "long", |c| again(c, own(c)?.items.iter().take(c.long(0).max(0) as usize).cloned().collect())),
    row("skip", "long", |c| again(c, own(c)?.items.iter().skip(c.long(0).max(0) as usize).cloned().collect())),
    row("parallel", "", |c| c.this_again()),
    row("sequential", "", |c| c.this_again()),
    row("unordered", "", |c| c.this_again()),
    row("forEach", "Function", |c| {
        for item in &own(c)?.items {
            c.machine.call(c.arg(0), std::slice::from_ref(item))?;
        }
        Ok(Value::Null)
    }),
    row("forEachOrdered", "Function", |c| {
        for item in &own(c)?.items {
            c.machine.call(c.arg(0), std::slice::from_ref(item))?;
        }
        Ok(Value::Null)
    }),
    row("count", "", |c| ok(own(c)?.items.len() as i64)),
    row("toList", "", |c| ok(own(c)?.items.clone())),
    row("toArray", "Object?", |c| {
        let stream = own(c)?;
        let component = match stream.class.simple_name() {
            "IntStream" => ClassRef::Java(&super::primitive::INT),
            "LongStream" => ClassRef::Java(&super::primitive::LONG),
            "DoubleStream" => ClassRef::Java(&super::primitive::DOUBLE),
            _ => ClassRef::Java(&super::object::OBJECT),
        };
        ok(Value::Array(Arc::new(crate::script::collection::Array::of(component, stream.items.clone()))))
    }),
    row("collect", "Object", |c| match c.arg(0).downcast::<Collector>() {
        Some(collector) => collector.collect(c.machine, &own(c)?.items),
        None => Err(Thrown::bare("java.lang.NullPointerException")),
    }),
    row("anyMatch", "Function", |c| {
        for item in &own(c)?.items {
            if holds(c, item)? {
                return ok(true);
            }
        }
        ok(false)
    }),
    row("allMatch", "Function", |c| {
        for item in &own(c)?.items {
            if !holds(c, item)? {
                return ok(false);
            }
        }
        ok(true)
    }),
    row("noneMatch", "Function", |c| {
        for item in &own(c)?.items {
            if holds(c, item)? {
                return ok(false);
            }
        }
        ok(true)
    }),
    row("findFirst", "", |c| ok(Value::object(Optional(own(c)?.items.first().cloned())))),
    row("findAny", "", |c| ok(Value::object(Optional(own(c)?.items.first().cloned())))),
    row("reduce", "Object, Function", |c| {
        let mut sum = c.arg(0).clone();
        for item in &own(c)?.items {
            sum = c.machine.call(c.arg(1), &[sum, item.clone()])?;
        }
        Ok(sum)
    }),
    row("reduce", "Function", |c| {
        let mut sum: Option<Value> = None;
        for item in &own(c)?.items {
            sum = Some(match sum {
                Some(sum) => c.machine.call(c.arg(0), &[sum, item.clone()])?,
                None => item.clone(),
            });
        }
        ok(Value::object(Optional(sum)))
    }),
    row("max", "Function?", |c| extreme(c, Ordering::Greater)),
    row("min", "Function?", |c| extreme(c, Ordering::Less)),
];

const NUMBER_METHODS: &[Row] = &[
    row("sum", "", |c| {
        let stream = own(c)?;
        let whole = || stream.items.iter().filter_map(Value::to_i64).fold(0_i64, i64::wrapping_add);
        match stream.class.simple_name() {
            "IntStream" => ok(whole() as i32),
            "LongStream" => ok(whole()),
            _ => ok(stream.items.iter().filter_map(Value::to_f64).sum::<f64>()),
        }
    }),
    row("average", "", |c| {
        let items = &own(c)?.items;
        let sum: f64 = items.iter().filter_map(Value::to_f64).sum();
        ok(Value::object(Optional((!items.is_empty()).then(|| Value::Double(sum / items.len() as f64)))))
    }),
    row("asDoubleStream", "", |c| ok(of_doubles(own(c)?.items.iter().map(to_double).collect()))),
];

fn extreme(c: &mut Call<'_, '_>, wanted: Ordering) -> Outcome {
    let mut best: Option<Value> = None;
    for item in &own(c)?.items {
        let better = match &best {
            None => true,
            Some(best) if c.count() == 0 => c.machine.compare(item, best)? == wanted,
            Some(best) => {
                let order = c.machine.call(c.arg(0), &[item.clone(), best.clone()])?;
                order.to_i64().unwrap_or_default().cmp(&0) == wanted
            }
        };
        if better {
            best = Some(item.clone());
        }
    }
    ok(Value::object(Optional(best)))
}

/// What a stream is collected into.
enum Collector {
    List,
    Set,
    Joining(Vec<String>),
    Map(Vec<Value>),
    Grouping(Value, Option<Value>),
    Counting,
}

impl HostObject for Collector {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&COLLECTOR)
    }
}

impl Collector {
    fn collect(&self, machine: &mut Machine<'_>, items: &[Value]) -> Outcome {
        match self {
            Self::List => ok(items.to_vec()),
            Self::Set => {
                super::set::of(machine, &super::set::HASH_SET, crate::script::collection::Order::Hash, items.to_vec())
            }
            Self::Counting => ok(items.len() as i64),
            Self::Joining(parts) => {
                let part = |at: usize| parts.get(at).map_or("", String::as_str);
                let joined = super::string::join(machine, items, part(0))?;
                ok(format!("{}{joined}{}", part(1), part(2)))
            }
            Self::Map(functions) => {
                let map = Map::of(&super::map::HASH_MAP, crate::script::collection::Order::Hash);
                for item in items {
                    let key = machine.call(&functions[0], std::slice::from_ref(item))?;
                    let value = machine.call(&functions[1], std::slice::from_ref(item))?;
                    let value = match (map.get(&key), functions.get(2)) {
                        (Some(old), Some(merge)) => machine.call(merge, &[old, value])?,
                        (Some(_), None) => {
                            let key = machine.text(&key)?;
                            return Err(Thrown::new("java.lang.IllegalStateException", format!("Duplicate key {key}")));
                        }
                        (None, _) => value,
                    };
                    map.put(machine, key, value)?;
                }
                ok(Value::Map(Arc::new(map)))
            }
            Self::Grouping(key, inner) => {
                let groups = Map::new();
                for item in items {
                    let key = machine.call(key, std::slice::from_ref(item))?;
                    let mut group = match groups.get(&key) {
                        Some(Value::List(list)) => list.items(),
                        _ => Vec::new(),
                    };
                    group.push(item.clone());
                    groups.put(machine, key, group.into())?;
                }
                let map = Map::of(&super::map::HASH_MAP, crate::script::collection::Order::Hash);
                for (key, group) in groups.pairs() {
                    let value = match inner.as_ref().and_then(|inner| inner.downcast::<Self>()) {
                        Some(inner) => {
                            let group = machine.items(&group)?;
                            inner.collect(machine, &group)?
                        }
                        None => group,
                    };
                    map.put(machine, key, value)?;
                }
                ok(Value::Map(Arc::new(map)))
            }
        }
    }
}

const COLLECTOR_STATICS: &[Row] = &[
    row("toList", "", |_| ok(Value::object(Collector::List))),
    row("toUnmodifiableList", "", |_| ok(Value::object(Collector::List))),
    row("toSet", "", |_| ok(Value::object(Collector::Set))),
    row("counting", "", |_| ok(Value::object(Collector::Counting))),
    row("joining", "CharSequence?, CharSequence?, CharSequence?", |c| {
        let parts = c.args.iter().map(|part| part.as_str().to_string()).collect();
        ok(Value::object(Collector::Joining(parts)))
    }),
    row("toMap", "Function, Function, Function?", |c| ok(Value::object(Collector::Map(c.args.to_vec())))),
    row("groupingBy", "Function, Object?", |c| {
        ok(Value::object(Collector::Grouping(c.arg(0).clone(), c.args.get(1).cloned())))
    }),
];
