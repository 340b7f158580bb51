//! A property that is a regular expression.

use std::sync::Arc;

use crate::functions::regex_engine::dialect;
use crate::model::{Fault, Fields, Prop, VirtualUser};
use crate::query::regex::{Dialect, Pattern, SyntaxError, compiled};

/// A regular expression: read once if it is literal, else at each use.
pub struct PatternProp {
    text: Prop<String>,
    literal: Option<Result<Arc<Pattern>, SyntaxError>>,
    dialect: Dialect,
}

impl PatternProp {
    /// The regular expression of that text, in the dialect that the property `jmeter.regex.engine` asks for. A literal that
    /// is none is reported.
    #[must_use]
    pub fn new(text: Prop<String>, fields: &Fields<'_>) -> Self {
        let dialect = dialect(&fields.loading.run.properties);
        let literal = text.as_fixed().map(|text| compiled(text, dialect));
        if let Some(Err(error)) = &literal {
            fields.warn(text.name, error.to_string());
        }
        Self { text, literal, dialect }
    }

    /// A text that is only looked at as a regular expression where it turns out to be one.
    #[must_use]
    pub fn plain(text: Prop<String>, fields: &Fields<'_>) -> Self {
        Self { text, literal: None, dialect: dialect(&fields.loading.run.properties) }
    }

    /// The pattern now, or why the text is none.
    ///
    /// # Errors
    /// When the text cannot be evaluated.
    pub fn get(&self, vu: &mut VirtualUser) -> Result<Result<Arc<Pattern>, SyntaxError>, Fault> {
        match &self.literal {
            Some(pattern) => Ok(pattern.clone()),
            None => Ok(compiled(&self.text.text(vu)?, self.dialect)),
        }
    }

    /// The pattern, if its text was evaluated already.
    ///
    /// # Errors
    /// Why the text is none.
    pub fn of_text(&self, text: &str) -> Result<Arc<Pattern>, SyntaxError> {
        self.literal.clone().unwrap_or_else(|| compiled(text, self.dialect))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Prop<String> {
        &self.text
    }
}
