//! `java.lang.Process`: other programs.

use std::process::{Command, Output, Stdio};

use crate::script::call::Call;
use crate::script::class::{Class, ClassRef, Row, Static, new, row};
use crate::script::host::HostObject;
use crate::script::machine::{Machine, Outcome, Thrown, ok};
use crate::script::value::Value;

use super::reader::Reader;

/// `java.lang.Process`.
pub static PROCESS: Static = Static::new(|| Class::new("java.lang.Process").methods(METHODS));
/// `java.lang.ProcessBuilder`.
pub static PROCESS_BUILDER: Static =
    Static::new(|| Class::new("java.lang.ProcessBuilder").constructors(BUILDER_NEW).methods(BUILDER_METHODS));

/// A program that ran: scripts wait for it when they start it.
pub struct Process {
    output: Output,
}

impl HostObject for Process {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&PROCESS)
    }
}

impl Process {
    /// What it wrote to standard output.
    #[must_use]
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    /// What it wrote to standard error.
    #[must_use]
    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    fn exit_code(&self) -> i32 {
        // Without a code the program was killed: 128 + SIGKILL.
        self.output.status.code().unwrap_or(137)
    }
}

const METHODS: &[Row] = &[
    row("waitFor", "", |c| ok(c.this_as::<Process>()?.exit_code())),
    row("waitFor", "long, Object", |_| ok(true)),
    row("exitValue", "", |c| ok(c.this_as::<Process>()?.exit_code())),
    row("isAlive", "", |_| ok(false)),
    row("destroy", "", |_| Ok(Value::Null)),
    row("getInputStream", "", |c| ok(Value::object(Reader::of_bytes(c.this_as::<Process>()?.output.stdout.clone())))),
    row("getErrorStream", "", |c| ok(Value::object(Reader::of_bytes(c.this_as::<Process>()?.output.stderr.clone())))),
];

/// Runs a program and waits for it.
///
/// # Errors
/// `IOException` when there is no such program.
pub fn run(words: &[String], environment: &[(String, String)], folder: Option<&str>) -> Outcome {
    let Some((program, args)) = words.split_first() else {
        return Err(Thrown::new("java.lang.IllegalArgumentException", "Empty command"));
    };
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).envs(environment.iter().map(|(name, value)| (name, value)));
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    match command.output() {
        Ok(output) => ok(Value::object(Process { output })),
        Err(error) => {
            let code = error.raw_os_error().unwrap_or_default();
            let reason = super::file::failure(&error);
            let reason = super::object::plain_text(&reason.exception).unwrap_or_default();
            let reason = reason.rsplit(": ").next().unwrap_or_default().to_owned();
            Err(Thrown::new("java.io.IOException", format!("Cannot run program \"{program}\": error={code}, {reason}")))
        }
    }
}

/// The words of a command: the parts of a text between blanks, or the items of a list.
///
/// # Errors
/// What a `toString` of the script throws.
pub fn words(machine: &mut Machine<'_>, command: &Value) -> Outcome<Vec<String>> {
    if let Value::Str(text) = command {
        return Ok(text.split_whitespace().map(str::to_owned).collect());
    }
    let mut words = Vec::new();
    for word in machine.items(command)? {
        words.push(machine.text(&word)?.to_string());
    }
    Ok(words)
}

/// Runs the command that an argument is, in the folder that another one is.
///
/// # Errors
/// As [`run`].
pub fn execute(c: &mut Call<'_, '_>, command: usize, folder: usize) -> Outcome {
    let words = words(c.machine, c.arg(command))?;
    let folder = match c.arg(folder) {
        Value::Null => None,
        folder => Some(c.machine.text(folder)?),
    };
    run(&words, &[], folder.as_deref())
}

/// `ProcessBuilder`.
struct ProcessBuilder {
    words: Vec<String>,
    merges_errors: parking_lot::Mutex<bool>,
    folder: parking_lot::Mutex<Option<String>>,
}

impl HostObject for ProcessBuilder {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&PROCESS_BUILDER)
    }
}

const BUILDER_NEW: &[Row] = &[
    new("Iterable", |c| {
        let words = words(c.machine, c.arg(0))?;
        ok(Value::object(ProcessBuilder { words, merges_errors: false.into(), folder: None.into() }))
    }),
    new("String...", |c| {
        let words = words(c.machine, &c.rest(0).into())?;
        ok(Value::object(ProcessBuilder { words, merges_errors: false.into(), folder: None.into() }))
    }),
];

const BUILDER_METHODS: &[Row] = &[
    row("redirectErrorStream", "boolean", |c| {
        *c.this_as::<ProcessBuilder>()?.merges_errors.lock() = c.bool(0);
        c.this_again()
    }),
    row("directory", "Object", |c| {
        let folder = c.text_of(0)?.to_string();
        *c.this_as::<ProcessBuilder>()?.folder.lock() = Some(folder);
        c.this_again()
    }),
    row("start", "", |c| {
        let builder = c.this_as::<ProcessBuilder>()?;
        let folder = builder.folder.lock().clone();
        let process = run(&builder.words, &[], folder.as_deref())?;
        if *builder.merges_errors.lock()
            && let Some(process) = process.downcast::<Process>()
        {
            let mut output = process.output.clone();
            let errors = std::mem::take(&mut output.stderr);
            output.stdout.extend(errors);
            return ok(Value::object(Process { output }));
        }
        Ok(process)
    }),
];
