//! `FileUtils` and `IOUtils`.

use std::fs;
use std::path::PathBuf;

use crate::script::call::Call;
use crate::script::class::{Class, Row, Static, row};
use crate::script::java::charset::Charset;
use crate::script::java::file;
use crate::script::machine::{Outcome, Thrown, ok};
use crate::script::value::Value;

/// `org.apache.commons.io.FileUtils`.
pub static FILE_UTILS: Static = Static::new(|| Class::new("org.apache.commons.io.FileUtils").statics(STATICS));
/// `org.apache.commons.io.IOUtils`.
pub static IO_UTILS: Static = Static::new(|| Class::new("org.apache.commons.io.IOUtils").statics(IO_STATICS));

fn path(c: &mut Call<'_, '_>, at: usize) -> Outcome<PathBuf> {
    Ok(PathBuf::from(&*c.text_of(at)?))
}

fn failed(error: &std::io::Error) -> Thrown {
    Thrown::new("java.io.IOException", error.to_string())
}

fn charset(c: &mut Call<'_, '_>, at: usize) -> Outcome<Charset> {
    match c.arg(at) {
        Value::Null | Value::Bool(_) => Ok(Charset::UTF_8),
        _ => {
            let name = c.text_of(at)?;
            Ok(Charset::named(&name).unwrap_or(Charset::UTF_8))
        }
    }
}

fn read(c: &mut Call<'_, '_>) -> Outcome<String> {
    let charset = charset(c, 1)?;
    let bytes = file::read(&c.text_of(0)?)?;
    Ok(charset.decode(&bytes).clone())
}

fn write(c: &mut Call<'_, '_>, bytes: &[u8]) -> Outcome {
    let path = path(c, 0)?;
    let appends = c.args.iter().any(|arg| matches!(arg, Value::Bool(true)));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    }
    let mut options = fs::OpenOptions::new();
    let file = options.create(true).append(appends).write(true).truncate(!appends).open(path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, bytes)).map_err(|error| failed(&error))?;
    Ok(Value::Null)
}

const STATICS: &[Row] = &[
    row("readFileToString", "File, Object?", |c| ok(read(c)?)),
    row("readFileToByteArray", "File", |c| {
        let name = c.text_of(0)?;
        ok(file::read(&name)?)
    }),
    row("readLines", "File, Object?", |c| {
        let text = read(c)?;
        ok(text.lines().map(Value::from).collect::<Vec<_>>())
    }),
    row("writeStringToFile", "File, String, Object?, boolean?", |c| {
        let bytes = charset(c, 2)?.encode(c.text(1)?).clone();
        write(c, &bytes)
    }),
    row("write", "File, CharSequence, Object?, boolean?", |c| {
        let text = c.text_of(1)?;
        let bytes = charset(c, 2)?.encode(&text).clone();
        write(c, &bytes)
    }),
    row("writeByteArrayToFile", "File, byte[], boolean?", |c| {
        let bytes = c.bytes(1)?;
        write(c, &bytes)
    }),
    row("writeLines", "File, Object, boolean?", |c| {
        let mut text = String::new();
        for item in c.items(1)? {
            text.push_str(&c.machine.text(&item)?);
            text.push('\n');
        }
        write(c, text.as_bytes())
    }),
    row("deleteQuietly", "File", |c| {
        let path = path(c, 0)?;
        ok(if path.is_dir() { fs::remove_dir_all(path).is_ok() } else { fs::remove_file(path).is_ok() })
    }),
    row("forceDelete", "File", |c| {
        let path = path(c, 0)?;
        let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        done.map_err(|error| failed(&error))?;
        Ok(Value::Null)
    }),
    row("deleteDirectory", "File", |c| {
        let path = path(c, 0)?;
        if path.exists() {
            fs::remove_dir_all(path).map_err(|error| failed(&error))?;
        }
        Ok(Value::Null)
    }),
    row("cleanDirectory", "File", |c| {
        let path = path(c, 0)?;
        for entry in fs::read_dir(path).map_err(|error| failed(&error))?.flatten() {
            let path = entry.path();
            let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            done.map_err(|error| failed(&error))?;
        }
        Ok(Value::Null)
    }),
    row("forceMkdir", "File", |c| {
        fs::create_dir_all(path(c, 0)?).map_err(|error| failed(&error))?;
        Ok(Value::Null)
    }),
    row("copyFile", "File, File", |c| {
        let (from, to) = (path(c, 0)?, path(c, 1)?);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        }
        fs::copy(from, to).map_err(|error| failed(&error))?;
        Ok(Value::Null)
    }),
    row("moveFile", "File, File", |c| {
        fs::rename(path(c, 0)?, path(c, 1)?).map_err(|error| failed(&error))?;
        Ok(Value::Null)
    }),
    row("sizeOf", "File", |c| ok(fs::metadata(path(c, 0)?).map_or(0, |data| data.len() as i64))),
];

const IO_STATICS: &[Row] = &[
    row("toString", "Object, Object?", |c| {
        let text = super::super::super::groovy::eval::get_property(c.machine, c.arg(0), "text");
        match text {
            Ok(text) => Ok(text),
            Err(_) => ok(c.text_of(0)?),
        }
    }),
    row("closeQuietly", "Object", |c| {
        if !c.arg(0).is_null() {
            c.machine.invoke(c.arg(0), "close", &[])?;
        }
        Ok(Value::Null)
    }),
];
