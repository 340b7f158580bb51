//! `object.name`: a variable of a script's object, a field of a class, a property of a bean.

use super::error::mistake;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

/// `object.name`
///
/// # Errors
/// There is none of that name; what a getter throws.
pub fn get_property(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome {
    match object {
        Value::Null => return Err(Thrown::bare("java.lang.NullPointerException")),
        Value::Void => {
            return Err(mistake(format!("Class or variable not found: {name}")));
        }
        Value::Array(array) if name == "length" => return Ok(Value::Int(array.len() as i32)),
        _ => {}
    }
    match machine.property(object, name)? {
        Some(value) => Ok(value),
        None => {
            let text = machine.text(object)?;
            Err(mistake(format!("Cannot access field: {name}, on object: {text}")))
        }
    }
}
