//! Calls of methods and properties by name, whatever the object is.

use super::class::{Choice, ClassRef, Dialect};
use super::host::HostObject;
use super::java;
use super::machine::{Args, Machine, Outcome, Thrown, null_pointer};
use super::parameter::describe;
use super::value::Value;

/// What came of looking for a method.
pub enum Found {
    /// It was called and gave that.
    Value(Value),
    /// There is none that fits.
    Nothing,
    /// No arguments were given, and several methods would take a `null`.
    Unclear,
    /// Several fit equally well: a part of Groovy's message for that.
    Ambiguous(String),
}

impl Machine<'_> {
    /// Calls a method if there is one.
    ///
    /// # Errors
    /// What the method throws.
    pub fn try_invoke(&mut self, this: &Value, name: &str, args: Args) -> Outcome<Found> {
        let class = match this {
            Value::Object(object) => {
                let object = object.clone();
                if let Some(outcome) = object.call(self, this, name, &args) {
                    return outcome.map(Found::Value);
                }
                object.class()
            }
            Value::Class(class) => return self.try_invoke_static(&class.clone(), name, args),
            other => other.class(),
        };
        let table = class.java().table(self.dialect);
        match table.choose(name, &args) {
            Choice::Method(method) => method.run(self, this, args).map(Found::Value),
            Choice::None => match table.choose_static(name, &args) {
                Choice::Method(method) => method.run(self, this, args).map(Found::Value),
                _ => Ok(Found::Nothing),
            },
            Choice::Unclear => Ok(Found::Unclear),
            Choice::Ambiguous(methods) => Ok(Found::Ambiguous(ambiguity(class.java().name, name, &args, &methods))),
        }
    }

    /// Calls a static method, or a method of the class as an object, if there is one.
    ///
    /// # Errors
    /// What the method throws.
    pub fn try_invoke_static(&mut self, class: &ClassRef, name: &str, args: Args) -> Outcome<Found> {
        let this = Value::Class(class.clone());
        if let ClassRef::Script(script) = class
            && let Some(outcome) = script.clone().call(self, name, &args)
        {
            return outcome.map(Found::Value);
        }
        let java = class.java();
        match java.table(self.dialect).choose_static(name, &args) {
            Choice::Method(method) => return method.run(self, &this, args).map(Found::Value),
            Choice::Ambiguous(methods) => {
                return Ok(Found::Ambiguous(ambiguity(java.name, name, &args, &methods)));
            }
            Choice::None | Choice::Unclear => {}
        }
        if !java.enum_names().is_empty()
            && let Some(value) = java::enumeration::call_static(java, name, &args)
        {
            return value.map(Found::Value);
        }
        match java::class::CLASS.table(self.dialect).choose(name, &args) {
            Choice::Method(method) => method.run(self, &this, args).map(Found::Value),
            _ => Ok(Found::Nothing),
        }
    }

    /// Calls a method.
    ///
    /// # Errors
    /// `MissingMethodException`, or what the method throws.
    pub fn invoke(&mut self, this: &Value, name: &str, args: &[Value]) -> Outcome {
        if this.is_null() {
            return Err(null_pointer(format!("Cannot invoke method {name}() on null object")));
        }
        match self.try_invoke(this, name, args.iter().cloned().collect())? {
            Found::Value(value) => Ok(value),
            _ => Err(self.missing_method(this, name, args)),
        }
    }

    /// Groovy's exception for a method that does not exist.
    pub fn missing_method(&mut self, this: &Value, name: &str, args: &[Value]) -> Thrown {
        let (is_static, class) = match this {
            Value::Class(class) => ("static ", class.name()),
            other => ("", other.class().name()),
        };
        self.missing_method_of(&format!("{is_static}{class}"), name, args)
    }

    /// Groovy's exception for a method that a class does not have.
    pub fn missing_method_of(&mut self, class: &str, name: &str, args: &[Value]) -> Thrown {
        match describe(self, args) {
            Ok((types, values)) => Thrown::new(
                "groovy.lang.MissingMethodException",
                format!(
                    "No signature of method: {class}.{name}() is applicable for argument types: ({types}) values: [{values}]"
                ),
            ),
            Err(thrown) => thrown,
        }
    }

    /// Makes an object.
    ///
    /// # Errors
    /// What the constructor throws; Groovy's exception when none fits.
    pub fn construct(&mut self, class: &ClassRef, args: &[Value]) -> Outcome {
        match self.try_construct(class, args.iter().cloned().collect())? {
            Some(value) => Ok(value),
            None => {
                let (types, _) = describe(self, args)?;
                Err(Thrown::new(
                    "groovy.lang.GroovyRuntimeException",
                    format!("Could not find matching constructor for: {}({types})", class.name()),
                ))
            }
        }
    }

    /// Makes an object, if there is a constructor for it.
    ///
    /// # Errors
    /// What the constructor throws.
    pub fn try_construct(&mut self, class: &ClassRef, args: Args) -> Outcome<Option<Value>> {
        match class {
            ClassRef::Script(script) => script.clone().construct(self, args).map(Some),
            ClassRef::Java(java) => match java.table(self.dialect).choose_constructor(&args) {
                Choice::Method(method) => method.run(self, &Value::Class(class.clone()), args).map(Some),
                _ => Ok(None),
            },
            ClassRef::Array(_) => Ok(None),
        }
    }

    /// Reads a property as a bean has it: by its getter, or a constant of a class.
    ///
    /// # Errors
    /// What the getter throws.
    pub fn property(&mut self, this: &Value, name: &str) -> Outcome<Option<Value>> {
        if let Value::Object(object) = this
            && let Some(outcome) = object.clone().get(self, this, name)
        {
            return outcome.map(Some);
        }
        if let Value::Class(class) = this {
            return self.static_property(&class.clone(), name);
        }
        let class = this.class();
        let table = class.java().table(self.dialect);
        if let Some(getter) = table.getter(name)
            && let Choice::Method(method) = table.choose(getter, &[])
        {
            return method.run(self, this, Args::new()).map(Some);
        }
        match name {
            "class" => Ok(Some(Value::Class(class))),
            _ => Ok(class.java().constant(name)),
        }
    }

    fn static_property(&mut self, class: &ClassRef, name: &str) -> Outcome<Option<Value>> {
        if let ClassRef::Script(script) = class
            && let Some(outcome) = script.clone().get(self, name)
        {
            return outcome.map(Some);
        }
        if name == "class" {
            return Ok(Some(Value::Class(class.clone())));
        }
        if let Some(value) = class.java().constant(name) {
            return Ok(Some(value));
        }
        let this = Value::Class(class.clone());
        let of_class = java::class::CLASS.table(self.dialect);
        if let Some(getter) = of_class.getter(name)
            && let Choice::Method(method) = of_class.choose(getter, &[])
        {
            return method.run(self, &this, Args::new()).map(Some);
        }
        let getter = getter_name(name);
        match class.java().table(self.dialect).choose_static(&getter, &[]) {
            Choice::Method(method) => method.run(self, &this, Args::new()).map(Some),
            _ => Ok(None),
        }
    }

    /// Sets a property as a bean has it; `false` when there is none.
    ///
    /// # Errors
    /// What the setter throws.
    pub fn set_property(&mut self, this: &Value, name: &str, value: &Value) -> Outcome<bool> {
        if let Value::Object(object) = this
            && let Some(outcome) = object.clone().set(self, this, name, value)
        {
            return outcome.map(|_| true);
        }
        if let Value::Class(ClassRef::Script(script)) = this {
            return match script.clone().set(self, name, value) {
                Some(outcome) => outcome.map(|_| true),
                None => Ok(false),
            };
        }
        let table = this.class().java().table(self.dialect);
        let Some(setter) = table.setter(name) else { return Ok(false) };
        match table.choose(setter, std::slice::from_ref(value)) {
            Choice::Method(method) => method.run(self, this, Args::from_iter([value.clone()])).map(|_| true),
            _ => Ok(false),
        }
    }
}

/// `getName` for `name`.
#[must_use]
pub fn getter_name(property: &str) -> String {
    let mut chars = property.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    "get".chars().chain(first).chain(chars).collect()
}

fn ambiguity(class: &str, name: &str, args: &[Value], methods: &[&super::class::Method]) -> String {
    let types: Vec<_> = args
        .iter()
        .map(|arg| if arg.is_null() { "null".into() } else { format!("class {}", arg.class().name()) })
        .collect();
    let mut text = format!(
        "Ambiguous method overloading for method {class}#{name}.\nCannot resolve which method to invoke for [{}] due to overlapping prototypes between:",
        types.join(", ")
    );
    for method in methods {
        text.push_str("\n\t[");
        text.push_str(method.row.parameters);
        text.push(']');
    }
    text
}

/// Whether Groovy's methods are in reach.
#[must_use]
pub fn is_groovy(machine: &Machine<'_>) -> bool {
    machine.dialect == Dialect::Groovy
}

/// Whether an object answers to a method at all.
#[must_use]
pub fn responds_to(machine: &Machine<'_>, this: &Value, name: &str) -> bool {
    let class = this.class();
    let table = class.java().table(machine.dialect);
    table.has(name) || table.has_static(name)
}

/// An object that stands for a function where an interface is wanted.
pub struct Proxy {
    /// The interface.
    pub interface: ClassRef,
    /// The function that all its methods call.
    pub function: Value,
}

impl HostObject for Proxy {
    fn class(&self) -> ClassRef {
        self.interface.clone()
    }

    fn call(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        match (name, &self.function) {
            ("toString" | "equals" | "hashCode" | "getClass", _) => None,
            ("reversed", _) => Some(Ok(Value::object(super::java::comparator::Reversed(this.clone())))),
            ("thenComparing", _) => Some(Ok(Value::object(super::java::comparator::Chain(
                this.clone(),
                args.first().cloned().unwrap_or_default(),
            )))),
            (_, Value::Map(methods)) => methods.get_text(name).map(|function| machine.call(&function, args)),
            (_, function) => Some(machine.call(&function.clone(), args)),
        }
    }
}
