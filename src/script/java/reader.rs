//! `java.io` for texts and bytes that are read: `BufferedReader`, `FileInputStream`, `Scanner`...
//!
//! The whole source is read when it is opened.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::charset::Charset;
use super::file;

/// `java.io.Reader`.
pub static READER: Static = Static::new(|| Class::new("java.io.Reader").methods(READER_METHODS));
/// `java.io.InputStream`.
pub static INPUT_STREAM: Static = Static::new(|| Class::new("java.io.InputStream").methods(STREAM_METHODS));
/// `java.io.BufferedReader`.
pub static BUFFERED_READER: Static =
    Static::new(|| Class::new("java.io.BufferedReader").extends(&[&READER]).constructors(WRAPPING_NEW));
/// `java.io.InputStreamReader`.
pub static INPUT_STREAM_READER: Static =
    Static::new(|| Class::new("java.io.InputStreamReader").extends(&[&READER]).constructors(WRAPPING_NEW));
/// `java.io.FileReader`.
pub static FILE_READER: Static =
    Static::new(|| Class::new("java.io.FileReader").extends(&[&READER]).constructors(FILE_NEW));
/// `java.io.StringReader`.
pub static STRING_READER: Static =
    Static::new(|| Class::new("java.io.StringReader").extends(&[&READER]).constructors(TEXT_NEW));
/// `java.io.FileInputStream`.
pub static FILE_INPUT_STREAM: Static =
    Static::new(|| Class::new("java.io.FileInputStream").extends(&[&INPUT_STREAM]).constructors(FILE_NEW));
/// `java.io.BufferedInputStream`.
pub static BUFFERED_INPUT_STREAM: Static =
    Static::new(|| Class::new("java.io.BufferedInputStream").extends(&[&INPUT_STREAM]).constructors(WRAPPING_NEW));
/// `java.io.ByteArrayInputStream`.
pub static BYTE_ARRAY_INPUT_STREAM: Static =
    Static::new(|| Class::new("java.io.ByteArrayInputStream").extends(&[&INPUT_STREAM]).constructors(BYTES_NEW));
/// `java.util.zip.GZIPInputStream`.
pub static GZIP_INPUT_STREAM: Static =
    Static::new(|| Class::new("java.util.zip.GZIPInputStream").extends(&[&INPUT_STREAM]).constructors(GZIP_NEW));

/// A source of bytes or of text.
pub struct Reader {
    class: &'static Class,
    charset: Charset,
    state: Mutex<State>,
}

struct State {
    bytes: Arc<[u8]>,
    at: usize,
    mark: usize,
    is_closed: bool,
}

impl HostObject for Reader {
    fn class(&self) -> ClassRef {
        ClassRef::Java(self.class)
    }

    fn items(&self, _machine: &mut Machine<'_>) -> Option<Outcome<Vec<Value>>> {
        Some(Ok(lines(&self.rest_text()).into_iter().map(Value::from).collect()))
    }
}

impl Reader {
    /// A reader or stream over bytes.
    pub fn new(class: &'static Class, bytes: impl Into<Arc<[u8]>>, charset: Charset) -> Self {
        Self { class, charset, state: Mutex::new(State { bytes: bytes.into(), at: 0, mark: 0, is_closed: false }) }
    }

    /// A stream of bytes.
    #[must_use]
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        Self::new(&BYTE_ARRAY_INPUT_STREAM, bytes, Charset::UTF_8)
    }

    /// A reader of a text.
    #[must_use]
    pub fn of_text(class: &'static Class, text: &str) -> Self {
        Self::new(class, text.as_bytes(), Charset::UTF_8)
    }

    /// Everything that was not read yet.
    pub fn rest(&self) -> Vec<u8> {
        let mut state = self.state.lock();
        let rest = state.bytes[state.at..].to_vec();
        state.at = state.bytes.len();
        rest
    }

    /// Everything that was not read yet, as text.
    pub fn rest_text(&self) -> String {
        self.charset.decode(&self.rest())
    }

    /// The next line without its end.
    pub fn line(&self) -> Option<String> {
        let mut state = self.state.lock();
        let rest = &state.bytes[state.at..];
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let mut next = end + 1;
        if rest.get(end) == Some(&b'\r') && rest.get(next) == Some(&b'\n') {
            next += 1;
        }
        let line = self.charset.decode(&rest[..end]);
        state.at = (state.at + next).min(state.bytes.len());
        Some(line)
    }

    fn check_open(&self) -> Outcome<()> {
        if self.state.lock().is_closed { Err(Thrown::new("java.io.IOException", "Stream closed")) } else { Ok(()) }
    }

    /// The next byte, or the next character of a reader.
    fn next(&self) -> Option<i32> {
        let mut state = self.state.lock();
        let first = *state.bytes.get(state.at)?;
        if !self.class.is_a("java.io.Reader") || first.is_ascii() {
            state.at += 1;
            return Some(i32::from(first));
        }
        let length = (1..=4).find(|length| {
            state.bytes.get(state.at..state.at + length).is_some_and(|part| std::str::from_utf8(part).is_ok())
        });
        let length = length.unwrap_or(1);
        let char = self.charset.decode(&state.bytes[state.at..state.at + length]).chars().next().unwrap_or('\u{fffd}');
        state.at += length;
        Some(char as i32)
    }
}

/// The lines of a text as Java's readers see them: `\n`, `\r` and `\r\n` end a line, nothing follows the last one.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        lines.push(rest[..end].to_owned());
        let tail = &rest[end..];
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..)).unwrap_or_default();
    }
    lines
}

/// The bytes of anything that can be read: a stream, a reader, a file, a text, bytes.
///
/// # Errors
/// `FileNotFoundException`, `NullPointerException`.
pub fn bytes_of(machine: &mut Machine<'_>, source: &Value) -> Outcome<Vec<u8>> {
    match source {
        Value::Array(array) => Ok(array.to_bytes()),
        Value::Str(text) => Ok(text.as_bytes().to_vec()),
        other => match other.downcast::<Reader>() {
            Some(reader) => Ok(reader.rest()),
            None => match other.downcast::<file::File>() {
                Some(file) => file::read(&file.0),
                None if other.is_null() => Err(Thrown::bare("java.lang.NullPointerException")),
                None => Ok(machine.text(other)?.as_bytes().to_vec()),
            },
        },
    }
}

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Reader> {
    let reader = c.this_as::<Reader>()?;
    reader.check_open()?;
    Ok(reader)
}

fn made(c: &Call<'_, '_>, bytes: Vec<u8>, charset: Charset) -> Outcome {
    let class: &'static Class = match c.this {
        Value::Class(class) => class.java(),
        _ => &READER,
    };
    ok(Value::object(Reader::new(class, bytes, charset)))
}

const FILE_NEW: &[Row] = &[new("Object, Object?", |c| {
    let path = file::path_of(c.machine, c.arg(0))?;
    let charset = c.charset(1)?;
    made(c, file::read(&path)?, charset)
})];

const TEXT_NEW: &[Row] = &[new("String", |c| made(c, c.text(0)?.as_bytes().to_vec(), Charset::UTF_8))];

const BYTES_NEW: &[Row] = &[
    new("byte[]", |c| made(c, c.bytes(0)?, Charset::UTF_8)),
    new("byte[], int, int", |c| {
        let bytes = c.bytes(0)?;
        let part = bytes.get(c.int(1).max(0) as usize..).unwrap_or_default();
        made(c, part.iter().take(c.int(2).max(0) as usize).copied().collect(), Charset::UTF_8)
    }),
];

const WRAPPING_NEW: &[Row] = &[
    new("Object", |c| wrapped(c, None)),
    new("Object, int", |c| wrapped(c, None)),
    new("Object, Object", |c| {
        let charset = c.charset(1)?;
        wrapped(c, Some(charset))
    }),
];

/// Takes what the source has not given yet.
fn wrapped(c: &mut Call<'_, '_>, charset: Option<Charset>) -> Outcome {
    let inner = c.arg(0).downcast::<Reader>().map(|reader| reader.charset);
    let bytes = bytes_of(c.machine, c.arg(0))?;
    made(c, bytes, charset.or(inner).unwrap_or(Charset::UTF_8))
}

const GZIP_NEW: &[Row] = &[new("Object, int?", |c| {
    let packed = bytes_of(c.machine, c.arg(0))?;
    match super::zip::gunzip(&packed) {
        Some(bytes) => made(c, bytes, Charset::UTF_8),
        None => Err(Thrown::new("java.util.zip.ZipException", "Not in GZIP format")),
    }
})];

const READER_METHODS: &[Row] = &[
    row("read", "", |c| ok(own(c)?.next().unwrap_or(-1))),
    row("readLine", "", |c| ok(own(c)?.line())),
    row("ready", "", |c| {
        let state = own(c)?.state.lock();
        ok(state.at < state.bytes.len())
    }),
    row("lines", "", |c| ok(super::stream::of(lines(&own(c)?.rest_text()).into_iter().map(Value::from).collect()))),
    row("read", "char[]", |c| {
        let array = super::array::own(c.arg(0))?;
        let reader = own(c)?;
        let mut count = 0;
        while count < array.len() {
            let Some(char) = reader.next() else { break };
            array.set(count, Value::Char(char as u16));
            count += 1;
        }
        ok(if count == 0 { -1 } else { count as i32 })
    }),
    row("skip", "long", skip),
    row("mark", "int", mark),
    row("reset", "", reset),
    row("close", "", close),
];

const STREAM_METHODS: &[Row] = &[
    row("read", "", |c| ok(own(c)?.next().unwrap_or(-1))),
    row("read", "byte[]", |c| {
        let array = super::array::own(c.arg(0))?;
        let mut state = own(c)?.state.lock();
        let count = array.len().min(state.bytes.len() - state.at);
        array.write_bytes(0, &state.bytes[state.at..state.at + count]);
        state.at += count;
        ok(if count == 0 && !array.is_empty() { -1 } else { count as i32 })
    }),
    row("readAllBytes", "", |c| ok(own(c)?.rest())),
    row("readNBytes", "int", |c| {
        let mut state = own(c)?.state.lock();
        let count = (c.int(0).max(0) as usize).min(state.bytes.len() - state.at);
        let part = state.bytes[state.at..state.at + count].to_vec();
        state.at += count;
        ok(part)
    }),
    row("available", "", |c| {
        let state = own(c)?.state.lock();
        ok((state.bytes.len() - state.at) as i32)
    }),
    row("skip", "long", skip),
    row("mark", "int", mark),
    row("reset", "", reset),
    row("markSupported", "", |_| ok(true)),
    row("transferTo", "OutputStream", |c| {
        let bytes = own(c)?.rest();
        c.arg_as::<super::writer::Writer>(0)?.write_bytes(c.machine, &bytes)?;
        ok(bytes.len() as i64)
    }),
    row("close", "", close),
];

fn skip(c: &mut Call<'_, '_>) -> Outcome {
    let mut state = own(c)?.state.lock();
    let count = (c.long(0).max(0) as usize).min(state.bytes.len() - state.at);
    state.at += count;
    ok(count as i64)
}

fn mark(c: &mut Call<'_, '_>) -> Outcome {
    let mut state = own(c)?.state.lock();
    state.mark = state.at;
    Ok(Value::Null)
}

fn reset(c: &mut Call<'_, '_>) -> Outcome {
    let mut state = own(c)?.state.lock();
    state.at = state.mark;
    Ok(Value::Null)
}

fn close(c: &mut Call<'_, '_>) -> Outcome {
    c.this_as::<Reader>()?.state.lock().is_closed = true;
    Ok(Value::Null)
}
