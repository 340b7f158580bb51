//! What writers and streams can do.

use std::sync::Arc;

use super::{Target, Writer};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::builder::Builder;
use crate::script::java::charset::Charset;
use crate::script::java::{formatter, locale, string, text};
use crate::script::machine::{Outcome, ok};
use crate::script::value::Value;
use crate::script::{dispatch, groovy};

pub(super) const METHODS: &[Row] = &[
    row("write", "String", |c| {
        own(c)?.write_text(c.machine, c.text(0)?)?;
        Ok(Value::Null)
    }),
    row("write", "int", |c| {
        let unit = text::from_unit(c.int(0) as u16);
        own(c)?.write_text(c.machine, &unit)?;
        Ok(Value::Null)
    }),
    row("write", "Array", |c| {
        let text = units(c);
        own(c)?.write_text(c.machine, &text)?;
        Ok(Value::Null)
    }),
    row("write", "String, int, int", |c| {
        let part = string::substring(c.text(0)?, c.int(1), c.int(1) + c.int(2))?;
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

pub(super) const STREAM_METHODS: &[Row] = &[
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

pub(super) const PRINT_METHODS: &[Row] = &[
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

pub(super) const BUFFERED_METHODS: &[Row] =
    &[row("newLine", "", |c| own(c)?.write_text(c.machine, "\n").map(|()| Value::Null))];

pub(super) const STRING_WRITER_METHODS: &[Row] = &[row("getBuffer", "", |c| {
    let text = c.this_text()?;
    ok(Value::object(Builder::buffer(&text)))
})];

pub(super) const BYTE_ARRAY_METHODS: &[Row] = &[
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

fn own<'c>(c: &Call<'c, '_>) -> Outcome<&'c Writer> {
    c.this_as::<Writer>()
}

fn units(c: &Call<'_, '_>) -> String {
    let units: Vec<_> = c.rest(0).iter().map(|unit| unit.to_i64().unwrap_or_default() as u16).collect();
    text::from_units(&units)
}

/// Groovy prints lists and maps its own way.
fn printed(c: &mut Call<'_, '_>) -> Outcome<Arc<str>> {
    if let Value::Array(array) = c.arg(0)
        && array.is_chars()
    {
        return Ok(units(c).into());
    }
    if dispatch::is_groovy(c.machine) {
        let mut out = String::new();
        groovy::format::write(c.machine, c.arg(0), &mut out)?;
        return Ok(out.into());
    }
    c.text_of(0)
}

fn formatted(c: &mut Call<'_, '_>) -> Outcome {
    let args = c.rest(1);
    let text = formatter::format(c.machine, c.text(0)?, &args, locale::ENGLISH)?;
    own(c)?.write_text(c.machine, &text)?;
    c.this_again()
}
