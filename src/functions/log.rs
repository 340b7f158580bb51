//! `${__log(text,level,throwable,comment)}`: the text, which is logged too.

use std::io::{self, Write};

use log::Level;

use super::call::{Parameters, call};
use crate::model::{Arity, Fault, FunctionType, VirtualUser};

pub(super) const FUNCTION: FunctionType =
    FunctionType { name: "__log", arity: Arity::Between(1, 4), make: |parameters, _| call(parameters, run) };

fn run(parameters: &Parameters, vu: &mut VirtualUser) -> Result<String, Fault> {
    let text = parameters.text(0, vu)?.into_owned();
    let level = parameters.text(1, vu)?.into_owned();
    let throwable = parameters.text(2, vu)?.into_owned();
    let throwable = Some(throwable.as_str()).filter(|throwable| !throwable.is_empty());
    let comment = parameters.text(3, vu)?;
    write("o.a.j.f.LogFunction", &vu.thread_name.clone(), &text, &level, throwable, &comment);
    Ok(text)
}

/// Writes a text to the log, or to the console for the levels `OUT` and `ERR`.
pub(super) fn write(logger: &str, thread: &str, text: &str, level: &str, throwable: Option<&str>, comment: &str) {
    let level = if level.is_empty() { "INFO" } else { level.trim() }.to_uppercase();
    let thrown = throwable.map(|message| format!("java.lang.Throwable: {message}"));
    if matches!(level.as_str(), "OUT" | "ERR") {
        let comment = if comment.is_empty() { " : ".into() } else { format!(" {comment}") };
        let line = match thrown {
            Some(thrown) => format!("Log: {thread}{comment}{text} {thrown}\n"),
            None => format!("Log: {thread}{comment}{text}\n"),
        };
        let written = match level.as_str() {
            "OUT" => io::stdout().write_all(line.as_bytes()),
            _ => io::stderr().write_all(line.as_bytes()),
        };
        return written.unwrap_or_else(|error| log::warn!(target: logger, "{line}: {error}"));
    }
    let level = match level.as_str() {
        "ERROR" => Level::Error,
        "WARN" => Level::Warn,
        "INFO" => Level::Info,
        "TRACE" => Level::Trace,
        _ => Level::Debug,
    };
    let comment = if comment.is_empty() { " : " } else { comment };
    match thrown {
        Some(thrown) => log::log!(target: logger, level, "{thread} {comment} {text}\n{thrown}"),
        None => log::log!(target: logger, level, "{thread} {comment} {text}"),
    }
}
