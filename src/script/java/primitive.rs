//! The primitive types: `int.class`, and what arrays are made of.

use crate::script::class::{Class, ClassRef, Static};
use crate::script::value::Value;

/// `boolean`.
pub static BOOLEAN: Static = Static::new(|| Class::new("boolean"));
/// `byte`.
pub static BYTE: Static = Static::new(|| Class::new("byte"));
/// `short`.
pub static SHORT: Static = Static::new(|| Class::new("short"));
/// `char`.
pub static CHAR: Static = Static::new(|| Class::new("char"));
/// `int`.
pub static INT: Static = Static::new(|| Class::new("int"));
/// `long`.
pub static LONG: Static = Static::new(|| Class::new("long"));
/// `float`.
pub static FLOAT: Static = Static::new(|| Class::new("float"));
/// `double`.
pub static DOUBLE: Static = Static::new(|| Class::new("double"));
/// `void`.
pub static VOID: Static = Static::new(|| Class::new("void"));

/// All of them.
pub static ALL: [&Static; 9] = [&BOOLEAN, &BYTE, &SHORT, &CHAR, &INT, &LONG, &FLOAT, &DOUBLE, &VOID];

/// The letter that names the type in `[I`.
#[must_use]
pub fn code(name: &str) -> Option<char> {
    Some(match name {
        "boolean" => 'Z',
        "byte" => 'B',
        "short" => 'S',
        "char" => 'C',
        "int" => 'I',
        "long" => 'J',
        "float" => 'F',
        "double" => 'D',
        _ => return None,
    })
}

/// What a variable or an item of the type holds before anything is put there.
#[must_use]
pub fn default(class: &ClassRef) -> Value {
    match &*class.name() {
        "boolean" => Value::Bool(false),
        "byte" => Value::Byte(0),
        "short" => Value::Short(0),
        "char" => Value::Char(0),
        "int" => Value::Int(0),
        "long" => Value::Long(0),
        "float" => Value::Float(0.0),
        "double" => Value::Double(0.0),
        _ => Value::Null,
    }
}
