//! How writers and streams are made.

use parking_lot::Mutex;

use super::{GZIP_OUTPUT_STREAM, Target, WRITER, Writer};
use crate::script::call::Call;
use crate::script::class::{Class, Row, new};
use crate::script::java::charset::Charset;
use crate::script::java::file;
use crate::script::machine::{Outcome, ok};
use crate::script::value::Value;

pub(super) const MEMORY_NEW: &[Row] = &[new("int?", |c| {
    ok(Value::object(Writer { class: class_of(c), charset: Charset::UTF_8, target: Target::Memory(Mutex::default()) }))
})];

pub(super) const FILE_NEW: &[Row] = &[
    new("String", |c| to_file(c, false, Charset::UTF_8)),
    new("File", |c| to_file(c, false, Charset::UTF_8)),
    new("String, boolean", |c| to_file(c, c.bool(1), Charset::UTF_8)),
    new("File, boolean", |c| to_file(c, c.bool(1), Charset::UTF_8)),
    new("Object, Charset", |c| to_file(c, false, c.charset(1)?)),
    new("Object, Charset, boolean", |c| to_file(c, c.bool(2), c.charset(1)?)),
];

pub(super) const WRAPPING_NEW: &[Row] = &[
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

pub(super) const GZIP_NEW: &[Row] = &[new("OutputStream, Object?", |c| {
    ok(Value::object(Writer {
        class: &GZIP_OUTPUT_STREAM,
        charset: Charset::UTF_8,
        target: Target::Gzip(Mutex::default(), c.arg(0).clone()),
    }))
})];

fn class_of(c: &Call<'_, '_>) -> &'static Class {
    match c.this {
        Value::Class(class) => class.java(),
        _ => &WRITER,
    }
}

fn to_file(c: &mut Call<'_, '_>, append: bool, charset: Charset) -> Outcome {
    let path = file::path_of(c.machine, c.arg(0))?;
    ok(Value::object(Writer::to_file(class_of(c), &path, append, charset)?))
}

fn wrapped(c: &mut Call<'_, '_>) -> Outcome {
    ok(Value::object(Writer { class: class_of(c), charset: Charset::UTF_8, target: Target::Object(c.arg(0).clone()) }))
}
