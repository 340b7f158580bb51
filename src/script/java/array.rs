//! What all arrays can do.

use std::sync::Arc;

use crate::script::class::{Class, Row, Static, row};
use crate::script::collection::Array;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// The class behind all arrays.
pub static ARRAY: Static = Static::new(|| Class::new("java.lang.Object[]").methods(METHODS));

const METHODS: &[Row] = &[
    row("getLength", "", |c| ok(own(c.this)?.len() as i32)),
    row("clone", "", |c| {
        let array = own(c.this)?;
        ok(Value::Array(Arc::new(Array::of(array.component().clone(), array.items()))))
    }),
];

/// The array that a value is.
///
/// # Errors
/// `NullPointerException` for anything else.
pub fn own(value: &Value) -> Outcome<&Arc<Array>> {
    match value {
        Value::Array(array) => Ok(array),
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }
}

/// `ArrayIndexOutOfBoundsException`.
#[must_use]
pub fn out_of_bounds(at: i64, length: usize) -> Thrown {
    Thrown::new("java.lang.ArrayIndexOutOfBoundsException", format!("Index {at} out of bounds for length {length}"))
}
