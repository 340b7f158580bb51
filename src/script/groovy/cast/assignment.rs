//! What an assignment to a typed variable does, and `(Type) value`.

use std::sync::Arc;

use super::collection::collection;
use super::{Kind, Target, is_interface};
use crate::script::class::ClassRef;
use crate::script::collection::Array;
use crate::script::dispatch::Proxy;
use crate::script::groovy::{format, truth};
use crate::script::java::text;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

impl Target {
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
