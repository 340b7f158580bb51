//! JSON JMESPath Assertion: a JMESPath expression has to find something, or an expected value.

use super::Assertion;
use crate::elements::pattern_prop::PatternProp;
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};
use crate::query::jmespath::{JmesPath, compact, read_strict};
use crate::query::json::Json;
use crate::query::regex::Pattern;

pub(super) const ELEMENT: ElementType = ElementType::new("JMESPathAssertion", "JSON JMESPath Assertion", load);

struct JmesPathAssertion {
    name: Label,
    path: Prop<String>,
    expected: PatternProp,
    validates: Prop<bool>,
    expect_null: Prop<bool>,
    invert: Prop<bool>,
    is_regex: Prop<bool>,
    encoding: std::sync::Arc<str>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::assertion(JmesPathAssertion {
        name: Label::new(fields.name()),
        path: fields.text("JMES_PATH", ""),
        expected: PatternProp::plain(fields.text("EXPECTED_VALUE", ""), fields),
        validates: fields.prop("JSONVALIDATION", false),
        expect_null: fields.prop("EXPECT_NULL", false),
        invert: fields.prop("INVERT", false),
        is_regex: fields.prop("ISREGEX", true),
        encoding: fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8"),
    })
}

/// What is asked of the value.
enum Wanted<'e> {
    Anything,
    Null,
    Match(std::sync::Arc<Pattern>, &'e str),
    Equal(&'e str),
}

impl Assertion for JmesPathAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name(vu);
        let text = result.response_text(&self.encoding);
        if text.is_empty() {
            return Ok(AssertionResult::failed(name, "Response was null"));
        }
        let (path, invert) = (self.path.text(vu)?, self.invert.get(vu)?);
        let expected = self.expected.text().text(vu)?.into_owned();
        let passed = || AssertionResult { message: Some(String::new()), ..AssertionResult::passed(name.as_str()) };
        let judged = match self.wanted(&expected, vu)? {
            Ok(wanted) => judge(&text, &path, &wanted),
            Err(message) => Err(message),
        };
        Ok(match judged {
            Err(_) if invert => passed(),
            Err(message) => AssertionResult::error(name.as_str(), message),
            Ok(holds) if holds != invert => passed(),
            Ok(_) => {
                let not = if invert { "not " } else { "" };
                let message = match self.wanted(&expected, vu)? {
                    Ok(Wanted::Null) => format!("Value expected {not}to be null"),
                    Ok(Wanted::Match(_, expected)) => format!("Value expected {not}to match {expected}"),
                    Ok(Wanted::Equal(expected)) => format!("Value expected {not}to be equal to {expected}"),
                    _ => format!("JMESPATH {path} expected {not}to exist"),
                };
                AssertionResult::failed(name.as_str(), message)
            }
        })
    }
}

impl JmesPathAssertion {
    fn wanted<'e>(&self, expected: &'e str, vu: &mut VirtualUser) -> Result<Result<Wanted<'e>, String>, Fault> {
        if !self.validates.get(vu)? {
            return Ok(Ok(Wanted::Anything));
        }
        if self.expect_null.get(vu)? {
            return Ok(Ok(Wanted::Null));
        }
        if !self.is_regex.get(vu)? {
            return Ok(Ok(Wanted::Equal(expected)));
        }
        let pattern = self.expected.get(vu)?;
        Ok(pattern.map(|pattern| Wanted::Match(pattern, expected)).map_err(|error| error.to_string()))
    }
}

/// Whether the value is as wanted.
fn judge(text: &str, path: &str, wanted: &Wanted<'_>) -> Result<bool, String> {
    let (document, _) = read_strict(text)?;
    let compiled = JmesPath::new(path).map_err(|error| error.to_string())?;
    let value = compiled.search(&document).map_err(|error| error.to_string())?;
    let shown = match value.as_ref() {
        Json::Text(text) => text.to_string(),
        other => compact(other),
    };
    Ok(match wanted {
        Wanted::Anything => *value != Json::Null,
        Wanted::Null => *value == Json::Null,
        Wanted::Match(pattern, _) => pattern.is_whole(&shown),
        Wanted::Equal(expected) if shown == *expected => true,
        Wanted::Equal(expected) => {
            let (expected, _) = read_strict(expected)?;
            is_equal(&expected, &value)
        }
    })
}

/// Whether two values are alike, whatever the order in objects. 1 is not 1.0.
fn is_equal(one: &Json<'_>, other: &Json<'_>) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => one.text() == other.text(),
        (Json::List(one), Json::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            let is_in = |(name, value): (&str, &Json<'_>)| other.get(name).is_some_and(|it| is_equal(value, it));
            one.len() == other.len() && one.iter().all(is_in)
        }
        (one, other) => one == other,
    }
}
