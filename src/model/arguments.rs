//! Lists of names and values (`Arguments`), which many elements have.

use super::{Fields, Prop};

/// One row of an `Arguments` list.
#[derive(Debug, Clone)]
pub struct Argument {
    /// `Argument.name`.
    pub name: Prop<String>,
    /// `Argument.value`.
    pub value: Prop<String>,
}

/// The rows of the `elementProp` of that name; empty when it is absent.
#[must_use]
pub fn arguments(fields: &Fields<'_>, property: &'static str) -> Vec<Argument> {
    let Some(list) = fields.element(property) else { return Vec::new() };
    let rows = list.items("Arguments.arguments");
    rows.iter().map(Argument::load).collect()
}

impl Argument {
    /// Reads one row; how it is to be printed and what it is for is of no account here.
    #[must_use]
    pub fn load(row: &Fields<'_>) -> Self {
        row.skip(&["Argument.metadata", "Argument.desc", "Argument.description"]);
        Self { name: row.text("Argument.name", ""), value: row.text("Argument.value", "") }
    }
}
