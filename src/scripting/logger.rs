//! `log`: JMeter's log (`org.slf4j.Logger`).

use std::sync::Arc;

use log::Level;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Outcome, Value, ok};

/// `org.slf4j.Logger`.
pub static CLASS: Static = Static::new(|| Class::new("org.slf4j.Logger").methods(METHODS));

/// A logger of that name, as it stands in log lines.
#[must_use]
pub fn logger(name: impl Into<Arc<str>>) -> Value {
    Value::object(Logger(name.into()))
}

struct Logger(Arc<str>);

impl HostObject for Logger {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

const METHODS: &[Row] = &[
    row("trace", "String, Object...", |c| write(c, Level::Trace)),
    row("debug", "String, Object...", |c| write(c, Level::Debug)),
    row("info", "String, Object...", |c| write(c, Level::Info)),
    row("warn", "String, Object...", |c| write(c, Level::Warn)),
    row("error", "String, Object...", |c| write(c, Level::Error)),
    row("isTraceEnabled", "", |c| enabled(c, Level::Trace)),
    row("isDebugEnabled", "", |c| enabled(c, Level::Debug)),
    row("isInfoEnabled", "", |c| enabled(c, Level::Info)),
    row("isWarnEnabled", "", |c| enabled(c, Level::Warn)),
    row("isErrorEnabled", "", |c| enabled(c, Level::Error)),
    row("getName", "", |c| ok(Value::Str(name(c)))),
];

fn name(c: &Call<'_, '_>) -> Arc<str> {
    c.this.downcast::<Logger>().map_or_else(Arc::default, |logger| logger.0.clone())
}

fn enabled(c: &mut Call<'_, '_>, level: Level) -> Outcome {
    ok(log::log_enabled!(target: &name(c), level))
}

/// Each `{}` is replaced by the next argument; an exception left over at the end follows the text.
fn write(c: &mut Call<'_, '_>, level: Level) -> Outcome {
    let name = name(c);
    let Some(format) = c.text_or_null(0).cloned() else {
        log::log!(target: &name, level, "null");
        return Ok(Value::Null);
    };
    let mut arguments = c.rest(1).into_iter();
    let mut text = String::new();
    let mut pieces = format.split("{}");
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match arguments.next() {
            Some(argument) => text.push_str(&c.machine.text(&argument)?),
            None => text.push_str("{}"),
        }
        text.push_str(piece);
    }
    if let Some(thrown) = arguments.next().filter(|left| left.class().is_a("java.lang.Throwable")) {
        text.push('\n');
        text.push_str(&c.machine.text(&thrown)?);
    }
    log::log!(target: &name, level, "{text}");
    Ok(Value::Null)
}
