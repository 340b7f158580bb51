//! Classes as values: of the library, of the script, of arrays.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::class::Class;
use super::java;
use super::machine::{Args, Machine, Outcome};
use super::value::Value;

/// A class as a value: of the library, of the script, or of an array.
#[derive(Clone)]
pub enum ClassRef {
    /// A class of the Java library or the host.
    Java(&'static Class),
    /// A class that the script defines.
    Script(Arc<dyn ScriptClass>),
    /// An array of something.
    Array(Arc<Self>),
}

/// A class that a script defines.
pub trait ScriptClass: Any + Send + Sync {
    /// Its name.
    fn name(&self) -> &str;

    /// Its superclass and interfaces.
    fn parents(&self) -> Vec<ClassRef>;

    /// `new`.
    ///
    /// # Errors
    /// What the constructor throws.
    fn construct(&self, machine: &mut Machine<'_>, args: Args) -> Outcome;

    /// Reads a static property.
    fn get(&self, machine: &mut Machine<'_>, name: &str) -> Option<Outcome>;

    /// Changes a static property.
    fn set(&self, machine: &mut Machine<'_>, name: &str, value: &Value) -> Option<Outcome>;

    /// Calls a static method.
    fn call(&self, machine: &mut Machine<'_>, name: &str, args: &[Value]) -> Option<Outcome>;

    /// Whether it is an interface.
    fn is_interface(&self) -> bool {
        false
    }
}

impl ClassRef {
    /// The name that `getName` gives: `java.lang.String`, `[I`, `[Ljava.lang.String;`.
    #[must_use]
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::Java(class) => class.name.into(),
            Self::Script(class) => class.name().into(),
            Self::Array(element) => match &**element {
                Self::Array(_) => format!("[{}", element.name()).into(),
                element => match java::primitive::code(&element.name()) {
                    Some(code) => format!("[{code}").into(),
                    None => format!("[L{};", element.name()).into(),
                },
            },
        }
    }

    /// The name that `getSimpleName` gives: `String`, `int[]`.
    #[must_use]
    pub fn simple_name(&self) -> Arc<str> {
        match self {
            Self::Java(class) => class.simple_name().into(),
            Self::Script(class) => class.name().rsplit(['.', '$']).next().unwrap_or_default().into(),
            Self::Array(element) => format!("{}[]", element.simple_name()).into(),
        }
    }

    /// Whether it is that class or comes from it.
    #[must_use]
    pub fn is_a(&self, name: &str) -> bool {
        match self {
            Self::Java(class) => class.is_a(name),
            Self::Script(class) => {
                class.name() == name || name == "Object" || class.parents().iter().any(|parent| parent.is_a(name))
            }
            Self::Array(_) => matches!(name, "Object" | "java.lang.Object") || *self.name() == *name,
        }
    }

    /// Whether values of the other class are values of this one.
    #[must_use]
    pub fn is_above(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Java(class), other) => other.is_a(class.name),
            (Self::Script(class), Self::Script(other)) => {
                std::ptr::addr_eq(Arc::as_ptr(class), Arc::as_ptr(other))
                    || other.parents().iter().any(|parent| self.is_above(parent))
            }
            (Self::Array(class), Self::Array(other)) => class.is_above(other),
            _ => false,
        }
    }

    /// The class of the library that it is or comes from.
    #[must_use]
    pub fn java(&self) -> &'static Class {
        match self {
            Self::Java(class) => class,
            Self::Script(class) => {
                let parents = class.parents();
                parents.iter().map(Self::java).find(|class| !class.is_interface).unwrap_or(&java::object::OBJECT)
            }
            Self::Array(_) => &java::array::ARRAY,
        }
    }
}

impl PartialEq for ClassRef {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Java(a), Self::Java(b)) => std::ptr::eq(*a, *b),
            (Self::Script(a), Self::Script(b)) => std::ptr::addr_eq(Arc::as_ptr(a), Arc::as_ptr(b)),
            (Self::Array(a), Self::Array(b)) => a == b,
            _ => false,
        }
    }
}

impl fmt::Debug for ClassRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl Value {
    /// The class of a value; `Object` for `null`.
    #[must_use]
    pub fn class(&self) -> ClassRef {
        let class: &'static Class = match self {
            Self::Null | Self::Void | Self::Cell(_) => &java::object::OBJECT,
            Self::Bool(_) => &java::boolean::BOOLEAN,
            Self::Byte(_) => &java::numbers::BYTE,
            Self::Short(_) => &java::numbers::SHORT,
            Self::Char(_) => &java::boolean::CHARACTER,
            Self::Int(_) => &java::numbers::INTEGER,
            Self::Long(_) => &java::numbers::LONG,
            Self::Float(_) => &java::floating::FLOAT,
            Self::Double(_) => &java::floating::DOUBLE,
            Self::BigInteger(_) => &java::decimals::BIG_INTEGER,
            Self::Decimal(_) => &java::decimals::BIG_DECIMAL,
            Self::Str(_) => &java::string::STRING,
            Self::GString(_) => &super::groovy::classes::GSTRING,
            Self::Array(array) => return array.class(),
            Self::List(list) => list.class,
            Self::Set(map) | Self::Map(map) => map.class,
            Self::Range(range) if range.is_of_ints() => &super::groovy::classes::INT_RANGE,
            Self::Range(_) => &super::groovy::classes::OBJECT_RANGE,
            Self::Closure(closure) => return closure.class(),
            Self::Class(_) => &java::class::CLASS,
            Self::Object(object) => return object.class(),
        };
        ClassRef::Java(class)
    }
}
