//! Texts with `${variables}` and `${__functions(with,parameters)}`.
//!
//! JMeter parses every property once before a test starts (`CompoundVariable`, `FunctionParser`) and evaluates it at
//! each use. So does this: [`Template::parse`] at load, [`Template::eval`] at use. A text without any reference stays
//! as it is, its backslashes included.

mod function;
mod parse;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use function::{Arity, Dependence, Function, FunctionTable, FunctionType};
pub use parse::{TemplateError, UnknownReference};

use super::{Fault, Local, VirtualUser};

/// A text that may hold references.
#[derive(Clone)]
pub struct Template(Form);

#[derive(Clone)]
enum Form {
    Literal(Arc<str>),
    Dynamic(Arc<Dynamic>),
}

struct Dynamic {
    segments: Vec<Segment>,
    /// Where a user keeps the text until [`VirtualUser::evaluate_anew`], if `function.cache.per.iteration` asks for it.
    kept: Option<Local<Kept>>,
}

#[derive(Default)]
struct Kept(Option<(u64, String)>);

enum Segment {
    Text(Box<str>),
    Variable(Arc<str>),
    Call(Arc<dyn Function>),
}

impl Template {
    /// A text without references.
    pub fn literal(text: impl Into<Arc<str>>) -> Self {
        Self(Form::Literal(text.into()))
    }

    /// The text, if it holds no references.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        match &self.0 {
            Form::Literal(text) => Some(text),
            Form::Dynamic(_) => None,
        }
    }

    /// The variable, if that is all there is (`${name}`).
    #[must_use]
    pub fn as_variable(&self) -> Option<&str> {
        match &self.0 {
            Form::Dynamic(dynamic) => match dynamic.segments.as_slice() {
                [Segment::Variable(name)] => Some(name),
                _ => None,
            },
            Form::Literal(_) => None,
        }
    }

    /// What the text depends on.
    #[must_use]
    pub fn depends_on(&self) -> Dependence {
        let of_segment = |segment: &Segment| match segment {
            Segment::Text(_) => Dependence::Properties,
            Segment::Variable(_) => Dependence::User,
            Segment::Call(function) => function.depends_on(),
        };
        match &self.0 {
            Form::Literal(_) => Dependence::Properties,
            Form::Dynamic(dynamic) => dynamic.segments.iter().map(of_segment).max().unwrap_or(Dependence::Properties),
        }
    }

    /// The text now: borrowed where it is literal.
    ///
    /// # Errors
    /// When a function fails.
    pub fn eval(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        match &self.0 {
            Form::Literal(text) => Ok(Cow::Borrowed(text)),
            Form::Dynamic(_) => {
                let mut out = String::new();
                self.write(vu, &mut out)?;
                Ok(Cow::Owned(out))
            }
        }
    }

    /// Appends the text.
    ///
    /// # Errors
    /// When a function fails.
    pub fn write(&self, vu: &mut VirtualUser, out: &mut String) -> Result<(), Fault> {
        match &self.0 {
            Form::Literal(text) => out.push_str(text),
            Form::Dynamic(dynamic) => match &dynamic.kept {
                None => dynamic.write(vu, out)?,
                Some(kept) => dynamic.write_kept(kept, vu, out)?,
            },
        }
        Ok(())
    }

    /// Evaluated once, and anew after [`VirtualUser::evaluate_anew`]; the text is kept in that slot.
    #[must_use]
    pub fn kept(self, slot: u32) -> Self {
        match self.0 {
            Form::Literal(_) => self,
            Form::Dynamic(dynamic) => match Arc::try_unwrap(dynamic) {
                Ok(dynamic) => Self(Form::Dynamic(Arc::new(Dynamic { kept: Some(Local::in_slot(slot)), ..dynamic }))),
                Err(shared) => Self(Form::Dynamic(shared)),
            },
        }
    }
}

impl Dynamic {
    fn write(&self, vu: &mut VirtualUser, out: &mut String) -> Result<(), Fault> {
        for segment in &self.segments {
            match segment {
                Segment::Text(text) => out.push_str(text),
                Segment::Variable(name) => write_variable(name, vu, out),
                Segment::Call(function) => out.push_str(&function.call(vu)?),
            }
        }
        Ok(())
    }

    fn write_kept(&self, kept: &Local<Kept>, vu: &mut VirtualUser, out: &mut String) -> Result<(), Fault> {
        let now = vu.evaluation();
        if let Some((then, text)) = &vu.local(kept).0
            && *then == now
        {
            out.push_str(text);
            return Ok(());
        }
        let mut text = String::new();
        self.write(vu, &mut text)?;
        out.push_str(&text);
        vu.local(kept).0 = Some((now, text));
        Ok(())
    }
}

/// An undefined variable stays as it is written.
fn write_variable(name: &str, vu: &VirtualUser, out: &mut String) {
    match vu.variables.get(name) {
        Some(value) if vu.has_variables => value.write(out),
        _ => {
            out.push_str("${");
            out.push_str(name);
            out.push('}');
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Literal(text) => write!(f, "{text:?}"),
            Form::Dynamic(dynamic) => {
                for segment in &dynamic.segments {
                    match segment {
                        Segment::Text(text) => write!(f, "{text:?}")?,
                        Segment::Variable(name) => write!(f, "[{name}]")?,
                        Segment::Call(_) => write!(f, "[call]")?,
                    }
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests;
