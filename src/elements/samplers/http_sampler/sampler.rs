//! The element: its properties, and what others may ask of the current request.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

use super::address::Address;
use super::client::{Http, HttpVersion};
use super::embedded::Embedded;
use super::files::{File, FileArgument};
use super::parameters::{self, Parameter};
use super::prepared::PreparedRequests;
use super::proxy::ProxyProperties;
use super::source_address::SourceAddress;
use super::visit::Visit;
use crate::elements::Element;
use crate::elements::config::http_scope::HttpScope;
use crate::elements::samplers::{Sampled, Sampler, Sampling};
use crate::java::Url;
use crate::model::{AskedSampler, CurrentHeader, Fault, Fields, Label, Prop, VirtualUser};

/// Properties that JMeter itself drops, or keeps for its window.
const UNUSED: &[&str] = &[
    "HTTPSampler.monitor",
    "HTTPSampler.mimetype",
    "HTTPSampler.FILE_NAME",
    "HTTPSampler.FILE_FIELD",
    "HTTPSampler.CONTENT_TYPE",
    "HTTPSampler.URL",
    "GraphQLHTTPSampler.query",
    "GraphQLHTTPSampler.variables",
    "GraphQLHTTPSampler.operationName",
];

/// An HTTP Request.
pub struct HttpSampler {
    pub(super) name: Label,
    pub(super) http: Arc<Http>,
    pub(super) version: HttpVersion,
    pub(super) address: Address,
    pub(super) parameters: Vec<Parameter>,
    pub(super) files: Vec<FileArgument>,
    pub(super) scope: HttpScope,
    pub(super) proxy: ProxyProperties,
    pub(super) source_address: SourceAddress,
    pub(super) follow_redirects: Prop<bool>,
    pub(super) auto_redirects: Prop<bool>,
    pub(super) use_keepalive: Prop<bool>,
    pub(super) do_multipart_post: Prop<bool>,
    pub(super) browser_compatible_multipart: Prop<bool>,
    pub(super) post_body_raw: Prop<bool>,
    pub(super) connect_timeout: Prop<i32>,
    pub(super) response_timeout: Prop<i32>,
    pub(super) embedded: Embedded,
    pub(super) md5: Prop<bool>,
    pub(super) implementation: Prop<String>,
    /// `None` if each request is to be made anew.
    pub(super) prepared: Option<PreparedRequests>,
}

pub(super) fn load(fields: &Fields<'_>) -> Element {
    Element::sampler(HttpSampler::load(fields, None))
}

impl Sampler for HttpSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(self.run(vu))
    }

    fn asked(self: Arc<Self>) -> Option<Arc<dyn AskedSampler>> {
        Some(self)
    }
}

impl AskedSampler for HttpSampler {
    fn address(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        Ok(self.url(vu)?.as_str().to_owned())
    }

    fn headers(&self, vu: &mut VirtualUser) -> Result<Vec<CurrentHeader>, Fault> {
        self.scope.headers.current(vu)
    }

    fn keep_headers(&self, headers: &[CurrentHeader], vu: &mut VirtualUser) -> bool {
        self.scope.headers.keep(headers, vu)
    }

    fn has_headers(&self) -> bool {
        self.scope.headers.are_there()
    }

    fn parameters(&self, vu: &VirtualUser) -> Vec<Parameter> {
        parameters::current(&self.parameters, vu).into_owned()
    }

    fn protocol(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        Ok(self.address.protocol(vu)?.into_owned())
    }

    fn domain(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        Ok(self.address.domain.text(vu)?.into_owned())
    }

    fn path(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        Ok(self.address.path(vu)?.into_owned())
    }

    fn method(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        Ok(self.address.method.text(vu)?.into_owned())
    }
}

impl HttpSampler {
    /// The request of an element; `version` is what it speaks, if that is not what the whole run does.
    pub(in crate::elements::samplers) fn load(fields: &Fields<'_>, version: Option<HttpVersion>) -> Self {
        fields.skip(UNUSED);
        let http = Http::of(fields);
        let sampler = Self {
            name: Label::new(fields.name()),
            version: version.unwrap_or(http.version),
            http,
            address: Address::load(fields),
            parameters: Parameter::load_all(fields),
            files: FileArgument::load_all(fields),
            scope: HttpScope::load(fields),
            proxy: ProxyProperties::load(fields),
            source_address: SourceAddress::load(fields),
            follow_redirects: fields.prop("HTTPSampler.follow_redirects", false),
            auto_redirects: fields.prop("HTTPSampler.auto_redirects", false),
            use_keepalive: fields.prop("HTTPSampler.use_keepalive", false),
            do_multipart_post: fields.prop("HTTPSampler.DO_MULTIPART_POST", false),
            browser_compatible_multipart: fields.prop("HTTPSampler.BROWSER_COMPATIBLE_MULTIPART", false),
            post_body_raw: fields.prop("HTTPSampler.postBodyRaw", false),
            connect_timeout: fields.prop("HTTPSampler.connect_timeout", 0),
            response_timeout: fields.prop("HTTPSampler.response_timeout", 0),
            embedded: Embedded::load(fields),
            md5: fields.prop("HTTPSampler.md5", false),
            implementation: fields.text("HTTPSampler.implementation", ""),
            prepared: None,
        };
        Self { prepared: PreparedRequests::of(&sampler), ..sampler }
    }

    async fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let vu = Mutex::new(vu);
        Visit::new(self, &vu).run().await
    }

    /// The address as it is now.
    ///
    /// # Errors
    /// If there is none that Java would understand.
    pub fn url(&self, vu: &mut VirtualUser) -> Result<Url, Fault> {
        let parameters = parameters::current(&self.parameters, vu);
        self.address.url(&parameters, vu)
    }

    /// The method as it is now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn method(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        self.address.method.text(vu)
    }

    /// The protocol as it is now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn protocol(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        self.address.protocol(vu)
    }

    /// The domain as it is now.
    ///
    /// # Errors
    /// When a function fails.
    pub fn domain(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        self.address.domain.text(vu)
    }

    /// The path as it is now, its spaces encoded.
    ///
    /// # Errors
    /// When a function fails.
    pub fn path(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        self.address.path(vu)
    }

    pub(super) fn files_now(&self, vu: &mut VirtualUser) -> Result<Vec<File>, Fault> {
        self.files.iter().map(|file| file.now(vu)).collect()
    }

    pub(super) fn timeouts(&self, vu: &mut VirtualUser) -> Result<(Option<Duration>, Option<Duration>), Fault> {
        let limit = |millis: i32| u64::try_from(millis).ok().filter(|millis| *millis > 0).map(Duration::from_millis);
        Ok((limit(self.connect_timeout.get(vu)?), limit(self.response_timeout.get(vu)?)))
    }
}
