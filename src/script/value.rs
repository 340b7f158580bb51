//! What scripts work with: Java's values, shared by all languages.
//!
//! Values can be sent to other threads, because scripts put them into variables and properties that users share.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use num_bigint::BigInt;
use parking_lot::Mutex;

use super::class::{Class, ClassRef};
use super::collection::{Array, List, Map, Range};
use super::host::HostObject;
use super::machine::{Machine, Outcome};
use super::number::Decimal;

/// A value of a script.
#[derive(Clone, Default)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// BeanShell's `void`, JavaScript's `undefined`.
    Void,
    /// `java.lang.Boolean`.
    Bool(bool),
    /// `java.lang.Byte`.
    Byte(i8),
    /// `java.lang.Short`.
    Short(i16),
    /// `java.lang.Character`: a UTF-16 unit.
    Char(u16),
    /// `java.lang.Integer`.
    Int(i32),
    /// `java.lang.Long`.
    Long(i64),
    /// `java.lang.Float`.
    Float(f32),
    /// `java.lang.Double`.
    Double(f64),
    /// `java.math.BigInteger`.
    BigInteger(Arc<BigInt>),
    /// `java.math.BigDecimal`.
    Decimal(Arc<Decimal>),
    /// `java.lang.String`.
    Str(Arc<str>),
    /// Groovy's `"..${}.."`, rendered when its text is asked for.
    GString(Arc<GString>),
    /// `int[]`, `String[]`...
    Array(Arc<Array>),
    /// Lists and queues.
    List(Arc<List>),
    /// Sets: the keys of a map.
    Set(Arc<Map>),
    /// Maps.
    Map(Arc<Map>),
    /// Groovy's `1..3`.
    Range(Arc<Range>),
    /// A closure, lambda or function.
    Closure(Arc<dyn Callable>),
    /// A class.
    Class(ClassRef),
    /// Any other object: of the Java library, of the host, or made from a class of the script.
    Object(Arc<dyn HostObject>),
    /// A local variable that a closure shares with its surroundings. Never seen by scripts.
    Cell(Arc<Mutex<Value>>),
}

/// Something that can be called with arguments.
pub trait Callable: Any + Send + Sync {
    /// Calls it.
    ///
    /// # Errors
    /// What it throws.
    fn call(&self, machine: &mut Machine<'_>, args: &[Value]) -> Outcome;

    /// Calls it by the pointer that others share.
    ///
    /// # Errors
    /// What it throws.
    fn call_shared(self: Arc<Self>, machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        self.call(machine, args)
    }

    /// How many parameters it has at most; closures without a list have the one called `it`.
    fn arity(&self) -> usize;

    /// Its class.
    fn class(&self) -> ClassRef;
}

/// A text with values in it.
pub struct GString {
    /// The texts around the values: one more than there are values.
    pub texts: Arc<[Arc<str>]>,
    /// The values; closures are called whenever the text is asked for.
    pub values: Vec<Value>,
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Str(text.into())
    }

    /// An object.
    pub fn object(object: impl HostObject) -> Self {
        Self::Object(Arc::new(object))
    }

    /// A new `ArrayList`.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(List::new(items)))
    }

    /// A `byte[]`.
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Array(Arc::new(Array::bytes(bytes.into())))
    }

    /// A class of the Java library.
    pub fn class_of(class: &'static Class) -> Self {
        Self::Class(ClassRef::Java(class))
    }

    /// Whether it is `null` (or nothing at all).
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null | Self::Void)
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Int(_)
                | Self::Long(_)
                | Self::Double(_)
                | Self::Decimal(_)
                | Self::BigInteger(_)
                | Self::Byte(_)
                | Self::Short(_)
                | Self::Float(_)
        )
    }

    /// The object as the type that it has behind the trait.
    #[must_use]
    pub fn downcast<T: HostObject>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => {
                let any: &dyn Any = &**object;
                any.downcast_ref()
            }
            _ => None,
        }
    }

    /// Whether both are the same object, or equal values without an identity.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::GString(a), Self::GString(b)) => Arc::ptr_eq(a, b),
            (Self::Array(a), Self::Array(b)) => Arc::ptr_eq(a, b),
            (Self::List(a), Self::List(b)) => Arc::ptr_eq(a, b),
            (Self::Map(a), Self::Map(b)) | (Self::Set(a), Self::Set(b)) => Arc::ptr_eq(a, b),
            (Self::Range(a), Self::Range(b)) => Arc::ptr_eq(a, b),
            (Self::Closure(a), Self::Closure(b)) => std::ptr::addr_eq(Arc::as_ptr(a), Arc::as_ptr(b)),
            (Self::Object(a), Self::Object(b)) => std::ptr::addr_eq(Arc::as_ptr(a), Arc::as_ptr(b)),
            _ if self.has_identity() || other.has_identity() => false,
            _ => super::java::object::equals(self, other),
        }
    }

    fn has_identity(&self) -> bool {
        matches!(
            self,
            Self::GString(_)
                | Self::Array(_)
                | Self::List(_)
                | Self::Map(_)
                | Self::Set(_)
                | Self::Range(_)
                | Self::Closure(_)
                | Self::Object(_)
        )
    }

    /// A number that tells objects apart: what Java prints after `@`.
    #[must_use]
    pub fn identity(&self) -> i32 {
        let address = match self {
            Self::GString(object) => Arc::as_ptr(object).addr(),
            Self::Array(object) => Arc::as_ptr(object).addr(),
            Self::List(object) => Arc::as_ptr(object).addr(),
            Self::Map(object) | Self::Set(object) => Arc::as_ptr(object).addr(),
            Self::Range(object) => Arc::as_ptr(object).addr(),
            Self::Closure(object) => Arc::as_ptr(object).addr(),
            Self::Object(object) => Arc::as_ptr(object).addr(),
            Self::Null | Self::Void => return 0,
            other => return super::java::object::hash(other),
        };
        (address >> 4) as i32 & 0x7fff_ffff | 0x1000_0000
    }
}

/// For messages of tests and logs; never runs code of the script.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match super::java::object::plain_text(self) {
            Some(text) => f.write_str(&text),
            None => write!(f, "<{}>", self.class().name()),
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),* $(,)?) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}

from! {
    bool => Bool, i8 => Byte, i16 => Short, u16 => Char, i32 => Int, i64 => Long, f32 => Float, f64 => Double,
    &str => Str, String => Str, Arc<str> => Str, ClassRef => Class, Arc<dyn HostObject> => Object,
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Decimal(Arc::new(number))
    }
}

impl From<BigInt> for Value {
    fn from(number: BigInt) -> Self {
        Self::BigInteger(Arc::new(number))
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::list(items)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
