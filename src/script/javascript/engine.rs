//! `QuickJS`: one engine for each thread, made at the first script.

use std::cell::{Cell, RefCell};

use rquickjs::{Array, CatchResultExt, CaughtError, Context, Ctx, Function, IntoJs, Object, Persistent, Runtime};
use scoped_tls_hkt::scoped_thread_local;

use super::Program;
use super::bridge::{Bridge, Plain, Session};
use crate::script::java::throwable;
use crate::script::machine::{Bindings, Machine, Outcome, Thrown};
use crate::script::value::Value;

const PRELUDE: &str = include_str!("prelude.js");
/// How much memory the scripts of a thread may use.
const MEMORY: usize = 256 << 20;
/// How much of the thread's stack a script may use.
const STACK: usize = 512 << 10;

scoped_thread_local!(static mut BRIDGE: for<'a> &'a mut (dyn Bridge + 'a));

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
    static WAS_STOPPED: Cell<bool> = const { Cell::new(false) };
}

struct Engine {
    /// Dropped first: it belongs to the context.
    run: Persistent<Function<'static>>,
    context: Context,
}

impl Engine {
    fn new() -> rquickjs::Result<Self> {
        let runtime = Runtime::new()?;
        runtime.set_memory_limit(MEMORY);
        runtime.set_max_stack_size(STACK);
        runtime.set_interrupt_handler(Some(Box::new(|| {
            let is_over = BRIDGE.is_set() && BRIDGE.with(|bridge| bridge.is_over());
            WAS_STOPPED.set(is_over);
            is_over
        })));
        let context = Context::full(&runtime)?;
        let run = context.with(|ctx| {
            let prelude: Function<'_> = ctx.eval(PRELUDE)?;
            let native = Function::new(ctx.clone(), ask)?;
            let run: Function<'_> = prelude.call((native,))?;
            rquickjs::Result::Ok(Persistent::save(&ctx, run))
        })?;
        Ok(Self { run, context })
    }
}

/// The function behind all objects of Java.
#[allow(clippy::needless_pass_by_value, reason = "so the engine hands them over")]
fn ask<'js>(
    ctx: Ctx<'js>,
    operation: String,
    handle: i32,
    name: String,
    args: Array<'js>,
) -> rquickjs::Result<rquickjs::Value<'js>> {
    let args = args.iter().map(|arg| plain(&arg?)).collect::<rquickjs::Result<Vec<_>>>()?;
    if !BRIDGE.is_set() {
        return Ok(rquickjs::Value::new_undefined(ctx));
    }
    let answer = BRIDGE.with(|bridge| bridge.answer(&operation, handle as usize, &name, args));
    answer.into_js(&ctx)
}

/// A value of JavaScript, as the prelude packs it.
fn plain(value: &rquickjs::Value<'_>) -> rquickjs::Result<Plain> {
    if let Some(number) = value.as_number() {
        return Ok(Plain::Number(number));
    }
    if let Some(truth) = value.as_bool() {
        return Ok(Plain::Bool(truth));
    }
    if let Some(text) = value.as_string() {
        return Ok(Plain::Text(text.to_string().unwrap_or_default()));
    }
    let Some(boxed) = value.as_object() else {
        return Ok(if value.is_undefined() { Plain::Undefined } else { Plain::Null });
    };
    if let Some(handle) = boxed.get::<_, Option<i32>>("h")? {
        return Ok(Plain::Handle(handle as usize));
    }
    if let Some(millis) = boxed.get::<_, Option<f64>>("d")? {
        return Ok(Plain::Date(millis));
    }
    if let Some(items) = boxed.get::<_, Option<Array<'_>>>("a")? {
        return Ok(Plain::List(items.iter().map(|item| plain(&item?)).collect::<rquickjs::Result<_>>()?));
    }
    if let (Some(names), Some(values)) =
        (boxed.get::<_, Option<Array<'_>>>("o")?, boxed.get::<_, Option<Array<'_>>>("v")?)
    {
        let pairs = names.iter::<String>().zip(values.iter()).map(|(name, value)| Ok((name?, plain(&value?)?)));
        return Ok(Plain::Map(pairs.collect::<rquickjs::Result<_>>()?));
    }
    let text = boxed.get::<_, Option<String>>("t")?.or(boxed.get("s")?);
    Ok(text.map_or(Plain::Null, Plain::Text))
}

impl<'js> IntoJs<'js> for Plain {
    fn into_js(self, ctx: &Ctx<'js>) -> rquickjs::Result<rquickjs::Value<'js>> {
        let boxed = Object::new(ctx.clone())?;
        match self {
            Self::Undefined => return Ok(rquickjs::Value::new_undefined(ctx.clone())),
            Self::Null | Self::List(_) | Self::Map(_) => return Ok(rquickjs::Value::new_null(ctx.clone())),
            Self::Bool(truth) => return truth.into_js(ctx),
            Self::Number(number) | Self::Date(number) => return number.into_js(ctx),
            Self::Text(text) => return text.into_js(ctx),
            Self::Handle(handle) => {
                boxed.set("h", handle as i32)?;
                boxed.set("k", "o")?;
            }
            Self::JavaText(handle, text) => {
                boxed.set("h", handle as i32)?;
                boxed.set("k", "s")?;
                boxed.set("s", text)?;
            }
            Self::Class(handle, name) => {
                boxed.set("h", handle as i32)?;
                boxed.set("c", name)?;
            }
            Self::Error(handle, text) => {
                boxed.set("h", handle as i32)?;
                boxed.set("e", text)?;
            }
        }
        boxed.into_js(ctx)
    }
}

/// Runs a script with the variables of its host.
///
/// # Errors
/// What it throws, as Rhino names it.
pub fn run(machine: &mut Machine<'_>, program: &Program, bindings: &Bindings) -> Outcome {
    machine.enter()?;
    let mut session = Session::new(machine);
    // Only what the text can mean: making objects for all variables would cost more than most scripts.
    let variables = bindings.all().into_iter().filter(|(name, _)| program.text.contains(&**name));
    let variables: Vec<_> = variables
        .map(|(name, value)| {
            let value = match value {
                Value::Str(text) => Plain::Text(text.to_string()),
                other => session.pack(other),
            };
            (name.to_string(), value)
        })
        .collect();
    WAS_STOPPED.set(false);
    let result = ENGINE.with(|engine| {
        let mut engine =
            engine.try_borrow_mut().map_err(|_| failure("InternalError", "a script runs inside another one"))?;
        let engine = match &mut *engine {
            Some(engine) => engine,
            slot => slot.insert(Engine::new().map_err(|error| failure("InternalError", &error.to_string()))?),
        };
        BRIDGE.set(&mut session, || evaluate(engine, &program.text, variables))
    });
    match result {
        _ if WAS_STOPPED.get() => Err(Thrown::stopped()),
        Ok(plain) => Ok(number_of(session.unpack(plain))),
        Err(Failure::Java(handle)) => Err(Thrown::of(session.object(handle))),
        Err(Failure::Script(thrown)) => Err(thrown),
    }
}

/// Why a script failed.
enum Failure {
    /// An exception of Java that nobody caught.
    Java(usize),
    /// Anything else.
    Script(Thrown),
}

fn failure(name: &str, message: &str) -> Failure {
    Failure::Script(Thrown::new("org.mozilla.javascript.EcmaError", format!("{name}: {message}")))
}

fn evaluate(engine: &Engine, text: &str, variables: Vec<(String, Plain)>) -> Result<Plain, Failure> {
    engine.context.with(|ctx| {
        let work = || {
            let run = engine.run.clone().restore(&ctx)?;
            let (names, values): (Vec<_>, Vec<_>) = variables.into_iter().unzip();
            let result: rquickjs::Value<'_> = run.call((text, names, values))?;
            plain(&result)
        };
        work().catch(&ctx).map_err(|error| told(&error))
    })
}

/// What Rhino would have said.
fn told(error: &CaughtError<'_>) -> Failure {
    match error {
        CaughtError::Exception(exception) => {
            let object = exception.as_object();
            let java = object.get::<_, Option<Object<'_>>>("javaException").ok().flatten();
            let handle = java.and_then(|_| object.get::<_, Option<i32>>("javaHandle").ok().flatten());
            if let Some(handle) = handle {
                return Failure::Java(handle as usize);
            }
            let name: String = object.get("name").unwrap_or_default();
            let message = rhino_words(&exception.message().unwrap_or_default());
            match name.as_str() {
                "SyntaxError" => {
                    Failure::Script(Thrown::new("org.mozilla.javascript.EvaluatorException", syntax_words(&message)))
                }
                "Error" => Failure::Script(Thrown::new(
                    "org.mozilla.javascript.JavaScriptException",
                    format!("Error: {message}"),
                )),
                name => failure(name, &message),
            }
        }
        CaughtError::Value(value) => {
            let text = value.as_string().and_then(|text| text.to_string().ok());
            let text =
                text.or_else(|| value.as_number().map(super::number_text)).unwrap_or_else(|| format!("{value:?}"));
            Failure::Script(Thrown::of(throwable::exception("org.mozilla.javascript.JavaScriptException", Some(text))))
        }
        CaughtError::Error(error) => failure("InternalError", &error.to_string()),
    }
}

/// `x is not defined` is `"x" is not defined.` in Rhino.
fn rhino_words(message: &str) -> String {
    if let Some(name) = message.strip_suffix(" is not defined") {
        return format!("\"{name}\" is not defined.");
    }
    let read = message.strip_prefix("cannot read property '").and_then(|rest| rest.split_once("' of "));
    read.map_or_else(|| message.to_owned(), |(name, object)| format!("Cannot read property \"{name}\" from {object}"))
}

fn syntax_words(message: &str) -> String {
    let ends_early =
        message.contains("end of input") || message.contains("<eof>") || message.contains("token in expression: ''");
    if ends_early { "Unexpected end of file".into() } else { message.to_owned() }
}

/// Whole numbers come out as `int`.
fn number_of(value: Value) -> Value {
    match value {
        Value::Double(number) if number.fract() == 0.0 && number.abs() <= f64::from(i32::MAX) => {
            Value::Int(number as i32)
        }
        other => other,
    }
}
