//! What a result says: label, code, message, data, headers.

use std::borrow::Cow;

use super::object::{change, read};
use crate::java::Charset;
use crate::model::{DataType, SampleResult, Text, VirtualUser};
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::url;
use crate::script::{Outcome, Value};
use crate::scripting::variables::user;

pub(super) const METHODS: &[Row] = &[
    row("getSampleLabel", "", |c| read(c, |result| result.label.clone())),
    row("getSampleLabel", "boolean", |c| {
        let group = user(c.machine).group.name.clone();
        let with_group = c.bool(0);
        read(c, |result| if with_group { format!("{group}:{}", result.label).into() } else { result.label.clone() })
    }),
    row("setSampleLabel", "String", |c| {
        change(c, |result| result.label = c.text_or_null(0).cloned().unwrap_or_default())
    }),
    row("getResponseCode", "", |c| read(c, |result| word(&result.response_code))),
    row("setResponseCode", "String", |c| change(c, |result| result.response_code = text(c, 0))),
    row("setResponseCodeOK", "", |c| change(c, |result| result.response_code = "200".into())),
    row("isResponseCodeOK", "", |c| read(c, |result| result.response_code == "200")),
    row("getResponseMessage", "", |c| read(c, |result| word(&result.response_message))),
    row("setResponseMessage", "String", |c| change(c, |result| result.response_message = text(c, 0))),
    row("setResponseMessageOK", "", |c| change(c, |result| result.response_message = "OK".into())),
    row("setResponseOK", "", |c| change(c, SampleResult::set_ok)),
    row("getResponseData", "", |c| read(c, |result| result.response_data.to_vec())),
    row("setResponseData", "byte[]", |c| {
        change(c, |result| result.response_data = c.bytes(0).unwrap_or_default().into())
    }),
    row("setResponseData", "String", set_data),
    row("setResponseData", "String, String", set_data),
    row("getResponseDataAsString", "", |c| {
        let encoding = default_encoding(c);
        read(c, |result| result.response_text(&encoding).into_owned())
    }),
    row("getSamplerData", "", |c| read(c, |result| result.request_text().map(Cow::into_owned))),
    row("setSamplerData", "String", |c| {
        change(c, |result| result.sampler_data = c.text_or_null(0).map(|text| Text::from(text.to_string())))
    }),
    row("getRequestHeaders", "", |c| read(c, |result| word(&result.request_headers))),
    row("setRequestHeaders", "String", |c| change(c, |result| result.request_headers = text(c, 0))),
    row("getResponseHeaders", "", |c| read(c, |result| word(&result.response_headers))),
    row("setResponseHeaders", "String", |c| change(c, |result| result.response_headers = text(c, 0))),
    row("getContentType", "", |c| read(c, |result| word(&result.content_type))),
    row("setContentType", "String", |c| change(c, |result| result.content_type = text(c, 0))),
    row("getMediaType", "", |c| read(c, |result| media_type(&result.content_type))),
    row("getDataType", "", |c| read(c, |result| result.data_type.word())),
    row("setDataType", "String", |c| {
        let kind = match c.text_or_null(0).map(|text| &**text) {
            Some("text") => DataType::Text,
            Some("bin") => DataType::Binary,
            _ => DataType::Unknown,
        };
        change(c, |result| result.data_type = kind)
    }),
    row("getDataEncodingNoDefault", "", |c| {
        read(c, |result| (!result.data_encoding.is_empty()).then(|| word(&result.data_encoding)))
    }),
    row("getDataEncodingWithDefault", "", |c| {
        let default = default_encoding(c);
        read(c, |result| result.encoding(&default).to_owned())
    }),
    row("getDataEncodingWithDefault", "String", |c| {
        let default = c.text(0)?.clone();
        read(c, |result| result.encoding(&default).to_owned())
    }),
    row("setDataEncoding", "String", |c| change(c, |result| result.data_encoding = text(c, 0))),
    row("setEncodingAndType", "String", |c| {
        let Some(kind) = c.text_or_null(0).cloned() else { return Ok(Value::Null) };
        change(c, |result| set_encoding_and_type(result, &kind))
    }),
    row("getURL", "", |c| {
        let address = super::object::look(c.this, |result| result.url.clone())?;
        match address {
            Some(address) => url::parse(&address),
            None => Ok(Value::Null),
        }
    }),
    row("setURL", "Object", |c| {
        let address = if c.arg(0).is_null() { None } else { Some(c.text_of(0)?) };
        change(c, |result| result.url = address)
    }),
    row("getUrlAsString", "", |c| read(c, |result| result.url.clone().unwrap_or_default())),
    row("getThreadName", "", |c| read(c, |result| result.thread_name.clone())),
    row("setThreadName", "String", |c| {
        let name = c.text(0)?.clone();
        change(c, |result| result.thread_name = name)
    }),
    row("getResultFileName", "", |c| read(c, |result| word(&result.file_name))),
    row("setResultFileName", "String", |c| change(c, |result| result.file_name = text(c, 0))),
];

fn word(text: &Text) -> String {
    text.to_string()
}

/// A text argument; `null` counts as an empty one.
fn text(c: &Call<'_, '_>, at: usize) -> Text {
    c.text_or_null(at).map(std::string::ToString::to_string).unwrap_or_default().into()
}

fn default_encoding(c: &mut Call<'_, '_>) -> std::sync::Arc<str> {
    user(c.machine).run.properties.text("sampleresult.default.encoding", "UTF-8")
}

fn set_data(c: &mut Call<'_, '_>) -> Outcome {
    let Some(text) = c.text_or_null(0).cloned() else {
        return change(c, |result| result.response_data = bytes::Bytes::new());
    };
    let encoding = match c.text_or_null(1) {
        Some(encoding) => encoding.clone(),
        None => default_encoding(c),
    };
    match Charset::named(&encoding) {
        Some(charset) => {
            let data = charset.encode(&text);
            change(c, |result| {
                result.response_data = data.into();
                result.data_encoding = encoding.to_string().into();
            })
        }
        None => {
            log::warn!(target: "o.a.j.s.SampleResult", "Cannot convert string, reason: {encoding}");
            change(c, |result| {
                result.response_data = text.to_string().into();
                result.data_encoding = "UTF-8".into();
            })
        }
    }
}

/// `text/html` of `text/html; charset=utf-8`.
fn media_type(content_type: &str) -> String {
    content_type.split([' ', ';']).next().unwrap_or_default().to_ascii_lowercase()
}

fn set_encoding_and_type(result: &mut SampleResult, content_type: &str) {
    let lower = content_type.to_ascii_lowercase();
    if let Some(at) = lower.find("charset=") {
        let charset = content_type[at + "charset=".len()..].split(';').next().unwrap_or_default();
        result.data_encoding = charset.trim_matches(['"', '\'']).to_owned().into();
    }
    let is_binary = ["image/", "audio/", "video/"].iter().any(|kind| lower.starts_with(kind));
    result.data_type = if is_binary { DataType::Binary } else { DataType::Text };
}

/// Gives a result a text as its data, in the default encoding.
pub fn set_text(result: &mut SampleResult, text: &str, vu: &VirtualUser) {
    let encoding = vu.run.properties.text("sampleresult.default.encoding", "UTF-8");
    let charset = Charset::named(&encoding).unwrap_or(Charset::UTF_8);
    result.response_data = charset.encode(text).into();
    result.data_encoding = encoding.to_string().into();
}
