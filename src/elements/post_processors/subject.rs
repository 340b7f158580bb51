//! Which text of a result an extractor searches (`useHeaders`).

use std::borrow::Cow;

use super::sample_scope::SampleScope;
use crate::functions::html_entities;
use crate::model::{Fault, Fields, Prop, SampleResult, VirtualUser};

/// The text of a result that is searched.
pub(super) struct Subject(Prop<String>);

/// One of the texts of a result.
#[derive(Clone, Copy)]
pub(super) enum Field {
    Body,
    UnescapedBody,
    ResponseHeaders,
    RequestHeaders,
    Url,
    Code,
    Message,
}

impl Subject {
    pub fn load(fields: &Fields<'_>, property: &'static str) -> Self {
        let subject = fields.text(property, "");
        if subject.as_fixed().is_some_and(|text| text.eq_ignore_ascii_case("as_document")) {
            fields.unsupported(property, "text cannot be taken out of documents (Tika)");
        }
        Self(subject)
    }

    pub fn get(&self, vu: &mut VirtualUser) -> Result<Field, Fault> {
        let text = self.0.text(vu)?;
        let is = |word: &str| text.eq_ignore_ascii_case(word);
        Ok(match () {
            () if is("URL") => Field::Url,
            () if is("true") => Field::ResponseHeaders,
            () if is("request_headers") => Field::RequestHeaders,
            () if is("code") => Field::Code,
            () if is("message") => Field::Message,
            () if is("unescaped") => Field::UnescapedBody,
            () => Field::Body,
        })
    }
}

impl Field {
    /// That text of a result.
    pub fn of<'r>(self, result: &'r SampleResult, scope: &SampleScope) -> Cow<'r, str> {
        match self {
            Self::Body => scope.body(result),
            Self::UnescapedBody => match scope.body(result) {
                Cow::Borrowed(body) => html_entities::unescaped(body),
                Cow::Owned(body) => html_entities::unescaped(&body).into_owned().into(),
            },
            Self::ResponseHeaders => result.response_headers.as_ref().into(),
            Self::RequestHeaders => result.request_headers.as_ref().into(),
            Self::Url => result.url.as_deref().unwrap_or_default().into(),
            Self::Code => result.response_code.as_ref().into(),
            Self::Message => result.response_message.as_ref().into(),
        }
    }
}
