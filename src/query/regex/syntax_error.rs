//! Why a text is no pattern.

/// Why a text is no pattern, in the words of the library that the dialect comes from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyntaxError {
    /// ORO's `MalformedCachePatternException`.
    #[error("Invalid expression: {pattern}\n{reason}")]
    Oro {
        /// The text.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Java's `PatternSyntaxException`.
    #[error("{}", pointed_at(reason, pattern, *index))]
    Java {
        /// The text.
        pattern: String,
        /// What is wrong with it.
        reason: String,
        /// Where, in UTF-16 units, if that is known.
        index: Option<usize>,
    },
}

impl SyntaxError {
    /// The class of the exception that Java throws.
    #[must_use]
    pub fn java_class(&self) -> &'static str {
        match self {
            Self::Oro { .. } => "org.apache.oro.text.MalformedCachePatternException",
            Self::Java { .. } => "java.util.regex.PatternSyntaxException",
        }
    }
}

/// The reason, the pattern and, below it, a mark at the fault.
fn pointed_at(reason: &str, pattern: &str, index: Option<usize>) -> String {
    match index {
        None => format!("{reason}\n{pattern}"),
        Some(index) if index < pattern.encode_utf16().count() => {
            format!("{reason} near index {index}\n{pattern}\n{}^", " ".repeat(index))
        }
        Some(index) => format!("{reason} near index {index}\n{pattern}"),
    }
}
