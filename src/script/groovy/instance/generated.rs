//! What Groovy generates for every object: getters and setters, what annotations add, what an enumeration has.

use std::sync::Arc;

use super::Instance;
use crate::script::class::ScriptClass;
use crate::script::groovy::{compare, eval, format};
use crate::script::host::HostObject;
use crate::script::java::object;
use crate::script::machine::{Machine, Outcome};
use crate::script::value::Value;

impl Instance {
    pub(super) fn generated_text(&self, machine: &mut Machine<'_>) -> Outcome<String> {
        let mut out = format!("{}(", self.class.name);
        for (at, (name, value)) in self.properties().iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            if self.class.definition().traits.has_names_in_text {
                out.push_str(name);
                out.push(':');
            }
            format::write(machine, value, &mut out)?;
        }
        out.push(')');
        Ok(out)
    }

    fn generated_equals(&self, machine: &mut Machine<'_>, other: &Value) -> Outcome<bool> {
        let Some(other) = other.downcast::<Self>().filter(|other| Arc::ptr_eq(&self.class, &other.class)) else {
            return Ok(false);
        };
        for ((_, left), (_, right)) in self.properties().iter().zip(&other.properties()) {
            if !compare::equal(machine, left, right)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What Groovy generates for every object: getters, setters, what annotations add, what an enumeration has.
    pub(super) fn generated(
        &self,
        machine: &mut Machine<'_>,
        this: &Value,
        name: &str,
        args: &[Value],
    ) -> Option<Outcome> {
        let traits = self.class.definition().traits;
        match (name, args) {
            ("equals", [other]) if traits.has_equality => Some(self.generated_equals(machine, other).map(Value::Bool)),
            ("hashCode", []) if traits.has_equality => {
                let hash = self
                    .properties()
                    .iter()
                    .fold(17, |hash: i32, (_, value)| hash.wrapping_mul(31).wrapping_add(object::hash(value)));
                Some(Ok(Value::Int(hash)))
            }
            ("getProperty", [Value::Str(property)]) => Some(eval::get_property(machine, this, property)),
            ("setProperty", [Value::Str(property), value]) => {
                Some(eval::set_property(machine, this, property, value.clone()).map(|()| Value::Null))
            }
            ("invokeMethod", [Value::Str(method), args]) => Some(match args {
                Value::Array(array) => eval::invoke(machine, this, method, &array.items()),
                other => eval::invoke(machine, this, method, std::slice::from_ref(other)),
            }),
            ("name" | "toString", []) if self.constant.is_some() => {
                self.constant.as_ref().map(|(name, _)| Ok(name.clone().into()))
            }
            ("ordinal", []) => self.constant.as_ref().map(|(_, ordinal)| Ok(Value::Int(*ordinal))),
            ("compareTo", [other]) if self.constant.is_some() => {
                Some(Ok(Value::Int(self.compare(other).map_or(0, |order| order as i32))))
            }
            ("next" | "previous", []) if self.constant.is_some() => Some(self.neighbour(machine, name == "next")),
            _ => self.accessor(machine, this, name, args),
        }
    }

    /// `getX()`, `isX()` and `setX(value)` of a property.
    fn accessor(&self, machine: &mut Machine<'_>, this: &Value, name: &str, args: &[Value]) -> Option<Outcome> {
        let property = |prefix: &str| {
            let bare = name.strip_prefix(prefix)?;
            let mut chars = bare.chars();
            let first = chars.next().filter(|first| first.is_uppercase())?;
            Some(first.to_lowercase().chain(chars).collect::<String>())
        };
        match args {
            [] => {
                let property = property("get").or_else(|| property("is"))?;
                let (class, at) = self.class.field_named(&property)?;
                class.definition().fields[at].is_property.then_some(())?;
                self.read(machine, this, &property)
            }
            [value] => {
                let property = property("set")?;
                self.class.field_named(&property)?;
                Some(eval::set_property(machine, this, &property, value.clone()).map(|()| Value::Null))
            }
            _ => None,
        }
    }

    fn neighbour(&self, machine: &mut Machine<'_>, forward: bool) -> Outcome {
        let all = match self.class.clone().call(machine, "values", &[]) {
            Some(all) => machine.items(&all?)?,
            None => Vec::new(),
        };
        let ordinal = self.constant.as_ref().map_or(0, |(_, ordinal)| *ordinal as usize);
        let count = all.len().max(1);
        let at = if forward { (ordinal + 1) % count } else { (ordinal + count - 1) % count };
        Ok(all.get(at).cloned().unwrap_or_default())
    }
}
