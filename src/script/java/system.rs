//! `java.lang.System`, `Runtime`, and the standard streams.

use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::script::class::{Class, ClassRef, Constant, Row, Static, row};
use crate::script::collection::{Map, Order};
use crate::script::host::HostObject;
use crate::script::machine::{Outcome, Thrown, illegal_argument, ok};
use crate::script::value::Value;

/// `java.lang.System`.
pub static SYSTEM: Static = Static::new(|| Class::new("java.lang.System").statics(STATICS).constants(CONSTANTS));
/// `java.lang.Runtime`.
pub static RUNTIME: Static =
    Static::new(|| Class::new("java.lang.Runtime").statics(RUNTIME_STATICS).methods(RUNTIME_METHODS));

static PROPERTIES: LazyLock<Mutex<FxHashMap<String, Arc<str>>>> = LazyLock::new(|| {
    let folder = std::env::current_dir().unwrap_or_default();
    let text = |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let all = [
        ("file.separator", "/".to_owned()),
        ("path.separator", ":".to_owned()),
        ("line.separator", "\n".to_owned()),
        ("file.encoding", "UTF-8".to_owned()),
        ("java.version", "17.0.15".to_owned()),
        ("java.io.tmpdir", std::env::temp_dir().to_string_lossy().into_owned()),
        ("java.vendor", "Loadline".to_owned()),
        ("os.name", "Linux".to_owned()),
        ("os.arch", "amd64".to_owned()),
        ("user.dir", folder.to_string_lossy().into_owned()),
        ("user.home", text("HOME", "/")),
        ("user.name", text("USER", "root")),
        ("user.language", "en".to_owned()),
        ("user.timezone", text("TZ", "")),
    ];
    Mutex::new(all.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect())
});

/// A system property of this process.
#[must_use]
pub fn property(name: &str) -> Option<Arc<str>> {
    PROPERTIES.lock().get(name).cloned()
}

/// Sets or removes a system property of this process and gives what it was.
pub fn set_property(name: &str, value: Option<Arc<str>>) -> Option<Arc<str>> {
    let mut properties = PROPERTIES.lock();
    match value {
        Some(value) => properties.insert(name.to_owned(), value),
        None => properties.remove(name),
    }
}

const CONSTANTS: &[Constant] = &[
    ("out", || Value::object(super::writer::Writer::standard(false))),
    ("err", || Value::object(super::writer::Writer::standard(true))),
    ("in", || Value::Null),
];

const STATICS: &[Row] = &[
    row("currentTimeMillis", "", |c| ok(c.machine.host.now())),
    row("nanoTime", "", |c| ok(c.machine.host.nanos())),
    row("getProperty", "String", |c| ok(c.machine.host.system_property(checked_key(c.text_or_null(0))?))),
    row("getProperty", "String, String", |c| {
        let value = c.machine.host.system_property(checked_key(c.text_or_null(0))?);
        Ok(value.map_or_else(|| c.arg(1).clone(), Value::Str))
    }),
    row("setProperty", "String, String", |c| {
        let key = checked_key(c.text_or_null(0))?;
        ok(c.machine.host.set_system_property(key, Some(c.text(1)?.clone())))
    }),
    row("clearProperty", "String", |c| ok(c.machine.host.set_system_property(checked_key(c.text_or_null(0))?, None))),
    row("getProperties", "", |c| {
        let map = Map::of(&super::properties::PROPERTIES, Order::Concurrent);
        let all: Vec<_> = PROPERTIES.lock().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        for (name, value) in all {
            map.put(c.machine, name.into(), value.into())?;
        }
        ok(Value::Map(Arc::new(map)))
    }),
    row("getenv", "String", |c| ok(std::env::var(&**c.text(0)?).ok())),
    row("getenv", "", |_| {
        let map = Map::with(std::env::vars().map(|(name, value)| (name.into(), value.into())));
        ok(Value::Map(Arc::new(map.with_class(&super::map::UNMODIFIABLE_MAP).frozen())))
    }),
    row("lineSeparator", "", |_| ok("\n")),
    row("identityHashCode", "Object", |c| ok(c.arg(0).identity())),
    row("arraycopy", "Object, int, Object, int, int", |c| {
        let (source, target) = (super::array::own(c.arg(0))?, super::array::own(c.arg(2))?);
        let (from, to, count) = (c.int(1), c.int(3), c.int(4));
        let fits =
            |at: i32, length: usize| at >= 0 && count >= 0 && (at as usize).saturating_add(count as usize) <= length;
        if !fits(from, source.len()) || !fits(to, target.len()) {
            let message =
                format!("arraycopy: last source index {} out of bounds for length {}", from + count, source.len());
            return Err(Thrown::new("java.lang.ArrayIndexOutOfBoundsException", message));
        }
        let mut items = target.items();
        for (at, item) in source.items().into_iter().skip(from as usize).take(count as usize).enumerate() {
            items[to as usize + at] = item;
        }
        target.replace(items);
        Ok(Value::Null)
    }),
    row("gc", "", |_| Ok(Value::Null)),
    row("exit", "int", |_| Err(Thrown::new("java.lang.SecurityException", "scripts may not end the program"))),
    row("setOut", "Object", |_| Ok(Value::Null)),
    row("setErr", "Object", |_| Ok(Value::Null)),
];

fn checked_key(key: Option<&Arc<str>>) -> Outcome<&str> {
    match key {
        None => Err(crate::script::machine::null_pointer("key can't be null")),
        Some(key) if key.is_empty() => Err(illegal_argument("key can't be empty")),
        Some(key) => Ok(key),
    }
}

/// `Runtime.getRuntime()`.
struct Runtime;

impl HostObject for Runtime {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&RUNTIME)
    }
}

const RUNTIME_STATICS: &[Row] = &[row("getRuntime", "", |_| ok(Value::object(Runtime)))];

const RUNTIME_METHODS: &[Row] = &[
    row("availableProcessors", "", |_| {
        ok(std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as i32)
    }),
    row("totalMemory", "", |_| ok(1_073_741_824_i64)),
    row("maxMemory", "", |_| ok(1_073_741_824_i64)),
    row("freeMemory", "", |_| ok(536_870_912_i64)),
    row("gc", "", |_| Ok(Value::Null)),
    row("exec", "Object, Object?, Object?", |c| super::process::execute(c, 0, 2)),
];
