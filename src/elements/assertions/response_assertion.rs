//! Response Assertion: patterns that a text of the result has to hold, or must not.

mod comparison;

use std::borrow::Cow;
use std::sync::Arc;

use self::comparison::Comparison;
use super::{Assertion, Targets};
use crate::elements::pattern_prop::PatternProp;
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("ResponseAssertion", "Response Assertion", load);

const MATCH: i32 = 1;
const CONTAINS: i32 = 2;
const NOT: i32 = 4;
const EQUALS: i32 = 8;
const SUBSTRING: i32 = 16;
const OR: i32 = 32;

struct ResponseAssertion {
    name: Label,
    targets: Targets,
    variable: Option<Prop<String>>,
    test_strings: Vec<PatternProp>,
    test_field: Prop<String>,
    test_type: Prop<i32>,
    assume_success: Prop<bool>,
    custom_message: Prop<String>,
    comparison: Comparison,
    encoding: Arc<str>,
}

fn load(fields: &Fields<'_>) -> Element {
    let test_field = fields.text("Assertion.test_field", "");
    if test_field.as_fixed().is_some_and(|field| field == "Assertion.response_data_as_document") {
        fields.unsupported(test_field.name, "text cannot be taken out of documents (Tika)");
    }
    let test_type = fields.prop("Assertion.test_type", CONTAINS);
    let takes_patterns = test_type.as_fixed().is_none_or(|test_type| Way::of(*test_type).takes_patterns());
    let pattern = |text| {
        if takes_patterns { PatternProp::new(text, fields) } else { PatternProp::plain(text, fields) }
    };
    Element::assertion(ResponseAssertion {
        name: Label::new(fields.name()),
        targets: Targets::load(fields),
        variable: Targets::variable(fields),
        // The misspelling is JMeter's.
        test_strings: fields.texts("Asserion.test_strings").into_iter().map(pattern).collect(),
        test_field,
        test_type,
        assume_success: fields.prop("Assertion.assume_success", false),
        custom_message: fields.text("Assertion.custom_message", ""),
        comparison: Comparison::load(fields),
        encoding: fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8"),
    })
}

/// How a text is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Contains,
    Equals,
    Substring,
    Matches,
}

impl Way {
    fn of(test_type: i32) -> Self {
        match test_type {
            test_type if test_type & CONTAINS > 0 => Self::Contains,
            test_type if test_type & EQUALS > 0 => Self::Equals,
            test_type if test_type & SUBSTRING > 0 => Self::Substring,
            _ => Self::Matches,
        }
    }

    fn takes_patterns(self) -> bool {
        matches!(self, Self::Contains | Self::Matches)
    }
}

impl Assertion for ResponseAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn targets(&self) -> Targets {
        self.targets
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        if self.assume_success.get(vu)? {
            result.successful = true;
        }
        let name = self.name.get(vu)?.to_string();
        let field = self.test_field.text(vu)?;
        let text = match &self.variable {
            Some(variable) => {
                let variable = variable.text(vu)?;
                vu.variables.text(&variable).map_or(Cow::Borrowed(""), |text| text.to_string().into())
            }
            None => text_of(&field, result, &self.encoding),
        };
        let test_type = self.test_type.get(vu)?;
        if text.is_empty() {
            return Ok(if test_type & NOT > 0 {
                AssertionResult::passed(name)
            } else {
                AssertionResult::failed(name, "Response was null")
            });
        }
        let judgement = self.judge(&text, &field, test_type, vu)?;
        Ok(match judgement {
            Judgement::Passed => AssertionResult::passed(name),
            Judgement::Failed(message) => {
                let custom = self.custom_message.text(vu)?;
                AssertionResult::failed(name, if custom.is_empty() { message } else { custom.into_owned() })
            }
            Judgement::Error(message) => AssertionResult::error(name, message),
        })
    }
}

enum Judgement {
    Passed,
    Failed(String),
    Error(String),
}

impl ResponseAssertion {
    fn judge(&self, text: &str, field: &str, test_type: i32, vu: &mut VirtualUser) -> Result<Judgement, Fault> {
        let any_suffices = test_type & OR > 0;
        let mut messages = String::new();
        for pattern in &self.test_strings {
            let wanted = pattern.text().text(vu)?;
            let found = match find(pattern, &wanted, Way::of(test_type), text) {
                Ok(found) => found,
                Err(message) => return Ok(Judgement::Error(message)),
            };
            let passes = found != (test_type & NOT > 0);
            match (passes, any_suffices) {
                (true, true) => return Ok(Judgement::Passed),
                (true, false) => {}
                (false, false) => return Ok(Judgement::Failed(self.message(wanted, text, field, test_type, vu)?)),
                (false, true) => {
                    if !messages.is_empty() {
                        messages.push('\t');
                    }
                    messages.push_str(&self.message(wanted, text, field, test_type, vu)?);
                }
            }
        }
        Ok(if any_suffices { Judgement::Failed(messages + "\t") } else { Judgement::Passed })
    }

    fn message(
        &self,
        wanted: Cow<'_, str>,
        text: &str,
        field: &str,
        test_type: i32,
        vu: &mut VirtualUser,
    ) -> Result<String, Fault> {
        let subject = match &self.variable {
            Some(variable) => format!("variable({})", variable.text(vu)?),
            None => word_for(field).to_owned(),
        };
        let relation = match test_type {
            CONTAINS | SUBSTRING => " expected to contain ",
            MATCH => " expected to match ",
            EQUALS => " expected to equal ",
            other => match other ^ NOT {
                CONTAINS | SUBSTRING => " expected not to contain ",
                MATCH => " expected not to match ",
                EQUALS => " expected not to equal ",
                _ => " expected something using ",
            },
        };
        let shown = if test_type & EQUALS > 0 { self.comparison.text(text, &wanted).into() } else { wanted };
        Ok(format!("Test failed: {subject}{relation}/{shown}/"))
    }
}

/// Whether the text is as the pattern asks for, which is `wanted` now; or why that is none.
fn find(pattern: &PatternProp, wanted: &str, way: Way, text: &str) -> Result<bool, String> {
    match way {
        Way::Equals => Ok(wanted == text),
        Way::Substring => Ok(memchr::memmem::find(text.as_bytes(), wanted.as_bytes()).is_some()),
        Way::Contains | Way::Matches => match pattern.of_text(wanted) {
            Ok(pattern) if way == Way::Contains => Ok(pattern.is_in(text)),
            Ok(pattern) => Ok(pattern.is_whole(text)),
            Err(error) => Err(format!("Bad test configuration {}: {error}", error.java_class())),
        },
    }
}

fn text_of<'r>(field: &str, result: &'r SampleResult, encoding: &str) -> Cow<'r, str> {
    match field {
        "Assertion.response_data" | "Assertion.response_data_as_document" => result.response_text(encoding),
        "Assertion.response_code" => result.response_code.as_ref().into(),
        "Assertion.response_message" => result.response_message.as_ref().into(),
        "Assertion.response_headers" => result.response_headers.as_ref().into(),
        "Assertion.request_headers" => result.request_headers.as_ref().into(),
        "Assertion.request_data" => result.request_text().unwrap_or_default(),
        _ => result.url.as_deref().unwrap_or_default().into(),
    }
}

/// What messages call the text.
fn word_for(field: &str) -> &'static str {
    match field {
        "Assertion.response_data" => "text",
        "Assertion.response_data_as_document" => "document",
        "Assertion.response_code" => "code",
        "Assertion.response_message" => "message",
        "Assertion.response_headers" => "headers",
        "Assertion.request_headers" => "request headers",
        "Assertion.request_data" => "request data",
        _ => "URL",
    }
}

#[cfg(test)]
mod tests;
