//! Groovy's conversions: `int i = 3.99`, `(int) x`, `'12' as int`.

mod assignment;
mod coercion;
mod collection;

use std::sync::Arc;

use crate::script::class::ClassRef;
use crate::script::java::{self};
use crate::script::machine::{Machine, Outcome};

use crate::script::value::Value;

use collection::is_collection;

use super::format;

/// A type to convert to, looked at once.
#[derive(Clone, Debug)]
pub struct Target {
    /// The class.
    pub class: ClassRef,
    kind: Kind,
    /// Whether it is a primitive type, which cannot be `null`.
    is_primitive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    Bool,
    Byte,
    Short,
    Char,
    Int,
    Long,
    Float,
    Double,
    Decimal,
    BigInteger,
    Number,
    Text,
    Array,
    Other,
}

impl Target {
    /// The conversion to a class.
    #[must_use]
    pub fn of(class: ClassRef) -> Self {
        let name = class.name();
        let is_primitive = java::primitive::code(&name).is_some();
        let kind = match &*name {
            "java.lang.Object" => Kind::Object,
            "boolean" | "java.lang.Boolean" => Kind::Bool,
            "byte" | "java.lang.Byte" => Kind::Byte,
            "short" | "java.lang.Short" => Kind::Short,
            "char" | "java.lang.Character" => Kind::Char,
            "int" | "java.lang.Integer" => Kind::Int,
            "long" | "java.lang.Long" => Kind::Long,
            "float" | "java.lang.Float" => Kind::Float,
            "double" | "java.lang.Double" => Kind::Double,
            "java.math.BigDecimal" => Kind::Decimal,
            "java.math.BigInteger" => Kind::BigInteger,
            "java.lang.Number" => Kind::Number,
            "java.lang.String" | "java.lang.CharSequence" => Kind::Text,
            _ if matches!(class, ClassRef::Array(_)) => Kind::Array,
            _ => Kind::Other,
        };
        Self { class, kind, is_primitive }
    }

    /// Whether it is `Object` or nothing: no conversion at all.
    #[must_use]
    pub fn is_anything(&self) -> bool {
        self.kind == Kind::Object
    }

    /// Whether it is a primitive number or the class of one.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(
            self.kind,
            Kind::Byte | Kind::Short | Kind::Char | Kind::Int | Kind::Long | Kind::Float | Kind::Double | Kind::Number
        )
    }

    /// Whether a value is of the type already.
    #[must_use]
    pub fn has(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (Kind::Object, _)
            | (Kind::Bool, Value::Bool(_))
            | (Kind::Int, Value::Int(_))
            | (Kind::Text, Value::Str(_))
            | (Kind::Long, Value::Long(_))
            | (Kind::Double, Value::Double(_))
            | (Kind::Float, Value::Float(_))
            | (Kind::Char, Value::Char(_))
            | (Kind::Byte, Value::Byte(_))
            | (Kind::Short, Value::Short(_))
            | (Kind::Decimal, Value::Decimal(_))
            | (Kind::BigInteger, Value::BigInteger(_)) => true,
            (Kind::Number, value) => value.is_number(),
            (Kind::Other | Kind::Array, value) => !value.is_null() && self.class.is_above(&value.class()),
            _ => false,
        }
    }

    /// How far a value is from the type when a method is chosen; `None` when it does not fit.
    #[must_use]
    pub fn distance(&self, value: &Value) -> Option<u32> {
        use crate::script::parameter::Parameter;
        let parameter = match self.kind {
            _ if value.is_null() => {
                return if self.is_primitive { None } else { Some(if self.kind == Kind::Object { 1 } else { 2 }) };
            }
            Kind::Object => Parameter::Object,
            Kind::Bool => Parameter::Bool,
            Kind::Byte => Parameter::Byte,
            Kind::Short => Parameter::Short,
            Kind::Char => Parameter::Char,
            Kind::Int => return (!matches!(value, Value::Char(_))).then(|| Parameter::Int.distance(value))?,
            Kind::Long => Parameter::Long,
            Kind::Float => Parameter::Float,
            Kind::Double => Parameter::Double,
            Kind::Decimal => Parameter::Decimal,
            Kind::BigInteger => Parameter::BigInteger,
            Kind::Number => return value.is_number().then_some(10),
            Kind::Text => Parameter::Chars,
            Kind::Array | Kind::Other => {
                let class = value.class();
                if self.class.is_above(&class) {
                    return Some(if self.class == class { 0 } else { 5 });
                }
                let is_function =
                    matches!(value, Value::Closure(_)) && is_interface(&self.class) && !is_collection(&self.class);
                return is_function.then_some(20);
            }
        };
        let distance = parameter.distance(value)?;
        // A wrapper class is a little nearer than the primitive type.
        Some(distance * 2 + u32::from(self.is_primitive))
    }

    /// What a variable of the type holds when nothing is assigned.
    #[must_use]
    pub fn default(&self) -> Value {
        if self.is_primitive { java::primitive::default(&self.class) } else { Value::Null }
    }
}

fn is_interface(class: &ClassRef) -> bool {
    match class {
        ClassRef::Java(class) => class.is_interface,
        ClassRef::Script(class) => class.is_interface(),
        ClassRef::Array(_) => false,
    }
}

/// Converts a value to a class as an assignment does.
///
/// # Errors
/// `GroovyCastException`.
pub fn to(machine: &mut Machine<'_>, value: &Value, class: &ClassRef) -> Outcome {
    Target::of(class.clone()).cast(machine, value.clone())
}

impl Machine<'_> {
    /// What a `String` variable gets: arrays and lists in Groovy's form.
    pub(in crate::script) fn text_as_groovy(&mut self, value: &Value) -> Outcome<Arc<str>> {
        match value {
            Value::Str(text) => Ok(text.clone()),
            Value::Array(_) => format::text(self, value).map(Into::into),
            other => self.text(other),
        }
    }

    /// All properties of an object with their values, sorted by name.
    ///
    /// # Errors
    /// What a getter throws.
    pub fn properties_of(&mut self, value: &Value) -> Outcome<Vec<(Value, Value)>> {
        let mut pairs = Vec::new();
        if let Value::Object(object) = value
            && let Some(properties) = object.clone().get(self, value, "properties")
        {
            return match properties? {
                Value::Map(map) => Ok(map.pairs()),
                _ => Ok(pairs),
            };
        }
        let class = value.class();
        let names: Vec<_> =
            class.java().table(self.dialect).properties().iter().map(|name| (*name).to_owned()).collect();
        for name in names.into_iter().filter(|name| name != "properties") {
            let property = self.property(value, &name)?.unwrap_or_default();
            pairs.push((name.into(), property));
        }
        pairs.push(("class".into(), Value::Class(class)));
        Ok(pairs)
    }
}
