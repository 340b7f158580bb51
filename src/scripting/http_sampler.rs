//! What only HTTP requests have among samplers: the parts of the address and of the request.

use std::borrow::Cow;
use std::sync::Arc;

use super::arguments::{self, PARAMETERS};
use super::header_manager;
use super::sampler::{Sampler, own, set, set_to_argument};
use super::variables::user;
use crate::java::{Charset, url_decode};
use crate::model::Parameter;
use crate::script::call::Call;
use crate::script::class::{Row, row};
use crate::script::java::url;
use crate::script::{Outcome, Thrown, Value, ok};

const DOMAIN: &str = "HTTPSampler.domain";
const PORT: &str = "HTTPSampler.port";
const PROTOCOL: &str = "HTTPSampler.protocol";
const PATH: &str = "HTTPSampler.path";
const METHOD: &str = "HTTPSampler.method";
const ENCODING: &str = "HTTPSampler.contentEncoding";
const RAW: &str = "HTTPSampler.postBodyRaw";

/// The methods of `HTTPSamplerBase`.
pub const METHODS: &[Row] = &[
    row("getDomain", "", |c| text(c, DOMAIN)),
    row("setDomain", "String", |c| set_to_argument(c, DOMAIN)),
    row("getServer", "", |c| text(c, DOMAIN)),
    row("getPort", "", |c| {
        let port = own(c, PORT)?.and_then(|port| port.trim().parse::<i32>().ok()).filter(|port| *port > 0);
        let protocol = own(c, PROTOCOL)?.unwrap_or_default();
        ok(port.unwrap_or(if protocol.eq_ignore_ascii_case("https") { 443 } else { 80 }))
    }),
    row("getPortIfSpecified", "", |c| ok(own(c, PORT)?.and_then(|port| port.trim().parse::<i32>().ok()).unwrap_or(0))),
    row("setPort", "int", |c| {
        let port = c.int(0);
        set(c, PORT, port.to_string())
    }),
    row("getProtocol", "", |c| {
        let protocol = own(c, PROTOCOL)?.filter(|protocol| !protocol.is_empty());
        ok(protocol.unwrap_or_else(|| "http".into()))
    }),
    row("setProtocol", "String", |c| {
        set(c, PROTOCOL, c.text_or_null(0).map_or_else(String::new, |text| text.to_lowercase()))
    }),
    row("getPath", "", |c| text(c, PATH)),
    row("setPath", "String", |c| set_to_argument(c, PATH)),
    row("setPath", "String, String", |c| set_to_argument(c, PATH)),
    row("getMethod", "", |c| text(c, METHOD)),
    row("setMethod", "String", |c| set_to_argument(c, METHOD)),
    row("getContentEncoding", "", |c| text(c, ENCODING)),
    row("setContentEncoding", "String", |c| set_to_argument(c, ENCODING)),
    row("getFollowRedirects", "", |c| flag(c, "HTTPSampler.follow_redirects")),
    row("setFollowRedirects", "boolean", |c| set_flag(c, "HTTPSampler.follow_redirects")),
    row("getAutoRedirects", "", |c| flag(c, "HTTPSampler.auto_redirects")),
    row("setAutoRedirects", "boolean", |c| set_flag(c, "HTTPSampler.auto_redirects")),
    row("getUseKeepAlive", "", |c| flag(c, "HTTPSampler.use_keepalive")),
    row("setUseKeepAlive", "boolean", |c| set_flag(c, "HTTPSampler.use_keepalive")),
    row("getDoMultipart", "", |c| flag(c, "HTTPSampler.DO_MULTIPART_POST")),
    row("setDoMultipart", "boolean", |c| set_flag(c, "HTTPSampler.DO_MULTIPART_POST")),
    row("getPostBodyRaw", "", |c| flag(c, RAW)),
    row("setPostBodyRaw", "boolean", |c| set_flag(c, RAW)),
    row("isImageParser", "", |c| flag(c, "HTTPSampler.image_parser")),
    row("setImageParser", "boolean", |c| set_flag(c, "HTTPSampler.image_parser")),
    row("getConnectTimeout", "", |c| number(c, "HTTPSampler.connect_timeout")),
    row("setConnectTimeout", "String", |c| set_to_argument(c, "HTTPSampler.connect_timeout")),
    row("getResponseTimeout", "", |c| number(c, "HTTPSampler.response_timeout")),
    row("setResponseTimeout", "String", |c| set_to_argument(c, "HTTPSampler.response_timeout")),
    row("getUrl", "", |c| {
        let address = address(c)?;
        url::parse(&address)
    }),
    row("toString", "", |c| ok(address(c)?)),
    row("getQueryString", "", |c| {
        let address = address(c)?;
        ok(address.split_once('?').map_or("", |(_, query)| query).to_owned())
    }),
    row("getArguments", "", |c| ok(arguments::of(parameters(c)?, true))),
    row("setArguments", "Arguments", |c| {
        let list = arguments::list(c.arg(0)).ok_or_else(|| Thrown::bare("java.lang.NullPointerException"))?;
        put(c, list)
    }),
    row("addArgument", "String, String", |c| add(c, true)),
    row("addArgument", "String, String, String", |c| add(c, true)),
    row("addNonEncodedArgument", "String, String, String", |c| add(c, false)),
    row("addEncodedArgument", "String, String", add_encoded),
    row("addEncodedArgument", "String, String, String", add_encoded),
    row("hasArguments", "", |c| ok(!parameters(c)?.is_empty())),
    row("getHeaderManager", "", header_manager::of_current),
    row("setHeaderManager", "HeaderManager", header_manager::set_current),
];

fn text(c: &mut Call<'_, '_>, name: &'static str) -> Outcome {
    ok(own(c, name)?.unwrap_or_default())
}

fn flag(c: &mut Call<'_, '_>, name: &'static str) -> Outcome {
    ok(own(c, name)?.is_some_and(|text| text.eq_ignore_ascii_case("true")))
}

fn set_flag(c: &mut Call<'_, '_>, name: &'static str) -> Outcome {
    let value = if c.bool(0) { "true" } else { "false" };
    set(c, name, value)
}

fn number(c: &mut Call<'_, '_>, name: &'static str) -> Outcome {
    ok(own(c, name)?.and_then(|text| text.trim().parse::<i32>().ok()).unwrap_or(0))
}

fn address(c: &mut Call<'_, '_>) -> Outcome<Arc<str>> {
    let planned = c.this_as::<Sampler>()?.0.clone();
    let Some(asked) = &planned.asked else { return Ok("".into()) };
    match asked.address(user(c.machine)) {
        Ok(address) => Ok(address.into()),
        Err(fault) => Err(Thrown::new("java.net.MalformedURLException", fault.to_string())),
    }
}

fn parameters(c: &mut Call<'_, '_>) -> Outcome<Vec<Parameter>> {
    let planned = c.this_as::<Sampler>()?.0.clone();
    let vu = user(c.machine);
    Ok(planned.asked.as_ref().map(|asked| asked.parameters(vu)).unwrap_or_default())
}

fn put(c: &mut Call<'_, '_>, list: Vec<Parameter>) -> Outcome {
    user(c.machine).overrides.set_list(PARAMETERS, list);
    Ok(Value::Null)
}

/// Adds a parameter; with `encodes`, name and value are as they are and get encoded.
fn add(c: &mut Call<'_, '_>, encodes: bool) -> Outcome {
    let name = c.text_or_null(0).cloned().unwrap_or_default();
    let value = c.text_or_null(1).cloned().unwrap_or_default();
    add_parameter(c, Parameter::new(&*name, &*value, encodes))
}

/// Adds a parameter whose name and value are encoded already: it is kept decoded.
fn add_encoded(c: &mut Call<'_, '_>) -> Outcome {
    let decoded = |text: Option<&Arc<str>>| {
        let text = text.map_or("", |text| &**text);
        url_decode(text, Charset::UTF_8).map(Cow::into_owned)
    };
    match (decoded(c.text_or_null(0)), decoded(c.text_or_null(1))) {
        (Ok(name), Ok(value)) => add_parameter(c, Parameter::new(name, value, true)),
        (Err(error), _) | (_, Err(error)) => Err(Thrown::new("java.lang.IllegalArgumentException", error.to_string())),
    }
}

fn add_parameter(c: &mut Call<'_, '_>, mut parameter: Parameter) -> Outcome {
    let mut list = parameters(c)?;
    if let Some(metadata) = c.text_or_null(2) {
        parameter.metadata = crate::model::Prop::fixed("Argument.metadata", metadata.to_string());
    }
    list.push(parameter);
    put(c, list)
}
