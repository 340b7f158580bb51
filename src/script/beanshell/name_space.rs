//! Variables and methods by name, and what is around them.

use std::sync::Arc;

use parking_lot::Mutex;

use super::operator::typed;
use crate::script::class::{Class, ClassRef, Static};
use crate::script::groovy::ast::Method;
use crate::script::groovy::cast::Target;
use crate::script::host::HostObject;
use crate::script::machine::{Bindings, Machine, Outcome};
use crate::script::value::Value;

/// `bsh.This`.
pub static THIS: Static = Static::new(|| Class::new("bsh.This"));

/// The methods of a name space; those of an interpreter outlive a script.
pub type Methods = Arc<Mutex<Vec<Arc<Method>>>>;

/// Variables and methods by name.
pub struct NameSpace {
    variables: Bindings,
    types: Mutex<Vec<(Arc<str>, Target)>>,
    methods: Methods,
    /// What is around it.
    parent: Option<Value>,
    /// Whether it is a mere block, which is no `this`.
    is_block: bool,
}

impl HostObject for NameSpace {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&THIS)
    }

    fn plain_text(&self) -> Option<String> {
        Some("'this' reference to Bsh object: NameSpace: global".to_owned())
    }

    fn get(&self, _machine: &mut Machine<'_>, this: &Value, name: &str) -> Option<Outcome> {
        match name {
            "interpreter" => Some(Ok(super::interpreter::of(this))),
            "namespace" | "caller" => Some(Ok(this.clone())),
            name => Some(Ok(self.get(name).unwrap_or(Value::Void))),
        }
    }

    fn set(&self, _machine: &mut Machine<'_>, _this: &Value, name: &str, value: &Value) -> Option<Outcome> {
        self.declare(&name.into(), None, value.clone());
        Some(Ok(Value::Null))
    }

    fn call(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        match name {
            "getClass" | "hashCode" | "equals" | "toString" if self.method(name, args.len()).is_none() => None,
            name => Some(super::call(machine, this, &name.into(), args.iter().cloned().collect())),
        }
    }
}

impl NameSpace {
    /// The variables of an interpreter.
    #[must_use]
    pub fn global(variables: Bindings, methods: Methods) -> Value {
        Value::object(Self { variables, types: Mutex::default(), methods, parent: None, is_block: false })
    }

    /// A block inside another name space.
    #[must_use]
    pub fn block(parent: &Value) -> Value {
        Self::inside(parent, true)
    }

    /// What a call of a method has for itself.
    #[must_use]
    pub fn function(parent: &Value) -> Value {
        Self::inside(parent, false)
    }

    fn inside(parent: &Value, is_block: bool) -> Value {
        Value::object(Self {
            variables: Bindings::new(),
            types: Mutex::default(),
            methods: Methods::default(),
            parent: Some(parent.clone()),
            is_block,
        })
    }

    /// The nearest that is not a block: `this`.
    #[must_use]
    pub fn of_function(value: &Value) -> Value {
        match value.downcast::<Self>() {
            Some(Self { is_block: true, parent: Some(parent), .. }) => Self::of_function(parent),
            _ => value.clone(),
        }
    }

    /// What is around the method: `super`.
    #[must_use]
    pub fn outer(&self) -> Option<Value> {
        let parent = self.parent.as_ref()?;
        if self.is_block { parent.downcast::<Self>()?.outer() } else { Some(Self::of_function(parent)) }
    }

    fn parent(&self) -> Option<&Self> {
        self.parent.as_ref()?.downcast()
    }

    /// The value of a variable, here or around.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.variables.get(name).or_else(|| self.parent()?.get(name))
    }

    /// Makes a variable here.
    pub fn declare(&self, name: &Arc<str>, target: Option<&Target>, value: Value) {
        if let Some(target) = target {
            let mut types = self.types.lock();
            types.retain(|(other, _)| other != name);
            types.push((name.clone(), target.clone()));
        }
        self.variables.set(name, value);
    }

    /// Makes a method here.
    pub fn define(&self, method: Arc<Method>) {
        let mut methods = self.methods.lock();
        methods
            .retain(|other| other.name != method.name || other.code.parameters.len() != method.code.parameters.len());
        methods.push(method);
    }

    /// The method of that name with so many parameters.
    #[must_use]
    pub fn method(&self, name: &str, count: usize) -> Option<Arc<Method>> {
        let methods = self.methods.lock();
        methods.iter().find(|method| &*method.name == name && method.code.parameters.len() == count).cloned()
    }

    /// Removes a variable.
    pub fn unset(&self, name: &str) {
        if self.variables.remove(name).is_none()
            && let Some(parent) = self.parent()
        {
            parent.unset(name);
        }
    }
}

/// The name space that has a method, from that one outwards, and the method.
#[must_use]
pub fn find_method(names: &Value, name: &str, count: usize) -> Option<(Value, Arc<Method>)> {
    let own = names.downcast::<NameSpace>()?;
    match own.method(name, count) {
        Some(method) => Some((names.clone(), method)),
        None => find_method(own.parent.as_ref()?, name, count),
    }
}

/// Gives a variable another value where it is, or makes a new one here.
///
/// # Errors
/// The value is not of the variable's type.
pub fn assign(machine: &mut Machine<'_>, names: &Value, name: &str, value: Value) -> Outcome<()> {
    let Some(own) = names.downcast::<NameSpace>() else { return Ok(()) };
    let mut holder = own;
    while holder.variables.get(name).is_none() {
        let Some(parent) = holder.parent() else {
            own.variables.set(name, value);
            return Ok(());
        };
        holder = parent;
    }
    let target = holder.types.lock().iter().find(|(other, _)| **other == *name).map(|(_, target)| target.clone());
    let value = match target {
        Some(target) => typed(machine, &target, value)?,
        None => value,
    };
    holder.variables.set(name, value);
    Ok(())
}
