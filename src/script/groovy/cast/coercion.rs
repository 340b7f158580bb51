//! What `value as Type` does.

use std::sync::Arc;

use num_bigint::BigInt;

use super::collection::{collection, is_collection};
use super::{Kind, Target, is_interface};
use crate::java::{parse_double, trim};
use crate::script::collection::Map;
use crate::script::dispatch::Proxy;
use crate::script::java::{self, decimals};
use crate::script::machine::{Machine, Outcome};
use crate::script::value::Value;

impl Target {
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
        let trimmed = trim(text);
        let whole = || java::numbers::long(Some(trimmed), 10);
        let float = || parse_double(trimmed).ok_or_else(|| java::numbers::number_format(trimmed));
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
