//! Commands: functions that every script has.

use super::name_space::NameSpace;
use super::program;
use crate::script::machine::{Machine, Outcome};
use crate::script::value::Value;

/// Runs a command; `None` when there is none of that name.
pub fn run(machine: &mut Machine<'_>, names: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
    Some(match (name, args) {
        ("print", [value]) => printed(machine, value, false),
        ("error", [value]) => printed(machine, value, true),
        ("eval", [Value::Str(text)]) => program::evaluate(machine, text, &NameSpace::of_function(names)),
        ("source", [Value::Str(file)]) => source(machine, file, &NameSpace::of_function(names)),
        ("unset", [Value::Str(name)]) => {
            if let Some(names) = names.downcast::<NameSpace>() {
                names.unset(name);
            }
            Ok(Value::Void)
        }
        ("setStrictJava" | "addClassPath" | "importCommands" | "setAccessibility" | "setClassPath", [_])
        | ("reloadClasses" | "show" | "debug", _) => Ok(Value::Void),
        _ => return None,
    })
}

fn printed(machine: &mut Machine<'_>, value: &Value, is_error: bool) -> Outcome {
    let text = format!("{}\n", machine.text(value)?);
    if is_error {
        machine.host.print_error(&text);
    } else {
        machine.host.print(&text);
    }
    Ok(Value::Void)
}

/// Runs the script in a file.
pub(super) fn source(machine: &mut Machine<'_>, file: &str, names: &Value) -> Outcome {
    let bytes = crate::script::java::file::read(file)?;
    program::evaluate(machine, &String::from_utf8_lossy(&bytes), names)
}
