//! Classes of a script.

use std::fmt;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::ast::{Body, Field, LateBody, Method};
use super::eval::{Owner, call_code};
use super::instance::{self, Instance};
use super::script::{choose, run_method};
use crate::script::class::{ClassRef, ScriptClass};
use crate::script::java::object::OBJECT;
use crate::script::machine::{Args, Machine, Outcome, Thrown};
use crate::script::value::Value;

/// Named values.
pub type Members = Vec<(Arc<str>, Value)>;

/// A class of a script.
pub struct GroovyClass {
    /// Its name.
    pub name: Arc<str>,
    /// What it is, once its definition was read.
    pub body: LateBody,
    /// Its static fields, once it was used.
    statics: Mutex<Option<Members>>,
    own: Weak<Self>,
}

impl fmt::Debug for GroovyClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl GroovyClass {
    /// A class whose definition is not known yet.
    #[must_use]
    pub fn new(name: Arc<str>) -> Arc<Self> {
        Arc::new_cyclic(|own| Self { name, body: LateBody::new(), statics: Mutex::default(), own: own.clone() })
    }

    /// What it is.
    pub fn definition(&self) -> &Body {
        self.body.get_or_init(Body::default)
    }

    /// Itself as others share it.
    #[must_use]
    pub fn shared(&self) -> Option<Arc<Self>> {
        self.own.upgrade()
    }

    /// It and the classes of the script that it comes from, the nearest first; traits and interfaces too.
    #[must_use]
    pub fn lineage(&self) -> Vec<Arc<Self>> {
        let mut lineage: Vec<Arc<Self>> = self.shared().into_iter().collect();
        let mut at = 0;
        while at < lineage.len() && lineage.len() < 100 {
            for parent in &lineage[at].clone().definition().parents {
                if let Some(parent) = as_groovy(parent)
                    && !lineage.iter().any(|known| Arc::ptr_eq(known, &parent))
                {
                    lineage.push(parent);
                }
            }
            at += 1;
        }
        lineage
    }

    /// Who the code of the class belongs to.
    #[must_use]
    pub fn owner(self: &Arc<Self>) -> Owner {
        Owner { class: Some(self.clone()), ..Owner::default() }
    }

    /// The method that fits arguments best, the class that has it, and the arguments for it.
    #[must_use]
    pub fn find(&self, name: &str, args: &[Value], statics_only: bool) -> Option<(Arc<Method>, Arc<Self>, Args)> {
        for class in self.lineage() {
            let methods = class.definition().methods.iter();
            let candidates = methods
                .filter(|method| *method.name == *name && !method.is_abstract && (method.is_static || !statics_only));
            if let Some((method, args)) = choose(candidates, args) {
                return Some((method, class, args));
            }
        }
        None
    }

    /// Calls a method on an object of the class.
    pub fn call_on(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        let (method, class, args) = self.find(name, args, false)?;
        Some(run_method(machine, &method, this, &class.owner(), args))
    }

    /// A field of the class or of one that it comes from.
    #[must_use]
    pub fn field_named(&self, name: &str) -> Option<(Arc<Self>, usize)> {
        self.lineage().into_iter().find_map(|class| {
            let at = class.definition().fields.iter().position(|field| *field.name == *name)?;
            Some((class, at))
        })
    }

    /// Whether it is an enumeration.
    pub fn is_enum(&self) -> bool {
        self.definition().traits.is_enum
    }

    /// Runs what has to run before the class is used.
    fn prepare(self: &Arc<Self>, machine: &mut Machine<'_>) -> Outcome<()> {
        if self.statics.lock().is_some() {
            return Ok(());
        }
        *self.statics.lock() = Some(Vec::new());
        let this = Value::Class(ClassRef::Script(self.clone()));
        let body = self.definition();
        for field in body.fields.iter().filter(|field| field.is_static) {
            let value = self.initial(machine, field, &this)?;
            self.put_static(&field.name, value);
        }
        self.make_constants(machine, &this)?;
        for code in &body.static_initializers {
            call_code(machine, code, &this, &self.owner(), Args::new(), &[])?;
        }
        Ok(())
    }

    /// The constants of an enumeration.
    fn make_constants(self: &Arc<Self>, machine: &mut Machine<'_>, this: &Value) -> Outcome<()> {
        let mut all = Vec::new();
        for (ordinal, (name, arguments)) in self.definition().constants.iter().enumerate() {
            let args = call_code(machine, arguments, this, &self.owner(), Args::new(), &[])?;
            let args = machine.items(&args)?;
            let constant = Instance::constant(self.clone(), name.clone(), ordinal as i32);
            let value = Value::Object(constant);
            super::construct::initialize(machine, self, &value, args.into())?;
            self.put_static(name, value.clone());
            all.push(value);
        }
        if self.is_enum() {
            self.put_static(&"$VALUES".into(), all.into());
        }
        Ok(())
    }

    /// The first value of a field.
    ///
    /// # Errors
    /// What its expression throws.
    pub fn initial(self: &Arc<Self>, machine: &mut Machine<'_>, field: &Field, this: &Value) -> Outcome {
        match &field.value {
            Some(code) => {
                let value = call_code(machine, code, this, &self.owner(), Args::new(), &[])?;
                field.target.cast(machine, value)
            }
            None => Ok(field.target.default()),
        }
    }

    /// A static field of the class itself.
    #[must_use]
    pub fn static_value(&self, name: &str) -> Option<Value> {
        let statics = self.statics.lock();
        statics.as_ref()?.iter().find(|(other, _)| **other == *name).map(|(_, value)| value.clone())
    }

    fn put_static(&self, name: &Arc<str>, value: Value) {
        let mut statics = self.statics.lock();
        let statics = statics.get_or_insert_with(Vec::new);
        match statics.iter_mut().find(|(other, _)| other == name) {
            Some((_, slot)) => *slot = value,
            None => statics.push((name.clone(), value)),
        }
    }

    /// A static field of the class, of one that it comes from, or of the one around it.
    ///
    /// # Errors
    /// What the class throws while it is prepared.
    pub fn static_named(&self, machine: &mut Machine<'_>, name: &str) -> Outcome<Option<Value>> {
        for class in self.lineage() {
            class.prepare(machine)?;
            if let Some(value) = class.static_value(name) {
                return Ok(Some(value));
            }
        }
        match &self.definition().outer {
            Some(ClassRef::Script(outer)) => outer.clone().get(machine, name).transpose(),
            _ => Ok(None),
        }
    }

    /// Changes a static field; `false` when there is none.
    ///
    /// # Errors
    /// `ReadOnlyPropertyException`, from outside the class; what the class throws while it is prepared.
    pub fn set_static(&self, machine: &mut Machine<'_>, name: &str, value: &Value, from_inside: bool) -> Outcome<bool> {
        for class in self.lineage() {
            class.prepare(machine)?;
            let Some(field) = class.definition().fields.iter().find(|field| field.is_static && *field.name == *name)
            else {
                continue;
            };
            if field.is_final && !from_inside {
                return Err(instance::read_only(name, &class.name));
            }
            let value = field.target.cast(machine, value.clone())?;
            class.put_static(&field.name.clone(), value);
            return Ok(true);
        }
        Ok(false)
    }

    /// `this(args)` and `super(args)` in a constructor.
    ///
    /// # Errors
    /// What the constructor throws.
    pub fn call_constructor(
        machine: &mut Machine<'_>,
        owner: &Owner,
        this: &Value,
        is_super: bool,
        args: Args,
    ) -> Outcome {
        let Some(class) = &owner.class else {
            return Err(machine.missing_method(this, "call", &args));
        };
        super::construct::delegate(machine, class, this, is_super, args)?;
        Ok(Value::Null)
    }

    /// Makes an object of a class without a name, with the variables that it takes from around it.
    ///
    /// # Errors
    /// What the constructor throws.
    pub fn construct_capturing(
        machine: &mut Machine<'_>,
        class: &Arc<dyn ScriptClass>,
        args: Args,
        captured: Vec<(Arc<str>, Arc<Mutex<Value>>)>,
    ) -> Outcome {
        let any: Arc<dyn std::any::Any + Send + Sync> = class.clone();
        match any.downcast::<Self>() {
            Ok(class) => super::construct::make(machine, &class, args, captured),
            Err(_) => machine.construct(&ClassRef::Script(class.clone()), &args),
        }
    }
}

/// The class of a script behind a reference.
#[must_use]
pub fn as_groovy(class: &ClassRef) -> Option<Arc<GroovyClass>> {
    match class {
        ClassRef::Script(class) => {
            let any: Arc<dyn std::any::Any + Send + Sync> = class.clone();
            any.downcast().ok()
        }
        _ => None,
    }
}

impl ScriptClass for GroovyClass {
    fn name(&self) -> &str {
        &self.name
    }

    fn parents(&self) -> Vec<ClassRef> {
        let parents = self.definition().parents.clone();
        if parents.is_empty() { vec![ClassRef::Java(&OBJECT)] } else { parents }
    }

    fn construct(&self, machine: &mut Machine<'_>, args: Args) -> Outcome {
        match self.shared() {
            Some(class) => super::construct::make(machine, &class, args, Vec::new()),
            None => Err(Thrown::bare("java.lang.InstantiationException")),
        }
    }

    fn get(&self, machine: &mut Machine<'_>, name: &str) -> Option<Outcome> {
        match self.static_named(machine, name) {
            Ok(Some(value)) => return Some(Ok(value)),
            Ok(None) => {}
            Err(thrown) => return Some(Err(thrown)),
        }
        let getter = crate::script::dispatch::getter_name(name);
        ScriptClass::call(self, machine, &getter, &[])
    }

    fn set(&self, machine: &mut Machine<'_>, name: &str, value: &Value) -> Option<Outcome> {
        match self.set_static(machine, name, value, false) {
            Ok(true) => Some(Ok(Value::Null)),
            Ok(false) => None,
            Err(thrown) => Some(Err(thrown)),
        }
    }

    fn call(&self, machine: &mut Machine<'_>, name: &str, args: &[Value]) -> Option<Outcome> {
        let own = self.shared()?;
        if let Err(thrown) = own.prepare(machine) {
            return Some(Err(thrown));
        }
        if let Some((method, class, args)) = self.find(name, args, true) {
            let this = Value::Class(ClassRef::Script(own));
            return Some(run_method(machine, &method, &this, &class.owner(), args));
        }
        match (name, args) {
            ("values", []) if self.is_enum() => {
                let items = match self.static_value("$VALUES") {
                    Some(Value::List(list)) => list.items(),
                    _ => Vec::new(),
                };
                let array = crate::script::collection::Array::of(ClassRef::Script(own), items);
                Some(Ok(Value::Array(Arc::new(array))))
            }
            ("valueOf", [Value::Str(constant)]) if self.is_enum() => {
                Some(self.static_value(constant).ok_or_else(|| {
                    crate::script::machine::illegal_argument(format!("No enum constant {}.{constant}", self.name))
                }))
            }
            _ => match self.static_value(name) {
                Some(closure @ Value::Closure(_)) => Some(machine.call(&closure, args)),
                _ => None,
            },
        }
    }

    fn is_interface(&self) -> bool {
        self.definition().traits.is_interface || self.definition().traits.is_trait
    }
}
