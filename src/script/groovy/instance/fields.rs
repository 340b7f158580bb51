//! The fields of objects, as the code of their classes sees them.

use std::sync::Arc;

use super::Instance;
use crate::script::groovy::definition::as_groovy;
use crate::script::groovy::expando;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

/// `ReadOnlyPropertyException`.
#[must_use]
pub fn read_only(name: &str, class: &str) -> Thrown {
    Thrown::new(
        "groovy.lang.ReadOnlyPropertyException",
        format!("Cannot set readonly property: {name} for class: {class}"),
    )
}

/// A field of an object, whoever asks.
#[must_use]
pub fn field(object: &Value, name: &str) -> Option<Value> {
    object.downcast::<Instance>()?.field(name)
}

/// Puts a value into a field, which has the right type.
pub fn put_field(object: &Value, name: &Arc<str>, value: Value) {
    let Some(instance) = object.downcast::<Instance>() else { return };
    let mut fields = instance.fields.lock();
    match fields.iter_mut().find(|(other, _)| other == name) {
        Some((_, Value::Cell(cell))) => *cell.lock() = value,
        Some((_, slot)) => *slot = value,
        None => fields.push((name.clone(), value)),
    }
}

/// Changes a field from inside the class; `false` when there is none.
///
/// # Errors
/// `GroovyCastException`.
pub fn set_field(machine: &mut Machine<'_>, object: &Value, name: &str, value: Value) -> Outcome<bool> {
    match object {
        Value::Class(class) => match as_groovy(class) {
            Some(class) => class.set_static(machine, name, &value, true),
            None => Ok(false),
        },
        object => {
            let Some(instance) = object.downcast::<Instance>() else { return Ok(false) };
            if let Some((class, at)) = instance.class.field_named(name) {
                let field = &class.definition().fields[at];
                if field.is_static {
                    return class.set_static(machine, name, &value, true);
                }
                let value = field.target.cast(machine, value)?;
                put_field(object, &field.name, value);
                return Ok(true);
            }
            if instance.field(name).is_some() {
                put_field(object, &name.into(), value);
                return Ok(true);
            }
            Ok(false)
        }
    }
}

/// Whether an object of a class of the script has a property of that name.
#[must_use]
pub fn has_property(object: &Value, name: &str) -> bool {
    object.downcast::<Instance>().is_some_and(|instance| instance.field(name).is_some())
}

/// What a name means in the code of a class.
///
/// # Errors
/// What a getter throws.
pub fn own_name(machine: &mut Machine<'_>, this: &Value, name: &str) -> Outcome<Option<Value>> {
    let Some(instance) = this.downcast::<Instance>() else { return Ok(None) };
    if let Some(outcome) = instance.read(machine, this, name) {
        return outcome.map(Some);
    }
    instance.class.static_named(machine, name)
}

/// A closure that an object holds in a field.
///
/// # Errors
/// None of its own.
pub fn closure_named(machine: &mut Machine<'_>, this: &Value, name: &str) -> Outcome<Option<Value>> {
    let value = match this {
        Value::Class(class) => match as_groovy(class) {
            Some(class) => class.static_named(machine, name)?,
            None => None,
        },
        object => match object.downcast::<Instance>() {
            Some(instance) => match instance.field(name) {
                Some(value) => Some(value),
                None => instance.class.static_named(machine, name)?,
            },
            None => expando::closure(object, name),
        },
    };
    Ok(value.filter(|value| matches!(value, Value::Closure(_))))
}
