//! What a page or a style sheet needs beside itself, by the rules of JMeter (`HTMLParser`, `CssParser`).

mod condition;
mod html;
mod style_sheet;

use crate::java::Url;
use crate::model::{Fault, SampleResult};

/// What parses the content of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parser {
    /// HTML, and XML that may be HTML.
    Html,
    /// CSS.
    StyleSheet,
}

impl Parser {
    /// Who parses content of that media type in JMeter's default settings, if anybody.
    pub fn of(media_type: &str) -> Option<Self> {
        match media_type {
            "text/html" | "application/xhtml+xml" | "application/xml" | "text/xml" | "text/vnd.wap.wml" => {
                Some(Self::Html)
            }
            "text/css" => Some(Self::StyleSheet),
            _ => None,
        }
    }

    /// The addresses of the resources in their order.
    ///
    /// # Errors
    /// If the page names a base that is no address.
    pub fn resources(self, text: &str, page: &Url, user_agent: &str) -> Result<Vec<Url>, Fault> {
        match self {
            Self::Html => html::resources(text, page, condition::ie_version(user_agent)),
            Self::StyleSheet => Ok(style_sheet::imports(text, page)),
        }
    }
}

/// The media type of a response, in lower case and without parameters (`HTTPSampleResult.getMediaType`).
pub(super) fn media_type(result: &SampleResult) -> String {
    result.content_type.split(';').next().unwrap_or_default().trim_end().to_lowercase()
}
