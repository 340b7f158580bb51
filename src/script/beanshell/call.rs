//! Calls: of methods that scripts define, of commands, of Java's methods.

use std::sync::Arc;

use super::error::{described, mistake};
use super::name_space::{NameSpace, find_method};
use super::{command, operator};
use crate::script::class::{Choice, ClassRef};
use crate::script::dispatch::Found;
use crate::script::groovy::ast::{Access, Expr, Method, Name};
use crate::script::groovy::eval::{Owner, call_code};
use crate::script::machine::{Args, Machine, Outcome, Thrown};
use crate::script::value::Value;

/// Calls a method without an object: one of the script, or a command.
///
/// # Errors
/// There is none of that name; what it throws.
pub fn call(machine: &mut Machine<'_>, names: &Value, name: &Arc<str>, args: Args) -> Outcome {
    if let Some((names, method)) = find_method(names, name, args.len()) {
        return run(machine, &method, &names, args);
    }
    if args.iter().any(|arg| matches!(arg, Value::Void)) {
        return Err(mistake("Undefined argument: void"));
    }
    match command::run(machine, names, name, &args) {
        Some(outcome) => outcome,
        None => Err(mistake(format!("Command not found: {}", described(name, &args)))),
    }
}

fn run(machine: &mut Machine<'_>, method: &Method, names: &Value, args: Args) -> Outcome {
    let own = NameSpace::function(names);
    let mut values = Args::new();
    for (parameter, arg) in method.code.parameters.iter().zip(args) {
        values.push(if parameter.is_typed { operator::typed(machine, &parameter.target, arg)? } else { arg });
    }
    let value = call_code(machine, &method.code, &own, &Owner::default(), values, &[])?;
    if method.is_void {
        return Ok(Value::Void);
    }
    operator::typed(machine, &method.result, value)
}

/// Calls a method of an object. `path` is how the script names the object.
///
/// # Errors
/// There is none of that name; what it throws.
pub fn call_method(
    machine: &mut Machine<'_>,
    object: &Value,
    name: &Arc<str>,
    args: Args,
    path: Option<&str>,
) -> Outcome {
    match object {
        Value::Void => {
            let path = path.unwrap_or_default();
            return Err(mistake(format!(
                "Attempt to resolve method: {name}() on undefined variable or class name: {path}"
            )));
        }
        Value::Null => return Err(Thrown::bare("java.lang.NullPointerException")),
        _ => {}
    }
    if args.iter().any(|arg| matches!(arg, Value::Void)) {
        return Err(mistake("Undefined argument: void"));
    }
    let copy = args.clone();
    let found = if takes_variable(machine, object, name, &args) {
        Ok(Found::Nothing)
    } else {
        machine.try_invoke(object, name, args)
    };
    match found {
        Ok(Found::Value(value)) => Ok(value),
        Ok(_) => {
            let (kind, class) = match object {
                Value::Class(class) => ("Static method", class.name()),
                other => ("Method", other.class().name()),
            };
            let called = described(name, &copy);
            Err(mistake(format!("Error in method invocation: {kind} {called} not found in class'{class}'")))
        }
        Err(mut thrown) => {
            if thrown.note.is_none() && !thrown.is_mistake && !is_name_space(object) {
                let path = path.map(|path| format!("{path}.")).unwrap_or_default();
                thrown.note = Some(format!("Method Invocation {path}{name}").into());
            }
            Err(thrown)
        }
    }
}

fn is_name_space(object: &Value) -> bool {
    object.downcast::<NameSpace>().is_some()
}

/// BeanShell knows no variable number of arguments: only an array fits there. Loggers have methods for a few.
fn takes_variable(machine: &Machine<'_>, object: &Value, name: &str, args: &[Value]) -> bool {
    let (class, is_static) = match object {
        Value::Class(class) => (class.clone(), true),
        other => (other.class(), false),
    };
    if matches!(class, ClassRef::Script(_)) || class.is_a("org.slf4j.Logger") {
        return false;
    }
    let table = class.java().table(machine.dialect);
    let choice = if is_static { table.choose_static(name, args) } else { table.choose(name, args) };
    let Choice::Method(method) = choice else { return false };
    let parameters = method.row.parameters;
    let count = parameters.split(',').filter(|parameter| !parameter.trim().is_empty()).count();
    parameters.ends_with("...") && !(args.len() == count && matches!(args.last(), Some(Value::Array(_) | Value::Null)))
}

/// `a.b` of the expression before a call, if it is only names.
#[must_use]
pub fn path(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Name(name) => Some(name.to_string()),
        Expr::Class(class) => Some(class.simple_name().to_string()),
        Expr::Property(parts, Access::Plain) => match &parts.1 {
            Name::Fixed(name) => Some(format!("{}.{name}", path(&parts.0)?)),
            Name::Dynamic(_) => None,
        },
        _ => None,
    }
}
