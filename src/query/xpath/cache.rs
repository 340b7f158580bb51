//! Expressions that were compiled before.

use std::sync::{Arc, LazyLock};

use super::{Version, XPath, XPathError};
use crate::query::memo::Memo;

static ONE: LazyLock<Memo<XPath>> = LazyLock::new(Memo::default);
static THREE: LazyLock<Memo<XPath>> = LazyLock::new(Memo::default);

/// The compiled expression, as compiled before or compiled now.
///
/// # Errors
/// Why the text is no expression.
pub fn compiled(text: &str, version: Version) -> Result<Arc<XPath>, XPathError> {
    let memo = match version {
        Version::One => &ONE,
        Version::Three => &THREE,
    };
    memo.get_or_make(text, || XPath::new(text, version))
}
