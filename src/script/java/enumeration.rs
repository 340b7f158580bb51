//! `java.lang.Enum`: the constants of enumerations of the library.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::java::string_hash;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::collection::Array;
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.lang.Enum`.
pub static ENUM: Static = Static::new(|| Class::new("java.lang.Enum").statics(STATICS).methods(METHODS));

const STATICS: &[Row] = &[row("valueOf", "Class, String", |c| match c.arg(0) {
    Value::Class(class) => c.machine.invoke(&Value::Class(class.clone()), "valueOf", &c.args[1..]),
    _ => Err(Thrown::bare("java.lang.NullPointerException")),
})];

const METHODS: &[Row] = &[
    row("name", "", |c| ok(c.this_as::<Constant>()?.name())),
    row("ordinal", "", |c| ok(c.this_as::<Constant>()?.ordinal as i32)),
    row("getDeclaringClass", "", |c| ok(c.this.class())),
];

/// A constant of an enumeration.
pub struct Constant {
    class: &'static Class,
    ordinal: usize,
}

impl Constant {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.class.enum_names().get(self.ordinal).copied().unwrap_or_default()
    }

    /// Its number, from 0.
    #[must_use]
    pub fn ordinal(&self) -> usize {
        self.ordinal
    }
}

impl HostObject for Constant {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.name().to_owned())
    }

    fn equals(&self, other: &Value) -> bool {
        other
            .downcast::<Self>()
            .is_some_and(|other| std::ptr::eq(self.class, other.class) && self.ordinal == other.ordinal)
    }

    fn hash(&self) -> Option<i32> {
        Some(string_hash(self.name()))
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        other.downcast::<Self>().map(|other| self.ordinal.cmp(&other.ordinal))
    }
}

/// The constant of that number.
#[must_use]
pub fn constant(class: &'static Class, ordinal: usize) -> Value {
    Value::object(Constant { class, ordinal })
}

/// All constants, as `values()` gives them.
#[must_use]
pub fn values(class: &'static Class) -> Value {
    let all = (0..class.enum_names().len()).map(|ordinal| constant(class, ordinal)).collect();
    Value::Array(Arc::new(Array::of(ClassRef::Java(class), all)))
}

/// `values()` and `valueOf(name)`, which every enumeration has.
#[must_use]
pub fn call_static(class: &'static Class, name: &str, args: &[Value]) -> Option<Outcome> {
    match (name, args) {
        ("values", []) => Some(Ok(values(class))),
        ("valueOf", [Value::Str(text)]) => Some(match class.constant(text) {
            Some(value) => Ok(value),
            None => Err(super::super::machine::illegal_argument(format!(
                "No enum constant {}.{text}",
                class.name.replace('$', ".")
            ))),
        }),
        _ => None,
    }
}
