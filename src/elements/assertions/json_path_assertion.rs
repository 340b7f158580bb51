//! JSON Assertion: a JSON path has to lead somewhere, or to an expected value.

use std::borrow::Cow;
use std::sync::Arc;

use super::Assertion;
use crate::elements::pattern_prop::PatternProp;
use crate::elements::{Element, ElementType};
use crate::model::{AssertionResult, Fault, Fields, Label, Prop, SampleResult, VirtualUser};
use crate::query::json::Json;
use crate::query::json_path::{self, Found};
use crate::query::regex::Pattern;

pub(super) const ELEMENT: ElementType = ElementType::new("JSONPathAssertion", "JSON Assertion", load);

struct JsonPathAssertion {
    name: Label,
    json_path: Prop<String>,
    expected_value: PatternProp,
    json_validation: Prop<bool>,
    expect_null: Prop<bool>,
    invert: Prop<bool>,
    is_regex: Prop<bool>,
    encoding: Arc<str>,
}

fn load(fields: &Fields<'_>) -> Element {
    let json_path = fields.text("JSON_PATH", "");
    if let Some(Err(error)) = json_path.as_fixed().map(|path| json_path::compiled(path)) {
        fields.warn(json_path.name, error.to_string());
    }
    let (json_validation, is_regex) = (fields.prop("JSONVALIDATION", false), fields.prop("ISREGEX", true));
    let takes_pattern = json_validation.as_fixed() == Some(&true) && is_regex.as_fixed() == Some(&true);
    let expected = fields.text("EXPECTED_VALUE", "");
    Element::assertion(JsonPathAssertion {
        name: Label::new(fields.name()),
        json_path,
        expected_value: if takes_pattern {
            PatternProp::new(expected, fields)
        } else {
            PatternProp::plain(expected, fields)
        },
        json_validation,
        expect_null: fields.prop("EXPECT_NULL", false),
        invert: fields.prop("INVERT", false),
        is_regex,
        encoding: fields.loading.run.properties.text("sampleresult.default.encoding", "UTF-8"),
    })
}

/// What is asked for, evaluated.
struct Question<'a> {
    path: Cow<'a, str>,
    expected: Cow<'a, str>,
    validates: bool,
    expects_null: bool,
    /// The pattern that the value has to match, or why it is none; `None` if the value itself is expected.
    pattern: Option<Result<Arc<Pattern>, String>>,
}

impl Assertion for JsonPathAssertion {
    fn label(&self) -> &Label {
        &self.name
    }

    fn check(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<AssertionResult, Fault> {
        let name = self.name.get(vu)?.to_string();
        let text = result.response_text(&self.encoding);
        if text.is_empty() {
            return Ok(AssertionResult::failed(name, "Response was null"));
        }
        let question = self.question(vu)?;
        let answer = question.ask(&text);
        let fault = match (answer, self.invert.get(vu)?) {
            (Err(message), false) => Some(message),
            (Ok(()), true) => Some(question.inverted()),
            _ => None,
        };
        Ok(match fault {
            Some(message) => AssertionResult::failed(name, message),
            None => AssertionResult { message: Some(String::new()), ..AssertionResult::passed(name) },
        })
    }
}

impl JsonPathAssertion {
    fn question(&self, vu: &mut VirtualUser) -> Result<Question<'_>, Fault> {
        let pattern = if self.is_regex.get(vu)? {
            Some(self.expected_value.get(vu)?.map_err(|error| error.to_string()))
        } else {
            None
        };
        Ok(Question {
            path: self.json_path.text(vu)?,
            expected: self.expected_value.text().text(vu)?,
            validates: self.json_validation.get(vu)?,
            expects_null: self.expect_null.get(vu)?,
            pattern,
        })
    }
}

impl Question<'_> {
    /// Whether the text is as asked for; else why not.
    fn ask(&self, text: &str) -> Result<(), String> {
        let json = Json::read(text).map_err(|error| format!("net.minidev.json.parser.ParseException: {error}"))?;
        let path = json_path::compiled(&self.path).map_err(|error| error.to_string())?;
        let value = match path.read(&json).map_err(|error| error.to_string())? {
            Found::One(value) => value,
            Found::All(values) => Cow::Owned(Json::List(values.into_iter().map(Cow::into_owned).collect())),
        };
        if !self.validates {
            return match value.as_ref() {
                Json::List(items) if items.is_empty() && !path.is_definite() => Err(format!(
                    "JSONPath '{}' is indefinite and the extracted Value is an empty Array. Please use an assertion \
                     value, to be sure to get a correct result. Expected value was '{}'",
                    self.path, self.expected
                )),
                _ => Ok(()),
            };
        }
        if self.is_met(&value)? { Ok(()) } else { Err(self.complaint(&value)) }
    }

    /// Whether the value, or one of its items, is as expected.
    fn is_met(&self, value: &Json<'_>) -> Result<bool, String> {
        if let Json::List(items) = value {
            if items.is_empty() && self.expected == "[]" {
                return Ok(true);
            }
            for item in items {
                if self.expects_null && *item == Json::Null || self.is_equal(item)? {
                    return Ok(true);
                }
            }
            return self.is_equal(value);
        }
        Ok(self.expects_null && *value == Json::Null || self.is_equal(value)?)
    }

    fn is_equal(&self, value: &Json<'_>) -> Result<bool, String> {
        match &self.pattern {
            Some(pattern) => Ok(pattern.as_ref().map_err(Clone::clone)?.is_whole(&shown(value))),
            // What is no JSON is expected to be null.
            None => Ok(Json::read(&self.expected).map_or(*value == Json::Null, |expected| expected == *value)),
        }
    }

    fn complaint(&self, value: &Json<'_>) -> String {
        let (path, expected) = (&self.path, &self.expected);
        if self.expects_null {
            let value = value.java_text();
            return format!("Value in json path '{path}' expected to be null, but found '{value}'");
        }
        let value = shown(value);
        match self.pattern {
            Some(_) => format!(
                "Value in json path '{path}' expected to match regexp '{expected}', but it did not match: '{value}'"
            ),
            None => format!("Value in json path '{path}' expected to be '{expected}', but found '{value}'"),
        }
    }

    /// The message when all is as asked for, but should not be.
    fn inverted(&self) -> String {
        let path = &self.path;
        match (self.validates, self.expects_null) {
            (false, _) => format!("Failed that JSONPath not exists: {path}"),
            (true, true) => format!("Failed that JSONPath {path} not matches null"),
            (true, false) => format!("Failed that JSONPath {path} not matches {}", self.expected),
        }
    }
}

/// The text of a value: decimals without an exponent.
fn shown<'v>(value: &'v Json<'_>) -> Cow<'v, str> {
    let double = match value {
        Json::Number(number) => number.as_double(),
        _ => None,
    };
    match double {
        None => value.text(),
        Some(double) if double.is_nan() => "NaN".into(),
        Some(double) if double.is_infinite() => if double > 0.0 { "∞" } else { "-∞" }.into(),
        Some(double) => {
            let text = double.to_string();
            if text.contains('.') { text.into() } else { (text + ".0").into() }
        }
    }
}
