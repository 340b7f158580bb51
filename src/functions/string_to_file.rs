//! `${__StringToFile(file,text,append,encoding)}`: writes a text to a file; `\n` in it becomes the end of a line.

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::java::{self, Charset};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__StringToFile", arity: Arity::Between(2, 4), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let file = parameters.trimmed(0, vu)?;
    let text = parameters.text(1, vu)?.replace("\\n", LINE_END);
    let appends = match parameters.trimmed(2, vu)?.as_str() {
        "" => true,
        word => java::parse_boolean(word),
    };
    let encoding = parameters.text(3, vu)?;
    let charset = if encoding.is_empty() { Some(Charset::UTF_8) } else { Charset::named(&encoding) };
    let written = match charset {
        None => Err(format!("The encoding of file is not supported: {encoding}")),
        Some(_) if file.is_empty() => Err("File name '' is empty".into()),
        Some(charset) => write(&file, &charset.encode(&text), appends),
    };
    if let Err(message) = &written {
        log::error!(target: "o.a.j.f.StringToFile", "{message}");
    }
    Ok(written.is_ok().to_string())
}

const LINE_END: &str = if cfg!(windows) { "\r\n" } else { "\n" };

/// Writes in one go, so that texts of several users do not mix.
fn write(file: &str, bytes: &[u8], appends: bool) -> Result<(), String> {
    let folder = Path::new(file).parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(format!("The parent file of {file} doesn't exist or is not writable"));
    }
    let options = if appends {
        OpenOptions::new().append(true).create(true).open(file)
    } else {
        OpenOptions::new().write(true).truncate(true).create(true).open(file)
    };
    options.and_then(|mut file| file.write_all(bytes)).map_err(|error| format!("IOException occurred: {error}"))
}
