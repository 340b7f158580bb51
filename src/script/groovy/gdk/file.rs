//! Files: `text`, `eachLine`, `withWriter`, `<<`...

use std::fs;

use super::super::iterate::call_with;
use super::super::{compare, format};
use super::lines;
use super::stream::with;
use crate::script::call::Call;
use crate::script::class::{Row, Static, row};
use crate::script::java::charset::Charset;
use crate::script::java::file::{self, File};
use crate::script::java::reader::{self, Reader};
use crate::script::java::writer::{self, Writer};
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// The methods of files.
pub const METHODS: &[Row] = &[
    row("getText", "Object?", |c| {
        let charset = c.charset(0)?;
        ok(charset.decode(&content(c)?))
    }),
    row("setText", "Object, Object?", |c| write(c, false)),
    row("write", "Object, Object?", |c| write(c, false)),
    row("append", "Object, Object?", |c| write(c, true)),
    row("leftShift", "Object", |c| {
        write(c, true)?;
        c.this_again()
    }),
    row("getBytes", "", |c| ok(content(c)?)),
    row("readBytes", "", |c| ok(content(c)?)),
    row("setBytes", "byte[]", |c| put(c, &c.bytes(0)?, false)),
    row("size", "", |c| ok(fs::metadata(c.this_as::<File>()?.path()).map_or(0, |data| data.len() as i64))),
    row("readLines", "Object?", |c| {
        let charset = c.charset(0)?;
        ok(reader::lines(&charset.decode(&content(c)?)).into_iter().map(Value::from).collect::<Vec<_>>())
    }),
    row("eachLine", "Closure", |c| {
        let all = reader::lines(&Charset::UTF_8.decode(&content(c)?));
        lines::each(c, &all, 1, 0)
    }),
    row("eachLine", "Object, Closure", |c| {
        let is_number = c.arg(0).is_number();
        let charset = if is_number { Charset::UTF_8 } else { c.charset(0)? };
        let all = reader::lines(&charset.decode(&content(c)?));
        lines::each(c, &all, if is_number { c.int(0) } else { 1 }, 1)
    }),
    row("splitEachLine", "CharSequence, Closure", |c| {
        let all = reader::lines(&Charset::UTF_8.decode(&content(c)?));
        lines::split_each(c, &all)
    }),
    row("filterLine", "Closure", |c| {
        let mut kept = String::new();
        for line in reader::lines(&Charset::UTF_8.decode(&content(c)?)) {
            if super::iteration::holds(c.machine, c.arg(0), &Value::from(line.as_str()))? {
                kept.push_str(&line);
                kept.push('\n');
            }
        }
        ok(kept)
    }),
    row("withReader", "Closure", |c| {
        let reader = new_reader(c, &reader::BUFFERED_READER)?;
        with(c, &reader, 0)
    }),
    row("withReader", "Object, Closure", |c| {
        let reader = new_reader(c, &reader::BUFFERED_READER)?;
        with(c, &reader, 1)
    }),
    row("newReader", "Object?", |c| new_reader(c, &reader::BUFFERED_READER)),
    row("newInputStream", "", |c| new_reader(c, &reader::BUFFERED_INPUT_STREAM)),
    row("newDataInputStream", "", |c| new_reader(c, &reader::BUFFERED_INPUT_STREAM)),
    row("withInputStream", "Closure", |c| {
        let stream = new_reader(c, &reader::BUFFERED_INPUT_STREAM)?;
        with(c, &stream, 0)
    }),
    row("withWriter", "Closure", |c| {
        let writer = new_writer(c, &writer::BUFFERED_WRITER, false)?;
        with(c, &writer, 0)
    }),
    row("withWriter", "Object, Closure", |c| {
        let writer = new_writer(c, &writer::BUFFERED_WRITER, false)?;
        with(c, &writer, 1)
    }),
    row("withWriterAppend", "Closure", |c| {
        let writer = new_writer(c, &writer::BUFFERED_WRITER, true)?;
        with(c, &writer, 0)
    }),
    row("withWriterAppend", "Object, Closure", |c| {
        let writer = new_writer(c, &writer::BUFFERED_WRITER, true)?;
        with(c, &writer, 1)
    }),
    row("withPrintWriter", "Closure", |c| {
        let writer = new_writer(c, &writer::PRINT_WRITER, false)?;
        with(c, &writer, 0)
    }),
    row("withOutputStream", "Closure", |c| {
        let stream = new_writer(c, &writer::BUFFERED_OUTPUT_STREAM, false)?;
        with(c, &stream, 0)
    }),
    row("newWriter", "", |c| new_writer(c, &writer::BUFFERED_WRITER, false)),
    row("newWriter", "boolean", |c| new_writer(c, &writer::BUFFERED_WRITER, c.bool(0))),
    row("newWriter", "Object, boolean?", |c| new_writer(c, &writer::BUFFERED_WRITER, c.bool(1))),
    row("newPrintWriter", "Object?", |c| new_writer(c, &writer::PRINT_WRITER, false)),
    row("newOutputStream", "", |c| new_writer(c, &writer::BUFFERED_OUTPUT_STREAM, false)),
    row("eachFile", "Closure", |c| visit(c, false, |_| true)),
    row("eachFile", "Object, Closure", |c| visit_kind(c, false)),
    row("eachDir", "Closure", |c| visit(c, false, |file| file.path().is_dir())),
    row("eachFileRecurse", "Closure", |c| visit(c, true, |_| true)),
    row("eachFileRecurse", "Object, Closure", |c| visit_kind(c, true)),
    row("eachDirRecurse", "Closure", |c| visit(c, true, |file| file.path().is_dir())),
    row("traverse", "Closure", |c| visit(c, true, |_| true)),
    row("eachFileMatch", "Object, Closure", |c| {
        for entry in folder(c)? {
            if compare::is_case(c.machine, c.arg(0), &entry.name().into())? {
                c.invoke(1, &[Value::object(entry)])?;
            }
        }
        Ok(Value::Null)
    }),
    row("deleteDir", "", |c| {
        let path = c.this_as::<File>()?.path();
        ok(!path.exists() || fs::remove_dir_all(path).is_ok())
    }),
    row("directorySize", "", |c| {
        let mut total = 0;
        for entry in all_below(c.this_as::<File>()?) {
            total += fs::metadata(entry.path()).map_or(0, |data| if data.is_file() { data.len() as i64 } else { 0 });
        }
        ok(total)
    }),
    row("createParentDirectories", "", |c| {
        let parent = c.this_as::<File>()?.path().parent();
        if let Some(parent) = parent {
            fs::create_dir_all(parent).map_err(|error| file::failure(&error))?;
        }
        c.this_again()
    }),
    row("asWritable", "", |c| c.this_again()),
];

fn content(c: &Call<'_, '_>) -> Outcome<Vec<u8>> {
    file::read(&c.this_as::<File>()?.0)
}

fn write(c: &mut Call<'_, '_>, append: bool) -> Outcome {
    let charset = c.charset(1)?;
    let bytes = match c.arg(0) {
        Value::Array(array) if array.is_bytes() => array.to_bytes(),
        other => match other.downcast::<Reader>() {
            Some(reader) => reader.rest(),
            None => charset.encode(&format::text(c.machine, other)?),
        },
    };
    put(c, &bytes, append)
}

fn put(c: &mut Call<'_, '_>, bytes: &[u8], append: bool) -> Outcome {
    let file = Writer::to_file(&writer::FILE_WRITER, &c.this_as::<File>()?.0, append, Charset::UTF_8)?;
    file.write_bytes(c.machine, bytes)?;
    file.close(c.machine)?;
    Ok(Value::Null)
}

fn new_reader(c: &mut Call<'_, '_>, class: &'static Static) -> Outcome {
    let charset = match c.arg(0) {
        Value::Closure(_) => Charset::UTF_8,
        _ => c.charset(0)?,
    };
    let bytes = content(c)?;
    ok(Value::object(Reader::new(class, bytes, charset)))
}

fn new_writer(c: &mut Call<'_, '_>, class: &'static Static, append: bool) -> Outcome {
    let charset = match c.arg(0) {
        Value::Closure(_) | Value::Bool(_) => Charset::UTF_8,
        _ => c.charset(0)?,
    };
    ok(Value::object(Writer::to_file(class, &c.this_as::<File>()?.0, append, charset)?))
}

fn folder(c: &Call<'_, '_>) -> Outcome<Vec<File>> {
    let folder = c.this_as::<File>()?;
    folder.entries().ok_or_else(|| Thrown::new("java.io.FileNotFoundException", folder.absolute()))
}

/// Everything below a folder, each folder before what is in it.
fn all_below(folder: &File) -> Vec<File> {
    let mut all = Vec::new();
    for entry in folder.entries().unwrap_or_default() {
        let inner = if entry.path().is_dir() { all_below(&entry) } else { Vec::new() };
        all.push(entry);
        all.extend(inner);
    }
    all
}

fn visit(c: &mut Call<'_, '_>, recurse: bool, wanted: fn(&File) -> bool) -> Outcome {
    let entries = folder(c)?;
    let closure = c.args.last().unwrap_or(&Value::Null);
    let entries = if recurse { all_below(c.this_as::<File>()?) } else { entries };
    for entry in entries.into_iter().filter(wanted) {
        c.machine.step()?;
        call_with(c.machine, closure, &Value::object(entry))?;
    }
    Ok(Value::Null)
}

/// `FileType.FILES`, `DIRECTORIES` or `ANY` before the closure.
fn visit_kind(c: &mut Call<'_, '_>, recurse: bool) -> Outcome {
    match &*c.text_of(0)? {
        "FILES" => visit(c, recurse, |file| file.path().is_file()),
        "DIRECTORIES" => visit(c, recurse, |file| file.path().is_dir()),
        _ => visit(c, recurse, |_| true),
    }
}
