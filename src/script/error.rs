//! What ends a script early.

use super::value::Value;

/// Why a script ended without a result.
///
/// JMeter prints `CLASS: MESSAGE` of Java's exceptions, so both are kept as Java has them.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}", self.text())]
pub struct ScriptError {
    /// The exception's class: `java.lang.NullPointerException`.
    pub class: String,
    /// Its message, if it has one.
    pub message: Option<String>,
    /// The line of the script, from 1, where that is known.
    pub line: Option<u32>,
    /// What kind of end it is.
    pub kind: ErrorKind,
    /// The exception itself, for hosts that look into it; `Null` when there is none.
    pub exception: Value,
}

/// The kinds of ends, which hosts treat differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The text is no script of its language.
    Compile,
    /// A Java exception.
    Exception,
    /// A Java error (a failed `assert`, endless recursion), which `catch (Exception e)` does not catch.
    Error,
    /// The host wanted the script to stop, or its time was up.
    Stopped,
}

impl ScriptError {
    /// An error of compiling.
    pub fn compile(class: &str, message: impl Into<String>, line: u32) -> Self {
        Self {
            class: class.into(),
            message: Some(message.into()),
            line: Some(line),
            kind: ErrorKind::Compile,
            exception: Value::Null,
        }
    }

    /// What Java's `toString` gives for the exception.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.message {
            Some(message) => format!("{}: {message}", self.class),
            None => self.class.clone(),
        }
    }
}
