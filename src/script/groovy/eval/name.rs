//! Names without an object before them: variables of the script, members of the class, what a delegate has.

use std::sync::Arc;

use super::super::closure::{Closure, DELEGATE_FIRST, DELEGATE_ONLY, OWNER_ONLY, TO_SELF};
use super::super::script::ScriptObject;
use super::{Run, get_property, set_property};
use crate::script::beanshell::{self, NameSpace};
use crate::script::class::{ClassRef, Dialect};
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

impl Run<'_, '_> {
    /// The value of a name.
    pub(super) fn name(&mut self, name: &str) -> Outcome {
        if let Some(names) = self.names() {
            return Ok(names.get(name).unwrap_or(Value::Void));
        }
        let found = match &self.owner.closure {
            Some(closure) => of_closure(self.machine, closure, name)?,
            None => of_this(self.machine, self.this, name)?,
        };
        match found {
            Some(value) => Ok(value),
            None if self.machine.dialect == Dialect::BeanShell => {
                let global = self.machine.extras.global.as_ref().and_then(Value::downcast::<NameSpace>);
                Ok(global.and_then(|names| names.get(name)).unwrap_or(Value::Void))
            }
            None => Err(self.missing(name)),
        }
    }

    fn missing(&self, name: &str) -> Thrown {
        let class = match self.this {
            Value::Class(class) => class.name(),
            other => other.class().name(),
        };
        super::missing_property(name, &class)
    }

    /// Gives a name another value.
    pub(super) fn set_name(&mut self, name: &str, value: Value) -> Outcome<()> {
        if self.names().is_some() {
            return beanshell::assign(self.machine, self.this, name, value);
        }
        if let Some(closure) = &self.owner.closure {
            let delegation = closure.delegation.lock().clone();
            if let (Some(delegate), DELEGATE_FIRST | DELEGATE_ONLY) = (&delegation.delegate, delegation.strategy)
                && has_property(self.machine, delegate, name)?
            {
                return set_property(self.machine, delegate, name, value);
            }
            // A closure inside one that has a delegate.
            let mut outer = &closure.owner.closure;
            while let Some(around) = outer {
                let delegation = around.delegation.lock().clone();
                if let (Some(delegate), DELEGATE_FIRST | DELEGATE_ONLY) = (&delegation.delegate, delegation.strategy)
                    && has_property(self.machine, delegate, name)?
                {
                    return set_property(self.machine, delegate, name, value);
                }
                outer = &around.owner.closure;
            }
        }
        match self.this.downcast::<ScriptObject>() {
            Some(script) => {
                script.set(name, value);
                Ok(())
            }
            None => {
                if super::super::instance::set_field(self.machine, self.this, name, value.clone())? {
                    return Ok(());
                }
                let global = self.machine.extras.global.clone();
                match global {
                    // Classes of BeanShell see the variables around them.
                    Some(global) => beanshell::assign(self.machine, &global, name, value),
                    None => set_property(self.machine, self.this, name, value),
                }
            }
        }
    }
}

/// Whether an object has a property that can be set by that name.
fn has_property(machine: &mut Machine<'_>, object: &Value, name: &str) -> Outcome<bool> {
    Ok(match object {
        Value::Map(_) => true,
        Value::Object(host) if super::super::instance::has_property(object, name) => {
            let _ = host;
            true
        }
        other => {
            let class = other.class();
            let table = class.java().table(machine.dialect);
            table.setter(name).is_some() || table.getter(name).is_some()
        }
    })
}

/// What a name means in a closure.
fn of_closure(machine: &mut Machine<'_>, closure: &Arc<Closure>, name: &str) -> Outcome<Option<Value>> {
    let delegation = closure.delegation.lock().clone();
    match name {
        "owner" => return Ok(Some(closure.owner_value())),
        "delegate" => return Ok(Some(delegation.delegate.unwrap_or_else(|| closure.owner_value()))),
        "thisObject" => return Ok(Some(closure.this.clone())),
        _ => {}
    }
    if delegation.strategy == TO_SELF {
        return Ok(None);
    }
    let of_owner = |machine: &mut Machine<'_>| match &closure.owner.closure {
        Some(outer) => of_closure(machine, outer, name),
        None => of_this(machine, &closure.this, name),
    };
    let Some(delegate) = &delegation.delegate else { return of_owner(machine) };
    match delegation.strategy {
        DELEGATE_FIRST => match of_delegate(machine, delegate, name)? {
            Some(value) => Ok(Some(value)),
            None => of_owner(machine),
        },
        DELEGATE_ONLY => of_delegate(machine, delegate, name),
        OWNER_ONLY => of_owner(machine),
        _ => match of_owner(machine)? {
            Some(value) => Ok(Some(value)),
            None => of_delegate(machine, delegate, name),
        },
    }
}

fn of_delegate(machine: &mut Machine<'_>, delegate: &Value, name: &str) -> Outcome<Option<Value>> {
    match delegate {
        Value::Map(map) => Ok(map.get_text(name)),
        Value::Null => Ok(None),
        Value::Closure(_) => match Closure::of(delegate) {
            Some(closure) => of_closure(machine, &closure, name),
            None => Ok(None),
        },
        other if other.downcast::<ScriptObject>().is_some() => of_this(machine, other, name),
        other => match get_property(machine, other, name) {
            Ok(value) => Ok(Some(value)),
            Err(thrown) if thrown.exception.class().is_a("groovy.lang.MissingPropertyException") => Ok(None),
            Err(thrown) => Err(thrown),
        },
    }
}

/// What a name means for an object's own code.
fn of_this(machine: &mut Machine<'_>, this: &Value, name: &str) -> Outcome<Option<Value>> {
    if let Some(script) = this.downcast::<ScriptObject>() {
        return match script.get(name) {
            Some(value) => Ok(Some(value)),
            None => script.property(machine, this, name),
        };
    }
    match this {
        Value::Class(ClassRef::Script(class)) => match class.clone().get(machine, name) {
            Some(outcome) => outcome.map(Some),
            None => Ok(None),
        },
        other => {
            if let Some(value) = super::super::instance::own_name(machine, other, name)? {
                return Ok(Some(value));
            }
            machine.property(other, name)
        }
    }
}
