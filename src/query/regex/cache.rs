//! Patterns that were read before.

use std::sync::{Arc, LazyLock};

use super::{Dialect, Pattern, SyntaxError};
use crate::query::memo::Memo;

static PATTERNS: LazyLock<[Memo<Pattern>; 2]> = LazyLock::new(Default::default);

/// The pattern of that text: the one that was read before, if it was not too long ago.
///
/// # Errors
/// When it is none in that dialect.
pub fn compiled(text: &str, dialect: Dialect) -> Result<Arc<Pattern>, SyntaxError> {
    PATTERNS[dialect as usize].get_or_make(text, || Pattern::new(text, dialect))
}
