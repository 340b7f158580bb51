//! `FileServer`: where the plan is.

use std::sync::LazyLock;

use super::variables::user;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Value, ok};

/// `org.apache.jmeter.services.FileServer`.
pub static CLASS: Static =
    Static::new(|| Class::new("org.apache.jmeter.services.FileServer").statics(STATICS).methods(METHODS));

static SERVER: LazyLock<Value> = LazyLock::new(|| Value::object(Server));

struct Server;

impl HostObject for Server {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

const STATICS: &[Row] = &[
    row("getFileServer", "", |_| Ok(SERVER.clone())),
    row("getDefaultBase", "", |_| ok(std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned())),
];

const METHODS: &[Row] = &[
    row("getBaseDir", "", |c| {
        let folder = user(c.machine).run.folder().to_path_buf();
        let absolute = std::path::absolute(&folder).or_else(|_| std::env::current_dir());
        ok(absolute.unwrap_or(folder).to_string_lossy().into_owned())
    }),
    row("getScriptName", "", |c| {
        ok(user(c.machine).run.plan.file_name().map(|name| name.to_string_lossy().into_owned()))
    }),
    row("getResolvedFile", "String", |c| {
        let named = c.text(0)?.clone();
        let file = user(c.machine).run.resolve(&named).to_string_lossy().into_owned();
        let class = c.machine.library.named("java.io.File").expect("it is in the library");
        c.machine.construct(&ClassRef::Java(class), &[file.into()])
    }),
];
