//! bzm - HTTP2 Sampler: an HTTP Request that speaks HTTP/2.
//!
//! Over TLS the server chooses, as a browser lets it. Without TLS HTTP/2 is spoken only if the plan says that the server
//! knows it beforehand; asking for it by `Upgrade` is not done any more (RFC 9113 dropped it), HTTP/1.1 is spoken instead.

use super::http_sampler::{DEFAULTS, HttpSampler, HttpVersion};
use crate::elements::{Element, ElementType};
use crate::model::Fields;

pub(super) const ELEMENT: ElementType =
    ElementType::new("com.blazemeter.jmeter.http2.sampler.HTTP2Sampler", "HTTP2 Sampler", load).with_defaults(DEFAULTS);

fn load(fields: &Fields<'_>) -> Element {
    // What the plugin keeps for its window, or what it tunes in its own client.
    fields.skip(&[
        "HTTP2Sampler.profile",
        "HTTP2Sampler.alpnEnabled",
        "HTTP2Sampler.embedded_url_re",
        "HTTP2Sampler.enableHttp1",
    ]);
    if fields.flag("HTTP2Sampler.enableHttp3", false) {
        fields.warn("HTTP2Sampler.enableHttp3", "Loadline does not speak HTTP/3: it offers HTTP/2 and HTTP/1.1");
    }
    if fields.flag("HTTP2Sampler.http1_upgrade", false) {
        let message = "Loadline does not ask for an upgrade to HTTP/2: without TLS it speaks HTTP/1.1";
        fields.warn("HTTP2Sampler.http1_upgrade", message);
    }
    let knows = fields.flag("HTTP2Sampler.http2PriorKnowledge", false);
    let version = match fields.flag("HTTP2Sampler.enableHttp2", true) {
        false => HttpVersion::Http1,
        true if knows => HttpVersion::Http2Only,
        true => HttpVersion::Http2,
    };
    Element::sampler(HttpSampler::load(fields, Some(version)))
}
