//! `use (Category) { }`: static methods that act as methods of their first argument.

use crate::script::class::{Choice, ClassRef};
use crate::script::dispatch::getter_name;
use crate::script::machine::{Args, Machine, Outcome};
use crate::script::value::Value;

/// A method that one of the categories in use has for the object.
///
/// # Errors
/// What the method throws.
pub fn call(machine: &mut Machine<'_>, object: &Value, name: &str, args: &[Value]) -> Outcome<Option<Value>> {
    let categories = machine.extras.categories.clone();
    let all: Args = std::iter::once(object).chain(args).cloned().collect();
    for category in categories.iter().rev() {
        let Value::Class(class) = category else { continue };
        if let ClassRef::Script(script) = class
            && let Some(outcome) = script.clone().call(machine, name, &all)
        {
            return outcome.map(Some);
        }
        if let Choice::Method(method) = class.java().table(machine.dialect).choose_static(name, &all) {
            return method.run(machine, category, all).map(Some);
        }
    }
    Ok(None)
}

/// A property that one of the categories in use has for the object.
///
/// # Errors
/// What its getter throws.
pub fn property(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome<Option<Value>> {
    if machine.extras.categories.is_empty() {
        return Ok(None);
    }
    call(machine, object, &getter_name(name), &[])
}

/// Calls a closure while categories are in use.
///
/// # Errors
/// What the closure throws.
pub fn using(machine: &mut Machine<'_>, categories: Vec<Value>, closure: &Value) -> Outcome {
    let before = machine.extras.categories.len();
    machine.extras.categories.extend(categories);
    let outcome = machine.call(closure, &[]);
    machine.extras.categories.truncate(before);
    outcome
}
