//! HTML Link Parser: replaces the next request by one of the links or forms of the last page that it describes.
//!
//! Protocol, domain and path of the request may be regular expressions; of its parameters the names count, as in
//! `HtmlParsingUtils.isAnchorMatched`. One of those that fit is chosen at random. The port stays.

mod links;

use std::sync::Arc;

use super::PreProcessor;
use super::current_request::CurrentRequest;
use crate::elements::{Element, ElementType};
use crate::functions::regex_engine::dialect;
use crate::java::{Charset, Url, url_decode};
use crate::model::{Fault, Fields, Parameter, Prop, VirtualUser};
use crate::query::regex::{Dialect, Pattern, compiled};
use links::Link;

pub(super) const ELEMENT: ElementType =
    ElementType::new("AnchorModifier", "HTML Link Parser", |fields: &Fields<'_>| {
        let properties = &fields.loading.run.properties;
        fields.loading.run.announce_reader();
        Element::pre_processor(AnchorModifier {
            dialect: dialect(properties),
            default_encoding: properties.text("sampleresult.default.encoding", "UTF-8"),
        })
    });

struct AnchorModifier {
    dialect: Dialect,
    default_encoding: Arc<str>,
}

impl PreProcessor for AnchorModifier {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let previous = vu.previous.clone().filter(|previous| previous.http.is_some());
        let (Some(request), Some(previous)) = (CurrentRequest::of(vu), previous) else {
            log::info!(
                target: "o.a.j.p.h.m.AnchorModifier",
                "Can't apply HTML Link Parser when the previous sampler run is not an HTTP Request."
            );
            return Ok(());
        };
        let Some(url) = previous.url.as_deref().and_then(|url| Url::parse(url).ok()) else { return Ok(()) };
        let wanted = Wanted::of(&request, self.dialect, vu)?;
        let mut fitting = Vec::new();
        for link in links::of_page(&previous.response_text(&self.default_encoding), &url) {
            if wanted.fits(&link)? {
                fitting.push(link);
            }
        }
        if fitting.is_empty() {
            return Ok(());
        }
        let chosen = vu.random_index(fitting.len());
        self.apply(fitting.swap_remove(chosen), &request, vu)
    }
}

impl AnchorModifier {
    fn apply(&self, link: Link, request: &CurrentRequest, vu: &mut VirtualUser) -> Result<(), Fault> {
        CurrentRequest::set_domain(vu, link.url.host());
        let parameters =
            if link.is_form { self.filled_in(request.parameters(vu), link.parameters, vu)? } else { link.parameters };
        CurrentRequest::set_parameters(vu, parameters);
        request.set_path(vu, link.url.path())?;
        CurrentRequest::set_protocol(vu, link.url.protocol());
        Ok(())
    }

    /// The parameters of the request, each replaced by a field of the form that fits name and value, and that no other has taken.
    fn filled_in(
        &self,
        parameters: Vec<Parameter>,
        mut fields: Vec<Parameter>,
        vu: &mut VirtualUser,
    ) -> Result<Vec<Parameter>, Fault> {
        let mut filled = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let (name, value) = (parameter.name.text(vu)?, parameter.value.text(vu)?);
            let mut fitting = Vec::new();
            for (at, field) in fields.iter().enumerate() {
                let fits = is_or_matches(&field.name.text(vu)?, &name, self.dialect)
                    && is_or_matches(&field.value.text(vu)?, &value, self.dialect);
                fitting.extend(fits.then_some(at));
            }
            if fitting.is_empty() {
                filled.push(parameter.clone());
                continue;
            }
            let field = fields.remove(fitting[vu.random_index(fitting.len())]);
            filled.push(Parameter { name: field.name, value: field.value, ..parameter.clone() });
        }
        Ok(filled)
    }
}

/// Whether a text is, or as a whole matches, a pattern. A pattern that is none only stands for itself.
fn is_or_matches(text: &str, pattern: &str, dialect: Dialect) -> bool {
    text == pattern || compiled(pattern, dialect).is_ok_and(|pattern| pattern.is_whole(text))
}

/// What links are looked for.
struct Wanted {
    dialect: Dialect,
    protocol: String,
    domain: String,
    path: String,
    /// The names of the parameters.
    names: Vec<String>,
}

impl Wanted {
    fn of(request: &CurrentRequest, dialect: Dialect, vu: &mut VirtualUser) -> Result<Self, Fault> {
        let names: Result<Vec<String>, Fault> =
            request.parameters(vu).iter().map(|parameter| Ok(Prop::text(&parameter.name, vu)?.into_owned())).collect();
        let (protocol, domain) = (request.protocol(vu)?, request.domain(vu)?);
        Ok(Self { dialect, protocol, domain, path: request.path(vu)?, names: names? })
    }

    fn fits(&self, link: &Link) -> Result<bool, Fault> {
        let query = url_decode(&link.query, Charset::UTF_8);
        let query = query.map_err(|error| Fault::illegal_argument(error.to_string()))?;
        if !self.is_or_matches(link.url.protocol(), &self.protocol, "")?
            || !self.domain.is_empty() && !self.is_or_matches(link.url.host(), &self.domain, "")?
            || !self.is_or_matches(link.url.path(), &self.path, "[/]*")?
        {
            return Ok(false);
        }
        for name in &self.names {
            if !query.contains(&format!("{name}=")) && !self.pattern(name)?.is_in(&query) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn is_or_matches(&self, text: &str, wanted: &str, before: &str) -> Result<bool, Fault> {
        Ok(text == wanted || self.pattern(&format!("{before}{wanted}"))?.is_whole(text))
    }

    fn pattern(&self, text: &str) -> Result<Arc<Pattern>, Fault> {
        compiled(text, self.dialect).map_err(|error| Fault::exception(error.java_class(), error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_fit_descriptions() {
        let page = "<a href='/shop/item?id=7&amp;x=1'>a</a><a href='https://other/shop/'>b</a>";
        let links = links::of_page(page, &Url::parse("http://h:8080/").unwrap());
        let check = |[protocol, domain, path]: [&str; 3], names: &[&str], expected: [bool; 2]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            let (protocol, domain, path) = (protocol.to_owned(), domain.to_owned(), path.to_owned());
            let wanted = Wanted { dialect: Dialect::Oro, protocol, domain, path, names };
            let fits: Vec<bool> = links.iter().map(|link| wanted.fits(link).unwrap()).collect();
            assert_eq!(fits, expected, "{} {} {}", wanted.protocol, wanted.domain, wanted.path);
        };
        check(["http", "h", "/shop/item"], &["id"], [true, false]);
        check(["http", "h", "shop/.*"], &["i.", "x"], [true, false]);
        check(["http", "h", "/shop/item"], &["other"], [false, false]);
        check(["https?", "", "/shop/.*"], &[], [true, true]);
        check(["https?", "", "/shop"], &[], [false, false]);
    }
}
