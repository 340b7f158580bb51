//! Properties: `object.name`, `object.name = value`.

use std::sync::Arc;

use super::super::closure::Closure;
use super::super::script::ScriptObject;
use crate::script::beanshell;
use crate::script::class::{ClassRef, Dialect};
use crate::script::machine::{Machine, Outcome, Thrown, null_pointer};
use crate::script::value::Value;

/// `MissingPropertyException`.
#[must_use]
pub fn missing_property(name: &str, class: &str) -> Thrown {
    Thrown::new("groovy.lang.MissingPropertyException", format!("No such property: {name} for class: {class}"))
}

fn missing_from(object: &Value, name: &str) -> Thrown {
    match object {
        Value::Class(class) => missing_property(name, &class.name()),
        other => missing_property(name, &other.class().name()),
    }
}

/// `object.name`
///
/// # Errors
/// `MissingPropertyException`, `NullPointerException`, what a getter throws.
pub fn get_property(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome {
    if machine.dialect == Dialect::BeanShell {
        return beanshell::get_property(machine, object, name);
    }
    match object {
        Value::Map(map) => match map.get_text(name) {
            Some(value) => Ok(value),
            None => match &map.default {
                Some(_) => super::invoke(machine, object, "get", &[name.into()]),
                None => Ok(Value::Null),
            },
        },
        Value::Null | Value::Void => Err(null_pointer(format!("Cannot get property '{name}' on null object"))),
        Value::List(_) | Value::Set(_) | Value::Range(_) => of_collection(machine, object, name),
        Value::Array(array) if name == "length" => Ok(Value::Int(array.len() as i32)),
        Value::Closure(_) => of_closure(machine, object, name),
        Value::Object(_) if object.downcast::<ScriptObject>().is_some() => {
            let script = object.downcast::<ScriptObject>();
            let value = script.and_then(|script| script.get(name));
            match value {
                Some(value) => Ok(value),
                None => plain(machine, object, name),
            }
        }
        other => plain(machine, other, name),
    }
}

fn plain(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome {
    if let Some(value) = machine.property(object, name)? {
        return Ok(if let Value::Void = value { Value::Null } else { value });
    }
    if let Some(value) = super::super::category::property(machine, object, name)? {
        return Ok(value);
    }
    match name {
        "metaClass" => Ok(super::super::meta::meta_class(object)),
        "properties" => {
            let pairs = machine.properties_of(object)?;
            Ok(Value::Map(Arc::new(crate::script::collection::Map::with(pairs))))
        }
        _ => Err(missing_from(object, name)),
    }
}

fn of_collection(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome {
    if let Some(value) = machine.property(object, name)? {
        return Ok(value);
    }
    if name == "metaClass" {
        return Ok(super::super::meta::meta_class(object));
    }
    let mut values = Vec::new();
    for item in machine.items(object)? {
        let value = if item.is_null() {
            Value::Null
        } else {
            get_property(machine, &item, name).map_err(|thrown| inside(machine, thrown, object, name))?
        };
        values.push(value);
    }
    Ok(values.into())
}

/// A property that an item of a list does not have.
fn inside(machine: &mut Machine<'_>, thrown: Thrown, object: &Value, name: &str) -> Thrown {
    if !thrown.exception.class().is_a("groovy.lang.MissingPropertyException") {
        return thrown;
    }
    match machine.text(&thrown.exception) {
        Ok(reason) => Thrown::new(
            "groovy.lang.MissingPropertyException",
            format!("Exception evaluating property '{name}' for {}, Reason: {reason}", object.class().name()),
        ),
        Err(thrown) => thrown,
    }
}

fn of_closure(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome {
    if let Some(value) = machine.property(object, name)? {
        return Ok(value);
    }
    if name == "metaClass" {
        return Ok(super::super::meta::meta_class(object));
    }
    match Closure::of(object) {
        Some(closure) => get_property(machine, &closure.owner_value(), name),
        None => Err(missing_from(object, name)),
    }
}

/// `object.name = value`
///
/// # Errors
/// `MissingPropertyException`, `ReadOnlyPropertyException`, `NullPointerException`, what a setter throws.
pub fn set_property(machine: &mut Machine<'_>, object: &Value, name: &str, value: Value) -> Outcome<()> {
    match object {
        Value::Map(map) => {
            map.put(machine, name.into(), value)?;
            return Ok(());
        }
        Value::Null | Value::Void => {
            return Err(null_pointer(format!("Cannot set property '{name}' on null object")));
        }
        Value::List(_) if machine.property(object, name)?.is_none() => {
            for item in machine.items(object)? {
                set_property(machine, &item, name, value.clone())?;
            }
            return Ok(());
        }
        _ => {}
    }
    if let Some(script) = object.downcast::<ScriptObject>() {
        script.set(name, value);
        return Ok(());
    }
    if machine.set_property(object, name, &value)? {
        return Ok(());
    }
    if let Value::Class(ClassRef::Java(_)) = object
        && name == "metaClass"
    {
        return Ok(());
    }
    // A setter for another type: `file.text = 5`, `date.time = 5`.
    let class = match object {
        Value::Class(class) => class.clone(),
        other => other.class(),
    };
    let table = class.java().table(machine.dialect);
    if let Some(setter) = table.setter(name) {
        let text = super::super::format::text(machine, &value)?;
        if let crate::script::dispatch::Found::Value(_) =
            machine.try_invoke(object, setter, [text.into()].into_iter().collect())?
        {
            return Ok(());
        }
    }
    let is_known = table.getter(name).is_some() || class.java().constant(name).is_some() || name == "class";
    if is_known {
        let class = class.name();
        return Err(Thrown::new(
            "groovy.lang.ReadOnlyPropertyException",
            format!("Cannot set readonly property: {name} for class: {class}"),
        ));
    }
    Err(missing_from(object, name))
}
