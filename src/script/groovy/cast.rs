//! Groovy's conversions: `int i = 3.99`, `(int) x`, `'12' as int`.

use std::sync::Arc;

use num_bigint::BigInt;

use crate::script::class::{Class, ClassRef};
use crate::script::collection::{Array, List, Map, Rule};
use crate::script::dispatch::Proxy;
use crate::script::java::{self, decimals, set, text};
use crate::script::machine::{Machine, Outcome, Thrown};

use crate::script::value::Value;

use super::{format, truth};

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

    /// Converts as an assignment or `(Type) value` does.
    ///
    /// # Errors
    /// `GroovyCastException`.
    pub fn cast(&self, machine: &mut Machine<'_>, value: Value) -> Outcome {
        if self.has(&value) {
            return Ok(value);
        }
        if value.is_null() {
            return match (self.kind, self.is_primitive) {
                (Kind::Bool, true) => Ok(Value::Bool(false)),
                (_, true) => {
                    let boxed = boxed_name(&self.class);
                    Err(cannot_cast(format!(
                        "Cannot cast object 'null' with class 'null' to class '{}'. Try '{boxed}' instead",
                        self.class.name()
                    )))
                }
                _ => Ok(Value::Null),
            };
        }
        if let Some(converted) = self.number(&value) {
            return Ok(converted);
        }
        match self.kind {
            Kind::Text => Ok(machine.text_as_groovy(&value)?.into()),
            Kind::Bool => truth::of(machine, &value).map(Value::Bool),
            Kind::Array => self.array(machine, &value),
            Kind::Other => self.other(machine, value),
            _ => Err(self.refuse(machine, &value)),
        }
    }

    fn refuse(&self, machine: &mut Machine<'_>, value: &Value) -> Thrown {
        match format::text(machine, value) {
            Ok(text) => cannot_cast(format!(
                "Cannot cast object '{text}' with class '{}' to class '{}'",
                value.class().name(),
                self.class.name()
            )),
            Err(thrown) => thrown,
        }
    }

    /// Numbers and characters of one another, and texts of one character.
    fn number(&self, value: &Value) -> Option<Value> {
        let unit = match value {
            Value::Char(unit) => Some(*unit),
            Value::Str(text) if text::length(text) == 1 => text::unit_at(text, 0),
            _ => None,
        };
        let code;
        let number = match (unit, self.kind) {
            (Some(unit), Kind::Char) => return Some(Value::Char(unit)),
            (Some(unit), _) => {
                code = Value::Int(i32::from(unit));
                &code
            }
            (None, _) if value.is_number() => value,
            _ => return None,
        };
        convert_number(self.kind, number)
    }

    fn array(&self, machine: &mut Machine<'_>, value: &Value) -> Outcome {
        let ClassRef::Array(component) = &self.class else { return Ok(value.clone()) };
        let items = match value {
            Value::Str(text) if *component.name() == *"char" => text.encode_utf16().map(Value::Char).collect(),
            Value::List(_) | Value::Set(_) | Value::Range(_) | Value::Array(_) | Value::Object(_) => {
                match machine.items(value) {
                    Ok(items) => items,
                    Err(_) => vec![value.clone()],
                }
            }
            other => vec![other.clone()],
        };
        let target = Self::of((**component).clone());
        let items = items.into_iter().map(|item| target.cast(machine, item)).collect::<Outcome<Vec<_>>>()?;
        Ok(Value::Array(Arc::new(Array::of((**component).clone(), items))))
    }

    fn other(&self, machine: &mut Machine<'_>, value: Value) -> Outcome {
        if let Some(converted) = collection(machine, &value, &self.class)? {
            return Ok(converted);
        }
        match (&value, &self.class) {
            (Value::Closure(_), class) if is_interface(class) => {
                Ok(Value::object(Proxy { interface: class.clone(), function: value.clone() }))
            }
            (Value::Closure(closure), class) if class.is_above(&closure.class()) => Ok(value),
            (Value::Str(_) | Value::GString(_), class) if is_enumeration(class) => {
                let name = machine.text(&value)?;
                machine.invoke(&Value::Class(class.clone()), "valueOf", &[name.into()])
            }
            (Value::Str(name), ClassRef::Java(class)) if class.name == "java.lang.Class" => {
                match machine.library.named(name) {
                    Some(class) => Ok(Value::class_of(class)),
                    None => Err(self.refuse(machine, &value)),
                }
            }
            (Value::List(list), class) => {
                let items = list.items();
                match machine.try_construct(class, items.iter().cloned().collect()) {
                    Ok(Some(made)) => Ok(made),
                    Err(thrown) if thrown.is_stop() => Err(thrown),
                    _ => {
                        let types: Vec<_> = items.iter().map(|item| item.class().simple_name()).collect();
                        let text = format::text(machine, &value)?;
                        Err(cannot_cast(format!(
                            "Cannot cast object '{text}' with class 'java.util.ArrayList' to class '{0}' due to: \
                             groovy.lang.GroovyRuntimeException: Could not find matching constructor for: {0}({1})",
                            class.name(),
                            types.join(", ")
                        )))
                    }
                }
            }
            (Value::Map(_), ClassRef::Script(_)) => machine.construct(&self.class, &[value]),
            _ => Err(self.refuse(machine, &value)),
        }
    }

    /// Converts as `value as Type` does.
    ///
    /// # Errors
    /// `GroovyCastException`, `NumberFormatException`.
    pub fn coerce(&self, machine: &mut Machine<'_>, value: Value) -> Outcome {
        if value.is_null() {
            return if self.kind == Kind::Bool && self.is_primitive { Ok(Value::Bool(false)) } else { Ok(Value::Null) };
        }
        if self.has(&value) {
            return Ok(value);
        }
        match (&value, self.kind) {
            (Value::Str(_) | Value::GString(_), kind) => {
                let text = machine.text(&value)?;
                self.coerce_text(machine, &text, kind)
            }
            (Value::Map(_), Kind::Other) if is_interface(&self.class) && !is_collection(&self.class) => {
                Ok(Value::object(Proxy { interface: self.class.clone(), function: value.clone() }))
            }
            (Value::Object(object), _) => {
                match object.clone().call(machine, &value, "asType", &[Value::Class(self.class.clone())]) {
                    Some(outcome) => outcome,
                    None if *self.class.name() == *"java.util.Map" => {
                        Ok(Value::Map(Arc::new(Map::with(machine.properties_of(&value)?))))
                    }
                    None => self.cast(machine, value),
                }
            }
            _ => self.cast(machine, value),
        }
    }

    fn coerce_text(&self, machine: &mut Machine<'_>, text: &Arc<str>, kind: Kind) -> Outcome {
        let trimmed = text::trim(text);
        let whole = || java::numbers::long(Some(trimmed), 10);
        let float =
            || crate::script::number::parse_double(trimmed).ok_or_else(|| java::numbers::number_format(trimmed));
        Ok(match kind {
            Kind::Int => java::numbers::int(Some(trimmed), 10)?.into(),
            Kind::Long => whole()?.into(),
            Kind::Short => Value::Short(whole()? as i16),
            Kind::Byte => Value::Byte(whole()? as i8),
            Kind::Double => float()?.into(),
            Kind::Float => Value::Float(float()? as f32),
            Kind::Decimal => decimals::parse(trimmed)?.into(),
            Kind::BigInteger => match trimmed.parse::<BigInt>() {
                Ok(number) => number.into(),
                Err(_) => return Err(java::numbers::number_format(trimmed)),
            },
            Kind::Other if is_collection(&self.class) => {
                let chars = text.chars().map(|char| Value::from(char.to_string())).collect();
                return collection(machine, &Value::list(chars), &self.class).map(Option::unwrap_or_default);
            }
            _ => return self.cast(machine, text.clone().into()),
        })
    }
}

fn convert_number(kind: Kind, number: &Value) -> Option<Value> {
    let whole = || number.to_i64().unwrap_or_default();
    Some(match kind {
        Kind::Int => Value::Int(saturated(number, i64::from(i32::MIN), i64::from(i32::MAX)) as i32),
        Kind::Long => Value::Long(whole()),
        Kind::Short => Value::Short(whole() as i16),
        Kind::Byte => Value::Byte(whole() as i8),
        Kind::Char => Value::Char(whole() as u16),
        Kind::Double => Value::Double(number.to_f64()?),
        Kind::Float => Value::Float(number.to_f64()? as f32),
        Kind::Decimal => number.to_decimal()?.into(),
        Kind::BigInteger => number.to_decimal()?.to_integer().into(),
        _ => return None,
    })
}

/// Whole numbers wrap, fractions stop at the ends of the type, as in Java.
fn saturated(number: &Value, low: i64, high: i64) -> i64 {
    let whole = number.to_i64().unwrap_or_default();
    if matches!(number, Value::Double(_) | Value::Float(_)) { whole.clamp(low, high) } else { whole }
}

/// Converts between collections when the class is one.
fn collection(machine: &mut Machine<'_>, value: &Value, class: &ClassRef) -> Outcome<Option<Value>> {
    let ClassRef::Java(class) = class else { return Ok(None) };
    if !matches!(value, Value::List(_) | Value::Set(_) | Value::Range(_) | Value::Array(_) | Value::Map(_))
        && !value.class().is_a("java.util.stream.Stream")
    {
        return Ok(None);
    }
    if class.is_a("java.util.Map") {
        return match value {
            Value::Map(map) => {
                let made = Map::of(class, java::map::order_of(class));
                java::map::put_all(machine, &made, map.pairs())?;
                Ok(Some(Value::Map(Arc::new(made))))
            }
            _ => Ok(None),
        };
    }
    if let Some((set_class, order)) = set::for_class(&ClassRef::Java(class)) {
        let items = machine.items(value)?;
        let order = order;
        return set::of(machine, set_class, order, items).map(Some);
    }
    let list: &'static Class = match class.name {
        "java.util.List" | "java.util.Collection" | "java.lang.Iterable" | "java.util.ArrayList" => {
            &java::list::ARRAY_LIST
        }
        "java.util.Queue" | "java.util.LinkedList" | "java.util.Deque" => &java::list::LINKED_LIST,
        _ if class.is_a("java.util.Collection") && !class.is_interface => class,
        _ => return Ok(None),
    };
    if matches!(value, Value::List(_)) && class.name == "java.util.Collection" {
        return Ok(Some(value.clone()));
    }
    let items = machine.items(value)?;
    Ok(Some(Value::List(Arc::new(List::of(list, Rule::Free, items)))))
}

fn is_collection(class: &ClassRef) -> bool {
    class.is_a("java.util.Collection") || class.is_a("java.util.Map") || class.is_a("java.lang.Iterable")
}

fn is_interface(class: &ClassRef) -> bool {
    match class {
        ClassRef::Java(class) => class.is_interface,
        ClassRef::Script(class) => class.is_interface(),
        ClassRef::Array(_) => false,
    }
}

fn is_enumeration(class: &ClassRef) -> bool {
    class.is_a("java.lang.Enum")
}

fn boxed_name(class: &ClassRef) -> &'static str {
    match &*class.name() {
        "byte" => "java.lang.Byte",
        "short" => "java.lang.Short",
        "char" => "java.lang.Character",
        "long" => "java.lang.Long",
        "float" => "java.lang.Float",
        "double" => "java.lang.Double",
        _ => "java.lang.Integer",
    }
}

fn cannot_cast(message: String) -> Thrown {
    Thrown::new("org.codehaus.groovy.runtime.typehandling.GroovyCastException", message)
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
    fn text_as_groovy(&mut self, value: &Value) -> Outcome<Arc<str>> {
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
        for name in names {
            let property = self.property(value, &name)?.unwrap_or_default();
            pairs.push((name.into(), property));
        }
        pairs.push(("class".into(), Value::Class(class)));
        Ok(pairs)
    }
}
