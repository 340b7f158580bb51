//! Paths that were read before.

use std::sync::{Arc, LazyLock};

use super::{JsonPath, PathError};
use crate::query::memo::Memo;

static PATHS: LazyLock<Memo<JsonPath>> = LazyLock::new(Memo::default);

/// The path of that text: the one that was read before, if it was not too long ago.
///
/// # Errors
/// When it is none.
pub fn compiled(text: &str) -> Result<Arc<JsonPath>, PathError> {
    PATHS.get_or_make(text, || JsonPath::new(text))
}
