//! Lists of names and values (`Arguments`), which many elements have.

use super::{Fault, Fields, Prop, VirtualUser};

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

    /// Sets a user's variables to these values: all are evaluated first, and of two equal names the first counts.
    ///
    /// # Errors
    /// When a function fails.
    pub fn set_all(rows: &[Self], vu: &mut VirtualUser) -> Result<(), Fault> {
        let mut values: Vec<(String, String)> = Vec::with_capacity(rows.len());
        for row in rows {
            let name = row.name.text(vu)?.into_owned();
            let value = row.value.text(vu)?.into_owned();
            if !values.iter().any(|(other, _)| *other == name) {
                values.push((name, value));
            }
        }
        for (name, value) in values {
            vu.variables.put(&name, value);
        }
        Ok(())
    }
}
