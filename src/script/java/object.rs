//! `java.lang.Object`, and what every object can do: texts, equality, order, hashes.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt::Write;
use std::sync::Arc;

use crate::java::{double_text, float_text, string_hash};
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::number::integer_hash;
use crate::script::value::Value;

use super::text;

/// `java.lang.Object`.
pub static OBJECT: Static = Static::new(|| Class::new("java.lang.Object").constructors(CONSTRUCTORS).methods(METHODS));

const CONSTRUCTORS: &[Row] = &[new("", |_| Ok(Value::object(Plain)))];

const METHODS: &[Row] = &[
    row("toString", "", |c| ok(c.machine.text(c.this)?)),
    row("equals", "Object", |c| ok(c.machine.equals(c.this, c.arg(0))?)),
    row("hashCode", "", |c| ok(c.machine.hash(c.this)?)),
    row("getClass", "", |c| ok(c.this.class())),
    row("notify", "", |_| Ok(Value::Null)),
    row("notifyAll", "", |_| Ok(Value::Null)),
    row("compareTo", "Object", |c| ok(c.machine.compare(c.this, c.arg(0))? as i32)),
];

/// `new Object()`.
struct Plain;

impl HostObject for Plain {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&OBJECT)
    }
}

/// `equals`, as far as no code of the script is needed for it.
#[must_use]
pub fn equals(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null | Value::Void, other) => other.is_null(),
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Long(a), Value::Long(b)) => a == b,
        (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
        (Value::Decimal(a), Value::Decimal(b)) => a == b,
        (Value::BigInteger(a), Value::BigInteger(b)) => a == b,
        (Value::Char(a), Value::Char(b)) => a == b,
        (Value::Short(a), Value::Short(b)) => a == b,
        (Value::Byte(a), Value::Byte(b)) => a == b,
        (Value::Class(a), Value::Class(b)) => a == b,
        (Value::List(_) | Value::Range(_), Value::List(_) | Value::Range(_)) => {
            let (a, b) = (plain_items(a), plain_items(b));
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| equals(a, b))
        }
        (Value::Set(a), Value::Set(b)) => {
            Arc::ptr_eq(a, b) || (a.len() == b.len() && a.keys().iter().all(|key| b.contains(key)))
        }
        (Value::Map(a), Value::Map(b)) => {
            let has = |key: &Value, value: &Value| b.get(key).is_some_and(|other| equals(value, &other));
            Arc::ptr_eq(a, b) || (a.len() == b.len() && a.pairs().iter().all(|(key, value)| has(key, value)))
        }
        (Value::GString(a), Value::GString(b)) => {
            Arc::ptr_eq(a, b)
                || (a.texts == b.texts
                    && a.values.len() == b.values.len()
                    && a.values.iter().zip(&b.values).all(|(a, b)| equals(a, b)))
        }
        (Value::Object(a), other) => is_same(a, other) || a.equals(other),
        (Value::Array(_) | Value::Closure(_), _) => a.is_same(b),
        _ => false,
    }
}

fn is_same(a: &Arc<dyn HostObject>, b: &Value) -> bool {
    matches!(b, Value::Object(b) if std::ptr::addr_eq(Arc::as_ptr(a), Arc::as_ptr(b)))
}

fn plain_items(value: &Value) -> Vec<Value> {
    match value {
        Value::List(list) => list.items(),
        Value::Range(range) => range.items(),
        _ => Vec::new(),
    }
}

/// `hashCode`, as far as no code of the script is needed for it.
#[must_use]
pub fn hash(value: &Value) -> i32 {
    let long = |number: i64| (number ^ (number as u64 >> 32) as i64) as i32;
    let of_items =
        |items: &[Value]| items.iter().fold(1_i32, |sum, item| sum.wrapping_mul(31).wrapping_add(hash(item)));
    match value {
        Value::Null | Value::Void => 0,
        Value::Bool(truth) => {
            if *truth {
                1231
            } else {
                1237
            }
        }
        Value::Byte(number) => i32::from(*number),
        Value::Short(number) => i32::from(*number),
        Value::Char(unit) => i32::from(*unit),
        Value::Int(number) => *number,
        Value::Long(number) => long(*number),
        Value::Float(number) => number.to_bits() as i32,
        Value::Double(number) => long(number.to_bits() as i64),
        Value::BigInteger(number) => integer_hash(number),
        Value::Decimal(number) => number.hash_code(),
        Value::Str(text) => string_hash(text),
        Value::List(_) | Value::Range(_) => of_items(&plain_items(value)),
        Value::Set(set) => set.keys().iter().fold(0, |sum, key| sum.wrapping_add(hash(key))),
        Value::Map(map) => map.pairs().iter().fold(0, |sum, (key, value)| sum.wrapping_add(hash(key) ^ hash(value))),
        Value::Class(class) => string_hash(&class.name()),
        Value::Object(object) => object.hash().unwrap_or_else(|| value.identity()),
        other => other.identity(),
    }
}

/// The text of values that need no code of the script for it.
#[must_use]
pub fn plain_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".into(),
        Value::Void => "void".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Byte(number) => number.to_string(),
        Value::Short(number) => number.to_string(),
        Value::Char(unit) => text::from_unit(*unit),
        Value::Int(number) => itoa::Buffer::new().format(*number).to_owned(),
        Value::Long(number) => itoa::Buffer::new().format(*number).to_owned(),
        Value::Float(number) => float_text(*number),
        Value::Double(number) => double_text(*number),
        Value::BigInteger(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Str(text) => text.to_string(),
        Value::Class(class) => class_text(class),
        Value::Object(object) => object.plain_text()?,
        Value::Array(array) => format!("{}@{:x}", array.class().name(), value.identity()),
        _ => return None,
    })
}

fn class_text(class: &ClassRef) -> String {
    match class {
        ClassRef::Java(class) if super::primitive::code(class.name).is_some() || class.name == "void" => {
            class.name.into()
        }
        ClassRef::Java(class) if class.is_interface => format!("interface {}", class.name),
        ClassRef::Script(class) if class.is_interface() => format!("interface {}", class.name()),
        other => format!("class {}", other.name()),
    }
}

/// `-1`, `0` or `1` for values of one kind; `None` when they cannot be compared.
#[must_use]
pub fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    Some(match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Str(a), Value::Str(b)) => text::compare(a, b).cmp(&0),
        (Value::Char(a), Value::Char(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Object(object), other) => return object.compare(other),
        (a, b) if a.is_number() && b.is_number() => compare_numbers(a, b),
        _ => return None,
    })
}

/// Compares numbers of any types by value.
#[must_use]
pub fn compare_numbers(a: &Value, b: &Value) -> Ordering {
    let is_float = |value: &Value| matches!(value, Value::Double(_) | Value::Float(_));
    if is_float(a) || is_float(b) {
        let (a, b) = (a.to_f64().unwrap_or_default(), b.to_f64().unwrap_or_default());
        // `Double.compare`, but with 0.0 == -0.0, as Groovy's numbers have it.
        return a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()));
    }
    let is_small = |value: &Value| !matches!(value, Value::Decimal(_) | Value::BigInteger(_));
    if is_small(a) && is_small(b) {
        return a.to_i64().cmp(&b.to_i64());
    }
    match (a.to_decimal(), b.to_decimal()) {
        (Some(a), Some(b)) => a.compare(&b),
        _ => Ordering::Equal,
    }
}

impl Machine<'_> {
    /// `String.valueOf`: Java's text of a value. Lists print `[1, a]`, maps `{k=v}`.
    ///
    /// # Errors
    /// What a `toString` of the script throws.
    pub fn text(&mut self, value: &Value) -> Outcome<Arc<str>> {
        match value {
            Value::Str(text) => Ok(text.clone()),
            other => {
                let mut out = String::new();
                self.write(other, &mut out)?;
                Ok(out.into())
            }
        }
    }

    /// Appends Java's text of a value.
    ///
    /// # Errors
    /// What a `toString` of the script throws.
    pub fn write(&mut self, value: &Value, out: &mut String) -> Outcome<()> {
        match value {
            Value::Str(text) => out.push_str(text),
            Value::Int(number) => out.push_str(itoa::Buffer::new().format(*number)),
            Value::GString(text) => return crate::script::groovy::format::write_gstring(self, text, out),
            Value::List(list) => return self.write_items(value, &list.items(), out),
            Value::Set(set) => return self.write_items(value, &set.keys(), out),
            Value::Range(range) => self.write_range(range, out)?,
            Value::Map(map) => return self.write_map(value, &map.pairs(), out),
            Value::Object(object) => match object.clone().text(self)? {
                Some(text) => out.push_str(&text),
                None => write_identity(value, out),
            },
            other => match plain_text(other) {
                Some(text) => out.push_str(&text),
                None => write_identity(other, out),
            },
        }
        Ok(())
    }

    fn write_range(&mut self, range: &crate::script::collection::Range, out: &mut String) -> Outcome<()> {
        if range.is_empty() {
            return self.write(&range.from, out).and_then(|()| {
                out.push_str("..<");
                self.write(&range.to, out)
            });
        }
        let (first, last) = (range.get(0).unwrap_or_default(), range.get(range.len() - 1).unwrap_or_default());
        self.write(&first, out)?;
        out.push_str("..");
        self.write(&last, out)
    }

    fn write_items(&mut self, whole: &Value, items: &[Value], out: &mut String) -> Outcome<()> {
        self.enter()?;
        out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            if item.is_same(whole) && !matches!(item, Value::Null) {
                out.push_str("(this Collection)");
            } else {
                self.write(item, out)?;
            }
        }
        out.push(']');
        Ok(())
    }

    fn write_map(&mut self, whole: &Value, pairs: &[(Value, Value)], out: &mut String) -> Outcome<()> {
        self.enter()?;
        out.push('{');
        for (at, (key, value)) in pairs.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            self.write(key, out)?;
            out.push('=');
            if matches!(value, Value::Map(_)) && value.is_same(whole) {
                out.push_str("(this Map)");
            } else {
                self.write(value, out)?;
            }
        }
        out.push('}');
        Ok(())
    }

    /// Java's `equals`, which scripts may define.
    ///
    /// # Errors
    /// What that method throws.
    pub fn equals(&mut self, a: &Value, b: &Value) -> Outcome<bool> {
        if let Value::Object(object) = a
            && let Some(outcome) = object.clone().call(self, a, "equals", std::slice::from_ref(b))
        {
            return Ok(matches!(outcome?, Value::Bool(true)));
        }
        Ok(equals(a, b))
    }

    /// Java's `hashCode`, which scripts may define.
    ///
    /// # Errors
    /// What that method throws.
    pub fn hash(&mut self, value: &Value) -> Outcome<i32> {
        if let Value::Object(object) = value
            && let Some(outcome) = object.clone().call(self, value, "hashCode", &[])
        {
            return Ok(outcome?.to_i64().unwrap_or_default() as i32);
        }
        Ok(hash(value))
    }

    /// Java's `compareTo`.
    ///
    /// # Errors
    /// `ClassCastException`, or what a method of the script throws.
    pub fn compare(&mut self, a: &Value, b: &Value) -> Outcome<Ordering> {
        if let Some(order) = compare(a, b) {
            return Ok(order);
        }
        if let (Value::GString(_), _) | (_, Value::GString(_)) = (a, b) {
            return Ok(text::compare(&self.text(a)?, &self.text(b)?).cmp(&0));
        }
        if let Value::Object(object) = a
            && let Some(outcome) = object.clone().call(self, a, "compareTo", std::slice::from_ref(b))
        {
            return Ok(outcome?.to_i64().unwrap_or_default().cmp(&0));
        }
        if a.is_null() || b.is_null() {
            return Err(Thrown::bare("java.lang.NullPointerException"));
        }
        Err(cannot_cast(a, &b.class().name()))
    }

    /// What a collection holds: what `for (x : values)` runs over.
    ///
    /// # Errors
    /// `IllegalArgumentException` for what is no collection.
    pub fn items(&mut self, value: &Value) -> Outcome<Vec<Value>> {
        Ok(match value {
            Value::List(list) => list.items(),
            Value::Set(set) => set.keys(),
            Value::Array(array) => array.items(),
            Value::Range(range) => range.items(),
            Value::Map(map) => super::map_entry::entries(map),
            Value::Object(object) => match object.clone().items(self) {
                Some(items) => items?,
                None => return Err(cannot_cast(value, "java.lang.Iterable")),
            },
            other => return Err(cannot_cast(other, "java.lang.Iterable")),
        })
    }
}

/// `ClassCastException` with Java's message.
#[must_use]
pub fn cannot_cast(value: &Value, class: &str) -> Thrown {
    let own = value.class().name();
    let place = |name: &str| {
        if name.starts_with("java.") {
            "module java.base of loader 'bootstrap'"
        } else {
            "unnamed module of loader 'app'"
        }
    };
    let where_from = if place(&own) == place(class) {
        format!("{own} and {class} are in {}", place(&own))
    } else {
        format!("{own} is in {}; {class} is in {}", place(&own), place(class))
    };
    Thrown::new("java.lang.ClassCastException", format!("class {own} cannot be cast to class {class} ({where_from})"))
}

fn write_identity(value: &Value, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{}@{:x}", value.class().name(), value.identity());
}

/// The text of an argument for a message: Groovy's, and not too long.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn short_text(machine: &mut Machine<'_>, value: &Value) -> Outcome<String> {
    let mut out = String::new();
    crate::script::groovy::format::write(machine, value, &mut out)?;
    if out.len() > 60
        && let Some((end, _)) = out.char_indices().nth(60)
    {
        out.truncate(end);
        out.push_str("...");
    }
    Ok(out)
}

/// Downcasts an object without a value around it.
#[must_use]
pub fn downcast<T: HostObject>(object: &Arc<dyn HostObject>) -> Option<&T> {
    let any: &dyn Any = &**object;
    any.downcast_ref()
}
