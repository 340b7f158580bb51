//! Calls of methods.

use std::sync::Arc;

use super::super::ast::{Access, Call, Expr, Name};
use super::super::closure::{Closure, DELEGATE_FIRST, DELEGATE_ONLY, OWNER_ONLY};
use super::super::script::ScriptObject;
use super::super::{category, instance, meta};
use super::Run;
use crate::script::beanshell;
use crate::script::class::{Choice, ClassRef, Dialect};
use crate::script::dispatch::Found;
use crate::script::java::object::OBJECT;
use crate::script::machine::{Args, Machine, Outcome, Thrown, null_pointer};
use crate::script::value::Value;

impl Run<'_, '_> {
    pub(super) fn call(&mut self, call: &Call) -> Outcome {
        let worked_out;
        let name: &Arc<str> = match &call.name {
            Name::Fixed(name) => name,
            Name::Dynamic(_) => {
                worked_out = self.member_name(&call.name)?;
                &worked_out
            }
        };
        let outcome = match &call.object {
            None => {
                let args = self.args(&call.args)?;
                self.call_name(name, args)
            }
            Some(Expr::Super) => {
                let args = self.args(&call.args)?;
                instance::call_super(self.machine, self.owner, self.this, name, &args)
            }
            Some(object) => {
                let object = self.eval(object)?;
                self.call_member(&object, name, call)
            }
        };
        outcome.map_err(|mut thrown| {
            if thrown.line == 0 {
                thrown.line = call.line;
            }
            thrown
        })
    }

    fn call_member(&mut self, object: &Value, name: &Arc<str>, call: &Call) -> Outcome {
        match call.access {
            Access::Safe if object.is_null() => Ok(Value::Null),
            Access::Spread => {
                if object.is_null() {
                    return Ok(Value::Null);
                }
                let args = self.args(&call.args)?;
                let items = super::super::iterate::items(self.machine, object)?;
                let mut results = Vec::with_capacity(items.len());
                for item in items {
                    results.push(if item.is_null() { Value::Null } else { invoke(self.machine, &item, name, &args)? });
                }
                Ok(results.into())
            }
            _ => {
                let args = self.args(&call.args)?;
                if self.machine.dialect == Dialect::BeanShell {
                    let path = call.object.as_ref().and_then(beanshell::path);
                    return beanshell::call_method(self.machine, object, name, args, path.as_deref());
                }
                if &**name == "remove" && is_object(&call.args) && matches!(object, Value::List(_)) {
                    return invoke_owned(self.machine, object, "removeElement", args);
                }
                invoke_owned(self.machine, object, name, args)
            }
        }
    }

    /// A call without an object.
    fn call_name(&mut self, name: &Arc<str>, args: Args) -> Outcome {
        if self.names().is_some() {
            return beanshell::call(self.machine, self.this, name, args);
        }
        let found = match &self.owner.closure {
            Some(closure) => {
                let closure = closure.clone();
                in_closure(self.machine, &closure, name, &args)?
            }
            None => on_this(self.machine, self.this, name, &args)?,
        };
        match found {
            Some(value) => Ok(value),
            None if self.machine.dialect == Dialect::BeanShell => {
                let global = self.machine.extras.global.clone().unwrap_or_default();
                beanshell::call(self.machine, &global, name, args)
            }
            None => Err(self.missing_method(name, &args)),
        }
    }

    fn missing_method(&mut self, name: &str, args: &[Value]) -> Thrown {
        if let Some(script) = self.this.downcast::<ScriptObject>() {
            let class =
                if script.has_method(name) { "Script1" } else { "org.codehaus.groovy.jsr223.GroovyScriptEngineImpl" };
            return self.machine.missing_method_of(class, name, args);
        }
        self.machine.missing_method(self.this, name, args)
    }

    /// A call of a value: `closure(args)`.
    pub(super) fn invoke_value(&mut self, callee: &Value, args: &[Value]) -> Outcome {
        match callee {
            Value::Closure(_) => self.machine.call(callee, args),
            Value::Class(class) => {
                super::super::construct::construct(self.machine, class, args.iter().cloned().collect())
            }
            other => invoke(self.machine, other, "call", args),
        }
    }
}

/// `list.remove((Object) 5)` removes the value, not the place.
fn is_object(items: &[super::super::ast::Item]) -> bool {
    matches!(items, [super::super::ast::Item::One(Expr::Cast(target, _))] if target.is_anything())
}

/// A call without an object inside a closure: its own methods first, then the owner's and the delegate's.
fn in_closure(
    machine: &mut Machine<'_>,
    closure: &Arc<Closure>,
    name: &Arc<str>,
    args: &[Value],
) -> Outcome<Option<Value>> {
    let this = Value::Closure(closure.clone());
    let table = super::super::classes::SCRIPT_CLOSURE.table(machine.dialect);
    if table.has(name)
        && let Choice::Method(method) = table.choose(name, args)
    {
        return method.run(machine, &this, args.iter().cloned().collect()).map(not_void).map(Some);
    }
    around_closure(machine, closure, name, args)
}

fn around_closure(
    machine: &mut Machine<'_>,
    closure: &Arc<Closure>,
    name: &Arc<str>,
    args: &[Value],
) -> Outcome<Option<Value>> {
    let delegation = closure.delegation.lock().clone();
    let of_owner = |machine: &mut Machine<'_>| match &closure.owner.closure {
        Some(outer) => around_closure(machine, outer, name, args),
        None => on_this(machine, &closure.this, name, args),
    };
    let Some(delegate) = &delegation.delegate else { return of_owner(machine) };
    let of_delegate = |machine: &mut Machine<'_>| match delegate {
        Value::Null => Ok(None),
        delegate if delegate.downcast::<ScriptObject>().is_some() => on_this(machine, delegate, name, args),
        delegate => try_invoke(machine, delegate, name, args),
    };
    match delegation.strategy {
        DELEGATE_FIRST => match of_delegate(machine)? {
            Some(value) => Ok(Some(value)),
            None => of_owner(machine),
        },
        DELEGATE_ONLY => of_delegate(machine),
        OWNER_ONLY => of_owner(machine),
        _ => match of_owner(machine)? {
            Some(value) => Ok(Some(value)),
            None => of_delegate(machine),
        },
    }
}

/// A call on the object whose code runs: its methods, then a closure that it holds by that name.
fn on_this(machine: &mut Machine<'_>, this: &Value, name: &Arc<str>, args: &[Value]) -> Outcome<Option<Value>> {
    if let Some(script) = this.downcast::<ScriptObject>() {
        if let Some(outcome) = script.call_method(machine, this, name, args) {
            return outcome.map(Some);
        }
        if let Some(callable) = script.get(name).filter(|value| !value.is_null()) {
            return match &callable {
                Value::Closure(_) => machine.call(&callable, args).map(Some),
                other => try_invoke(machine, other, "call", args),
            };
        }
    }
    if let Some(value) = instance::closure_named(machine, this, name)? {
        return machine.call(&value, args).map(Some);
    }
    try_invoke(machine, this, name, args)
}

fn not_void(value: Value) -> Value {
    if let Value::Void = value { Value::Null } else { value }
}

/// Calls a method.
///
/// # Errors
/// `MissingMethodException`, `NullPointerException`, what the method throws.
pub fn invoke(machine: &mut Machine<'_>, object: &Value, name: &str, args: &[Value]) -> Outcome {
    invoke_owned(machine, object, name, args.iter().cloned().collect())
}

fn invoke_owned(machine: &mut Machine<'_>, object: &Value, name: &str, args: Args) -> Outcome {
    if object.is_null() {
        return on_null(machine, name, &args);
    }
    let copy = args.clone();
    match find(machine, object, name, args)? {
        Found::Value(value) => Ok(not_void(value)),
        Found::Unclear => Err(Thrown::new(
            "org.codehaus.groovy.runtime.metaclass.MethodSelectionException",
            format!("Could not find which method {name}() to invoke from this list:"),
        )),
        Found::Ambiguous(message) => Err(Thrown::new("groovy.lang.GroovyRuntimeException", message)),
        Found::Nothing => match by_property(machine, object, name, &copy)? {
            Some(value) => Ok(value),
            None => Err(machine.missing_method(object, name, &copy)),
        },
    }
}

/// Calls a method if there is one.
///
/// # Errors
/// What the method throws.
pub fn try_invoke(machine: &mut Machine<'_>, object: &Value, name: &str, args: &[Value]) -> Outcome<Option<Value>> {
    if object.is_null() {
        return on_null(machine, name, args).map(Some);
    }
    match find(machine, object, name, args.iter().cloned().collect())? {
        Found::Value(value) => Ok(Some(not_void(value))),
        Found::Nothing => by_property(machine, object, name, args),
        _ => Ok(None),
    }
}

fn find(machine: &mut Machine<'_>, object: &Value, name: &str, args: Args) -> Outcome<Found> {
    if !machine.extras.categories.is_empty()
        && let Some(value) = category::call(machine, object, name, &args)?
    {
        return Ok(Found::Value(value));
    }
    if !machine.extras.added_methods.is_empty()
        && let Some(value) = meta::call(machine, object, name, &args)?
    {
        return Ok(Found::Value(value));
    }
    if let Value::Class(ClassRef::Java(_)) = object
        && name == "new"
    {
        return Ok(Found::Nothing);
    }
    machine.try_invoke(object, name, args)
}

/// A closure that a map or an object holds by that name.
fn by_property(machine: &mut Machine<'_>, object: &Value, name: &str, args: &[Value]) -> Outcome<Option<Value>> {
    let callable = match object {
        Value::Map(map) => map.get_text(name),
        Value::Object(_) => instance::closure_named(machine, object, name)?,
        _ => None,
    };
    match callable {
        Some(closure @ Value::Closure(_)) => machine.call(&closure, args).map(Some),
        _ => Ok(None),
    }
}

/// The few methods that null has.
fn on_null(machine: &mut Machine<'_>, name: &str, args: &[Value]) -> Outcome {
    const METHODS: [&str; 19] = [
        "toString",
        "equals",
        "with",
        "is",
        "iterator",
        "getClass",
        "asBoolean",
        "each",
        "collect",
        "any",
        "every",
        "find",
        "findAll",
        "inject",
        "inspect",
        "dump",
        "tap",
        "grep",
        "asType",
    ];
    if METHODS.contains(&name) {
        if name == "getClass" {
            return Ok(Value::class_of(&super::super::classes::NULL_OBJECT));
        }
        if let Choice::Method(method) = OBJECT.table(machine.dialect).choose(name, args) {
            return method.run(machine, &Value::Null, args.iter().cloned().collect()).map(not_void);
        }
    }
    Err(null_pointer(format!("Cannot invoke method {name}() on null object")))
}
