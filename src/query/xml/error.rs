//! Why a text is no XML.

/// What is wrong with a text, in the words of Xerces, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct XmlError {
    /// What is wrong.
    pub message: String,
    /// The line, from 1; 0 if the text ends too soon for a place.
    pub line: u32,
    /// The column behind what is wrong, from 1.
    pub column: u32,
}

impl XmlError {
    /// The error as `SAXParseException.toString` has it.
    #[must_use]
    pub fn sax_text(&self) -> String {
        match self.line {
            0 => format!("org.xml.sax.SAXParseException; {}", self.message),
            line => format!(
                "org.xml.sax.SAXParseException; lineNumber: {line}; columnNumber: {}; {}",
                self.column, self.message
            ),
        }
    }
}
