//! The parameters of a request: of its address, its form, or parts of its body.

use std::borrow::Cow;

use super::form;
use crate::java::{Charset, url_encode};
use crate::jmx::{Content, Property};
pub use crate::model::Parameter;
use crate::model::{Fault, Fields, Prop, VirtualUser};

/// The property that holds them. Who changes the parameters of the current sampler overrides it with a
/// [`Vec<Parameter>`].
pub const PARAMETERS: &str = "HTTPsampler.Arguments";

impl Parameter {
    /// The parameters of a sampler, and after them those of its defaults.
    pub(super) fn load_all(fields: &Fields<'_>) -> Vec<Self> {
        let mut all = Self::load_list(fields, PARAMETERS);
        all.extend(fields.defaults().iter().flat_map(|fields| Self::load_list(fields, PARAMETERS)));
        all
    }

    /// Those in the property of that name.
    pub(in crate::elements::samplers) fn load_list(fields: &Fields<'_>, property: &'static str) -> Vec<Self> {
        const ROWS: &str = "Arguments.arguments";
        let Some(list) = fields.element(property) else { return Vec::new() };
        let items = list.property(ROWS).map(Property::nested).unwrap_or_default();
        let classes = items.iter().filter(|item| matches!(item.content, Content::Nested(_)));
        let classes = classes.map(|item| item.attribute("elementType").unwrap_or_default());
        // A plain argument counts as one that is to be encoded (`HTTPArgument.convertArgumentsToHTTP`).
        list.items(ROWS).iter().zip(classes).map(|(row, class)| Self::load(row, class == "Argument")).collect()
    }

    fn load(row: &Fields<'_>, always_encode: bool) -> Self {
        // Whether there is an equals sign is told by the metadata; the flag is for JMeter's window.
        row.skip(&["HTTPArgument.use_equals", "Argument.desc", "Argument.description"]);
        Self {
            name: row.text("Argument.name", ""),
            value: row.text("Argument.value", ""),
            metadata: row.text("Argument.metadata", ""),
            always_encode: row.prop("HTTPArgument.always_encode", always_encode),
            content_type: row.text("HTTPArgument.content_type", "text/plain"),
        }
    }

    /// Appends the value, encoded if it is to be.
    pub(super) fn write_value(&self, charset: Charset, vu: &mut VirtualUser, out: &mut String) -> Result<(), Fault> {
        if !self.always_encode.get(vu)? {
            return self.value.write(vu, out);
        }
        url_encode(&self.value.text(vu)?, charset, out);
        Ok(())
    }

    /// The texts that it is made of.
    pub(super) fn texts(&self) -> [&Prop<String>; 4] {
        [&self.name, &self.value, &self.metadata, &self.content_type]
    }
}

/// Appends the parameters as the query of an address (`HTTPSamplerBase.getQueryString`). Values in a charset that does not
/// exist are left out.
pub(in crate::elements::samplers) fn write_query(
    parameters: &[Parameter],
    encoding: &str,
    vu: &mut VirtualUser,
    out: &mut String,
) -> Result<(), Fault> {
    let charset = if encoding.trim().is_empty() { Some(Charset::UTF_8) } else { form::charset(encoding).ok() };
    let start = out.len();
    for parameter in parameters {
        let encodes = parameter.always_encode.get(vu)?;
        let name = parameter.name.text(vu)?;
        if name.is_empty() {
            continue;
        }
        if out.len() > start {
            out.push('&');
        }
        match encodes {
            true => url_encode(&name, Charset::UTF_8, out),
            false => out.push_str(&name),
        }
        parameter.metadata.write(vu, out)?;
        match charset {
            _ if !encodes => parameter.value.write(vu, out)?,
            Some(charset) => parameter.write_value(charset, vu, out)?,
            None => log::warn!(
                target: "o.a.j.p.h.s.HTTPSamplerBase",
                "Unable to encode parameter in encoding {encoding}, parameter value not included in query string"
            ),
        }
    }
    Ok(())
}

/// Whether there are parameters and none has a name: then their values make the body.
pub(super) fn are_nameless(parameters: &[Parameter], vu: &mut VirtualUser) -> Result<bool, Fault> {
    for parameter in parameters {
        // JMeter asks for the name twice, which a counter in it shows.
        parameter.name.text(vu)?;
        if !parameter.name.text(vu)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(!parameters.is_empty())
}

/// The parameters as they are now.
pub(super) fn current<'a>(planned: &'a [Parameter], vu: &VirtualUser) -> Cow<'a, [Parameter]> {
    match vu.overrides.list::<Vec<Parameter>>(PARAMETERS) {
        Some(changed) => Cow::Owned(changed.clone()),
        None => Cow::Borrowed(planned),
    }
}
