//! `java.io.File`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::java::string_hash;
use crate::script::class::{Class, ClassRef, Constant, Row, Static, new, row};
use crate::script::collection::Array;
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::string::COMPARABLE;

/// `java.io.File`.
pub static FILE: Static = Static::new(|| {
    Class::new("java.io.File")
        .extends(&[&COMPARABLE])
        .constructors(NEW)
        .statics(STATICS)
        .methods(METHODS)
        .constants(CONSTANTS)
});

/// A path of a file, in Java's form: no `/` at its end, none twice.
#[derive(Clone, PartialEq, Eq)]
pub struct File(pub String);

impl File {
    /// The file of a path.
    #[must_use]
    pub fn new(path: &str) -> Self {
        let mut clean = String::with_capacity(path.len());
        for char in path.chars() {
            if char != '/' || !clean.ends_with('/') {
                clean.push(char);
            }
        }
        if clean.len() > 1 && clean.ends_with('/') {
            clean.pop();
        }
        Self(clean)
    }

    /// A file below a folder.
    #[must_use]
    pub fn child(folder: &str, name: &str) -> Self {
        if folder.is_empty() { Self::new(&format!("/{name}")) } else { Self::new(&format!("{folder}/{name}")) }
    }

    /// The path for the operating system.
    #[must_use]
    pub fn path(&self) -> &Path {
        Path::new(&self.0)
    }

    /// The last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    fn parent(&self) -> Option<&str> {
        match self.0.rfind('/') {
            Some(0) if self.0.len() > 1 => Some("/"),
            Some(0) | None => None,
            Some(at) => Some(&self.0[..at]),
        }
    }

    /// The absolute path.
    #[must_use]
    pub fn absolute(&self) -> String {
        if self.0.starts_with('/') {
            return self.0.clone();
        }
        let folder = std::env::current_dir().unwrap_or_default();
        let folder = folder.to_string_lossy();
        if self.0.is_empty() { folder.into_owned() } else { format!("{folder}/{}", self.0) }
    }

    /// What is in the folder, sorted by name; `None` when it is none.
    #[must_use]
    pub fn entries(&self) -> Option<Vec<Self>> {
        let entries = std::fs::read_dir(self.path()).ok()?;
        let mut names: Vec<_> =
            entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
        names.sort();
        Some(names.iter().map(|name| Self::child(&self.0, name)).collect())
    }
}

impl HostObject for File {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&FILE)
    }

    fn plain_text(&self) -> Option<String> {
        Some(self.0.clone())
    }

    fn equals(&self, other: &Value) -> bool {
        other.downcast::<Self>() == Some(self)
    }

    fn hash(&self) -> Option<i32> {
        Some(string_hash(&self.0) ^ 0x0012_d591)
    }

    fn compare(&self, other: &Value) -> Option<std::cmp::Ordering> {
        Some(self.0.cmp(&other.downcast::<Self>()?.0))
    }
}

/// The path that an argument names: a `File`, a `Path` or a text.
///
/// # Errors
/// `NullPointerException`.
pub fn path_of(machine: &mut Machine<'_>, value: &Value) -> Outcome<String> {
    if value.is_null() {
        return Err(Thrown::bare("java.lang.NullPointerException"));
    }
    Ok(machine.text(value)?.to_string())
}

/// `FileNotFoundException` for a file that cannot be opened.
#[must_use]
pub fn not_found(path: &str, error: &io::Error) -> Thrown {
    Thrown::new("java.io.FileNotFoundException", format!("{path} ({})", reason(error)))
}

/// `IOException`.
#[must_use]
pub fn failure(error: &io::Error) -> Thrown {
    Thrown::new("java.io.IOException", reason(error))
}

/// The operating system's words, without Rust's additions.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}

/// The content of a file.
///
/// # Errors
/// `FileNotFoundException`.
pub fn read(path: &str) -> Outcome<Vec<u8>> {
    if Path::new(path).is_dir() {
        return Err(Thrown::new("java.io.FileNotFoundException", format!("{path} (Is a directory)")));
    }
    std::fs::read(path).map_err(|error| not_found(path, &error))
}

const CONSTANTS: &[Constant] = &[
    ("separator", || "/".into()),
    ("separatorChar", || Value::Char(u16::from(b'/'))),
    ("pathSeparator", || ":".into()),
    ("pathSeparatorChar", || Value::Char(u16::from(b':'))),
];

const NEW: &[Row] = &[
    new("String", |c| ok(Value::object(File::new(c.text(0)?)))),
    new("String, String", |c| match c.text_or_null(0) {
        Some(folder) => ok(Value::object(File::child(folder, c.text(1)?))),
        None => ok(Value::object(File::new(c.text(1)?))),
    }),
    new("File, String", |c| match c.arg(0).downcast::<File>() {
        Some(folder) => ok(Value::object(File::child(&folder.0, c.text(1)?))),
        None => ok(Value::object(File::new(c.text(1)?))),
    }),
    new("URI", |c| {
        let uri = c.text_of(0)?;
        ok(Value::object(File::new(uri.strip_prefix("file:").unwrap_or(&uri))))
    }),
];

const STATICS: &[Row] = &[row("createTempFile", "String, String?, File?", |c| {
    let folder = match c.arg(2).downcast::<File>() {
        Some(folder) => folder.0.clone(),
        None => std::env::temp_dir().to_string_lossy().into_owned(),
    };
    let number = c.machine.host.random();
    let file =
        File::child(&folder, &format!("{}{number}{}", c.text(0)?, c.text_or_null(1).map_or(".tmp", |text| text)));
    std::fs::write(file.path(), []).map_err(|error| failure(&error))?;
    ok(Value::object(file))
})];

const METHODS: &[Row] = &[
    row("getName", "", |c| ok(c.this_as::<File>()?.name())),
    row("getPath", "", |c| ok(c.this_as::<File>()?.0.as_str())),
    row("getParent", "", |c| ok(c.this_as::<File>()?.parent().map(Value::from))),
    row("getParentFile", "", |c| ok(c.this_as::<File>()?.parent().map(|parent| Value::object(File::new(parent))))),
    row("getAbsolutePath", "", |c| ok(c.this_as::<File>()?.absolute())),
    row("getAbsoluteFile", "", |c| ok(Value::object(File::new(&c.this_as::<File>()?.absolute())))),
    row("getCanonicalPath", "", |c| ok(canonical(c.this_as::<File>()?))),
    row("getCanonicalFile", "", |c| ok(Value::object(File::new(&canonical(c.this_as::<File>()?))))),
    row("isAbsolute", "", |c| ok(c.this_as::<File>()?.0.starts_with('/'))),
    row("exists", "", |c| ok(c.this_as::<File>()?.path().exists())),
    row("isFile", "", |c| ok(c.this_as::<File>()?.path().is_file())),
    row("isDirectory", "", |c| ok(c.this_as::<File>()?.path().is_dir())),
    row("isHidden", "", |c| ok(c.this_as::<File>()?.name().starts_with('.'))),
    row("canRead", "", |c| ok(c.this_as::<File>()?.path().exists())),
    row("canWrite", "", |c| {
        let file = c.this_as::<File>()?;
        ok(std::fs::metadata(file.path()).is_ok_and(|data| !data.permissions().readonly()))
    }),
    row("canExecute", "", |c| ok(c.this_as::<File>()?.path().exists())),
    row("length", "", |c| ok(std::fs::metadata(c.this_as::<File>()?.path()).map_or(0, |data| data.len() as i64))),
    row("lastModified", "", |c| {
        let time = std::fs::metadata(c.this_as::<File>()?.path()).and_then(|data| data.modified()).ok();
        let since = time.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        ok(since.map_or(0, |since| since.as_millis() as i64))
    }),
    row("mkdir", "", |c| ok(std::fs::create_dir(c.this_as::<File>()?.path()).is_ok())),
    row("mkdirs", "", |c| {
        let file = c.this_as::<File>()?;
        ok(!file.path().exists() && std::fs::create_dir_all(file.path()).is_ok())
    }),
    row("createNewFile", "", |c| {
        let file = c.this_as::<File>()?;
        let created = std::fs::OpenOptions::new().write(true).create_new(true).open(file.path());
        match created {
            Ok(_) => ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => ok(false),
            Err(error) => Err(failure(&error)),
        }
    }),
    row("delete", "", |c| {
        let path = c.this_as::<File>()?.path();
        ok(if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) }.is_ok())
    }),
    row("deleteOnExit", "", |_| Ok(Value::Null)),
    row("renameTo", "File", |c| ok(std::fs::rename(c.this_as::<File>()?.path(), c.arg_as::<File>(0)?.path()).is_ok())),
    row("setLastModified", "long", |_| ok(true)),
    row("setExecutable", "boolean", |_| ok(true)),
    row("setReadable", "boolean", |_| ok(true)),
    row("setWritable", "boolean", |_| ok(true)),
    row("list", "", |c| match c.this_as::<File>()?.entries() {
        Some(entries) => ok(super::string::texts(entries.iter().map(|entry| entry.name().to_owned()).collect())),
        None => Ok(Value::Null),
    }),
    row("listFiles", "Function?", |c| {
        let Some(entries) = c.this_as::<File>()?.entries() else { return Ok(Value::Null) };
        let mut files = Vec::new();
        for entry in entries {
            let file = Value::object(entry.clone());
            if !c.arg(0).is_null() {
                let args = match c.arg(0) {
                    Value::Closure(closure) if closure.arity() > 1 => vec![c.this.clone(), entry.name().into()],
                    _ => vec![file.clone()],
                };
                let wanted = c.invoke(0, &args)?;
                if !crate::script::groovy::truth::of(c.machine, &wanted)? {
                    continue;
                }
            }
            files.push(file);
        }
        ok(Value::Array(Arc::new(Array::of(ClassRef::Java(&FILE), files))))
    }),
    row("getFreeSpace", "", |_| ok(1_i64 << 40)),
    row("getUsableSpace", "", |_| ok(1_i64 << 40)),
];

fn canonical(file: &File) -> String {
    let path: PathBuf = std::fs::canonicalize(file.path()).unwrap_or_else(|_| PathBuf::from(file.absolute()));
    path.to_string_lossy().into_owned()
}
