//! What the body of a method works with.

use std::sync::Arc;

use super::collection::{List, Map};
use super::host::HostObject;
use super::machine::{Machine, Outcome, Thrown, null_pointer};
use super::value::Value;

/// A call of a method: the machine, the object and the arguments, which fit the row's parameters.
pub struct Call<'c, 'h> {
    /// The execution.
    pub machine: &'c mut Machine<'h>,
    /// The object; the class for static methods and constructors.
    pub this: &'c Value,
    /// The arguments.
    pub args: &'c [Value],
}

impl<'c> Call<'c, '_> {
    /// How many arguments there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.args.len()
    }

    /// An argument; `null` when it is missing.
    #[must_use]
    pub fn arg(&self, at: usize) -> &'c Value {
        self.args.get(at).unwrap_or(&Value::Null)
    }

    /// An `int`, `short` or `byte` argument.
    #[must_use]
    pub fn int(&self, at: usize) -> i32 {
        match self.arg(at) {
            Value::Int(number) => *number,
            other => other.to_i64().unwrap_or_default() as i32,
        }
    }

    /// An `int` argument that may be missing.
    #[must_use]
    pub fn int_or(&self, at: usize, default: i32) -> i32 {
        if at < self.args.len() { self.int(at) } else { default }
    }

    /// A `long` argument.
    #[must_use]
    pub fn long(&self, at: usize) -> i64 {
        self.arg(at).to_i64().unwrap_or_default()
    }

    /// A `double` argument.
    #[must_use]
    pub fn double(&self, at: usize) -> f64 {
        self.arg(at).to_f64().unwrap_or_default()
    }

    /// A `boolean` argument.
    #[must_use]
    pub fn bool(&self, at: usize) -> bool {
        matches!(self.arg(at), Value::Bool(true))
    }

    /// A `char` argument.
    #[must_use]
    pub fn unit(&self, at: usize) -> u16 {
        match self.arg(at) {
            Value::Char(unit) => *unit,
            other => other.to_i64().unwrap_or_default() as u16,
        }
    }

    /// A `String` argument.
    ///
    /// # Errors
    /// `NullPointerException` when it is `null`.
    pub fn text(&self, at: usize) -> Outcome<&'c Arc<str>> {
        match self.arg(at) {
            Value::Str(text) => Ok(text),
            _ => Err(Thrown::bare("java.lang.NullPointerException")),
        }
    }

    /// A `String` argument that may be `null` or missing.
    #[must_use]
    pub fn text_or_null(&self, at: usize) -> Option<&'c Arc<str>> {
        match self.arg(at) {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The text of any argument.
    ///
    /// # Errors
    /// What its `toString` throws.
    pub fn text_of(&mut self, at: usize) -> Outcome<Arc<str>> {
        self.machine.text(self.arg(at))
    }

    /// The object's own text.
    ///
    /// # Errors
    /// What its `toString` throws.
    pub fn this_text(&mut self) -> Outcome<Arc<str>> {
        match self.this {
            Value::Str(text) => Ok(text.clone()),
            other => self.machine.text(other),
        }
    }

    /// The arguments from `at` on: what a variable parameter got, or the items of the array in its place.
    #[must_use]
    pub fn rest(&self, at: usize) -> Vec<Value> {
        match self.args.get(at..).unwrap_or_default() {
            [Value::Array(array)] => array.items(),
            rest => rest.to_vec(),
        }
    }

    /// The bytes of a `byte[]` argument.
    ///
    /// # Errors
    /// `NullPointerException` when it is `null`.
    pub fn bytes(&self, at: usize) -> Outcome<Vec<u8>> {
        match self.arg(at) {
            Value::Array(array) => Ok(array.to_bytes()),
            _ => Err(Thrown::bare("java.lang.NullPointerException")),
        }
    }

    /// What a collection argument holds.
    ///
    /// # Errors
    /// `NullPointerException` when it is `null`.
    pub fn items(&mut self, at: usize) -> Outcome<Vec<Value>> {
        match self.arg(at) {
            Value::Null => Err(Thrown::bare("java.lang.NullPointerException")),
            other => self.machine.items(other),
        }
    }

    /// Calls the function that an argument is.
    ///
    /// # Errors
    /// What it throws.
    pub fn invoke(&mut self, at: usize, args: &[Value]) -> Outcome {
        let function = self.arg(at);
        self.machine.call(function, args)
    }

    /// The object as its type.
    ///
    /// # Errors
    /// `NullPointerException`; only when a table is used for objects of another type.
    pub fn this_as<T: HostObject>(&self) -> Outcome<&'c T> {
        self.this.downcast().ok_or_else(|| null_pointer("not such an object"))
    }

    /// An argument as its type.
    ///
    /// # Errors
    /// `NullPointerException` when it is `null` or something else.
    pub fn arg_as<T: HostObject>(&self, at: usize) -> Outcome<&'c T> {
        self.arg(at).downcast().ok_or_else(|| Thrown::bare("java.lang.NullPointerException"))
    }

    /// The list that the object is.
    ///
    /// # Errors
    /// Only when a table is used for objects of another type.
    pub fn this_list(&self) -> Outcome<&'c Arc<List>> {
        match self.this {
            Value::List(list) => Ok(list),
            _ => Err(null_pointer("not a list")),
        }
    }

    /// The map or set that the object is.
    ///
    /// # Errors
    /// Only when a table is used for objects of another type.
    pub fn this_map(&self) -> Outcome<&'c Arc<Map>> {
        match self.this {
            Value::Map(map) | Value::Set(map) => Ok(map),
            _ => Err(null_pointer("not a map")),
        }
    }

    /// The object itself, as a result.
    ///
    /// # Errors
    /// None.
    pub fn this_again(&self) -> Outcome {
        Ok(self.this.clone())
    }
}
