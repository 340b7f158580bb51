//! JMeter's properties about HTTP, read once for a run.

use std::sync::Arc;

use crate::model::{Properties, Run, SampleResult};

/// What the properties `httpsampler.*`, `httpclient*` and their like say.
#[derive(Debug)]
pub(super) struct HttpProperties {
    /// `httpsampler.max_redirects`.
    pub max_redirects: u32,
    /// `httpsampler.max_frame_depth`.
    pub max_frame_depth: i64,
    /// `httpsampler.redirect.removeslashdotdot`.
    pub removes_slash_dot_dot: bool,
    /// `httpsampler.separate.container`.
    pub separates_container: bool,
    /// `httpsampler.ignore_failed_embedded_resources`.
    pub ignores_failed_resources: bool,
    /// `httpsampler.embedded_resources_use_md5`.
    pub hashes_resources: bool,
    /// `httpsampler.max_bytes_to_store_per_request`, if it is set.
    stored: Option<usize>,
    /// `http.post_add_content_type_if_missing`.
    pub adds_content_type: bool,
    /// `httpclient4.default_user_agent_disabled` and `loadline.http.user_agent`.
    pub user_agent: Option<Arc<str>>,
    /// `httpclient4.gzip_relax_mode`.
    pub relaxes_gzip: bool,
    /// `httpclient4.deflate_relax_mode`.
    pub relaxes_deflate: bool,
    /// `httpclient.reset_state_on_thread_group_iteration`.
    pub resets_each_iteration: bool,
    /// `subresults.disable_renaming`, turned around.
    pub renames_parts: bool,
    /// `jmeter.httpsampler`.
    pub implementation: Arc<str>,
    /// `sampleresult.default.encoding`.
    pub default_encoding: Arc<str>,
    /// What becomes of requests whose answer a cache has.
    pub cached: Cached,
}

/// So much of a response is kept if nobody says otherwise. JMeter keeps all of it, as long as its memory lasts.
const MOST_STORED: usize = 256 << 20;

/// So much of it is kept if nothing in the plan could read more.
const MOST_STORED_UNREAD: usize = 1 << 20;

/// What servers take Apache HttpClient for.
const USER_AGENT: &str = "Apache-HttpClient/4.5.14 (Java/17.0.15)";

/// Properties that JMeter knows, their defaults, and why other values have no effect here.
const WITHOUT_EFFECT: &[(&str, &str, &str)] = &[
    ("css.parser.cache.size", "400", "style sheets are read without a cache"),
    ("css.parser.ignore_all_css_errors", "true", "what is wrong in a style sheet is skipped"),
    ("hc.parameters.file", "", "parameters of HttpClient 3 mean nothing"),
    ("http.java.sampler.retries", "0", "the implementation Java is that of Apache HttpClient"),
    ("http.proxyDomain", "", "there is no NTLM"),
    ("httpclient.loopback", "false", "it is for testing JMeter itself"),
    ("httpclient.timeout", "0", "requests have their own timeouts"),
    ("httpclient.version", "1.1", "JMeter's default client does not look at it, either"),
    ("https.cipherSuites", "", "the ciphers are those of rustls"),
    ("https.socket.ciphers", "", "the ciphers are those of rustls"),
    ("https.sessioncontext.shared", "false", "each user has TLS sessions of its own"),
    ("httpsampler.max_buffer_size", "66560", "buffers grow as they need"),
    ("httpsampler.obey_contentlength", "false", "the implementation Java is that of Apache HttpClient"),
    ("httpsampler.parallel_download_thread_keepalive_inseconds", "60", "parallel downloads need no threads"),
    ("kerberos_jaas_application", "JMeter", "there is no Kerberos"),
    ("kerberos.spnego.delegate_cred", "false", "there is no Kerberos"),
    ("kerberos.spnego.strip_port", "true", "there is no Kerberos"),
    ("kerberos.spnego.use_canonical_host_name", "true", "there is no Kerberos"),
];

/// The parsers of pages that there are; others can be named, but not had.
const PARSERS: &[(&str, &str)] = &[
    ("htmlParser.className", "org.apache.jmeter.protocol.http.parser.LagartoBasedHtmlParser"),
    ("cssParser.className", "org.apache.jmeter.protocol.http.parser.CssParser"),
    ("wmlParser.className", "org.apache.jmeter.protocol.http.parser.RegexpHTMLParser"),
    ("HTTPResponse.parsers", "htmlParser wmlParser cssParser"),
    ("htmlParser.types", "text/html application/xhtml+xml application/xml text/xml"),
    ("cssParser.types", "text/css"),
    ("wmlParser.types", "text/vnd.wap.wml"),
];

impl HttpProperties {
    pub fn of(run: &Run) -> Self {
        let properties = &run.properties;
        let flag = |name: &str, default: bool| properties.flag(name, default);
        let agent = || properties.text("loadline.http.user_agent", USER_AGENT);
        Self {
            max_redirects: u32::try_from(properties.integer("httpsampler.max_redirects", 20)).unwrap_or(0),
            max_frame_depth: properties.integer("httpsampler.max_frame_depth", 5),
            removes_slash_dot_dot: flag("httpsampler.redirect.removeslashdotdot", true),
            separates_container: flag("httpsampler.separate.container", true),
            ignores_failed_resources: flag("httpsampler.ignore_failed_embedded_resources", false),
            hashes_resources: flag("httpsampler.embedded_resources_use_md5", false),
            stored: stored(properties),
            adds_content_type: flag("http.post_add_content_type_if_missing", false),
            user_agent: (!flag("httpclient4.default_user_agent_disabled", false)).then(agent),
            relaxes_gzip: flag("httpclient4.gzip_relax_mode", false),
            relaxes_deflate: flag("httpclient4.deflate_relax_mode", false),
            resets_each_iteration: flag("httpclient.reset_state_on_thread_group_iteration", true),
            renames_parts: !flag("subresults.disable_renaming", false),
            implementation: properties.text("jmeter.httpsampler", "HttpClient4"),
            default_encoding: properties.text("sampleresult.default.encoding", "UTF-8"),
            cached: Cached::of(properties),
        }
    }

    /// How many redirects the client follows by itself: HttpClient takes nothing for 50.
    pub fn max_automatic_redirects(&self) -> usize {
        if self.max_redirects == 0 { 50 } else { self.max_redirects as usize }
    }

    /// How many bytes of a response are kept, depending on whether anybody may read them.
    pub fn most_stored(&self, are_read: bool) -> usize {
        self.stored.unwrap_or(if are_read { MOST_STORED } else { MOST_STORED_UNREAD })
    }

    /// Whether nobody has said how much of a response is to be kept.
    pub fn stores_by_default(&self) -> bool {
        self.stored.is_none()
    }

    /// The properties that are set although they have no effect, each with the reason.
    pub fn without_effect(properties: &Properties) -> Vec<String> {
        let value = |name: &str| properties.get(name).filter(|value| !value.is_empty());
        let changed =
            |name: &str, default: &str| value(name).is_some_and(|value| !value.trim().eq_ignore_ascii_case(default));
        let unknown = WITHOUT_EFFECT.iter().filter(|(name, default, _)| changed(name, default));
        let unknown = unknown.map(|(name, _, reason)| format!("the property {name} has no effect: {reason}"));
        let parsers = PARSERS.iter().filter_map(|(name, only)| {
            let value = value(name).filter(|value| value.trim() != *only)?;
            Some(format!("the property {name}={value} has no effect: pages are always searched as with {only}"))
        });
        unknown.chain(parsers).collect()
    }
}

/// What becomes of requests whose answer a cache has (`cache_manager.cached_resource_mode`).
#[derive(Debug)]
pub(super) enum Cached {
    /// There is no sample.
    NoSample,
    /// A good sample with that code and message.
    Sample { code: Arc<str>, message: Arc<str> },
}

impl Cached {
    fn of(properties: &Properties) -> Self {
        let text = |name: &str, default: &str| properties.text(name, default);
        match &*text("cache_manager.cached_resource_mode", "RETURN_NO_SAMPLE") {
            "RETURN_200_CACHE" => {
                Self::Sample { code: "200".into(), message: text("RETURN_200_CACHE.message", "(ex cache)") }
            }
            "RETURN_CUSTOM_STATUS" => Self::Sample {
                code: text("RETURN_CUSTOM_STATUS.code", ""),
                message: text("RETURN_CUSTOM_STATUS.message", ""),
            },
            _ => Self::NoSample,
        }
    }

    /// The sample, if there is one.
    pub fn result(&self, mut result: SampleResult) -> Option<SampleResult> {
        let Self::Sample { code, message } = self else { return None };
        result.response_code = code.to_string().into();
        result.response_message = message.to_string().into();
        Some(result)
    }
}

/// How many bytes of a response are kept, if that is said; 0 means all.
fn stored(properties: &Properties) -> Option<usize> {
    const NAME: &str = "httpsampler.max_bytes_to_store_per_request";
    properties.get(NAME).filter(|text| !text.trim().is_empty())?;
    Some(match usize::try_from(properties.integer(NAME, 0)) {
        Ok(0) | Err(_) => usize::MAX,
        Ok(most) => most,
    })
}

#[cfg(test)]
mod tests {
    use super::super::client::settings;
    use super::*;

    #[test]
    fn what_has_no_effect_is_told() {
        let check = |name: &str, value: &str, expected: &str| {
            let properties = Properties::default();
            properties.set(name, value);
            let told = HttpProperties::without_effect(&properties).join("; ");
            assert!(
                if expected.is_empty() { told.is_empty() } else { told.contains(expected) },
                "{name}={value}: {told}"
            );
        };
        for (name, default, reason) in WITHOUT_EFFECT {
            check(name, default, "");
            check(name, "", "");
            check(name, "other", &format!("the property {name} has no effect: {reason}"));
        }
        for (name, only) in PARSERS {
            check(name, only, "");
            check(name, "other", "has no effect: pages are always searched as with");
        }
        check("https.sessioncontext.shared", "TRUE", "each user has TLS sessions of its own");
        check("kerberos.spnego.strip_port", "false", "there is no Kerberos");
        // These are obeyed, or have no effect on a run of JMeter's without a window, either.
        let obeyed = "cache_manager.cached_resource_mode cacheable_methods CookieManager.check.cookies CookieManager.save.cookies \
            http.post_add_content_type_if_missing httpclient.localaddress httpclient.reset_state_on_thread_group_iteration \
            httpclient.socket.http.cps httpclient.socket.https.cps httpclient4.auth.preemptive \
            httpclient4.default_user_agent_disabled httpclient4.deflate_relax_mode httpclient4.gzip_relax_mode \
            httpclient4.idletimeout httpclient4.request_sent_retry_enabled httpclient4.retrycount httpclient4.time_to_live \
            httpclient4.validate_after_inactivity https.default.protocol https.socket.protocols https.use.cached.ssl.context \
            httpsampler.embedded_resources_use_md5 httpsampler.ignore_failed_embedded_resources \
            httpsampler.max_bytes_to_store_per_request httpsampler.max_frame_depth httpsampler.max_redirects \
            httpsampler.redirect.removeslashdotdot httpsampler.separate.container httpsampler.user_defined_methods \
            jmeter.httpsampler sampleresult.default.encoding subresults.disable_renaming";
        obeyed.split_whitespace().for_each(|name| check(name, "1", ""));
    }

    #[test]
    fn lines_may_be_slow() {
        let check = |value: &str, expected: Option<u32>| {
            let properties = Properties::default();
            properties.set("httpclient.socket.http.cps", value);
            assert_eq!(settings(&properties).plain_rate.map(Into::into), expected, "{value}");
        };
        check("0", None);
        check("-5", None);
        check("1024", Some(1024));
    }
}
