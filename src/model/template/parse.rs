//! Parsing a text with references, with all of JMeter's rules about backslashes, braces and parentheses.

use std::iter::Peekable;
use std::str::Chars;
use std::sync::Arc;

use super::{Dynamic, Form, FunctionTable, Segment, Template};
use crate::model::VirtualUser;

/// Why a text cannot be parsed. JMeter refuses the whole plan for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TemplateError(pub String);

/// A reference that looks like the call of a function, but is none that is known. JMeter takes it for a variable, whose
/// text it stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownReference(pub String);

impl Template {
    /// Parses a text. `main` evaluates what functions evaluate only once; what looks like an unknown function is added
    /// to `unknown`.
    ///
    /// # Errors
    /// When a known function is called wrongly.
    pub fn parse(
        text: &str,
        functions: &FunctionTable,
        main: &mut VirtualUser,
        unknown: &mut Vec<UnknownReference>,
    ) -> Result<Self, TemplateError> {
        if !text.contains("${") {
            return Ok(Self::literal(text));
        }
        let mut parser = Parser { whole: text, rest: text.chars().peekable(), functions, main, unknown };
        let segments = parser.text()?;
        Ok(match segments.as_slice() {
            [] | [Segment::Text(_)] => Self::literal(text),
            _ => Self(Form::Dynamic(Arc::new(Dynamic { segments, kept: None }))),
        })
    }
}

struct Parser<'a> {
    whole: &'a str,
    rest: Peekable<Chars<'a>>,
    functions: &'a FunctionTable,
    main: &'a mut VirtualUser,
    unknown: &'a mut Vec<UnknownReference>,
}

impl Parser<'_> {
    fn text(&mut self) -> Result<Vec<Segment>, TemplateError> {
        let mut segments = Vec::new();
        let mut plain = String::new();
        while let Some(char) = self.rest.next() {
            match char {
                '\\' => match self.rest.next() {
                    Some(escaped @ ('$' | ',' | '\\')) => plain.push(escaped),
                    Some(other) => plain.extend(['\\', other]),
                    None => plain.push('\\'),
                },
                '$' if self.rest.next_if_eq(&'{').is_some() => {
                    push_text(&mut segments, &mut plain);
                    segments.push(self.reference()?);
                }
                _ => plain.push(char),
            }
        }
        push_text(&mut segments, &mut plain);
        Ok(segments)
    }

    /// What stands after `${`, up to its `}`.
    fn reference(&mut self) -> Result<Segment, TemplateError> {
        let mut name = String::new();
        while let Some(char) = self.rest.next() {
            match char {
                '\\' => name.extend(self.rest.next()),
                '}' => return self.without_parameters(&name),
                '(' if name.ends_with(|last: char| last != ' ') && self.functions.get(name.trim()).is_some() => {
                    let parameters = self.parameters();
                    return self.call(name.trim(), &parameters?, true);
                }
                _ => name.push(char),
            }
        }
        log::warn!(target: "o.a.j.e.u.FunctionParser", "Probably an invalid function string: {name}");
        Ok(Segment::Text(name.into()))
    }

    fn without_parameters(&mut self, name: &str) -> Result<Segment, TemplateError> {
        if self.functions.get(name).is_some() {
            return self.call(name, &[], false);
        }
        if name.starts_with("__") && !name.starts_with("__jm") {
            self.unknown.push(UnknownReference(name.into()));
        }
        Ok(Segment::Variable(name.into()))
    }

    fn call(&mut self, name: &str, parameters: &[String], closed: bool) -> Result<Segment, TemplateError> {
        if closed {
            while self.rest.next_if_eq(&' ').is_some() {}
            if self.rest.next() != Some('}') {
                let text: String = self.whole.chars().take(100).collect();
                return Err(TemplateError(format!("Expected }} after {name} function call in {text}")));
            }
        }
        let function = self.functions.get(name).expect("looked up before");
        function.arity.check(name, parameters.len()).map_err(TemplateError)?;
        let mut templates = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            templates.push(Template::parse_parameter(parameter, self.functions, self.main, self.unknown)?);
        }
        (function.make)(templates, self.main).map(Segment::Call).map_err(TemplateError)
    }

    /// The texts between the parentheses. Commas split wherever they are not inside a nested reference; parentheses
    /// are counted, but protect nothing; a backslash keeps itself and its character for the parameter's own parsing.
    fn parameters(&mut self) -> Result<Vec<String>, TemplateError> {
        let (mut parameters, mut one) = (Vec::new(), String::new());
        let (mut references, mut parentheses) = (0_usize, 0_usize);
        let mut before = ' ';
        while let Some(char) = self.rest.next() {
            match char {
                '\\' => {
                    one.push('\\');
                    one.extend(self.rest.next());
                    before = ' ';
                    continue;
                }
                '{' if before == '$' => {
                    one.push(char);
                    references += 1;
                }
                '}' if references > 0 => {
                    one.push(char);
                    references -= 1;
                }
                ')' if references == 0 && parentheses == 0 => {
                    if !(one.is_empty() && parameters.is_empty()) {
                        parameters.push(one);
                    }
                    return Ok(parameters);
                }
                ',' if references == 0 => parameters.push(std::mem::take(&mut one)),
                _ => {
                    match char {
                        '(' if references == 0 => parentheses += 1,
                        ')' if references == 0 => parentheses -= 1,
                        _ => {}
                    }
                    one.push(char);
                }
            }
            before = char;
        }
        let text: String = self.whole.chars().take(100).collect();
        Err(TemplateError(format!("Expected ) at the end of a function call in {text}")))
    }
}

impl Template {
    /// Parses a parameter, or a text that a function evaluates once more: it loses its escapes even without a reference in
    /// it, unlike a property.
    ///
    /// # Errors
    /// When a known function is called wrongly.
    pub fn parse_parameter(
        text: &str,
        functions: &FunctionTable,
        main: &mut VirtualUser,
        unknown: &mut Vec<UnknownReference>,
    ) -> Result<Self, TemplateError> {
        let mut parser = Parser { whole: text, rest: text.chars().peekable(), functions, main, unknown };
        let mut segments = parser.text()?;
        Ok(match segments.pop() {
            None => Self::literal(""),
            Some(Segment::Text(text)) if segments.is_empty() => Self::literal(Arc::from(text)),
            Some(last) => {
                segments.push(last);
                Self(Form::Dynamic(Arc::new(Dynamic { segments, kept: None })))
            }
        })
    }
}

fn push_text(segments: &mut Vec<Segment>, plain: &mut String) {
    if !plain.is_empty() {
        segments.push(Segment::Text(std::mem::take(plain).into()));
    }
}
