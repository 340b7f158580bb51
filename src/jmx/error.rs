//! Why a plan cannot be read.

use std::sync::Arc;

use super::Position;

/// The first fault that keeps a plan from being read at all. Everything after it would be guesswork, so there is
/// only ever one.
#[derive(Debug, thiserror::Error)]
#[error("{}{message}", at(file, *position))]
pub struct ReadError {
    /// The plan's file as the user named it.
    pub file: Arc<str>,
    /// Where in the file; absent when the file could not be opened.
    pub position: Option<Position>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it, when there is something to say.
    pub help: Option<String>,
}

fn at(file: &str, position: Option<Position>) -> String {
    match position {
        Some(position) => format!("{file}:{position}: "),
        None => format!("{file}: "),
    }
}
