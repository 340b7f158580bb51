//! The script as an object: its variables, fields and methods.

use std::sync::Arc;

use parking_lot::Mutex;

use super::ast::{Method, Program};
use super::classes::{BINDING, SCRIPT1};
use super::closure::distance;
use super::eval::{Owner, call_code};
use crate::script::class::{ClassRef, Row, new, row};
use crate::script::collection::Map;
use crate::script::host::HostObject;
use crate::script::machine::{Args, Bindings, Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

/// A running script.
pub struct ScriptObject {
    program: Arc<Program>,
    /// The variables of the script.
    pub bindings: Bindings,
    fields: Mutex<Vec<(Arc<str>, Value)>>,
}

impl ScriptObject {
    /// A script with its variables.
    #[must_use]
    pub fn new(program: Arc<Program>, bindings: Bindings) -> Self {
        Self { program, bindings, fields: Mutex::default() }
    }

    /// Gives the `@Field`s their first values.
    ///
    /// # Errors
    /// What their expressions throw.
    pub fn make_fields(&self, machine: &mut Machine<'_>, this: &Value) -> Outcome<()> {
        for field in &self.program.fields {
            let value = match &field.value {
                Some(code) => {
                    let value = call_code(machine, code, this, &owner(this), Args::new(), &[])?;
                    field.target.cast(machine, value)?
                }
                None => field.target.default(),
            };
            self.fields.lock().push((field.name.clone(), value));
        }
        Ok(())
    }

    /// A field or variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        let field = self.fields.lock().iter().find(|(other, _)| **other == *name).map(|(_, value)| value.clone());
        field.or_else(|| self.bindings.get(name))
    }

    /// Changes a field, or sets a variable.
    pub fn set(&self, name: &str, value: Value) {
        if let Some((_, slot)) = self.fields.lock().iter_mut().find(|(other, _)| **other == *name) {
            *slot = value;
            return;
        }
        self.bindings.set(name, value);
    }

    /// What a name means beside variables: `binding`, a getter.
    ///
    /// # Errors
    /// What a getter throws.
    pub fn property(&self, machine: &mut Machine<'_>, this: &Value, name: &str) -> Outcome<Option<Value>> {
        match name {
            "binding" => return Ok(Some(Value::object(Binding(self.bindings.clone())))),
            "class" => return Ok(Some(Value::class_of(&SCRIPT1))),
            _ => {}
        }
        let getter = crate::script::dispatch::getter_name(name);
        self.call_method(machine, this, &getter, &[]).transpose()
    }

    /// Whether the script defines a method of that name.
    #[must_use]
    pub fn has_method(&self, name: &str) -> bool {
        self.program.methods.iter().any(|method| *method.name == *name)
    }

    /// Calls a method of the script, if one fits.
    pub fn call_method(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        let candidates = self.program.methods.iter().filter(|method| *method.name == *name);
        let (method, args) = choose(candidates, args)?;
        Some(run_method(machine, &method, this, &owner(this), args))
    }
}

/// The method that fits arguments best, and the arguments for it.
pub fn choose<'m>(candidates: impl Iterator<Item = &'m Arc<Method>>, args: &[Value]) -> Option<(Arc<Method>, Args)> {
    let candidates: Vec<_> = candidates.collect();
    let mut best: Option<(&Arc<Method>, u32)> = None;
    for method in &candidates {
        if let Some(distance) = distance(&method.code, args)
            && best.is_none_or(|(_, nearest)| distance < nearest)
        {
            best = Some((method, distance));
        }
    }
    if let Some((method, _)) = best {
        return Some((method.clone(), args.iter().cloned().collect()));
    }
    // Called without arguments, the only method of one parameter gets a null.
    match (candidates.as_slice(), args) {
        ([only], []) if only.code.parameters.len() == 1 => {
            let nothing = Args::from_iter([Value::Null]);
            distance(&only.code, &nothing).map(|_| (Arc::clone(only), nothing))
        }
        _ => None,
    }
}

/// Runs a method and converts its result.
///
/// # Errors
/// What it throws.
pub fn run_method(machine: &mut Machine<'_>, method: &Method, this: &Value, owner: &Owner, args: Args) -> Outcome {
    let value = call_code(machine, &method.code, this, owner, args, &[])?;
    if method.is_void {
        return Ok(Value::Null);
    }
    if method.result.is_anything() { Ok(value) } else { method.result.cast(machine, value) }
}

impl HostObject for ScriptObject {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&SCRIPT1)
    }

    fn get(&self, machine: &mut Machine<'_>, this: &Value, name: &str) -> Option<Outcome> {
        if let Some(value) = Self::get(self, name) {
            return Some(Ok(value));
        }
        self.property(machine, this, name).transpose()
    }

    fn set(&self, _machine: &mut Machine<'_>, _this: &Value, name: &str, value: &Value) -> Option<Outcome> {
        Self::set(self, name, value.clone());
        Some(Ok(Value::Null))
    }

    fn call(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        self.call_method(machine, this, name, args)
    }
}

/// Reads and runs a script with variables.
///
/// # Errors
/// Mistakes in the text, what the script throws.
pub fn evaluate(machine: &mut Machine<'_>, text: &str, bindings: &Bindings) -> Outcome {
    machine.enter()?;
    let program = super::parser::parse(text, &machine.library).map_err(|error| {
        Thrown::new("org.codehaus.groovy.control.MultipleCompilationErrorsException", error.message.unwrap_or_default())
    })?;
    super::eval::run_script(machine, &Arc::new(program), bindings)
}

fn own<'c>(c: &crate::script::call::Call<'c, '_>) -> Outcome<&'c ScriptObject> {
    c.this_as::<ScriptObject>()
}

/// The methods of `groovy.lang.Script`.
pub const METHODS: &[Row] = &[
    row("getBinding", "", |c| ok(Value::object(Binding(own(c)?.bindings.clone())))),
    row("getProperty", "String", |c| super::eval::get_property(c.machine, c.this, c.text(0)?)),
    row("setProperty", "String, Object", |c| {
        own(c)?.set(c.text(0)?, c.arg(1).clone());
        Ok(Value::Null)
    }),
    row("evaluate", "String", |c| {
        let bindings = own(c)?.bindings.clone();
        evaluate(c.machine, c.text(0)?, &bindings)
    }),
    row("evaluate", "File", |c| {
        let bindings = own(c)?.bindings.clone();
        let text = crate::script::java::file::read(&c.text_of(0)?)?;
        evaluate(c.machine, &String::from_utf8_lossy(&text), &bindings)
    }),
];

/// `groovy.lang.Binding`.
pub struct Binding(pub Bindings);

impl HostObject for Binding {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&BINDING)
    }

    fn get(&self, _machine: &mut Machine<'_>, _this: &Value, name: &str) -> Option<Outcome> {
        match name {
            "class" => None,
            "variables" => Some(ok(variables(&self.0))),
            name => Some(match self.0.get(name) {
                Some(value) => Ok(value),
                None => Err(super::eval::missing_property(name, "groovy.lang.Binding")),
            }),
        }
    }

    fn set(&self, _machine: &mut Machine<'_>, _this: &Value, name: &str, value: &Value) -> Option<Outcome> {
        self.0.set(name, value.clone());
        Some(Ok(Value::Null))
    }
}

fn variables(bindings: &Bindings) -> Value {
    Value::Map(Arc::new(Map::with(bindings.all().into_iter().map(|(name, value)| (Value::Str(name), value)))))
}

/// The constructors of `groovy.lang.Binding`.
pub const BINDING_NEW: &[Row] = &[
    new("", |_| ok(Value::object(Binding(Bindings::new())))),
    new("Map", |c| {
        let bindings = Bindings::new();
        if let Value::Map(map) = c.arg(0) {
            for (name, value) in map.pairs() {
                let name = c.machine.text(&name)?;
                bindings.set(&name, value);
            }
        }
        ok(Value::object(Binding(bindings)))
    }),
];

/// The methods of `groovy.lang.Binding`.
pub const BINDING_METHODS: &[Row] = &[
    row("hasVariable", "String", |c| ok(c.this_as::<Binding>()?.0.get(c.text(0)?).is_some())),
    row("getVariable", "String", |c| {
        let name = c.text(0)?;
        c.this_as::<Binding>()?.0.get(name).ok_or_else(|| super::eval::missing_property(name, "groovy.lang.Binding"))
    }),
    row("setVariable", "String, Object", |c| {
        c.this_as::<Binding>()?.0.set(c.text(0)?, c.arg(1).clone());
        Ok(Value::Null)
    }),
    row("removeVariable", "String", |c| {
        c.this_as::<Binding>()?.0.remove(c.text(0)?);
        Ok(Value::Null)
    }),
    row("getVariables", "", |c| ok(variables(&c.this_as::<Binding>()?.0))),
];

/// What owns the code of the script that `this` is.
fn owner(this: &Value) -> Owner {
    let script = match this {
        Value::Object(object) => {
            let any: Arc<dyn std::any::Any + Send + Sync> = object.clone();
            any.downcast().ok()
        }
        _ => None,
    };
    Owner { script, ..Owner::default() }
}
