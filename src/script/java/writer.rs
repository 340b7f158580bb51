//! `java.io` for texts that are written: `Writer`, `PrintStream`, `StringWriter`, `FileWriter`...
//!
//! What is written to a file goes there at `flush` and `close`, and when the writer is dropped.

mod constructors;
mod methods;

use std::fs::{File, OpenOptions};
use std::io::Write;

use parking_lot::Mutex;

use crate::script::class::{Class, ClassRef, Static};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, check_size};
use crate::script::value::Value;

use super::charset::Charset;
use super::file;

/// `java.io.Writer`.
pub static WRITER: Static = Static::new(|| Class::new("java.io.Writer").methods(methods::METHODS));
/// `java.io.OutputStream`.
pub static OUTPUT_STREAM: Static = Static::new(|| Class::new("java.io.OutputStream").methods(methods::STREAM_METHODS));
/// `java.io.PrintStream`.
pub static PRINT_STREAM: Static = Static::new(|| {
    Class::new("java.io.PrintStream")
        .extends(&[&OUTPUT_STREAM])
        .constructors(constructors::WRAPPING_NEW)
        .methods(methods::PRINT_METHODS)
});
/// `java.io.PrintWriter`.
pub static PRINT_WRITER: Static = Static::new(|| {
    Class::new("java.io.PrintWriter")
        .extends(&[&WRITER])
        .constructors(constructors::WRAPPING_NEW)
        .methods(methods::PRINT_METHODS)
});
/// `java.io.StringWriter`.
pub static STRING_WRITER: Static = Static::new(|| {
    Class::new("java.io.StringWriter")
        .extends(&[&WRITER])
        .constructors(constructors::MEMORY_NEW)
        .methods(methods::STRING_WRITER_METHODS)
});
/// `java.io.FileWriter`.
pub static FILE_WRITER: Static =
    Static::new(|| Class::new("java.io.FileWriter").extends(&[&WRITER]).constructors(constructors::FILE_NEW));
/// `java.io.BufferedWriter`.
pub static BUFFERED_WRITER: Static = Static::new(|| {
    Class::new("java.io.BufferedWriter")
        .extends(&[&WRITER])
        .constructors(constructors::WRAPPING_NEW)
        .methods(methods::BUFFERED_METHODS)
});
/// `java.io.OutputStreamWriter`.
pub static OUTPUT_STREAM_WRITER: Static = Static::new(|| {
    Class::new("java.io.OutputStreamWriter").extends(&[&WRITER]).constructors(constructors::WRAPPING_NEW)
});
/// `java.io.FileOutputStream`.
pub static FILE_OUTPUT_STREAM: Static = Static::new(|| {
    Class::new("java.io.FileOutputStream").extends(&[&OUTPUT_STREAM]).constructors(constructors::FILE_NEW)
});
/// `java.io.BufferedOutputStream`.
pub static BUFFERED_OUTPUT_STREAM: Static = Static::new(|| {
    Class::new("java.io.BufferedOutputStream").extends(&[&OUTPUT_STREAM]).constructors(constructors::WRAPPING_NEW)
});
/// `java.io.ByteArrayOutputStream`.
pub static BYTE_ARRAY_OUTPUT_STREAM: Static = Static::new(|| {
    Class::new("java.io.ByteArrayOutputStream")
        .extends(&[&OUTPUT_STREAM])
        .constructors(constructors::MEMORY_NEW)
        .methods(methods::BYTE_ARRAY_METHODS)
});
/// `java.util.zip.GZIPOutputStream`.
pub static GZIP_OUTPUT_STREAM: Static = Static::new(|| {
    Class::new("java.util.zip.GZIPOutputStream").extends(&[&OUTPUT_STREAM]).constructors(constructors::GZIP_NEW)
});

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
