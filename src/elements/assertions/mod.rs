//! Assertions: they judge the results of every sampler in their scope.

mod bean_shell_assertion;
mod binary_content_assertion;
mod compare_assertion;
mod duration_assertion;
mod jmespath_assertion;
mod json_path_assertion;
mod jsr223_assertion;
mod md5_hex_assertion;
mod response_assertion;
mod size_assertion;
mod xml_assertion;
mod xpath2_assertion;
mod xpath_assertion;

use super::ElementType;
use crate::functions::decimal_format::grouped;
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};

/// Judges results.
pub trait Assertion: Send + Sync {
    /// What the assertion is called, for results that name it.
    fn label(&self) -> &Label;

    /// What it is called now; nothing when a function in its name fails.
    fn name(&self, vu: &mut VirtualUser) -> String {
        self.label().get(vu).unwrap_or_default().to_string()
    }

    /// Judges one result.
    ///
    /// # Errors
    /// What JMeter throws: the result then says that the assertion itself failed.
    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault>;

    /// Which results of a sample it judges.
    fn targets(&self) -> Targets {
        Targets::Main
    }

    /// Whether it may block the thread it runs on; it then runs where it keeps no other user waiting.
    fn blocks(&self) -> bool {
        false
    }
}

/// Which results of a sample an assertion judges (`Assertion.scope`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Targets {
    /// The sample itself.
    #[default]
    Main,
    /// Its parts, at all depths.
    Parts,
    /// Both.
    All,
    /// Neither: the plan names a scope that does not exist.
    None,
}

impl Targets {
    /// Reads `Assertion.scope`. A variable is judged once, as the sample itself is.
    #[must_use]
    pub fn load(fields: &Fields<'_>) -> Self {
        match fields.raw("Assertion.scope").unwrap_or("parent") {
            "" | "parent" | "variable" => Self::Main,
            "children" => Self::Parts,
            "all" => Self::All,
            other => {
                fields.warn("Assertion.scope", format!("there is no scope \"{other}\": nothing is judged"));
                Self::None
            }
        }
    }

    /// The variable that is judged instead of results, if the scope is one.
    #[must_use]
    pub fn variable(fields: &Fields<'_>) -> Option<Prop<String>> {
        let variable = fields.text("Scope.variable", "");
        (fields.raw("Assertion.scope") == Some("variable")).then_some(variable)
    }
}

/// The assertions.
pub const ELEMENTS: &[ElementType] = &[
    response_assertion::ELEMENT,
    duration_assertion::ELEMENT,
    size_assertion::ELEMENT,
    json_path_assertion::ELEMENT,
    jsr223_assertion::ELEMENT,
    bean_shell_assertion::ELEMENT,
    jmespath_assertion::ELEMENT,
    md5_hex_assertion::ELEMENT,
    binary_content_assertion::ELEMENT,
    compare_assertion::ELEMENT,
    xml_assertion::ELEMENT,
    xpath_assertion::ELEMENT,
    xpath2_assertion::ELEMENT,
];
