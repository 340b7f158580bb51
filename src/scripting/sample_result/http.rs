//! What only the results of HTTP requests have.

use super::object::{blank, change, new_result, read};
use crate::model::{HttpDetails, SampleResult, Text};
use crate::script::call::Call;
use crate::script::class::{Row, new, row};
use crate::script::{Outcome, ok};

pub(super) const CONSTRUCTORS: &[Row] =
    &[new("", |_| ok(new_result(SampleResult { http: Some(Box::default()), ..blank() })))];

pub(super) const METHODS: &[Row] = &[
    row("getHTTPMethod", "", |c| get(c, |http| http.method.to_string())),
    row("setHTTPMethod", "String", |c| set(c, |http, text| http.method = text)),
    row("getQueryString", "", |c| get(c, |http| http.query_string.to_string())),
    row("setQueryString", "String", |c| set(c, |http, text| http.query_string = text)),
    row("getCookies", "", |c| get(c, |http| http.cookies.to_string())),
    row("setCookies", "String", |c| set(c, |http, text| http.cookies = text)),
    row("getRedirectLocation", "", |c| {
        read(c, |result| result.http.as_ref().and_then(|http| http.redirect_location.as_ref().map(Text::to_string)))
    }),
    row("setRedirectLocation", "String", |c| set(c, |http, text| http.redirect_location = Some(text))),
    row("isRedirect", "", |c| {
        read(c, |result| {
            let code = &*result.response_code;
            let of_get = result.http.as_ref().is_some_and(|http| matches!(&*http.method, "GET" | "HEAD"));
            matches!(code, "301" | "302" | "303") || code == "307" && of_get || code == "308" && of_get
        })
    }),
];

fn get(c: &Call<'_, '_>, field: impl FnOnce(&HttpDetails) -> String) -> Outcome {
    read(c, |result| result.http.as_deref().map(field).unwrap_or_default())
}

fn set(c: &Call<'_, '_>, field: impl FnOnce(&mut HttpDetails, Text)) -> Outcome {
    let text = c.text_or_null(0).map(std::string::ToString::to_string).unwrap_or_default().into();
    change(c, |result| field(result.http.get_or_insert_default(), text))
}
