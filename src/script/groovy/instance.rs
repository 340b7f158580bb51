//! Objects of classes of a script.

mod fields;
mod generated;

pub use fields::{closure_named, field, has_property, own_name, put_field, read_only, set_field};

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock, Weak};

use parking_lot::Mutex;

use super::definition::{GroovyClass, Members, as_groovy};
use super::eval::{Owner, missing_property};
use crate::script::class::ClassRef;
use crate::script::collection::Map;
use crate::script::dispatch::Found;
use crate::script::host::HostObject;
use crate::script::java::throwable;
use crate::script::machine::{Args, Machine, Outcome};
use crate::script::value::Value;

/// An object of a class of a script.
pub struct Instance {
    class: Arc<GroovyClass>,
    fields: Mutex<Members>,
    /// The object of the library that it extends: an exception, a list.
    base: OnceLock<Value>,
    /// For a constant of an enumeration: its name and number.
    constant: Option<(Arc<str>, i32)>,
    is_frozen: OnceLock<()>,
    own: Weak<Self>,
}

impl Instance {
    /// An object without values yet.
    pub fn new(class: Arc<GroovyClass>, captured: Vec<(Arc<str>, Arc<Mutex<Value>>)>) -> Arc<Self> {
        let fields = captured.into_iter().map(|(name, cell)| (name, Value::Cell(cell))).collect();
        Self::made(class, fields, None)
    }

    fn made(class: Arc<GroovyClass>, fields: Members, constant: Option<(Arc<str>, i32)>) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            class,
            fields: Mutex::new(fields),
            base: OnceLock::new(),
            constant,
            is_frozen: OnceLock::new(),
            own: own.clone(),
        })
    }

    /// A constant of an enumeration.
    pub fn constant(class: Arc<GroovyClass>, name: Arc<str>, ordinal: i32) -> Arc<Self> {
        Self::made(class, Vec::new(), Some((name, ordinal)))
    }

    /// Sets the object of the library that it extends.
    pub fn set_base(&self, base: Value) {
        // Only the first call of `super(..)` counts.
        let _ = self.base.set(base);
    }

    /// Refuses changes from now on.
    pub fn freeze(&self) {
        let _ = self.is_frozen.set(());
    }

    fn field(&self, name: &str) -> Option<Value> {
        let fields = self.fields.lock();
        fields.iter().find(|(other, _)| **other == *name).map(|(_, value)| match value {
            Value::Cell(cell) => cell.lock().clone(),
            value => value.clone(),
        })
    }

    /// The object of the library that it extends, made when it is first needed.
    fn base(&self, machine: &mut Machine<'_>) -> Outcome<Option<Value>> {
        if let Some(base) = self.base.get() {
            return Ok(Some(base.clone()));
        }
        let parent = self.class.java_parent();
        let Some(parent) = parent else { return Ok(None) };
        if let Some(base) = machine.try_construct(&parent, Args::new())? {
            self.set_base(base.clone());
            return Ok(Some(base));
        }
        Ok(None)
    }

    /// The properties in their order.
    fn properties(&self) -> Members {
        let mut properties = Vec::new();
        for class in self.class.lineage().iter().rev() {
            for field in class.definition().fields.iter().filter(|field| field.is_property && !field.is_static) {
                if let Some(value) = self.field(&field.name) {
                    properties.push((field.name.clone(), value));
                }
            }
        }
        properties
    }

    /// The value of a field; a lazy one is made now.
    fn read(&self, machine: &mut Machine<'_>, this: &Value, name: &str) -> Option<Outcome> {
        let value = self.field(name)?;
        let Value::Void = value else { return Some(Ok(value)) };
        let (class, at) = self.class.field_named(name)?;
        let made = class.initial(machine, &class.definition().fields[at], this);
        Some(made.inspect(|made| put_field(this, &name.into(), made.clone())))
    }

    /// A getter that the script wrote.
    fn getter(&self, machine: &mut Machine<'_>, this: &Value, name: &str) -> Option<Outcome> {
        let getter = crate::script::dispatch::getter_name(name);
        let by_get = self.class.call_on(machine, this, &getter, &[]);
        by_get.or_else(|| self.class.call_on(machine, this, &getter.replacen("get", "is", 1), &[]))
    }
}

impl GroovyClass {
    /// The class of the library that it comes from, if that is more than `Object`.
    #[must_use]
    pub fn java_parent(&self) -> Option<ClassRef> {
        self.lineage().iter().find_map(|class| {
            let parents = class.definition().parents.iter();
            parents.clone().find(|parent| matches!(parent, ClassRef::Java(java) if !java.is_interface && !matches!(java.name, "java.lang.Object" | "java.lang.Enum"))).cloned()
        })
    }
}

impl HostObject for Instance {
    fn class(&self) -> ClassRef {
        ClassRef::Script(self.class.clone())
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        if let Some(own) = self.own.upgrade()
            && let Some(text) = self.class.call_on(machine, &Value::Object(own), "toString", &[])
        {
            return Ok(Some(machine.text(&text?)?.to_string()));
        }
        if let Some((name, _)) = &self.constant {
            return Ok(Some(name.to_string()));
        }
        if self.class.definition().traits.has_text {
            return self.generated_text(machine).map(Some);
        }
        match self.base(machine)? {
            Some(base) if base.class().is_a("java.lang.Throwable") => {
                let message = throwable::message(machine, &base)?;
                Ok(Some(match message {
                    Some(message) => format!("{}: {message}", self.class.name),
                    None => self.class.name.to_string(),
                }))
            }
            Some(base) => Ok(Some(machine.text(&base)?.to_string())),
            None => Ok(None),
        }
    }

    fn get(&self, machine: &mut Machine<'_>, this: &Value, name: &str) -> Option<Outcome> {
        if name == "class" {
            return None;
        }
        if let Some(outcome) = self.getter(machine, this, name) {
            return Some(outcome);
        }
        if let Some(outcome) = self.read(machine, this, name) {
            return Some(outcome);
        }
        if name == "properties" {
            let mut pairs: Vec<_> =
                self.properties().into_iter().map(|(name, value)| (Value::Str(name), value)).collect();
            pairs.push(("class".into(), Value::Class(HostObject::class(self))));
            return Some(Ok(Value::Map(Arc::new(Map::with(pairs)))));
        }
        match self.class.static_named(machine, name) {
            Ok(Some(value)) => return Some(Ok(value)),
            Err(thrown) => return Some(Err(thrown)),
            Ok(None) => {}
        }
        match self.base(machine) {
            Ok(Some(base)) => match machine.property(&base, name) {
                Ok(Some(value)) => return Some(Ok(value)),
                Ok(None) => {}
                Err(thrown) => return Some(Err(thrown)),
            },
            Ok(None) => {}
            Err(thrown) => return Some(Err(thrown)),
        }
        self.class.call_on(machine, this, "propertyMissing", &[name.into()])
    }

    fn set(&self, machine: &mut Machine<'_>, this: &Value, name: &str, value: &Value) -> Option<Outcome> {
        let mut setter = crate::script::dispatch::getter_name(name);
        setter.replace_range(..1, "s");
        if let Some(outcome) = self.class.call_on(machine, this, &setter, std::slice::from_ref(value)) {
            return Some(outcome);
        }
        if let Some((class, at)) = self.class.field_named(name) {
            let field = &class.definition().fields[at];
            if field.is_static {
                return Some(class.set_static(machine, name, value, false).map(|_| Value::Null));
            }
            if field.is_final || self.is_frozen.get().is_some() {
                return Some(Err(read_only(name, &self.class.name)));
            }
            return Some(field.target.cast(machine, value.clone()).map(|value| {
                put_field(this, &field.name, value);
                Value::Null
            }));
        }
        if self.field(name).is_some() {
            put_field(this, &name.into(), value.clone());
            return Some(Ok(Value::Null));
        }
        match self.base(machine) {
            Ok(Some(base)) => match machine.set_property(&base, name, value) {
                Ok(true) => return Some(Ok(Value::Null)),
                Ok(false) => {}
                Err(thrown) => return Some(Err(thrown)),
            },
            Ok(None) => {}
            Err(thrown) => return Some(Err(thrown)),
        }
        if self.getter(machine, this, name).is_some() {
            return Some(Err(read_only(name, &self.class.name)));
        }
        let missing = self.class.call_on(machine, this, "propertyMissing", &[name.into(), value.clone()]);
        Some(missing.unwrap_or_else(|| Err(missing_property(name, &self.class.name))))
    }

    fn call(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        if let Some(outcome) = self.class.call_on(machine, this, name, args) {
            return Some(outcome);
        }
        if let Some(outcome) = self.generated(machine, this, name, args) {
            return Some(outcome);
        }
        match self.base(machine) {
            Ok(Some(base)) if !matches!(name, "toString" | "getClass") => {
                match machine.try_invoke(&base, name, args.iter().cloned().collect()) {
                    Ok(Found::Value(value)) => return Some(Ok(value)),
                    Ok(_) => {}
                    Err(thrown) => return Some(Err(thrown)),
                }
            }
            Ok(_) => {}
            Err(thrown) => return Some(Err(thrown)),
        }
        if is_universal(machine, name, args) {
            return None;
        }
        let list = Value::Array(Arc::new(crate::script::collection::Array::objects(args.to_vec())));
        self.class.call_on(machine, this, "methodMissing", &[name.into(), list])
    }

    fn compare(&self, other: &Value) -> Option<Ordering> {
        let (_, own) = self.constant.as_ref()?;
        let (_, other) = other.downcast::<Self>()?.constant.as_ref()?;
        Some(own.cmp(other))
    }

    fn hash(&self) -> Option<i32> {
        None
    }
}

/// Whether any object has such a method.
fn is_universal(machine: &Machine<'_>, name: &str, args: &[Value]) -> bool {
    let table = crate::script::java::object::OBJECT.table(machine.dialect);
    matches!(table.choose(name, args), crate::script::class::Choice::Method(_))
}

/// `super.name(args)`
///
/// # Errors
/// `MissingMethodException`, what the method throws.
pub fn call_super(machine: &mut Machine<'_>, owner: &Owner, this: &Value, name: &str, args: &[Value]) -> Outcome {
    let parents = owner.class.as_ref().map(|class| class.definition().parents.clone()).unwrap_or_default();
    for parent in parents.iter().filter_map(as_groovy) {
        if let Some(outcome) = parent.call_on(machine, this, name, args) {
            return outcome;
        }
    }
    if let Some(instance) = this.downcast::<Instance>() {
        if let Some(base) = instance.base(machine)? {
            return super::eval::invoke(machine, &base, name, args);
        }
        match (name, args) {
            ("toString", []) => return Ok(format!("{}@{:x}", instance.class.name, this.identity()).into()),
            ("hashCode", []) => return Ok(Value::Int(this.identity())),
            ("equals", [other]) => return Ok(Value::Bool(this.is_same(other))),
            _ => {}
        }
    }
    Err(machine.missing_method(this, name, args))
}
