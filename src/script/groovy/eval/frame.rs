//! Calls of functions: arguments become local variables, and the body runs.

use std::sync::Arc;

use parking_lot::Mutex;

use super::super::ast::{Code, Program, Slot, Unknown};
use super::super::closure::Closure;
use super::super::definition::GroovyClass;
use super::super::script::ScriptObject;
use super::statement::Flow;
use crate::script::beanshell::NameSpace;
use crate::script::class::{ClassRef, Dialect};
use crate::script::collection::Array;
use crate::script::machine::{Args, Bindings, Machine, Outcome, Thrown};
use crate::script::value::Value;

/// What running code belongs to.
#[derive(Clone, Default)]
pub struct Owner {
    /// The closure that runs.
    pub closure: Option<Arc<Closure>>,
    /// The script; code of classes has none.
    pub script: Option<Arc<ScriptObject>>,
    /// The class whose code it is.
    pub class: Option<Arc<GroovyClass>>,
}

/// A running function.
pub struct Run<'r, 'h> {
    /// The execution.
    pub machine: &'r mut Machine<'h>,
    /// Where its variables begin.
    pub base: usize,
    /// The function.
    pub code: &'r Code,
    /// Its `this`.
    pub this: &'r Value,
    /// What it belongs to.
    pub owner: &'r Owner,
}

/// Runs a script.
///
/// # Errors
/// What it throws.
pub fn run_script(machine: &mut Machine<'_>, program: &Arc<Program>, bindings: &Bindings) -> Outcome {
    if let Some(unknown) = program.unknown.iter().find(|unknown| unknown.is_type) {
        let Unknown { name, line, .. } = unknown;
        return Err(Thrown::new(
            "org.codehaus.groovy.control.MultipleCompilationErrorsException",
            format!(
                "startup failed:\nScript1.groovy: {line}: unable to resolve class {name} @ line {line}, column 1.\n\n1 error\n"
            ),
        ));
    }
    let script = Arc::new(ScriptObject::new(program.clone(), bindings.clone()));
    let this = Value::Object(script.clone());
    script.make_fields(machine, &this)?;
    let owner = Owner { script: Some(script), ..Owner::default() };
    let outcome = call_code(machine, &program.code, &this, &owner, Args::new(), &[]);
    forget_circles(machine);
    outcome
}

/// Lets go of closures that nothing but the variable inside themselves holds.
fn forget_circles(machine: &mut Machine<'_>) {
    for cell in std::mem::take(&mut machine.extras.closure_cells) {
        if let Some(cell) = cell.upgrade() {
            let mut value = cell.lock();
            if matches!(&*value, Value::Closure(closure) if Arc::strong_count(closure) == 1) {
                let alone = std::mem::take(&mut *value);
                drop(value);
                drop(alone);
            }
        }
    }
}

/// Calls a function.
///
/// # Errors
/// What it throws.
pub fn call_code(
    machine: &mut Machine<'_>,
    code: &Code,
    this: &Value,
    owner: &Owner,
    args: Args,
    captured: &[Arc<Mutex<Value>>],
) -> Outcome {
    machine.enter()?;
    let base = machine.slots.len();
    machine.slots.resize(base + code.locals.len(), Value::Null);
    for ((_, own), cell) in code.captures.iter().zip(captured) {
        machine.slots[base + *own as usize] = Value::Cell(cell.clone());
    }
    let mut run = Run { machine, base, code, this, owner };
    let outcome = run.bind(args).and_then(|()| run.body());
    machine.slots.truncate(base);
    outcome
}

impl<'h> Run<'_, 'h> {
    /// BeanShell: the variables around the code that runs.
    pub fn names(&self) -> Option<&NameSpace> {
        if self.machine.dialect == Dialect::BeanShell { self.this.downcast() } else { None }
    }

    /// Does something inside a block, which in BeanShell has variables of its own.
    pub fn within<T>(&mut self, work: impl FnOnce(&mut Run<'_, 'h>) -> T) -> T {
        match self.names() {
            Some(_) => {
                let block = NameSpace::block(self.this);
                let machine = &mut *self.machine;
                work(&mut Run { machine, base: self.base, code: self.code, this: &block, owner: self.owner })
            }
            None => {
                let machine = &mut *self.machine;
                work(&mut Run { machine, base: self.base, code: self.code, this: self.this, owner: self.owner })
            }
        }
    }
}

impl Run<'_, '_> {
    fn body(&mut self) -> Outcome {
        for statement in &self.code.body {
            match self.exec(statement)? {
                Flow::Next => {}
                Flow::Return(value) => return Ok(value),
                Flow::Break(_) | Flow::Continue(_) => break,
            }
        }
        Ok(Value::Null)
    }

    /// Gives the parameters their values.
    fn bind(&mut self, args: Args) -> Outcome<()> {
        let parameters = &self.code.parameters;
        if let ([parameter], 1) = (parameters.as_slice(), args.len())
            && !parameter.is_variable
            && !parameter.is_typed
        {
            let value = args.into_iter().next().unwrap_or_default();
            self.declare(parameter.slot, value);
            return Ok(());
        }
        let variable = usize::from(parameters.last().is_some_and(|last| last.is_variable));
        let fixed = parameters.len() - variable;
        let mut to_fill = args.len().min(fixed);
        let mut given = args.into_iter();
        for (at, parameter) in parameters[..fixed].iter().enumerate() {
            let required = parameters[at + 1..fixed].iter().filter(|later| later.default.is_none()).count();
            let value = match &parameter.default {
                // The arguments that are left are needed by later parameters.
                Some(default) if to_fill <= required => self.eval(default)?,
                _ => {
                    to_fill = to_fill.saturating_sub(1);
                    given.next().unwrap_or_default()
                }
            };
            let value = if parameter.is_typed && !value.is_null() {
                parameter.target.cast(self.machine, value)?
            } else if let Value::Void = value {
                Value::Null
            } else {
                value
            };
            self.declare(parameter.slot, value);
        }
        if variable == 1 {
            let parameter = &parameters[fixed];
            let rest: Vec<Value> = given.collect();
            let value = match rest.as_slice() {
                [array @ Value::Array(_)] => array.clone(),
                _ => self.packed(&parameter.target.class, rest)?,
            };
            self.declare(parameter.slot, value);
        }
        Ok(())
    }

    fn packed(&mut self, class: &ClassRef, items: Vec<Value>) -> Outcome {
        let component = match class {
            ClassRef::Array(component) => ClassRef::clone(component),
            other => other.clone(),
        };
        let target = super::super::cast::Target::of(component.clone());
        let items = items.into_iter().map(|item| target.cast(self.machine, item)).collect::<Outcome<Vec<_>>>()?;
        Ok(Value::Array(Arc::new(Array::of(component, items))))
    }

    /// Gives a variable its first value.
    pub fn declare(&mut self, slot: Slot, value: Value) {
        if let Some(names) = self.names() {
            names.declare(&self.code.locals[slot as usize].name, None, value);
            return;
        }
        let value = if self.code.locals[slot as usize].is_shared {
            let cell = Arc::new(Mutex::new(value));
            self.remember_closure(&cell);
            Value::Cell(cell)
        } else {
            value
        };
        self.machine.slots[self.base + slot as usize] = value;
    }

    fn remember_closure(&mut self, cell: &Arc<Mutex<Value>>) {
        if matches!(*cell.lock(), Value::Closure(_)) {
            self.machine.extras.closure_cells.push(Arc::downgrade(cell));
        }
    }

    /// The value of a variable.
    #[inline]
    pub fn local(&self, slot: Slot) -> Value {
        if let Some(names) = self.names() {
            return names.get(&self.code.locals[slot as usize].name).unwrap_or_default();
        }
        match &self.machine.slots[self.base + slot as usize] {
            Value::Cell(cell) => cell.lock().clone(),
            value => value.clone(),
        }
    }

    /// Changes a variable.
    pub fn set_local(&mut self, slot: Slot, value: Value) {
        if let Some(names) = self.names() {
            names.declare(&self.code.locals[slot as usize].name, None, value);
            return;
        }
        let place = &mut self.machine.slots[self.base + slot as usize];
        let Value::Cell(cell) = place else {
            *place = value;
            return;
        };
        let cell = cell.clone();
        let is_closure = matches!(value, Value::Closure(_));
        let old = std::mem::replace(&mut *cell.lock(), value);
        drop(old);
        if is_closure {
            self.machine.extras.closure_cells.push(Arc::downgrade(&cell));
        }
    }

    /// The variable as closures share it.
    pub fn cell(&mut self, slot: Slot) -> Arc<Mutex<Value>> {
        let place = &mut self.machine.slots[self.base + slot as usize];
        if let Value::Cell(cell) = place {
            return cell.clone();
        }
        let cell = Arc::new(Mutex::new(std::mem::take(place)));
        *place = Value::Cell(cell.clone());
        cell
    }
}
