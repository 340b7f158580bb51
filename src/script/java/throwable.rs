//! `java.lang.Throwable` and all exceptions: a class, a message and a cause.

use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::collection::Array;
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

/// `java.lang.Throwable`.
pub static THROWABLE: Static =
    Static::new(|| Class::new("java.lang.Throwable").constructors(CONSTRUCTORS).methods(METHODS));

/// The exceptions by the class that they extend; a line is a family.
const FAMILIES: &[(&str, &str)] = &[
    ("java.lang.Throwable", "java.lang.Exception java.lang.Error"),
    (
        "java.lang.Exception",
        "java.lang.RuntimeException java.io.IOException java.lang.InterruptedException java.lang.CloneNotSupportedException \
         java.lang.ReflectiveOperationException java.text.ParseException java.net.URISyntaxException java.sql.SQLException \
         java.security.GeneralSecurityException java.util.concurrent.ExecutionException java.util.concurrent.TimeoutException \
         javax.script.ScriptException org.xml.sax.SAXException javax.xml.parsers.ParserConfigurationException \
         javax.xml.xpath.XPathExpressionException bsh.EvalError javax.naming.NamingException",
    ),
    (
        "java.lang.RuntimeException",
        "java.lang.IllegalArgumentException java.lang.IllegalStateException java.lang.NullPointerException \
         java.lang.ArithmeticException java.lang.ClassCastException java.lang.IndexOutOfBoundsException \
         java.lang.UnsupportedOperationException java.lang.NegativeArraySizeException java.lang.ArrayStoreException \
         java.lang.SecurityException java.util.NoSuchElementException java.util.ConcurrentModificationException \
         java.util.EmptyStackException java.util.MissingResourceException java.time.DateTimeException \
         java.io.UncheckedIOException groovy.lang.GroovyRuntimeException groovy.json.JsonException \
         java.util.concurrent.CompletionException java.util.concurrent.RejectedExecutionException \
         org.mozilla.javascript.RhinoException org.apache.commons.jexl2.JexlException \
         org.apache.commons.jexl3.JexlException",
    ),
    ("bsh.EvalError", "bsh.ParseException bsh.TargetError"),
    (
        "org.mozilla.javascript.RhinoException",
        "org.mozilla.javascript.EcmaError org.mozilla.javascript.JavaScriptException org.mozilla.javascript.EvaluatorException",
    ),
    ("org.xml.sax.SAXException", "org.xml.sax.SAXParseException"),
    (
        "java.lang.IllegalArgumentException",
        "java.lang.NumberFormatException java.util.regex.PatternSyntaxException java.util.IllegalFormatException \
         java.nio.charset.IllegalCharsetNameException java.nio.charset.UnsupportedCharsetException",
    ),
    (
        "java.util.IllegalFormatException",
        "java.util.IllegalFormatConversionException java.util.MissingFormatArgumentException \
         java.util.UnknownFormatConversionException java.util.DuplicateFormatFlagsException \
         java.util.IllegalFormatPrecisionException java.util.MissingFormatWidthException \
         java.util.FormatFlagsConversionMismatchException",
    ),
    (
        "java.lang.IndexOutOfBoundsException",
        "java.lang.ArrayIndexOutOfBoundsException java.lang.StringIndexOutOfBoundsException",
    ),
    ("java.util.NoSuchElementException", "java.util.InputMismatchException"),
    (
        "java.time.DateTimeException",
        "java.time.format.DateTimeParseException java.time.temporal.UnsupportedTemporalTypeException java.time.zone.ZoneRulesException",
    ),
    (
        "java.io.IOException",
        "java.io.FileNotFoundException java.io.UnsupportedEncodingException java.io.EOFException java.net.MalformedURLException \
         java.net.UnknownHostException java.net.SocketException java.net.ProtocolException java.nio.file.FileSystemException \
         java.io.InterruptedIOException javax.net.ssl.SSLException java.util.zip.ZipException",
    ),
    (
        "java.nio.file.FileSystemException",
        "java.nio.file.NoSuchFileException java.nio.file.FileAlreadyExistsException java.nio.file.DirectoryNotEmptyException",
    ),
    ("java.net.SocketException", "java.net.ConnectException"),
    ("java.io.InterruptedIOException", "java.net.SocketTimeoutException"),
    (
        "java.lang.ReflectiveOperationException",
        "java.lang.ClassNotFoundException java.lang.NoSuchMethodException java.lang.NoSuchFieldException java.lang.InstantiationException java.lang.IllegalAccessException java.lang.reflect.InvocationTargetException",
    ),
    (
        "java.security.GeneralSecurityException",
        "java.security.NoSuchAlgorithmException java.security.InvalidKeyException java.security.SignatureException \
         java.security.spec.InvalidKeySpecException java.security.InvalidAlgorithmParameterException \
         javax.crypto.BadPaddingException javax.crypto.IllegalBlockSizeException javax.crypto.NoSuchPaddingException \
         java.security.cert.CertificateException java.security.KeyStoreException",
    ),
    ("javax.crypto.BadPaddingException", "javax.crypto.AEADBadTagException"),
    (
        "java.lang.Error",
        "java.lang.AssertionError java.lang.VirtualMachineError java.lang.LinkageError java.lang.ThreadDeath",
    ),
    ("java.lang.VirtualMachineError", "java.lang.StackOverflowError java.lang.OutOfMemoryError"),
    ("java.lang.LinkageError", "java.lang.NoClassDefFoundError java.lang.ExceptionInInitializerError"),
    ("java.lang.AssertionError", "org.codehaus.groovy.runtime.powerassert.PowerAssertionError"),
    (
        "groovy.lang.GroovyRuntimeException",
        "groovy.lang.MissingMethodException groovy.lang.MissingPropertyException \
         org.codehaus.groovy.runtime.metaclass.MethodSelectionException \
         org.codehaus.groovy.control.MultipleCompilationErrorsException",
    ),
    ("groovy.lang.MissingPropertyException", "groovy.lang.ReadOnlyPropertyException"),
    ("java.lang.ClassCastException", "org.codehaus.groovy.runtime.typehandling.GroovyCastException"),
];

static CLASSES: LazyLock<FxHashMap<&'static str, &'static Class>> = LazyLock::new(|| {
    let mut classes: FxHashMap<&'static str, &'static Class> = FxHashMap::default();
    let throwable: &'static Class = &THROWABLE;
    classes.insert("java.lang.Throwable", throwable);
    for (parent, names) in FAMILIES {
        let parent = classes.get(parent).copied().unwrap_or(throwable);
        for name in names.split_whitespace() {
            // Made once and kept for ever, as all classes are.
            let class = Box::leak(Box::new(Class::new(name).child_of(parent).constructors(constructors(name))));
            classes.insert(name, class);
        }
    }
    classes
});

/// A class of exceptions; `RuntimeException` when there is none of that name.
#[must_use]
pub fn class(name: &str) -> &'static Class {
    CLASSES.get(name).copied().unwrap_or_else(|| CLASSES["java.lang.RuntimeException"])
}

/// All classes of exceptions.
pub fn all() -> impl Iterator<Item = &'static Class> {
    CLASSES.values().copied()
}

fn constructors(name: &str) -> &'static [Row] {
    if name == "java.lang.AssertionError" { ASSERTION_ERROR } else { CONSTRUCTORS }
}

/// The constructors that all exceptions have.
pub const CONSTRUCTORS: &[Row] = &[
    new("", |c| made(c.this, Value::Null, Value::Null)),
    new("String", |c| made(c.this, c.arg(0).clone(), Value::Null)),
    new("String, Throwable", |c| made(c.this, c.arg(0).clone(), c.arg(1).clone())),
    new("Throwable", |c| {
        let cause = c.arg(0);
        let message = if cause.is_null() { Value::Null } else { c.machine.text(cause)?.into() };
        made(c.this, message, cause.clone())
    }),
    new("String, int", |c| made(c.this, c.arg(0).clone(), Value::Null)),
];

const ASSERTION_ERROR: &[Row] = &[
    new("", |c| made(c.this, Value::Null, Value::Null)),
    new("Object", |c| {
        let text = c.text_of(0)?;
        made(c.this, text.into(), Value::Null)
    }),
];

const METHODS: &[Row] = &[
    row("getMessage", "", |c| ok(message(c.machine, c.this)?)),
    row("getLocalizedMessage", "", |c| ok(message(c.machine, c.this)?)),
    row("getCause", "", |c| Ok(own(c.this)?.cause.lock().clone())),
    row("initCause", "Throwable", |c| {
        *own(c.this)?.cause.lock() = c.arg(0).clone();
        c.this_again()
    }),
    row("getStackTrace", "", |c| {
        let line = own(c.this)?.line.lock().max(1);
        let frame = Value::from(format!("Script1.run(Script1.groovy:{line})"));
        Ok(Value::Array(Arc::new(Array::objects(vec![frame]))))
    }),
    row("setStackTrace", "Object", |_| Ok(Value::Null)),
    row("fillInStackTrace", "", |c| c.this_again()),
    row("getSuppressed", "", |_| Ok(Value::Array(Arc::new(Array::objects(Vec::new()))))),
    row("addSuppressed", "Throwable", |_| Ok(Value::Null)),
    row("printStackTrace", "", |c| {
        let trace = trace(c.machine, c.this)?;
        c.machine.host.print_error(&trace);
        Ok(Value::Null)
    }),
    row("printStackTrace", "Object", |c| {
        let trace = trace(c.machine, c.this)?;
        c.machine.invoke(c.arg(0), "print", &[trace.into()])
    }),
];

/// An exception.
pub struct Throwable {
    class: &'static Class,
    message: Value,
    cause: Mutex<Value>,
    line: Mutex<u32>,
}

impl HostObject for Throwable {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn plain_text(&self) -> Option<String> {
        Some(match &self.message {
            Value::Str(message) => format!("{}: {message}", self.class.name),
            _ => self.class.name.to_owned(),
        })
    }
}

/// An exception of a class; unknown classes become a `RuntimeException`.
#[must_use]
pub fn exception(class: &'static str, message: Option<String>) -> Value {
    make(self::class(class), message.into(), Value::Null)
}

/// An exception with a cause.
#[must_use]
pub fn caused(class: &'static str, message: Option<String>, cause: Value) -> Value {
    make(self::class(class), message.into(), cause)
}

fn make(class: &'static Class, message: Value, cause: Value) -> Value {
    Value::object(Throwable { class, message, cause: Mutex::new(cause), line: Mutex::default() })
}

fn made(this: &Value, message: Value, cause: Value) -> Outcome {
    match this {
        Value::Class(class) => ok(make(class.java(), message, cause)),
        _ => Err(Thrown::bare("java.lang.NullPointerException")),
    }
}

fn own(value: &Value) -> Outcome<&Throwable> {
    value.downcast().ok_or_else(|| Thrown::bare("java.lang.NullPointerException"))
}

/// The message of an exception, also of one whose class the script defines.
///
/// # Errors
/// What a `getMessage` of the script throws.
pub fn message(machine: &mut Machine<'_>, exception: &Value) -> Outcome<Option<Arc<str>>> {
    if let Some(throwable) = exception.downcast::<Throwable>() {
        return Ok(match &throwable.message {
            Value::Str(text) => Some(text.clone()),
            _ => None,
        });
    }
    match machine.invoke(exception, "getMessage", &[])? {
        Value::Null => Ok(None),
        other => machine.text(&other).map(Some),
    }
}

/// Remembers where an exception was thrown.
pub fn set_line(exception: &Value, line: u32) {
    if let Some(throwable) = exception.downcast::<Throwable>() {
        let mut own = throwable.line.lock();
        if *own == 0 {
            *own = line;
        }
    }
}

/// What `printStackTrace` prints.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn trace(machine: &mut Machine<'_>, exception: &Value) -> Outcome<String> {
    let mut out = machine.text(exception)?.to_string();
    let line = exception.downcast::<Throwable>().map_or(0, |throwable| *throwable.line.lock());
    out.extend(["\n\tat Script1.run(Script1.groovy:", &line.max(1).to_string(), ")\n"]);
    if let Some(throwable) = exception.downcast::<Throwable>() {
        let cause = throwable.cause.lock().clone();
        if !cause.is_null() {
            out.push_str("Caused by: ");
            out.push_str(&trace(machine, &cause)?);
        }
    }
    Ok(out)
}
