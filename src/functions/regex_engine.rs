//! Which kind of regular expressions plans use.

use crate::model::Properties;
use crate::query::regex::Dialect;

/// The dialect that the property `jmeter.regex.engine` asks for.
#[must_use]
pub fn dialect(properties: &Properties) -> Dialect {
    match properties.get("jmeter.regex.engine") {
        Some(engine) if !engine.eq_ignore_ascii_case("oro") => Dialect::Java,
        _ => Dialect::Oro,
    }
}
