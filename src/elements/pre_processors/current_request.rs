//! The HTTP request that comes next, for pre-processors that change it (`HTTPSamplerBase`).

use std::sync::Arc;

use crate::elements::samplers::http_sampler::PARAMETERS;
use crate::java::{Charset, url_decode};
use crate::model::{AskedSampler, Fault, Parameter, Prop, VirtualUser};

/// The request of the current sampler.
pub(super) struct CurrentRequest(Arc<dyn AskedSampler>);

impl CurrentRequest {
    /// That of the sampler whose turn it is, if it is an HTTP Request.
    pub fn of(vu: &VirtualUser) -> Option<Self> {
        Some(Self(vu.sampler.as_ref()?.asked.clone()?))
    }

    pub fn protocol(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        self.0.protocol(vu)
    }

    pub fn domain(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        self.0.domain(vu)
    }

    pub fn path(&self, vu: &mut VirtualUser) -> Result<String, Fault> {
        self.0.path(vu)
    }

    pub fn parameters(&self, vu: &VirtualUser) -> Vec<Parameter> {
        self.0.parameters(vu)
    }

    pub fn set_parameters(vu: &mut VirtualUser, parameters: Vec<Parameter>) {
        vu.overrides.set_list(PARAMETERS, parameters);
    }

    pub fn set_protocol(vu: &mut VirtualUser, protocol: &str) {
        vu.overrides.set_text("HTTPSampler.protocol", protocol.to_lowercase());
    }

    pub fn set_domain(vu: &mut VirtualUser, domain: &str) {
        vu.overrides.set_text("HTTPSampler.domain", domain);
    }

    /// Changes the path. For GET and DELETE, parameters in it become parameters like the others.
    pub fn set_path(&self, vu: &mut VirtualUser, path: &str) -> Result<(), Fault> {
        let is_whole = path.starts_with("http://") || path.starts_with("https://");
        let (path, query) = match path.split_once('?') {
            Some(parts) if !is_whole && matches!(self.0.method(vu)?.as_str(), "GET" | "DELETE") => parts,
            _ => (path, ""),
        };
        if !query.is_empty() {
            let mut parameters = self.parameters(vu);
            for parameter in parse_query(query) {
                parameters.push(decoded(parameter, vu)?);
            }
            Self::set_parameters(vu, parameters);
        }
        vu.overrides.set_text("HTTPSampler.path", path);
        Ok(())
    }
}

/// A parameter that was encoded, to be encoded again.
fn decoded(parameter: Parameter, vu: &mut VirtualUser) -> Result<Parameter, Fault> {
    let decode = |text: &str| match url_decode(text, Charset::UTF_8) {
        Ok(text) => Ok(text.into_owned()),
        Err(error) => Err(Fault::illegal_argument(error.to_string())),
    };
    let (name, value) = (decode(&parameter.name.text(vu)?)?, decode(&parameter.value.text(vu)?)?);
    Ok(Parameter { metadata: parameter.metadata, ..Parameter::new(name, value, true) })
}

/// The parameters in a query, encoded as they are (`HTTPSamplerBase.parseArguments`).
pub(super) fn parse_query(query: &str) -> impl Iterator<Item = Parameter> {
    query.split('&').filter_map(|part| {
        let (name, metadata, value) = match part.split_once('=') {
            Some((name, value)) => (name, "=", value),
            None => (part, "", ""),
        };
        let metadata = Prop::fixed("Argument.metadata", metadata.to_owned());
        (!name.is_empty()).then(|| Parameter { metadata, ..Parameter::new(name, value, false) })
    })
}
