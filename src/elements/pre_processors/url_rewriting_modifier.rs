//! HTTP URL Re-writing Modifier: takes a session's id from the last response into the next request.
//!
//! An id that is not found is sent empty, unless the last one found is kept for this (*Cache Session Id?*).

use std::sync::Arc;

use super::PreProcessor;
use super::current_request::CurrentRequest;
use crate::elements::{Element, ElementType};
use crate::functions::regex_engine::dialect;
use crate::java::{Charset, url_decode};
use crate::model::{Fault, Fields, Local, Parameter, Prop, VirtualUser};
use crate::query::regex::{Dialect, compiled};

pub(super) const ELEMENT: ElementType =
    ElementType::new("URLRewritingModifier", "HTTP URL Re-writing Modifier", |fields: &Fields<'_>| {
        let properties = &fields.loading.run.properties;
        fields.loading.run.announce_reader();
        Element::pre_processor(UrlRewritingModifier {
            argument_name: fields.text("argument_name", ""),
            path_extension: fields.prop("path_extension", false),
            without_equals: fields.prop("path_extension_no_equals", false),
            without_question_mark: fields.prop("path_extension_no_questionmark", false),
            cache_value: fields.prop("cache_value", true),
            encode: fields.prop("encode", false),
            dialect: dialect(properties),
            default_encoding: properties.text("sampleresult.default.encoding", "UTF-8"),
            saved: fields.local(),
        })
    });

struct UrlRewritingModifier {
    argument_name: Prop<String>,
    path_extension: Prop<bool>,
    without_equals: Prop<bool>,
    without_question_mark: Prop<bool>,
    cache_value: Prop<bool>,
    encode: Prop<bool>,
    dialect: Dialect,
    default_encoding: Arc<str>,
    /// The last value found.
    saved: Local<String>,
}

impl PreProcessor for UrlRewritingModifier {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let (Some(request), Some(previous)) = (CurrentRequest::of(vu), vu.previous.clone()) else { return Ok(()) };
        let name = self.argument_name.text(vu)?.into_owned();
        let extends_path = self.path_extension.get(vu)?;
        let equals = if extends_path && self.without_equals.get(vu)? { "" } else { "=" };
        let pattern = if extends_path {
            path_pattern(&name, equals, self.without_question_mark.get(vu)?)
        } else {
            parameter_pattern(&name)
        };
        let mut value = self.find(&pattern, &previous.response_text(&self.default_encoding))?;
        if self.cache_value.get(vu)? {
            let saved = vu.local(&self.saved);
            if value.is_empty() {
                value.clone_from(saved);
            } else {
                saved.clone_from(&value);
            }
        }
        if extends_path {
            let path = request.path(vu)?;
            return request.set_path(vu, &format!("{};{name}{equals}{value}", without_extension(&path, &name)));
        }
        self.set_parameter(&request, name, value, vu)
    }
}

impl UrlRewritingModifier {
    /// The first group that takes part in the first match.
    fn find(&self, pattern: &str, text: &str) -> Result<String, Fault> {
        let pattern =
            compiled(pattern, self.dialect).map_err(|error| Fault::exception(error.java_class(), error.to_string()))?;
        let Some(found) = pattern.first(text) else { return Ok(String::new()) };
        Ok((1..=found.groups()).find_map(|group| found.group(group)).unwrap_or_default().to_owned())
    }

    /// Puts the parameter at the end, in place of those of its name.
    fn set_parameter(
        &self,
        request: &CurrentRequest,
        name: String,
        value: String,
        vu: &mut VirtualUser,
    ) -> Result<(), Fault> {
        let mut parameters = Vec::new();
        for parameter in request.parameters(vu) {
            if parameter.name.text(vu)? != name {
                parameters.push(parameter);
            }
        }
        let decoded = |text: &str| {
            let decoded = url_decode(text, Charset::UTF_8).map_err(|error| Fault::illegal_argument(error.to_string()));
            Ok::<_, Fault>(decoded?.into_owned())
        };
        // What was found is encoded already, or else is to be.
        let (name, value) = if self.encode.get(vu)? { (name, value) } else { (decoded(&name)?, decoded(&value)?) };
        parameters.push(Parameter::new(name, value, true));
        CurrentRequest::set_parameters(vu, parameters);
        Ok(())
    }
}

/// What finds a value behind the path of an address.
fn path_pattern(name: &str, equals: &str, ends_at_question_mark: bool) -> String {
    let end = if ends_at_question_mark { "?" } else { "" };
    format!(";{}{equals}([^\"'<>&\\s;{end}]*)", quoted(name))
}

/// What finds a value among the parameters of an address, or in a field of a form.
fn parameter_pattern(name: &str) -> String {
    const NAME: &str = r#"\s[Nn][Aa][Mm][Ee]\s*=\s*["']"#;
    const VALUE: &str = r#"\s[vV][Aa][Ll][Uu][Ee]\s*=\s*["']([^"']*)["']"#;
    let name = quoted(name);
    let in_address = format!(r#"[;\?&]{name}=([^"'<>&\s;\\]*)"#);
    format!(r#"{in_address}|{NAME}{name}["'][^>]*{VALUE}|{VALUE}[^>]*{NAME}{name}["']"#)
}

/// A text whose special characters stand for themselves.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for char in text.chars() {
        if !char.is_alphanumeric() && char != '_' {
            quoted.push('\\');
        }
        quoted.push(char);
    }
    quoted
}

/// A path without an earlier value.
fn without_extension(path: &str, name: &str) -> String {
    let Some(at) = path.find(&format!(";{name}")) else { return path.to_owned() };
    let query = path.find('?').map_or("", |question_mark| &path[question_mark..]);
    format!("{}{query}", &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found() {
        let check = |pattern: &str, text: &str, expected: Option<&str>| {
            for dialect in [Dialect::Oro, Dialect::Java] {
                let pattern = compiled(pattern, dialect).unwrap();
                let found = pattern.first(text);
                let value = found.as_ref().and_then(|found| (1..=found.groups()).find_map(|group| found.group(group)));
                assert_eq!(value, expected, "{text}");
            }
        };
        let parameter = parameter_pattern("s.id");
        check(&parameter, "<a href='/x?s.id=1&b=2'>", Some("1"));
        check(&parameter, "<a href='/x?sXid=1'>", None);
        check(&parameter, "<input type=hidden name='s.id' value=\"2 3\">", Some("2 3"));
        check(&parameter, "<input value='4' type=hidden NAME='s.id'>", Some("4"));
        check(&path_pattern("id", "=", false), "/x;id=5?a", Some("5?a"));
        check(&path_pattern("id", "=", true), "/x;id=5?a", Some("5"));
        check(&path_pattern("id", "", true), "/x;id5;b", Some("5"));
    }

    #[test]
    fn earlier_values_are_cut() {
        let check = |path: &str, expected: &str| assert_eq!(without_extension(path, "id"), expected, "{path}");
        check("/a", "/a");
        check("/a;id=1", "/a");
        check("/a;id=1?b=2", "/a?b=2");
    }
}
