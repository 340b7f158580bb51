//! HTTP Request: sends a request byte for byte as JMeter with Apache HttpClient 4.5 does, follows redirects, fetches
//! what pages are made of, and says what came of it in JMeter's words.
//!
//! | | |
//! |---|---|
//! | the element | [`sampler`], its parts [`address`], [`parameters`], [`files`], [`proxy`], [`source_address`] |
//! | the settings of a run | [`properties`], [`client`] |
//! | the request | [`draft`], [`headers`], [`body`], [`form`], [`multipart`], [`target`]; [`prepared`] |
//! | sending it | [`managed`], [`dispatch`], [`exchange`], [`authentication`], [`auto_redirects`] |
//! | the result | [`visit`], [`response`], [`failure`], [`redirects`], [`embedded`], [`page`], [`file_protocol`] |

mod address;
mod authentication;
mod auto_redirects;
mod body;
mod client;
mod dispatch;
mod draft;
mod embedded;
mod exchange;
mod failure;
mod file_protocol;
mod files;
mod form;
mod headers;
mod managed;
mod multipart;
pub mod page;
mod parameters;
mod prepared;
mod properties;
mod proxy;
mod redirects;
mod response;
mod sampler;
mod source_address;
mod target;
mod visit;

use crate::elements::ElementType;

pub(super) use client::HttpVersion;
pub(super) use parameters::write_query;
pub use parameters::{PARAMETERS, Parameter};
pub use redirects::relative_url;
pub use sampler::HttpSampler;

/// The panels of the elements whose properties complete those of HTTP requests.
pub(super) const DEFAULTS: &[&str] = &["HttpDefaultsGui", "LoginConfigGui", "SimpleConfigGui"];

pub(super) const HTTP_SAMPLER_PROXY: ElementType =
    ElementType::new("HTTPSamplerProxy", "HTTP Request", sampler::load).with_defaults(DEFAULTS);
/// The class of plans for JMeter 2.3, with Java's own client.
pub(super) const HTTP_SAMPLER: ElementType =
    ElementType::new("HTTPSampler", "HTTP Request", sampler::load).with_defaults(DEFAULTS);
/// The class of plans for JMeter 2.3, with Apache HttpClient.
pub(super) const HTTP_SAMPLER_2: ElementType =
    ElementType::new("HTTPSampler2", "HTTP Request", sampler::load).with_defaults(DEFAULTS);
