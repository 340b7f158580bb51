//! `java.lang.StringBuilder` and `StringBuffer`.

use parking_lot::Mutex;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, check_size, ok};
use crate::script::value::Value;

use super::string::{CHAR_SEQUENCE, COMPARABLE};
use super::text;

/// `java.lang.StringBuilder`.
pub static STRING_BUILDER: Static = Static::new(|| {
    Class::new("java.lang.StringBuilder").extends(&[&CHAR_SEQUENCE, &COMPARABLE]).constructors(NEW).methods(METHODS)
});
/// `java.lang.StringBuffer`.
pub static STRING_BUFFER: Static = Static::new(|| {
    Class::new("java.lang.StringBuffer").extends(&[&CHAR_SEQUENCE, &COMPARABLE]).constructors(NEW).methods(METHODS)
});

/// A text that grows.
pub struct Builder {
    class: &'static Class,
    text: Mutex<String>,
}

impl Builder {
    /// A `StringBuffer` of a text.
    #[must_use]
    pub fn buffer(text: &str) -> Self {
        Self { class: &STRING_BUFFER, text: Mutex::new(text.to_owned()) }
    }

    /// A `StringBuilder` of a text.
    #[must_use]
    pub fn of(text: String) -> Self {
        Self { class: &STRING_BUILDER, text: Mutex::new(text) }
    }

    /// Appends a text.
    ///
    /// # Errors
    /// `OutOfMemoryError`.
    pub fn push(&self, new: &str) -> Outcome<()> {
        let mut text = self.text.lock();
        check_size(text.len() + new.len())?;
        text.push_str(new);
        Ok(())
    }

    /// Replaces the units from one place to another.
    ///
    /// # Errors
    /// `StringIndexOutOfBoundsException`.
    fn splice(&self, from: i32, to: i32, new: &str) -> Outcome<()> {
        let mut text = self.text.lock();
        let length = text::length(&text) as i32;
        let to = to.min(length);
        if from < 0 || from > length || from > to {
            return Err(Thrown::new(
                "java.lang.StringIndexOutOfBoundsException",
                format!("start {from}, end {to}, length {length}"),
            ));
        }
        let (head, tail) = (text::part(&text, 0, from as usize), text::part(&text, to as usize, length as usize));
        *text = [&head, new, &tail].concat();
        Ok(())
    }
}

impl HostObject for Builder {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.text.lock().clone())
    }

    fn compare(&self, other: &Value) -> Option<std::cmp::Ordering> {
        let other = other.downcast::<Self>()?.text.lock().clone();
        Some(text::compare(&self.text.lock(), &other).cmp(&0))
    }
}

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Builder> {
    c.this_as::<Builder>()
}

const NEW: &[Row] = &[
    new("", |c| made(c, String::new())),
    new("int", |c| made(c, String::new())),
    new("CharSequence", |c| {
        let text = c.text_of(0)?.to_string();
        made(c, text)
    }),
];

fn made(c: &Call<'_, '_>, text: String) -> Outcome {
    let class: &'static Class = match c.this {
        Value::Class(class) => class.java(),
        _ => &STRING_BUILDER,
    };
    ok(Value::object(Builder { class, text: Mutex::new(text) }))
}

const METHODS: &[Row] = &[
    row("append", "Object", |c| {
        match c.arg(0) {
            Value::Str(text) => own(c)?.push(text)?,
            Value::Array(array) if array.is_chars() => {
                let units: Vec<_> = array.items().iter().map(|unit| unit.to_i64().unwrap_or_default() as u16).collect();
                own(c)?.push(&text::from_units(&units))?;
            }
            _ => {
                let text = c.text_of(0)?;
                own(c)?.push(&text)?;
            }
        }
        c.this_again()
    }),
    row("append", "CharSequence, int, int", |c| {
        let part = super::string::substring(c.text(0)?, c.int(1), c.int(2))?;
        own(c)?.push(&part)?;
        c.this_again()
    }),
    row("appendCodePoint", "int", |c| {
        own(c)?.push(&char::from_u32(c.int(0) as u32).unwrap_or('\u{fffd}').to_string())?;
        c.this_again()
    }),
    row("insert", "int, Object", |c| {
        let text = c.text_of(1)?;
        own(c)?.splice(c.int(0), c.int(0), &text)?;
        c.this_again()
    }),
    row("delete", "int, int", |c| {
        own(c)?.splice(c.int(0), c.int(1), "")?;
        c.this_again()
    }),
    row("deleteCharAt", "int", |c| {
        let (at, length) = (c.int(0), text::length(&own(c)?.text.lock()) as i32);
        if at < 0 || at >= length {
            return Err(Thrown::new(
                "java.lang.StringIndexOutOfBoundsException",
                format!("index {at},length {length}"),
            ));
        }
        own(c)?.splice(at, at + 1, "")?;
        c.this_again()
    }),
    row("replace", "int, int, String", |c| {
        own(c)?.splice(c.int(0), c.int(1), c.text(2)?)?;
        c.this_again()
    }),
    row("setCharAt", "int, char", |c| {
        let (at, length) = (c.int(0), text::length(&own(c)?.text.lock()) as i32);
        if at < 0 || at >= length {
            return Err(Thrown::new(
                "java.lang.StringIndexOutOfBoundsException",
                format!("index {at},length {length}"),
            ));
        }
        own(c)?.splice(at, at + 1, &text::from_unit(c.unit(1)))?;
        Ok(Value::Null)
    }),
    row("setLength", "int", |c| {
        let builder = own(c)?;
        let length = text::length(&builder.text.lock());
        let wanted = c.int(0).max(0) as usize;
        if wanted < length {
            builder.splice(wanted as i32, i32::MAX, "")?;
        } else {
            check_size(wanted)?;
            builder.push(&"\0".repeat(wanted - length))?;
        }
        Ok(Value::Null)
    }),
    row("reverse", "", |c| {
        let builder = own(c)?;
        let reversed = builder.text.lock().chars().rev().collect();
        *builder.text.lock() = reversed;
        c.this_again()
    }),
    row("length", "", |c| ok(text::length(&own(c)?.text.lock()) as i32)),
    row("capacity", "", |c| ok(own(c)?.text.lock().capacity() as i32)),
    row("ensureCapacity", "int", |_| Ok(Value::Null)),
    row("indexOf", "String, int?", |c| {
        let found = text::index_of(&own(c)?.text.lock(), c.text(0)?, c.int_or(1, 0).max(0) as usize);
        ok(found.map_or(-1, |at| at as i32))
    }),
    row("lastIndexOf", "String", |c| {
        let found = text::last_index_of(&own(c)?.text.lock(), c.text(0)?, usize::MAX >> 1);
        ok(found.map_or(-1, |at| at as i32))
    }),
    row("substring", "int, int?", |c| {
        let text = own(c)?.text.lock().clone();
        let end = c.int_or(1, text::length(&text) as i32);
        ok(super::string::substring(&text, c.int(0), end)?)
    }),
    row("toString", "", |c| ok(own(c)?.text.lock().clone())),
];
