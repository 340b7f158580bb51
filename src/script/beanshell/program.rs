//! A script: read, run, and what its end is called.

use std::sync::Arc;

use super::interpreter;
use super::name_space::NameSpace;
use crate::script::error::ScriptError;
use crate::script::groovy::ast;
use crate::script::groovy::eval::{Owner, call_code};
use crate::script::groovy::parser::{Mistake, read};
use crate::script::groovy::token::Syntax;
use crate::script::java::throwable;
use crate::script::library::Library;
use crate::script::machine::{Args, Bindings, Machine, Outcome, Thrown};
use crate::script::value::Value;

/// A script, ready to run.
pub struct Program {
    code: Arc<ast::Code>,
    /// The beginning of its text, as messages show it.
    shown: String,
}

/// Reads a script.
///
/// # Errors
/// `bsh.ParseException`.
pub fn parse(text: &str, library: &Arc<Library>) -> Result<Program, ScriptError> {
    // The interpreter itself ends each text so.
    let text = if text.ends_with(';') { text.to_owned() } else { format!("{text};") };
    let shown = shown(&text);
    match read(&text, Syntax::BeanShell, library) {
        Ok(program) => Ok(Program { code: program.code, shown }),
        Err(mistake) => {
            let message = told(&text, &shown, &mistake);
            Err(ScriptError::compile("bsh.ParseException", message, mistake.line))
        }
    }
}

/// `inline evaluation of: ..`
fn shown(text: &str) -> String {
    let one_line: String = text.replace(['\n', '\r'], " ");
    match one_line.char_indices().nth(80) {
        Some((end, _)) => format!("inline evaluation of: ``{} . . . ''", &one_line[..end]),
        None => format!("inline evaluation of: ``{one_line}''"),
    }
}

fn told(text: &str, shown: &str, mistake: &Mistake) -> String {
    if mistake.at == usize::MAX {
        let (line, column) = position(text, text.len());
        return format!(
            "Sourced file: {shown} Token Parsing Error: Lexical error at line {line}, column {}.  Encountered: <EOF> after : {:?}",
            column + 1,
            text.rfind('"').map_or("", |at| &text[at..]),
        );
    }
    let found = text.get(mistake.at..).unwrap_or_default();
    let end = text.trim_end().len();
    let (word, at) = if mistake.at >= end {
        ("<EOF>", end.saturating_sub(1))
    } else {
        let is_part = |char: char| char.is_alphanumeric() || char == '_';
        let length = match found.find(|char| !is_part(char)) {
            Some(0) => found.chars().next().map_or(0, char::len_utf8),
            Some(length) => length,
            None => found.len(),
        };
        (&found[..length], mistake.at)
    };
    let (line, column) = position(text, at);
    format!("In file: {shown} Encountered \"{word}\" at line {line}, column {column}.\n")
}

/// Line and column of a byte, from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Runs a script with the variables of its interpreter.
///
/// # Errors
/// What it throws, in BeanShell's words.
pub fn run(machine: &mut Machine<'_>, program: &Program, bindings: &Bindings) -> Outcome {
    let names = NameSpace::global(bindings.clone(), interpreter::methods(bindings));
    machine.extras.global = Some(names.clone());
    run_in(machine, program, &names)
}

fn run_in(machine: &mut Machine<'_>, program: &Program, names: &Value) -> Outcome {
    match call_code(machine, &program.code, names, &Owner::default(), Args::new(), &[]) {
        Ok(Value::Void) => Ok(Value::Null),
        Ok(value) => Ok(value),
        Err(thrown) if thrown.is_stop() => Err(thrown),
        Err(thrown) => Err(worded(machine, thrown, &program.shown)),
    }
}

/// Reads and runs a text in a name space.
///
/// # Errors
/// What it throws, or why it is no script.
pub(super) fn evaluate(machine: &mut Machine<'_>, text: &str, names: &Value) -> Outcome {
    machine.enter()?;
    let library = machine.library.clone();
    match parse(text, &library) {
        Ok(program) => run_in(machine, &program, names),
        Err(error) => {
            let mut thrown = Thrown::new("bsh.ParseException", error.message.unwrap_or_default());
            thrown.is_mistake = true;
            Err(thrown)
        }
    }
}

/// What BeanShell makes of an exception: the text of the script, and where it happened.
fn worded(machine: &mut Machine<'_>, thrown: Thrown, shown: &str) -> Thrown {
    let class = thrown.exception.class();
    let is_known = ["bsh.EvalError", "bsh.ParseException", "bsh.TargetError"].contains(&&*class.name());
    if class.is_a("java.lang.StackOverflowError") {
        return Thrown::bare("bsh.EvalError");
    }
    let note = if is_known && thrown.note.is_none() {
        let message = throwable::message(machine, &thrown.exception).ok().flatten().unwrap_or_default();
        if message.contains("evaluation of: ``") {
            return thrown;
        }
        Some(message)
    } else {
        thrown.note.as_deref().map(Arc::from)
    };
    let message = match note {
        Some(note) => format!("Sourced file: {shown} : {note}"),
        None => format!("Sourced file: {shown}"),
    };
    let line = thrown.line;
    let class = if thrown.is_mistake || is_known { "bsh.EvalError" } else { "bsh.TargetError" };
    let mut worded = Thrown::of(throwable::caused(class, Some(message), thrown.into_exception()));
    (worded.line, worded.is_mistake) = (line, true);
    worded
}

/// What the script that called the interpreter may catch.
pub(super) fn catchable(machine: &mut Machine<'_>, outcome: Outcome) -> Outcome {
    outcome.map_err(|mut thrown| {
        if thrown.is_stop() {
            return thrown;
        }
        thrown.is_mistake = false;
        let is_target = thrown.exception.class().is_a("bsh.TargetError");
        if is_target && let Ok(cause @ Value::Object(_)) = machine.invoke(&thrown.exception, "getCause", &[]) {
            thrown.exception = cause;
        }
        thrown
    })
}
