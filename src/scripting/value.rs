//! Values on their way between variables and scripts.

use std::any::Any;

use super::LIBRARY;
use crate::model::{self, Object};
use crate::script::class::Dialect;
use crate::script::{Limits, Machine, Standalone, Value};

/// What a script gets of a variable's or property's value.
#[must_use]
pub fn to_script(value: &model::Value) -> Value {
    match value {
        model::Value::Text(text) => Value::Str(text.clone()),
        model::Value::Integer(number) => i32::try_from(*number).map_or(Value::Long(*number), Value::Int),
        model::Value::Boolean(truth) => Value::Bool(*truth),
        model::Value::Object(object) => match object.as_any().downcast_ref::<Kept>() {
            Some(Kept(value)) => value.clone(),
            None => Value::text(object.text()),
        },
    }
}

/// What a variable or property holds of a script's value; `None` for `null`.
#[must_use]
pub fn to_model(value: &Value) -> Option<model::Value> {
    match value {
        Value::Null | Value::Void => None,
        Value::Str(text) => Some(text.clone().into()),
        other => Some(model::Value::Object(std::sync::Arc::new(Kept(other.clone())))),
    }
}

/// A script's object that lives on in a variable.
struct Kept(Value);

impl Object for Kept {
    fn text(&self) -> String {
        let mut host = Standalone::default();
        let mut machine = Machine::new(&mut host, LIBRARY.clone(), Dialect::Java, Limits::default());
        machine.text(&self.0).map(|text| text.to_string()).unwrap_or_default()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
