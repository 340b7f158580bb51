//! A parameter of a request: of its address, its form, or parts of its body.

use super::Prop;

/// One parameter (`HTTPArgument`).
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name; all without one make a body.
    pub name: Prop<String>,
    /// Its value.
    pub value: Prop<String>,
    /// What stands between the two in an address, normally `=`.
    pub metadata: Prop<String>,
    /// Name and value are to be encoded; otherwise they are.
    pub always_encode: Prop<bool>,
    /// The type of a part of a multipart body.
    pub content_type: Prop<String>,
}

impl Parameter {
    /// A parameter with that name and value, as they are.
    pub fn new(name: impl Into<String>, value: impl Into<String>, always_encode: bool) -> Self {
        Self {
            name: Prop::fixed("Argument.name", name.into()),
            value: Prop::fixed("Argument.value", value.into()),
            metadata: Prop::fixed("Argument.metadata", "=".into()),
            always_encode: Prop::fixed("HTTPArgument.always_encode", always_encode),
            content_type: Prop::fixed("HTTPArgument.content_type", "text/plain".into()),
        }
    }
}
