//! JavaScript: conditions of If Controllers, `__javaScript`, BSF.
//!
//! `QuickJS` runs the scripts, dressed up as Rhino 1.7.14 with language version 0, which is what plans were written for:
//! newer syntax is refused, `java.lang.X` and `Packages` are there, texts that Java methods return are Java's.

mod bridge;
mod dialect;
mod engine;

pub use dialect::check;
pub use engine::run;

use super::error::ScriptError;

/// A script that passed the check of its syntax.
#[derive(Debug)]
pub struct Program {
    text: String,
}

/// Takes a script.
///
/// # Errors
/// It uses syntax that Rhino does not know.
pub fn parse(text: &str) -> Result<Program, ScriptError> {
    check(text).map_err(|(message, line)| {
        ScriptError::compile("org.mozilla.javascript.EvaluatorException", format!("{message} (<cmd>#{line})"), line)
    })?;
    Ok(Program { text: text.to_owned() })
}

/// The text of a number: `3` for 3.0, `1e+21`.
#[must_use]
pub fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity".into() } else { "-Infinity".into() };
    }
    let size = number.abs();
    if size == 0.0 {
        return "0".into();
    }
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    if text.contains("e-") { text } else { text.replace('e', "e+") }
}

#[cfg(test)]
mod tests;
