//! `bsh` and `this.interpreter`: what an interpreter keeps from one script to the next.

use std::sync::{Arc, LazyLock};

use super::name_space::{Methods, NameSpace, assign};
use super::program;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::collection::Array;
use crate::script::host::HostObject;
use crate::script::java::string::STRING;
use crate::script::machine::{Bindings, Machine, Outcome, ok};
use crate::script::value::Value;

/// `bsh.Interpreter`.
pub static INTERPRETER: Static = Static::new(|| Class::new("bsh.Interpreter").methods(METHODS));

/// The variable that holds what an interpreter keeps.
const KEPT: &str = "bsh";

/// What all interpreters share: `bsh.shared`.
static SHARED: LazyLock<Value> = LazyLock::new(|| NameSpace::global(Bindings::new(), Methods::default()));

/// What an interpreter keeps beside its variables.
struct Kept {
    methods: Methods,
    arguments: Value,
}

impl HostObject for Kept {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&super::name_space::THIS)
    }

    fn get(&self, machine: &mut Machine<'_>, _this: &Value, name: &str) -> Option<Outcome> {
        Some(match name {
            "args" => Ok(self.arguments.clone()),
            "shared" => Ok(SHARED.clone()),
            "interpreter" => Ok(of(machine.extras.global.as_ref().unwrap_or(&Value::Null))),
            _ => Ok(Value::Void),
        })
    }
}

/// An interpreter's variables, with `bsh.args`.
#[must_use]
pub fn interpreter(arguments: &str) -> Bindings {
    let bindings = Bindings::new();
    with_arguments(&bindings, arguments);
    bindings
}

/// Gives an interpreter other `bsh.args`: a text split at blanks.
pub fn with_arguments(bindings: &Bindings, arguments: &str) {
    let pieces = arguments.split(' ').filter(|piece| !piece.is_empty()).map(Value::from).collect();
    let arguments = Value::Array(Arc::new(Array::of(ClassRef::Java(&STRING), pieces)));
    bindings.set(KEPT, Value::object(Kept { methods: methods(bindings), arguments }));
}

/// The methods that an interpreter keeps.
pub(super) fn methods(bindings: &Bindings) -> Methods {
    let kept = bindings.get(KEPT);
    kept.as_ref().and_then(Value::downcast::<Kept>).map(|kept| kept.methods.clone()).unwrap_or_default()
}

/// An interpreter as scripts see it.
struct Interpreter(Value);

impl HostObject for Interpreter {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&INTERPRETER)
    }
}

/// The interpreter around a name space.
pub(super) fn of(names: &Value) -> Value {
    Value::object(Interpreter(names.clone()))
}

const METHODS: &[Row] = &[
    row("eval", "String", |c| {
        let text = c.text(0)?.clone();
        let outcome = program::evaluate(c.machine, &text, &global(c.machine));
        program::catchable(c.machine, outcome)
    }),
    row("source", "String", |c| {
        let names = global(c.machine);
        super::command::source(c.machine, c.text(0)?, &names)
    }),
    row("get", "String", |c| {
        let names = c.this_as::<Interpreter>()?.0.clone();
        ok(names.downcast::<NameSpace>().and_then(|names| names.get(c.text_or_null(0)?)))
    }),
    row("set", "String, Object", |c| {
        let names = c.this_as::<Interpreter>()?.0.clone();
        assign(c.machine, &names, c.text(0)?, c.arg(1).clone())?;
        Ok(Value::Null)
    }),
    row("unset", "String", |c| {
        let names = c.this_as::<Interpreter>()?.0.clone();
        if let (Some(names), Some(name)) = (names.downcast::<NameSpace>(), c.text_or_null(0)) {
            names.unset(name);
        }
        Ok(Value::Null)
    }),
];

fn global(machine: &Machine<'_>) -> Value {
    machine.extras.global.clone().unwrap_or_default()
}
