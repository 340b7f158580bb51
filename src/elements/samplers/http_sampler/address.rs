//! The address that a request's properties make (`HTTPSamplerBase.getUrl`).

use std::borrow::Cow;

use super::parameters::{Parameter, write_query};
use crate::java::{self, MalformedUrl, Url};
use crate::model::{Fault, Fields, Prop, VirtualUser};

/// The properties that make an address.
#[derive(Debug)]
pub(super) struct Address {
    pub protocol: Prop<String>,
    pub domain: Prop<String>,
    pub port: Prop<String>,
    pub path: Prop<String>,
    pub method: Prop<String>,
    pub content_encoding: Prop<String>,
}

impl Address {
    pub fn load(fields: &Fields<'_>) -> Self {
        Self {
            protocol: fields.text("HTTPSampler.protocol", ""),
            domain: fields.text("HTTPSampler.domain", ""),
            port: fields.text("HTTPSampler.port", ""),
            path: fields.text("HTTPSampler.path", ""),
            method: fields.text("HTTPSampler.method", "GET"),
            content_encoding: fields.text("HTTPSampler.contentEncoding", ""),
        }
    }

    /// The protocol as it is written, `http` if it is not.
    pub fn protocol(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        let protocol = self.protocol.text(vu)?;
        Ok(if protocol.is_empty() { "http".into() } else { protocol })
    }

    /// The charset of parameters and bodies.
    pub fn encoding(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        let encoding = self.content_encoding.text(vu)?;
        Ok(if encoding.is_empty() { "UTF-8".into() } else { encoding })
    }

    /// The path with its spaces encoded.
    pub fn path(&self, vu: &mut VirtualUser) -> Result<Cow<'_, str>, Fault> {
        let path = self.path.text(vu)?;
        Ok(if path.contains(' ') { path.replace(' ', "%20").into() } else { path })
    }

    /// The port; 0 if there is none.
    pub fn port(&self, vu: &mut VirtualUser) -> Result<i32, Fault> {
        Ok(java::parse_int(self.port.text(vu)?.trim()).unwrap_or(0))
    }

    /// The address now.
    ///
    /// # Errors
    /// If there is none that Java would understand.
    pub fn url(&self, parameters: &[Parameter], vu: &mut VirtualUser) -> Result<Url, Fault> {
        let path = self.path(vu)?;
        if path.starts_with("http://") || path.starts_with("https://") {
            return Url::parse(&path).map_err(malformed);
        }
        let domain = self.domain.text(vu)?;
        let protocol = self.protocol(vu)?;
        let is_file = protocol.eq_ignore_ascii_case("file");
        let mut file = String::with_capacity(path.len() + 1);
        if !is_file && !path.starts_with('/') {
            file.push('/');
        }
        file.push_str(&path);
        if matches!(&*self.method.text(vu)?, "GET" | "DELETE" | "OPTIONS") {
            let encoding = self.encoding(vu)?;
            let before = file.len();
            file.push(if path.contains('?') { '&' } else { '?' });
            write_query(parameters, &encoding, vu, &mut file)?;
            if file.len() == before + 1 {
                file.truncate(before);
            }
        }
        let port = match (self.port(vu)?, protocol.to_ascii_lowercase().as_str()) {
            (0, _) | (80, "http") | (443, "https") => -1,
            (port, _) => port,
        };
        Url::of_parts(&protocol, (!is_file).then_some(&domain), port, &file).map_err(malformed)
    }

    /// All that it is made of.
    pub fn texts(&self) -> [&Prop<String>; 6] {
        [&self.protocol, &self.domain, &self.port, &self.path, &self.method, &self.content_encoding]
    }
}

pub(super) fn malformed(error: MalformedUrl) -> Fault {
    Fault::exception("java.net.MalformedURLException", error.0)
}
