//! `java.io` for texts that are written: `Writer`, `PrintStream`, `StringWriter`, `FileWriter`...
//!
//! What is written to a file goes there at `flush` and `close`, and when the writer is dropped.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, check_size, ok};
use crate::script::value::Value;

use super::charset::Charset;
use super::file;

/// `java.io.Writer`.
pub static WRITER: Static = Static::new(|| Class::new("java.io.Writer").methods(METHODS));
/// `java.io.OutputStream`.
pub static OUTPUT_STREAM: Static = Static::new(|| Class::new("java.io.OutputStream").methods(STREAM_METHODS));
/// `java.io.PrintStream`.
pub static PRINT_STREAM: Static = Static::new(|| {
    Class::new("java.io.PrintStream").extends(&[&OUTPUT_STREAM]).constructors(WRAPPING_NEW).methods(PRINT_METHODS)
});
/// `java.io.PrintWriter`.
pub static PRINT_WRITER: Static = Static::new(|| {
    Class::new("java.io.PrintWriter").extends(&[&WRITER]).constructors(WRAPPING_NEW).methods(PRINT_METHODS)
});
/// `java.io.StringWriter`.
pub static STRING_WRITER: Static = Static::new(|| {
    Class::new("java.io.StringWriter").extends(&[&WRITER]).constructors(MEMORY_NEW).methods(STRING_WRITER_METHODS)
});
/// `java.io.FileWriter`.
pub static FILE_WRITER: Static =
    Static::new(|| Class::new("java.io.FileWriter").extends(&[&WRITER]).constructors(FILE_NEW));
/// `java.io.BufferedWriter`.
pub static BUFFERED_WRITER: Static = Static::new(|| {
    Class::new("java.io.BufferedWriter").extends(&[&WRITER]).constructors(WRAPPING_NEW).methods(BUFFERED_METHODS)
});
/// `java.io.OutputStreamWriter`.
pub static OUTPUT_STREAM_WRITER: Static =
    Static::new(|| Class::new("java.io.OutputStreamWriter").extends(&[&WRITER]).constructors(WRAPPING_NEW));
/// `java.io.FileOutputStream`.
pub static FILE_OUTPUT_STREAM: Static =
    Static::new(|| Class::new("java.io.FileOutputStream").extends(&[&OUTPUT_STREAM]).constructors(FILE_NEW));
/// `java.io.BufferedOutputStream`.
pub static BUFFERED_OUTPUT_STREAM: Static =
    Static::new(|| Class::new("java.io.BufferedOutputStream").extends(&[&OUTPUT_STREAM]).constructors(WRAPPING_NEW));
/// `java.io.ByteArrayOutputStream`.
pub static BYTE_ARRAY_OUTPUT_STREAM: Static = Static::new(|| {
    Class::new("java.io.ByteArrayOutputStream")
        .extends(&[&OUTPUT_STREAM])
        .constructors(MEMORY_NEW)
        .methods(BYTE_ARRAY_METHODS)
});
/// `java.util.zip.GZIPOutputStream`.
pub static GZIP_OUTPUT_STREAM: Static =
    Static::new(|| Class::new("java.util.zip.GZIPOutputStream").extends(&[&OUTPUT_STREAM]).constructors(GZIP_NEW));

/// Something that is written to.
pub struct Writer {
    class: &'static Class,
    charset: Charset,
    target: Target,
}

/// Where it goes.
enum Target {
    Standard {
        is_error: bool,
    },
    Memory(Mutex<Vec<u8>>),
    File(Mutex<Option<std::io::BufWriter<File>>>),
    /// Another writer or stream, or anything else that has `write` or `append`.
    Object(Value),
    /// Packed and handed on when it is closed.
    Gzip(Mutex<Vec<u8>>, Value),
}

impl HostObject for Writer {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn text(&self, machine: &mut Machine<'_>) -> Outcome<Option<String>> {
        match &self.target {
            Target::Memory(bytes) => Ok(Some(self.charset.decode(&bytes.lock()))),
            Target::Object(other) if self.class.is_a("java.io.Writer") => Ok(Some(machine.text(other)?.to_string())),
            _ => Ok(None),
        }
    }
}

impl Writer {
    /// Standard output or standard error.
    #[must_use]
    pub fn standard(is_error: bool) -> Self {
        Self { class: &PRINT_STREAM, charset: Charset::UTF_8, target: Target::Standard { is_error } }
    }

    /// A `StringWriter`.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { class: &STRING_WRITER, charset: Charset::UTF_8, target: Target::Memory(Mutex::default()) }
    }

    /// A `ByteArrayOutputStream`.
    #[must_use]
    pub fn bytes_in_memory() -> Self {
        Self { class: &BYTE_ARRAY_OUTPUT_STREAM, charset: Charset::UTF_8, target: Target::Memory(Mutex::default()) }
    }

    /// A writer to a file.
    ///
    /// # Errors
    /// `FileNotFoundException`.
    pub fn to_file(class: &'static Class, path: &str, append: bool, charset: Charset) -> Outcome<Self> {
        let file = OpenOptions::new().create(true).write(true).append(append).truncate(!append).open(path);
        let file = file.map_err(|error| file::not_found(path, &error))?;
        let target = Target::File(Mutex::new(Some(std::io::BufWriter::new(file))));
        Ok(Self { class, charset, target })
    }

    /// The bytes written so far, if they stay in memory.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match &self.target {
            Target::Memory(bytes) | Target::Gzip(bytes, _) => bytes.lock().clone(),
            _ => Vec::new(),
        }
    }

    /// Writes a text.
    ///
    /// # Errors
    /// `IOException`.
    pub fn write_text(&self, machine: &mut Machine<'_>, text: &str) -> Outcome<()> {
        match &self.target {
            Target::Standard { is_error: false } => machine.host.print(text),
            Target::Standard { is_error: true } => machine.host.print_error(text),
            Target::Object(other) => match other.downcast::<Self>() {
                Some(writer) if writer.class.is_a("java.io.Writer") => return writer.write_text(machine, text),
                Some(stream) => return stream.write_bytes(machine, &self.charset.encode(text)),
                None => drop(machine.invoke(other, "append", &[text.into()])?),
            },
            _ => return self.write_bytes(machine, &self.charset.encode(text)),
        }
        Ok(())
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// `IOException`.
    pub fn write_bytes(&self, machine: &mut Machine<'_>, new: &[u8]) -> Outcome<()> {
        match &self.target {
            Target::Memory(bytes) | Target::Gzip(bytes, _) => {
                let mut bytes = bytes.lock();
                check_size(bytes.len() + new.len())?;
                bytes.extend_from_slice(new);
            }
            Target::File(file) => match &mut *file.lock() {
                Some(file) => file.write_all(new).map_err(|error| file::failure(&error))?,
                None => return Err(crate::script::machine::Thrown::new("java.io.IOException", "Stream closed")),
            },
            Target::Object(other) => match other.downcast::<Self>() {
                Some(stream) => return stream.write_bytes(machine, new),
                None => drop(machine.invoke(other, "write", &[Value::bytes(new)])?),
            },
            Target::Standard { .. } => return self.write_text(machine, &self.charset.decode(new)),
        }
        Ok(())
    }

    fn flush(&self) -> Outcome<()> {
        match &self.target {
            Target::File(file) => {
                if let Some(file) = &mut *file.lock() {
                    file.flush().map_err(|error| file::failure(&error))?;
                }
            }
            Target::Object(other) => {
                if let Some(other) = other.downcast::<Self>() {
                    other.flush()?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// `IOException`.
    pub fn close(&self, machine: &mut Machine<'_>) -> Outcome<()> {
        self.flush()?;
        match &self.target {
            Target::File(file) => *file.lock() = None,
            Target::Object(other) => {
                if let Some(other) = other.downcast::<Self>() {
                    other.close(machine)?;
                }
            }
            Target::Gzip(bytes, other) => {
                let packed = super::zip::gzip(&std::mem::take(&mut *bytes.lock()));
                if let Some(other) = other.downcast::<Self>() {
                    other.write_bytes(machine, &packed)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Writer> {
    c.this_as::<Writer>()
}

fn class_of(c: &Call<'_, '_>) -> &'static Class {
    match c.this {
        Value::Class(class) => class.java(),
        _ => &WRITER,
    }
}

const MEMORY_NEW: &[Row] = &[new("int?", |c| {
    ok(Value::object(Writer { class: class_of(c), charset: Charset::UTF_8, target: Target::Memory(Mutex::default()) }))
})];

const FILE_NEW: &[Row] = &[
    new("String", |c| to_file(c, false, Charset::UTF_8)),
    new("File", |c| to_file(c, false, Charset::UTF_8)),
    new("String, boolean", |c| to_file(c, c.bool(1), Charset::UTF_8)),
    new("File, boolean", |c| to_file(c, c.bool(1), Charset::UTF_8)),
    new("Object, Charset", |c| to_file(c, false, c.charset(1)?)),
    new("Object, Charset, boolean", |c| to_file(c, c.bool(2), c.charset(1)?)),
];

fn to_file(c: &mut Call<'_, '_>, append: bool, charset: Charset) -> Outcome {
    let path = file::path_of(c.machine, c.arg(0))?;
    ok(Value::object(Writer::to_file(class_of(c), &path, append, charset)?))
}

const WRAPPING_NEW: &[Row] = &[
    new("String, Object?", |c| to_file(c, false, c.charset(1)?)),
    new("File, Object?", |c| to_file(c, false, c.charset(1)?)),
    new("Object, boolean?", wrapped),
    new("Object, boolean, Object", wrapped),
    new("Object, int", wrapped),
    new("Object, String", |c| {
        let charset = c.charset(1)?;
        ok(Value::object(Writer { class: class_of(c), charset, target: Target::Object(c.arg(0).clone()) }))
    }),
    new("Object, Charset", |c| {
        let charset = c.charset(1)?;
        ok(Value::object(Writer { class: class_of(c), charset, target: Target::Object(c.arg(0).clone()) }))
    }),
];

fn wrapped(c: &mut Call<'_, '_>) -> Outcome {
    ok(Value::object(Writer { class: class_of(c), charset: Charset::UTF_8, target: Target::Object(c.arg(0).clone()) }))
}

const GZIP_NEW: &[Row] = &[new("OutputStream, Object?", |c| {
    ok(Value::object(Writer {
        class: &GZIP_OUTPUT_STREAM,
        charset: Charset::UTF_8,
        target: Target::Gzip(Mutex::default(), c.arg(0).clone()),
    }))
})];

const METHODS: &[Row] = &[
    row("write", "String", |c| {
        own(c)?.write_text(c.machine, c.text(0)?)?;
        Ok(Value::Null)
    }),
    row("write", "int", |c| {
        let unit = super::text::from_unit(c.int(0) as u16);
        own(c)?.write_text(c.machine, &unit)?;
        Ok(Value::Null)
    }),
    row("write", "Array", |c| {
        let text = units(c);
        own(c)?.write_text(c.machine, &text)?;
        Ok(Value::Null)
    }),
    row("write", "String, int, int", |c| {
        let part = super::string::substring(c.text(0)?, c.int(1), c.int(1) + c.int(2))?;
        own(c)?.write_text(c.machine, &part)?;
        Ok(Value::Null)
    }),
    row("append", "Object", |c| {
        let text = c.text_of(0)?;
        own(c)?.write_text(c.machine, &text)?;
        c.this_again()
    }),
    row("flush", "", |c| own(c)?.flush().map(|()| Value::Null)),
    row("close", "", |c| own(c)?.close(c.machine).map(|()| Value::Null)),
];

fn units(c: &Call<'_, '_>) -> String {
    let units: Vec<_> = c.rest(0).iter().map(|unit| unit.to_i64().unwrap_or_default() as u16).collect();
    super::text::from_units(&units)
}

const STREAM_METHODS: &[Row] = &[
    row("write", "byte[]", |c| {
        let bytes = c.bytes(0)?;
        own(c)?.write_bytes(c.machine, &bytes)?;
        Ok(Value::Null)
    }),
    row("write", "int", |c| {
        own(c)?.write_bytes(c.machine, &[c.int(0) as u8])?;
        Ok(Value::Null)
    }),
    row("write", "byte[], int, int", |c| {
        let bytes = c.bytes(0)?;
        let part = bytes.get(c.int(1).max(0) as usize..).and_then(|rest| rest.get(..c.int(2).max(0) as usize));
        own(c)?.write_bytes(c.machine, part.unwrap_or_default())?;
        Ok(Value::Null)
    }),
    row("flush", "", |c| own(c)?.flush().map(|()| Value::Null)),
    row("close", "", |c| own(c)?.close(c.machine).map(|()| Value::Null)),
    row("finish", "", |c| own(c)?.close(c.machine).map(|()| Value::Null)),
];

const PRINT_METHODS: &[Row] = &[
    row("print", "Object", |c| {
        let text = printed(c)?;
        own(c)?.write_text(c.machine, &text)?;
        Ok(Value::Null)
    }),
    row("println", "", |c| own(c)?.write_text(c.machine, "\n").map(|()| Value::Null)),
    row("println", "Object", |c| {
        let text = printed(c)?;
        own(c)?.write_text(c.machine, &format!("{text}\n"))?;
        Ok(Value::Null)
    }),
    row("printf", "String, Object...", formatted),
    row("format", "String, Object...", formatted),
    row("append", "Object", |c| {
        let text = c.text_of(0)?;
        own(c)?.write_text(c.machine, &text)?;
        c.this_again()
    }),
    row("checkError", "", |_| ok(false)),
];

/// Groovy prints lists and maps its own way.
fn printed(c: &mut Call<'_, '_>) -> Outcome<Arc<str>> {
    if let Value::Array(array) = c.arg(0)
        && array.is_chars()
    {
        return Ok(units(c).into());
    }
    if crate::script::dispatch::is_groovy(c.machine) {
        let mut out = String::new();
        crate::script::groovy::format::write(c.machine, c.arg(0), &mut out)?;
        return Ok(out.into());
    }
    c.text_of(0)
}

fn formatted(c: &mut Call<'_, '_>) -> Outcome {
    let args = c.rest(1);
    let text = super::formatter::format(c.machine, c.text(0)?, &args, super::locale::ENGLISH)?;
    own(c)?.write_text(c.machine, &text)?;
    c.this_again()
}

const BUFFERED_METHODS: &[Row] = &[row("newLine", "", |c| own(c)?.write_text(c.machine, "\n").map(|()| Value::Null))];

const STRING_WRITER_METHODS: &[Row] = &[row("getBuffer", "", |c| {
    let text = c.this_text()?;
    ok(Value::object(super::builder::Builder::buffer(&text)))
})];

const BYTE_ARRAY_METHODS: &[Row] = &[
    row("toByteArray", "", |c| ok(own(c)?.bytes())),
    row("toString", "", |c| ok(Charset::UTF_8.decode(&own(c)?.bytes()))),
    row("toString", "Object", |c| {
        let charset = c.charset(0)?;
        ok(charset.decode(&own(c)?.bytes()))
    }),
    row("size", "", |c| ok(own(c)?.bytes().len() as i32)),
    row("reset", "", |c| {
        if let Target::Memory(bytes) = &own(c)?.target {
            bytes.lock().clear();
        }
        Ok(Value::Null)
    }),
    row("writeTo", "OutputStream", |c| {
        let bytes = own(c)?.bytes();
        c.arg_as::<Writer>(0)?.write_bytes(c.machine, &bytes)?;
        Ok(Value::Null)
    }),
];
