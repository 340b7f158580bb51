//! `assert`: what a failed one says.

use super::super::ast::Assert;
use super::super::{format, truth};
use super::Run;
use crate::script::java::throwable;
use crate::script::machine::{Machine, Outcome, Thrown};
use crate::script::value::Value;

impl Run<'_, '_> {
    pub(super) fn assert(&mut self, assert: &Assert) -> Outcome<()> {
        let outer = std::mem::take(&mut self.machine.extras.recorded);
        let outcome = self.eval(&assert.condition);
        let recorded = std::mem::replace(&mut self.machine.extras.recorded, outer);
        let value = outcome?;
        if truth::of(self.machine, &value)? {
            return Ok(());
        }
        let Some(message) = &assert.message else {
            let drawing = drawing(self.machine, &assert.source, recorded)?;
            return Err(failed("org.codehaus.groovy.runtime.powerassert.PowerAssertionError", drawing));
        };
        let message = self.eval(message)?;
        let mut text = format::text(self.machine, &message)?;
        text.push_str(". Expression: ");
        text.push_str(&assert.words);
        let mut separator = ". Values: ";
        for (name, variable) in &assert.variables {
            let value = self.eval(variable)?;
            text.push_str(separator);
            text.push_str(name);
            text.push_str(" = ");
            format::write(self.machine, &value, &mut text)?;
            separator = ", ";
        }
        Err(failed("java.lang.AssertionError", text))
    }
}

fn failed(class: &'static str, message: String) -> Thrown {
    Thrown::of(throwable::exception(class, Some(message)))
}

/// The source of the condition with the recorded values under its parts.
fn drawing(machine: &mut Machine<'_>, source: &str, mut recorded: Vec<(u32, Value)>) -> Outcome<String> {
    let source = source.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    recorded.sort_by_key(|(column, _)| std::cmp::Reverse(*column));
    let mut lines = vec![source.chars().collect::<Vec<_>>(), Vec::new()];
    let mut starts = vec![0, 0];
    for at in 0..recorded.len() {
        let (column, value) = &recorded[at];
        // Of several values at one place the outermost one was recorded last.
        if recorded.get(at + 1).is_some_and(|(next, _)| next == column) {
            continue;
        }
        let column = *column as usize;
        let text = format::inspect(machine, value)?;
        let parts: Vec<&str> = text.lines().collect();
        let parts = if parts.is_empty() { vec![""] } else { parts };
        let end = if parts.len() == 1 { column + 1 + text.chars().count() } else { usize::MAX };
        place(&mut lines, &mut starts, column, end, &parts);
    }
    let texts: Vec<String> = lines.iter().map(|line| line.iter().collect::<String>().trim_end().to_owned()).collect();
    Ok(texts.join("\n"))
}

/// Puts a value on the first line where it fits; places are counted from 1 as in Groovy's own code.
fn place(lines: &mut Vec<Vec<char>>, starts: &mut Vec<usize>, column: usize, end: usize, parts: &[&str]) {
    let start = column + 1;
    for at in 1..lines.len() {
        if end < starts[at] {
            put(&mut lines[at], column, parts[0]);
            starts[at] = start;
            return;
        }
        put(&mut lines[at], column, "|");
        if at > 1 {
            starts[at] = start + 1;
        }
    }
    for part in parts {
        let mut line = Vec::new();
        put(&mut line, column, part);
        lines.push(line);
        starts.push(start);
    }
}

fn put(line: &mut Vec<char>, column: usize, text: &str) {
    let chars: Vec<char> = text.chars().collect();
    if line.len() < column + chars.len() {
        line.resize(column + chars.len(), ' ');
    }
    line[column..column + chars.len()].copy_from_slice(&chars);
}
