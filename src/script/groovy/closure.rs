//! Closures as values.

use std::sync::Arc;

use parking_lot::Mutex;

use super::ast::Code;
use super::classes::SCRIPT_CLOSURE;
use super::eval::{Owner, call_code};
use crate::script::call::Call;
use crate::script::class::{ClassRef, Constant, Row, row};
use crate::script::collection::Array;
use crate::script::dispatch::Found;
use crate::script::machine::{Args, Machine, Outcome, illegal_argument, ok};
use crate::script::value::{Callable, Value};

/// Where a closure looks for names first.
pub const OWNER_FIRST: i32 = 0;
/// The delegate before the owner.
pub const DELEGATE_FIRST: i32 = 1;
/// The owner alone.
pub const OWNER_ONLY: i32 = 2;
/// The delegate alone.
pub const DELEGATE_ONLY: i32 = 3;
/// Neither.
pub const TO_SELF: i32 = 4;

/// The constants of `groovy.lang.Closure`.
pub const CONSTANTS: &[Constant] = &[
    ("OWNER_FIRST", || Value::Int(OWNER_FIRST)),
    ("DELEGATE_FIRST", || Value::Int(DELEGATE_FIRST)),
    ("OWNER_ONLY", || Value::Int(OWNER_ONLY)),
    ("DELEGATE_ONLY", || Value::Int(DELEGATE_ONLY)),
    ("TO_SELF", || Value::Int(TO_SELF)),
    ("IDENTITY", || Value::Closure(Arc::new(Identity))),
];

/// A closure of a script.
pub struct Closure {
    /// What it does.
    pub code: Arc<Code>,
    /// The variables around it.
    pub captured: Box<[Arc<Mutex<Value>>]>,
    /// Its `this`.
    pub this: Value,
    /// What it belongs to: the closure around it, the script, the class.
    pub owner: Arc<Owner>,
    /// Whom it asks for names.
    pub delegation: Mutex<Delegation>,
}

/// Whom a closure asks for names.
#[derive(Clone, Default)]
pub struct Delegation {
    /// The delegate, if one was set.
    pub delegate: Option<Value>,
    /// In which order.
    pub strategy: i32,
}

impl Closure {
    /// The same closure with a delegate.
    #[must_use]
    pub fn with_delegate(&self, delegate: Value, strategy: i32) -> Self {
        Self {
            code: self.code.clone(),
            captured: self.captured.clone(),
            this: self.this.clone(),
            owner: self.owner.clone(),
            delegation: Mutex::new(Delegation { delegate: Some(delegate), strategy }),
        }
    }

    /// The object that it belongs to.
    #[must_use]
    pub fn owner_value(&self) -> Value {
        match &self.owner.closure {
            Some(outer) => Value::Closure(outer.clone()),
            None => self.this.clone(),
        }
    }

    /// The closure that a value is.
    #[must_use]
    pub fn of(value: &Value) -> Option<Arc<Self>> {
        match value {
            Value::Closure(callable) => {
                let any: Arc<dyn std::any::Any + Send + Sync> = callable.clone();
                any.downcast().ok()
            }
            _ => None,
        }
    }

    /// Calls it; its own `Arc` lets closures inside it find it.
    ///
    /// # Errors
    /// What it throws.
    pub fn run(self: &Arc<Self>, machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        let Some(args) = self.arguments(args) else {
            return Err(machine.missing_method_of("Script1$_closure1", "call", args));
        };
        let owner =
            Owner { closure: Some(self.clone()), script: self.owner.script.clone(), class: self.owner.class.clone() };
        call_code(machine, &self.code, &self.this, &owner, args, &self.captured)
    }

    /// The arguments as its parameters take them; a list spreads over several parameters.
    fn arguments(&self, args: &[Value]) -> Option<Args> {
        if let [Value::List(list)] = args
            && self.code.parameters.len() > 1
            && !fits(&self.code, args)
        {
            let items: Args = list.items().into();
            return fits(&self.code, &items).then_some(items);
        }
        if args.is_empty() && self.code.parameters.len() == 1 && self.code.parameters[0].default.is_none() {
            let parameter = &self.code.parameters[0];
            return (parameter.is_variable || parameter.target.distance(&Value::Null).is_some())
                .then(|| if parameter.is_variable { Args::new() } else { Args::from_iter([Value::Null]) });
        }
        fits(&self.code, args).then(|| args.iter().cloned().collect())
    }
}

/// Whether arguments fit the parameters of a function.
#[must_use]
pub fn fits(code: &Code, args: &[Value]) -> bool {
    distance(code, args).is_some()
}

/// How far arguments are from the parameters of a function; `None` when they do not fit.
#[must_use]
pub fn distance(code: &Code, args: &[Value]) -> Option<u32> {
    let parameters = &code.parameters;
    let variable = parameters.last().filter(|last| last.is_variable);
    let fixed = parameters.len() - usize::from(variable.is_some());
    if args.len() > fixed && variable.is_none() {
        return None;
    }
    let mut left_out = fixed.saturating_sub(args.len());
    let mut total = 0;
    let mut given = args.iter();
    for parameter in &parameters[..fixed] {
        if parameter.default.is_some()
            && left_out > 0
            && given.len() < required_after(parameters, fixed, parameter.slot)
        {
            left_out -= 1;
            continue;
        }
        match given.next() {
            Some(arg) => total += parameter.target.distance(arg)?,
            None if parameter.default.is_some() => {}
            None => return None,
        }
    }
    if let Some(variable) = variable {
        total += 1000;
        let rest = given.as_slice();
        if !matches!(rest, [Value::Array(_) | Value::Null])
            && let ClassRef::Array(component) = &variable.target.class
        {
            let target = super::cast::Target::of(ClassRef::clone(component));
            for arg in rest {
                total += target.distance(arg)?;
            }
        }
    }
    Some(total)
}

/// How many parameters from one on must be given.
fn required_after(parameters: &[super::ast::Parameter], fixed: usize, slot: u16) -> usize {
    let at = parameters.iter().position(|parameter| parameter.slot == slot).unwrap_or_default();
    parameters[at..fixed].iter().filter(|parameter| parameter.default.is_none()).count() + 1
}

impl Callable for Closure {
    fn call(&self, machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        // Only reached without its own `Arc`; names are found all the same.
        let again = Arc::new(Self {
            code: self.code.clone(),
            captured: self.captured.clone(),
            this: self.this.clone(),
            owner: self.owner.clone(),
            delegation: Mutex::new(self.delegation.lock().clone()),
        });
        again.run(machine, args)
    }

    fn call_shared(self: Arc<Self>, machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        self.run(machine, args)
    }

    fn arity(&self) -> usize {
        self.code.parameters.len()
    }

    fn class(&self) -> ClassRef {
        ClassRef::Java(&SCRIPT_CLOSURE)
    }
}

/// `Closure.IDENTITY`.
struct Identity;

impl Callable for Identity {
    fn call(&self, _machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        Ok(args.first().cloned().unwrap_or_default())
    }

    fn arity(&self) -> usize {
        1
    }

    fn class(&self) -> ClassRef {
        ClassRef::Java(&SCRIPT_CLOSURE)
    }
}

/// A closure made of others.
enum Made {
    /// `curry`: the first arguments are fixed, at a place counted from the left or from the right.
    Curried(Value, Vec<Value>, usize, bool),
    /// `f >> g`.
    Chained(Value, Value),
    /// `memoize`.
    Memoized(Value, Mutex<Vec<(Vec<Value>, Value)>>),
    /// `object.&method`.
    Method(Value, Arc<str>),
    /// `Type::new`.
    Constructor(ClassRef),
}

impl Callable for Made {
    fn call(&self, machine: &mut Machine<'_>, args: &[Value]) -> Outcome {
        match self {
            Self::Curried(closure, fixed, at, from_right) => {
                let mut all = args.to_vec();
                let at = if *from_right { all.len().saturating_sub(*at) } else { (*at).min(all.len()) };
                all.splice(at..at, fixed.iter().cloned());
                machine.call(closure, &all)
            }
            Self::Chained(first, second) => {
                let between = machine.call(first, args)?;
                machine.call(second, &[between])
            }
            Self::Memoized(closure, known) => {
                let found = known.lock().iter().find(|(other, _)| same(other, args)).map(|(_, value)| value.clone());
                if let Some(value) = found {
                    return Ok(value);
                }
                let value = machine.call(closure, args)?;
                known.lock().push((args.to_vec(), value.clone()));
                Ok(value)
            }
            Self::Constructor(class) => machine.construct(class, args),
            Self::Method(object, name) => {
                if let Value::Class(class) = object {
                    let found = machine.try_invoke_static(class, name, args.iter().cloned().collect())?;
                    if let Found::Value(value) = found {
                        return Ok(value);
                    }
                    // `String::toUpperCase`: the first argument is the object.
                    if let Some((first, rest)) = args.split_first() {
                        return super::eval::invoke(machine, first, name, rest);
                    }
                }
                super::eval::invoke(machine, object, name, args)
            }
        }
    }

    fn arity(&self) -> usize {
        match self {
            Self::Curried(Value::Closure(closure), fixed, ..) => closure.arity().saturating_sub(fixed.len()),
            Self::Chained(Value::Closure(closure), _) | Self::Memoized(Value::Closure(closure), _) => closure.arity(),
            _ => 1,
        }
    }

    fn class(&self) -> ClassRef {
        ClassRef::Java(&SCRIPT_CLOSURE)
    }
}

fn same(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| crate::script::java::object::equals(a, b))
}

/// `object.&name`, `Type::name`, `Type::new`.
#[must_use]
pub fn method_pointer(object: Value, name: &Arc<str>) -> Value {
    match object {
        Value::Class(class) if &**name == "new" => Value::Closure(Arc::new(Made::Constructor(class))),
        object => Value::Closure(Arc::new(Made::Method(object, name.clone()))),
    }
}

fn curried(c: &Call<'_, '_>, args: Vec<Value>, at: usize, from_right: bool) -> Outcome {
    ok(Value::Closure(Arc::new(Made::Curried(c.this.clone(), args, at, from_right))))
}

fn own(c: &Call<'_, '_>) -> Outcome<Arc<Closure>> {
    Closure::of(c.this).ok_or_else(|| illegal_argument("the closure has no delegate"))
}

/// The methods of `groovy.lang.Closure`.
pub const METHODS: &[Row] = &[
    row("call", "Object...", |c| {
        let args = if let [Value::Array(_)] = c.args { c.args.to_vec() } else { c.rest(0) };
        c.machine.call(c.this, &args)
    }),
    row("doCall", "Object...", |c| c.machine.call(c.this, c.args)),
    row("run", "", |c| c.machine.call(c.this, &[])),
    row("curry", "Object...", |c| curried(c, c.rest(0), 0, false)),
    row("rcurry", "Object...", |c| curried(c, c.rest(0), 0, true)),
    row("ncurry", "int, Object...", |c| curried(c, c.rest(1), c.int(0).max(0) as usize, false)),
    row("memoize", "", |c| ok(Value::Closure(Arc::new(Made::Memoized(c.this.clone(), Mutex::default()))))),
    row("memoizeAtMost", "int", |c| ok(Value::Closure(Arc::new(Made::Memoized(c.this.clone(), Mutex::default()))))),
    row("trampoline", "Object...", |c| if c.count() == 0 { c.this_again() } else { curried(c, c.rest(0), 0, false) }),
    row("rightShift", "Closure", |c| ok(Value::Closure(Arc::new(Made::Chained(c.this.clone(), c.arg(0).clone()))))),
    row("leftShift", "Closure", |c| ok(Value::Closure(Arc::new(Made::Chained(c.arg(0).clone(), c.this.clone()))))),
    row("leftShift", "Object", |c| c.machine.call(c.this, c.args)),
    row("andThen", "Closure", |c| ok(Value::Closure(Arc::new(Made::Chained(c.this.clone(), c.arg(0).clone()))))),
    row("getDelegate", "", |c| {
        let closure = own(c)?;
        let delegate = closure.delegation.lock().delegate.clone();
        Ok(delegate.unwrap_or_else(|| closure.owner_value()))
    }),
    row("setDelegate", "Object", |c| {
        own(c)?.delegation.lock().delegate = Some(c.arg(0).clone());
        Ok(Value::Null)
    }),
    row("getResolveStrategy", "", |c| ok(own(c)?.delegation.lock().strategy)),
    row("setResolveStrategy", "int", |c| {
        own(c)?.delegation.lock().strategy = c.int(0);
        Ok(Value::Null)
    }),
    row("getOwner", "", |c| ok(own(c)?.owner_value())),
    row("getThisObject", "", |c| Ok(own(c)?.this.clone())),
    row("rehydrate", "Object, Object, Object", |c| {
        let strategy = own(c)?.delegation.lock().strategy;
        ok(Value::Closure(Arc::new(own(c)?.with_delegate(c.arg(0).clone(), strategy))))
    }),
    row("dehydrate", "", |c| c.this_again()),
    row("clone", "", |c| {
        let closure = own(c)?;
        let delegation = closure.delegation.lock().clone();
        let copy = closure.with_delegate(Value::Null, delegation.strategy);
        *copy.delegation.lock() = delegation;
        ok(Value::Closure(Arc::new(copy)))
    }),
    row("getMaximumNumberOfParameters", "", |c| match c.this {
        Value::Closure(closure) => ok(closure.arity() as i32),
        _ => ok(0),
    }),
    row("getParameterTypes", "", |c| {
        let types = match Closure::of(c.this) {
            Some(closure) => {
                closure.code.parameters.iter().map(|parameter| Value::Class(parameter.target.class.clone())).collect()
            }
            None => Vec::new(),
        };
        ok(Value::Array(Arc::new(Array::of(ClassRef::Java(&crate::script::java::class::CLASS), types))))
    }),
    row("asWritable", "", |c| c.this_again()),
    row("getDirective", "", |_| ok(0)),
];
