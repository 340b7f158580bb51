//! What JavaScript may ask of Java while a script runs.

use std::sync::Arc;

use crate::script::class::{Choice, ClassRef, Method};
use crate::script::collection::Map;
use crate::script::dispatch::Found;
use crate::script::java::text;
use crate::script::machine::{Args, Machine, Outcome, Thrown, null_pointer};
use crate::script::parameter::Parameter;
use crate::script::value::Value;

/// A value on its way between the languages.
#[derive(Debug, PartialEq)]
pub enum Plain {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text of JavaScript.
    Text(String),
    /// An array of JavaScript.
    List(Vec<Plain>),
    /// An object of JavaScript.
    Map(Vec<(String, Plain)>),
    /// A date of JavaScript, in milliseconds since 1970.
    Date(f64),
    /// An object of Java that JavaScript knows by its number.
    Handle(usize),
    /// A text of Java and its number.
    JavaText(usize, String),
    /// A class of Java: its number and name.
    Class(usize, String),
    /// An exception of Java: its number and text.
    Error(usize, String),
}

/// The side of Java.
pub trait Bridge {
    /// Answers a question: `call`, `get`, `set`, `item`, `has`, `new`, `class` or `text`, about the object of a number
    /// and a member or class of a name.
    fn answer(&mut self, operation: &str, handle: usize, name: &str, args: Vec<Plain>) -> Plain;

    /// Whether the host wants the script to end.
    fn is_over(&mut self) -> bool;
}

/// The objects that a script got hold of in one run.
pub struct Session<'m, 'h> {
    machine: &'m mut Machine<'h>,
    objects: Vec<Value>,
}

impl<'m, 'h> Session<'m, 'h> {
    /// A run of a script.
    pub fn new(machine: &'m mut Machine<'h>) -> Self {
        Self { machine, objects: vec![Value::Null] }
    }

    /// The object of a number.
    pub fn object(&self, handle: usize) -> Value {
        self.objects.get(handle).cloned().unwrap_or_default()
    }

    fn keep(&mut self, value: Value) -> usize {
        self.objects.push(value);
        self.objects.len() - 1
    }

    /// A value for JavaScript.
    pub fn pack(&mut self, value: Value) -> Plain {
        match &value {
            Value::Null => Plain::Null,
            Value::Void => Plain::Undefined,
            Value::Bool(truth) => Plain::Bool(*truth),
            Value::Str(text) => {
                let text = text.to_string();
                Plain::JavaText(self.keep(value), text)
            }
            Value::Class(class) => {
                let name = class.name().to_string();
                Plain::Class(self.keep(value), name)
            }
            Value::Decimal(_) | Value::BigInteger(_) => Plain::Handle(self.keep(value)),
            number => match number.to_f64() {
                Some(number) => Plain::Number(number),
                None => Plain::Handle(self.keep(value)),
            },
        }
    }

    /// A value for Java.
    pub fn unpack(&self, plain: Plain) -> Value {
        match plain {
            Plain::Undefined => Value::Void,
            Plain::Null => Value::Null,
            Plain::Bool(truth) => Value::Bool(truth),
            Plain::Number(number) => Value::Double(number),
            Plain::Text(text) => text.into(),
            Plain::List(items) => items.into_iter().map(|item| self.unpack(item)).collect::<Vec<_>>().into(),
            Plain::Map(pairs) => {
                let pairs = pairs.into_iter().map(|(name, value)| (name.into(), self.unpack(value)));
                Value::Map(Arc::new(Map::with(pairs)))
            }
            Plain::Date(millis) => Value::Double(millis),
            Plain::Handle(handle) | Plain::JavaText(handle, _) | Plain::Class(handle, _) | Plain::Error(handle, _) => {
                self.object(handle)
            }
        }
    }

    fn ask(&mut self, operation: &str, object: &Value, name: &str, mut args: Vec<Value>) -> Outcome<Plain> {
        let value = match operation {
            "call" => self.call(object, name, &args)?,
            "get" => match object {
                Value::Array(array) if name == "length" => Value::Int(array.len() as i32),
                _ => self.machine.property(object, name)?.unwrap_or_default(),
            },
            "set" => {
                self.set(object, name, args.pop().unwrap_or_default())?;
                Value::Void
            }
            "item" => item(object, name),
            "has" => return Ok(Plain::Number(f64::from(self.has(object, name)?))),
            "new" => match object {
                Value::Class(class) => self.construct(class, &args)?,
                _ => Value::Void,
            },
            "class" => self.machine.library.named(name).map_or(Value::Void, Value::class_of),
            _ => return Ok(Plain::Text(self.machine.text(object)?.to_string())),
        };
        Ok(self.pack(value))
    }

    /// 0: there is no such member; 1: a method; 2: a property.
    fn has(&mut self, object: &Value, name: &str) -> Outcome<i32> {
        let dialect = self.machine.dialect;
        if let Value::Class(class) = object {
            let java = class.java();
            let of_enumeration = !java.enum_names().is_empty() && matches!(name, "values" | "valueOf");
            if java.table(dialect).has_static(name) || of_enumeration {
                return Ok(1);
            }
            return Ok(if self.machine.property(object, name)?.is_some() { 2 } else { 0 });
        }
        if matches!(object, Value::Array(_)) && name == "length" {
            return Ok(2);
        }
        let class = object.class();
        let table = class.java().table(dialect);
        if table.has(name) || table.has_static(name) {
            return Ok(1);
        }
        let is_map = matches!(object, Value::Map(_));
        Ok(if !is_map && self.machine.property(object, name)?.is_some() { 2 } else { 0 })
    }

    fn set(&mut self, object: &Value, name: &str, value: Value) -> Outcome<()> {
        match (object, name.parse::<usize>()) {
            (Value::List(list), Ok(at)) => {
                if let Some(slot) = list.change()?.get_mut(at) {
                    *slot = value;
                }
                return Ok(());
            }
            (Value::Array(array), Ok(at)) => {
                array.set(at, value);
                return Ok(());
            }
            _ => {}
        }
        if self.machine.set_property(object, name, &narrowed(&value))?
            || self.machine.set_property(object, name, &value)?
        {
            return Ok(());
        }
        let class = object.class().name();
        let message = format!("Java class \"{class}\" has no public instance field or method named \"{name}\".");
        Err(Thrown::new("org.mozilla.javascript.EvaluatorException", message))
    }

    /// Calls a method.
    fn call(&mut self, object: &Value, name: &str, args: &[Value]) -> Outcome {
        if object.is_null() {
            return Err(null_pointer(format!("Cannot call method \"{name}\" of null")));
        }
        let class = match object {
            Value::Class(class) => class.clone(),
            other => other.class(),
        };
        let table = class.java().table(self.machine.dialect);
        for candidate in candidates(args) {
            let own = if let Value::Class(_) = object { None } else { chosen(table.choose(name, &candidate)) };
            if let Some(method) = own.or_else(|| chosen(table.choose_static(name, &candidate))) {
                let value = method.run(self.machine, object, fitted(method, &candidate, args))?;
                let is_void = matches!(value, Value::Null) && returns_nothing(&class.name(), name);
                return Ok(if is_void { Value::Void } else { value });
            }
        }
        match self.machine.try_invoke(object, name, args.iter().map(narrowed).collect())? {
            Found::Value(value) => Ok(value),
            _ => {
                let text = self.machine.text(object)?;
                let message = format!("TypeError: Cannot find function {name} in object {text}.");
                Err(Thrown::new("org.mozilla.javascript.EcmaError", message))
            }
        }
    }

    fn construct(&mut self, class: &ClassRef, args: &[Value]) -> Outcome {
        let table = class.java().table(self.machine.dialect);
        for candidate in candidates(args) {
            if let Some(method) = chosen(table.choose_constructor(&candidate)) {
                let args = fitted(method, &candidate, args);
                return method.run(self.machine, &Value::Class(class.clone()), args);
            }
        }
        let message = format!("Java constructor for \"{}\" with such arguments not found.", class.name());
        Err(Thrown::new("org.mozilla.javascript.EvaluatorException", message))
    }
}

impl Bridge for Session<'_, '_> {
    fn answer(&mut self, operation: &str, handle: usize, name: &str, args: Vec<Plain>) -> Plain {
        let object = self.object(handle);
        let args = args.into_iter().map(|arg| self.unpack(arg)).collect();
        match self.ask(operation, &object, name, args) {
            Ok(plain) => plain,
            Err(thrown) => {
                let exception = thrown.into_exception();
                let text = self.machine.text(&exception).map(|text| text.to_string()).unwrap_or_default();
                Plain::Error(self.keep(exception), text)
            }
        }
    }

    fn is_over(&mut self) -> bool {
        self.machine.poll().is_err()
    }
}

fn item(object: &Value, index: &str) -> Value {
    let at = index.parse().unwrap_or(usize::MAX);
    let item = match object {
        Value::List(list) => list.get(at),
        Value::Array(array) => array.get(at),
        _ => None,
    };
    item.unwrap_or(Value::Void)
}

/// A whole number as `int`.
fn narrowed(value: &Value) -> Value {
    match value {
        Value::Double(number) if number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX) => {
            Value::Int(*number as i32)
        }
        Value::Double(number) if number.fract() == 0.0 && number.abs() < 9.2e18 => Value::Long(*number as i64),
        other => other.clone(),
    }
}

/// The arguments in the ways in which they may fit: JavaScript has only one type of numbers. First whole numbers as
/// `int`, then all as `double`, then numbers and truth values as texts, then texts of one character as `char`.
fn candidates(args: &[Value]) -> [Args; 4] {
    let as_text = |value: &Value| match value {
        Value::Double(number) => super::number_text(*number).into(),
        Value::Bool(truth) => truth.to_string().into(),
        other => other.clone(),
    };
    let as_unit = |value: &Value| match value {
        Value::Str(text) if text::length(text) == 1 => text::unit_at(text, 0).into(),
        other => narrowed(other),
    };
    [
        args.iter().map(narrowed).collect(),
        args.iter().cloned().collect(),
        args.iter().map(as_text).collect(),
        args.iter().map(as_unit).collect(),
    ]
}

fn chosen(choice: Choice<'_>) -> Option<&Method> {
    match choice {
        Choice::Method(method) => Some(method),
        Choice::Ambiguous(methods) => methods.into_iter().next(),
        Choice::None | Choice::Unclear => None,
    }
}

/// The arguments for a method: numbers stay `double` where any object will do.
fn fitted(method: &Method, candidate: &Args, args: &[Value]) -> Args {
    let fit = |(at, (candidate, arg)): (usize, (&Value, &Value))| match method.signature.parameter(at) {
        Some(Parameter::Object) => arg.clone(),
        _ => candidate.clone(),
    };
    candidate.iter().zip(args).enumerate().map(fit).collect()
}

/// Whether a method of Java returns nothing at all, which is `undefined` here and not `null`.
fn returns_nothing(class: &str, method: &str) -> bool {
    match class {
        "java.util.Properties" | "java.util.Map" | "java.util.List" => method == "clear",
        _ if class.starts_with("java.util.") => matches!(method, "clear" | "forEach" | "sort" | "add"),
        "org.apache.jmeter.threads.JMeterVariables" if method == "put" => true,
        _ => {
            method.starts_with("set")
                || matches!(method, "putObject" | "info" | "warn" | "error" | "debug" | "trace" | "print" | "println")
        }
    }
}
