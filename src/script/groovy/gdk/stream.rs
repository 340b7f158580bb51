//! Readers, writers, streams and processes.

use super::super::eval::invoke;
use super::super::format;
use super::lines;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::charset::Charset;
use crate::script::java::process::Process;
use crate::script::java::reader::{self, Reader};
use crate::script::java::writer::Writer;
use crate::script::machine::{Machine, Outcome, ok};
use crate::script::value::Value;

/// The methods of readers.
pub const READER_METHODS: &[Row] = &[
    row("getText", "", |c| {
        let text = c.this_as::<Reader>()?.rest_text();
        close(c.machine, c.this)?;
        ok(text)
    }),
    row("readLines", "", |c| ok(rest_lines(c)?.into_iter().map(Value::from).collect::<Vec<_>>())),
    row("eachLine", "Closure", |c| {
        let all = rest_lines(c)?;
        lines::each(c, &all, 1, 0)
    }),
    row("eachLine", "int, Closure", |c| {
        let all = rest_lines(c)?;
        lines::each(c, &all, c.int(0), 1)
    }),
    row("splitEachLine", "CharSequence, Closure", |c| {
        let all = rest_lines(c)?;
        lines::split_each(c, &all)
    }),
    row("withReader", "Closure", |c| with(c, c.this, 0)),
    row("withCloseable", "Closure", |c| with(c, c.this, 0)),
];

/// The methods of streams to read from.
pub const INPUT_METHODS: &[Row] = &[
    row("getText", "Object?", |c| {
        let charset = c.charset(0)?;
        let bytes = c.this_as::<Reader>()?.rest();
        close(c.machine, c.this)?;
        ok(charset.decode(&bytes))
    }),
    row("getBytes", "", |c| ok(c.this_as::<Reader>()?.rest())),
    row("readLines", "Object?", |c| ok(rest_lines(c)?.into_iter().map(Value::from).collect::<Vec<_>>())),
    row("eachLine", "Closure", |c| {
        let all = rest_lines(c)?;
        lines::each(c, &all, 1, 0)
    }),
    row("eachByte", "Closure", |c| {
        for byte in c.this_as::<Reader>()?.rest() {
            c.invoke(0, &[Value::Byte(byte as i8)])?;
        }
        Ok(Value::Null)
    }),
    row("withStream", "Closure", |c| with(c, c.this, 0)),
    row("withReader", "Closure", |c| with(c, c.this, 0)),
    row("withCloseable", "Closure", |c| with(c, c.this, 0)),
    row("newReader", "Object?", |c| {
        let bytes = c.this_as::<Reader>()?.rest();
        let charset = c.charset(0)?;
        ok(Value::object(Reader::new(&reader::BUFFERED_READER, bytes, charset)))
    }),
];

/// The methods of writers.
pub const WRITER_METHODS: &[Row] = &[
    row("leftShift", "Object", append),
    row("withWriter", "Closure", |c| with(c, c.this, 0)),
    row("withPrintWriter", "Closure", |c| with(c, c.this, 0)),
    row("withCloseable", "Closure", |c| with(c, c.this, 0)),
    row("writeLine", "CharSequence", |c| {
        let line = format!("{}\n", c.text(0)?);
        c.this_as::<Writer>()?.write_text(c.machine, &line)?;
        Ok(Value::Null)
    }),
];

/// The methods of streams to write to.
pub const OUTPUT_METHODS: &[Row] = &[
    row("leftShift", "Object", append),
    row("withStream", "Closure", |c| with(c, c.this, 0)),
    row("withWriter", "Closure", |c| with(c, c.this, 0)),
    row("withPrintWriter", "Closure", |c| with(c, c.this, 0)),
    row("withCloseable", "Closure", |c| with(c, c.this, 0)),
    row("setBytes", "byte[]", |c| {
        c.this_as::<Writer>()?.write_bytes(c.machine, &c.bytes(0)?)?;
        Ok(Value::Null)
    }),
];

/// The methods of processes, which have ended when a script sees them.
pub const PROCESS_METHODS: &[Row] = &[
    row("getText", "", |c| ok(c.this_as::<Process>()?.output())),
    row("getIn", "", |c| invoke(c.machine, c.this, "getInputStream", &[])),
    row("getErr", "", |c| invoke(c.machine, c.this, "getErrorStream", &[])),
    row("waitForOrKill", "long", |_| Ok(Value::Null)),
    row("closeStreams", "", |_| Ok(Value::Null)),
    row("consumeProcessOutput", "Object?, Object?", consume),
    row("waitForProcessOutput", "Object?, Object?", consume),
];

fn rest_lines(c: &Call<'_, '_>) -> Outcome<Vec<String>> {
    Ok(reader::lines(&c.this_as::<Reader>()?.rest_text()))
}

/// Calls the closure with something that is closed afterwards.
pub fn with(c: &mut Call<'_, '_>, resource: &Value, closure: usize) -> Outcome {
    let outcome = c.invoke(closure, std::slice::from_ref(resource));
    close(c.machine, resource)?;
    outcome
}

/// Closes what can be closed.
pub fn close(machine: &mut Machine<'_>, resource: &Value) -> Outcome<()> {
    invoke(machine, resource, "close", &[]).map(drop)
}

fn append(c: &mut Call<'_, '_>) -> Outcome {
    let writer = c.this_as::<Writer>()?;
    match c.arg(0) {
        Value::Array(array) if array.is_bytes() => writer.write_bytes(c.machine, &array.to_bytes())?,
        other => match other.downcast::<Reader>() {
            Some(reader) => writer.write_bytes(c.machine, &reader.rest())?,
            None => {
                let text = format::text(c.machine, other)?;
                writer.write_text(c.machine, &text)?;
            }
        },
    }
    c.this_again()
}

/// Writes what the process said to what the arguments are.
fn consume(c: &mut Call<'_, '_>) -> Outcome {
    let process = c.this_as::<Process>()?;
    for (target, text) in c.args.iter().zip([process.output(), process.errors()]) {
        if !target.is_null() {
            let method = if target.class().is_a("java.io.OutputStream") { "write" } else { "append" };
            let text = if method == "write" { Value::bytes(Charset::UTF_8.encode(&text)) } else { text.into() };
            invoke(c.machine, target, method, &[text])?;
        }
    }
    Ok(Value::Null)
}
