//! One execution of a script: its host, its budget, and what all languages need while they run.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::Mutex;
use smallvec::SmallVec;

use super::class::Dialect;
use super::error::{ErrorKind, ScriptError};
use super::groovy::meta::Added;
use super::host::Host;
use super::java::throwable;
use super::library::Library;
use super::value::Value;

/// What an expression gives: a value, or what was thrown.
pub type Outcome<T = Value> = Result<T, Thrown>;

/// The arguments of a call; up to four need no memory of their own.
pub type Args = SmallVec<[Value; 4]>;

/// An exception on its way up.
#[derive(Debug)]
pub struct Thrown(Box<Flight>);

/// What an exception carries with it.
#[derive(Debug)]
pub struct Flight {
    /// The object that was thrown; `Null` when the host stopped the script, which no script can catch.
    pub exception: Value,
    /// The line where it was thrown, from 1; 0 while nobody has said.
    pub line: u32,
    /// BeanShell: where it happened, in the words of its messages.
    pub note: Option<Box<str>>,
    /// BeanShell: a mistake of the script itself, which the script cannot catch.
    pub is_mistake: bool,
}

impl Thrown {
    /// An exception of a Java class.
    pub fn new(class: &'static str, message: impl Into<String>) -> Self {
        Self::of(throwable::exception(class, Some(message.into())))
    }

    /// An exception of a Java class that has no message.
    #[must_use]
    pub fn bare(class: &'static str) -> Self {
        Self::of(throwable::exception(class, None))
    }

    /// An object that is thrown.
    #[must_use]
    pub fn of(exception: Value) -> Self {
        Self(Box::new(Flight { exception, line: 0, note: None, is_mistake: false }))
    }

    /// The end that the host wanted.
    #[must_use]
    pub fn stopped() -> Self {
        Self::of(Value::Null)
    }

    /// Whether the host stopped the script.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        self.exception.is_null()
    }

    /// The object that was thrown.
    #[must_use]
    pub fn into_exception(self) -> Value {
        self.0.exception
    }
}

impl Deref for Thrown {
    type Target = Flight;

    fn deref(&self) -> &Flight {
        &self.0
    }
}

impl DerefMut for Thrown {
    fn deref_mut(&mut self) -> &mut Flight {
        &mut self.0
    }
}

/// `NullPointerException` with a message.
pub fn null_pointer(message: impl Into<String>) -> Thrown {
    Thrown::new("java.lang.NullPointerException", message)
}

/// `IllegalArgumentException` with a message.
pub fn illegal_argument(message: impl Into<String>) -> Thrown {
    Thrown::new("java.lang.IllegalArgumentException", message)
}

/// How much a script may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long it may run; `None` is for ever.
    pub time: Option<Duration>,
    /// How many turns of loops and calls it may take; `None` is for ever.
    pub steps: Option<u64>,
    /// How many bytes of the thread's stack it may use. More is a `StackOverflowError`.
    pub stack: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: None, steps: None, stack: 1 << 20 }
    }
}

/// How often the host is asked whether to go on.
const STEPS_BETWEEN_QUESTIONS: u32 = 4096;

/// Texts and collections beyond this many bytes or items are an `OutOfMemoryError`.
pub const MOST_SIZE: usize = 1 << 28;

/// One execution of a script.
pub struct Machine<'h> {
    /// The program around it.
    pub host: &'h mut dyn Host,
    /// The classes that there are.
    pub library: Arc<Library>,
    /// Whose methods objects have.
    pub dialect: Dialect,
    /// The local variables of all functions that are running.
    pub slots: Vec<Value>,
    /// What a language needs beside that.
    pub extras: Extras,
    limits: Limits,
    deadline: Option<i64>,
    steps: u64,
    until_question: u32,
    stack_base: usize,
}

/// State of an execution that few scripts use.
#[derive(Default)]
pub struct Extras {
    /// What an `assert` has seen so far: columns and values.
    pub recorded: Vec<(u32, Value)>,
    /// Groovy's categories that are in use, the newest last.
    pub categories: Vec<Value>,
    /// Methods that the script gave to classes and objects.
    pub added_methods: Vec<Added>,
    /// Variables that held closures, which may hold themselves.
    pub closure_cells: Vec<Weak<Mutex<Value>>>,
    /// BeanShell: the variables of the interpreter.
    pub global: Option<Value>,
    /// Whether the thread was interrupted by the script itself.
    pub is_interrupted: bool,
}

impl<'h> Machine<'h> {
    /// A machine for one execution.
    pub fn new(host: &'h mut dyn Host, library: Arc<Library>, dialect: Dialect, limits: Limits) -> Self {
        let deadline = limits.time.map(|time| host.now().saturating_add(time.as_millis() as i64));
        Self {
            host,
            library,
            dialect,
            slots: Vec::with_capacity(32),
            extras: Extras::default(),
            limits,
            deadline,
            steps: 0,
            until_question: STEPS_BETWEEN_QUESTIONS,
            stack_base: stack_address(),
        }
    }

    /// Counts a turn of a loop.
    ///
    /// # Errors
    /// The budget is used up, or the host wants the script to stop.
    #[inline]
    pub fn step(&mut self) -> Outcome<()> {
        self.until_question -= 1;
        if self.until_question == 0 { self.ask_host() } else { Ok(()) }
    }

    /// Asks the host at once whether to go on, for engines that count their own steps.
    ///
    /// # Errors
    /// The budget is used up, or the host wants the script to stop.
    pub fn poll(&mut self) -> Outcome<()> {
        self.ask_host()
    }

    #[cold]
    fn ask_host(&mut self) -> Outcome<()> {
        self.until_question = STEPS_BETWEEN_QUESTIONS;
        self.steps += u64::from(STEPS_BETWEEN_QUESTIONS);
        let is_over = self.limits.steps.is_some_and(|most| self.steps > most)
            || self.deadline.is_some_and(|deadline| self.host.now() > deadline);
        if is_over || self.host.should_stop() { Err(Thrown::stopped()) } else { Ok(()) }
    }

    /// Counts a call and looks after the stack.
    ///
    /// # Errors
    /// `StackOverflowError`, or the budget is used up.
    #[inline]
    pub fn enter(&mut self) -> Outcome<()> {
        if self.stack_base.abs_diff(stack_address()) > self.limits.stack {
            return Err(Thrown::bare("java.lang.StackOverflowError"));
        }
        self.step()
    }

    /// Waits.
    ///
    /// # Errors
    /// The host wants the script to stop.
    pub fn sleep(&mut self, time: Duration) -> Outcome<()> {
        if self.host.sleep(time) { Ok(()) } else { Err(Thrown::stopped()) }
    }

    /// Calls a closure, or whatever else counts as a function: an object made from a closure or from a class of the
    /// script that has one method.
    ///
    /// # Errors
    /// What it throws.
    pub fn call(&mut self, function: &Value, args: &[Value]) -> Outcome {
        match function {
            Value::Closure(closure) => closure.clone().call_shared(self, args),
            Value::Object(object) => {
                let object = object.clone();
                for name in [
                    "call",
                    "apply",
                    "accept",
                    "test",
                    "get",
                    "run",
                    "compare",
                    "applyAsInt",
                    "applyAsLong",
                    "applyAsDouble",
                ] {
                    if let Some(outcome) = object.call(self, function, name, args) {
                        return outcome;
                    }
                }
                Err(Thrown::new("groovy.lang.MissingMethodException", "the object is no function"))
            }
            Value::Null | Value::Void => Err(null_pointer("Cannot invoke method call() on null object")),
            _ => Err(illegal_argument("the object is no function")),
        }
    }

    /// What the host is told of an exception that ended the script.
    pub fn script_error(&mut self, thrown: Thrown) -> ScriptError {
        let line = (thrown.line > 0).then_some(thrown.line);
        if thrown.is_stop() {
            return ScriptError {
                class: "java.lang.InterruptedException".into(),
                message: Some("the script was stopped".into()),
                line,
                kind: ErrorKind::Stopped,
                exception: Value::Null,
            };
        }
        let exception = thrown.into_exception();
        let class = exception.class();
        let kind = if class.is_a("java.lang.Error") { ErrorKind::Error } else { ErrorKind::Exception };
        let message = throwable::message(self, &exception).ok().flatten();
        ScriptError {
            class: class.name().to_string(),
            message: message.map(|text| text.to_string()),
            line,
            kind,
            exception,
        }
    }
}

/// Ok and a value: the usual end of a method's body.
///
/// # Errors
/// None.
pub fn ok(value: impl Into<Value>) -> Outcome {
    Ok(value.into())
}

/// The error for a text or collection that would be too large.
///
/// # Errors
/// `OutOfMemoryError` when `size` is beyond the limit.
pub fn check_size(size: usize) -> Outcome<()> {
    if size > MOST_SIZE { Err(Thrown::new("java.lang.OutOfMemoryError", "Java heap space")) } else { Ok(()) }
}

/// Where the stack ends now. Only differences mean anything.
#[inline(never)]
fn stack_address() -> usize {
    let marker = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&marker)).addr()
}

type Variables = Vec<(Arc<str>, Value)>;

/// The variables that a host gives to a script and that a script leaves behind.
#[derive(Clone, Default)]
pub struct Bindings {
    variables: Arc<Mutex<Variables>>,
}

impl Bindings {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The variables of a list.
    #[must_use]
    pub fn of(variables: Vec<(Arc<str>, Value)>) -> Self {
        Self { variables: Arc::new(Mutex::new(variables)) }
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.variables.lock().iter().find(|(other, _)| **other == *name).map(|(_, value)| value.clone())
    }

    /// Sets a variable.
    pub fn set(&self, name: &str, value: Value) {
        let mut variables = self.variables.lock();
        match variables.iter_mut().find(|(other, _)| **other == *name) {
            Some((_, slot)) => *slot = value,
            None => variables.push((name.into(), value)),
        }
    }

    /// Removes a variable.
    pub fn remove(&self, name: &str) -> Option<Value> {
        let mut variables = self.variables.lock();
        let at = variables.iter().position(|(other, _)| **other == *name)?;
        Some(variables.remove(at).1)
    }

    /// All variables, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<(Arc<str>, Value)> {
        self.variables.lock().clone()
    }
}
