//! The links and forms of a page (`AnchorModifier`, `HtmlParsingUtils`).

use std::borrow::Cow;
use std::fmt::Write;

use crate::elements::pre_processors::current_request::parse_query;
use crate::elements::samplers::http_sampler::relative_url;
use crate::java::{Charset, Url, url_decode, url_encode};
use crate::model::Parameter;
use crate::query::tags::{Tag, Token, Tokens, decoded};

/// What a request can be replaced by.
#[derive(Debug)]
pub(super) struct Link {
    pub url: Url,
    pub is_form: bool,
    pub parameters: Vec<Parameter>,
    /// The parameters as in an address.
    pub query: String,
}

/// All of a page that came from an address: links first, then forms, then frames. Forms know nothing of the page's base.
pub(super) fn of_page(page: &str, url: &Url) -> Vec<Link> {
    let page = page.find('<').map_or(page, |start| &page[start..]);
    let tags: Vec<Tag<'_>> = Tokens::new(page)
        .filter_map(|token| match token {
            Token::Start(tag) => Some(tag),
            _ => None,
        })
        .collect();
    let base = tags.iter().find(|tag| tag.is("base")).and_then(|tag| tag.value("href"));
    let base = base.map_or(Ok(url.clone()), |base| relative_url(url, &base));
    let Ok(base) = base else { return forms(page, url) };
    let of_attribute = |name: &'static str, attribute: &'static str| {
        let values = tags.iter().filter(move |tag| tag.is(name)).filter_map(move |tag| tag.value(attribute));
        values.filter_map(|address| link(&address, &base)).collect::<Vec<_>>()
    };
    let mut links = of_attribute("a", "href");
    links.extend(forms(page, url));
    links.extend(of_attribute("frame", "src"));
    links
}

fn link(address: &str, base: &Url) -> Option<Link> {
    let address = repaired(address);
    if address.starts_with("javascript:") {
        return None;
    }
    let url = relative_url(base, &address).ok()?;
    let query = url.query().unwrap_or_default().to_owned();
    Some(Link { is_form: false, parameters: parse_query(&query).collect(), query, url })
}

/// An address as Tidy mends it: line ends go, backslashes become slashes, blanks and what is not ASCII are encoded.
fn repaired(address: &str) -> String {
    let mut repaired = String::with_capacity(address.len());
    for char in address.trim().chars() {
        match char {
            '\r' | '\n' => {}
            '\\' => repaired.push('/'),
            '<' | '>' | '\0'..=' ' | '\x7f'.. => {
                // Writing to a String cannot fail.
                let _ = write!(repaired, "%{:02X}", u32::from(char));
            }
            other => repaired.push(other),
        }
    }
    repaired
}

/// The forms with the fields that follow their beginning, up to the next form.
fn forms(page: &str, url: &Url) -> Vec<Link> {
    let mut forms: Vec<Link> = Vec::new();
    let mut selection = None;
    let mut is_inside = false;
    for token in Tokens::new(page) {
        let tag = match token {
            Token::Start(tag) => tag,
            Token::End(name) => {
                if name.eq_ignore_ascii_case("select") {
                    selection = None;
                }
                continue;
            }
            _ => continue,
        };
        if tag.is("form") {
            let form = tag.value("action").and_then(|action| link(&action, url));
            is_inside = form.is_some();
            forms.extend(form.map(|form| Link { is_form: true, ..form }));
            continue;
        }
        let Some(form) = forms.last_mut().filter(|_| is_inside) else { continue };
        let attribute = |name: &str| tag.value(name).unwrap_or_default().into_owned();
        match tag.name.to_ascii_lowercase().as_str() {
            "input" => form.add_field(&attribute("name"), &attribute("value")),
            "textarea" => form.add_field(&attribute("name"), &text_of(page, &tag)),
            "select" => selection = Some(attribute("name")),
            "option" => {
                if let Some(name) = &selection {
                    form.add_field(name, &attribute("value"));
                }
            }
            _ => {}
        }
    }
    forms
}

/// What stands between a tag and the next one.
fn text_of<'p>(page: &'p str, tag: &Tag<'_>) -> Cow<'p, str> {
    let text = page.get(tag.end..).unwrap_or_default();
    decoded(&text[..text.find('<').unwrap_or(text.len())])
}

impl Link {
    /// Adds a field of a form, which counts as encoded. One that cannot be decoded is left out.
    fn add_field(&mut self, name: &str, value: &str) {
        let decode = |text: &str| url_decode(text, Charset::UTF_8).ok().map(Cow::into_owned);
        let (Some(name), Some(value)) = (decode(name), decode(value)) else { return };
        let before = if self.query.is_empty() { "" } else { "&" };
        self.query.push_str(before);
        url_encode(&name, Charset::UTF_8, &mut self.query);
        self.query.push('=');
        url_encode(&value, Charset::UTF_8, &mut self.query);
        self.parameters.push(Parameter::new(name, value, true));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_links_and_forms() {
        let check = |page: &str, expected: &[&str]| {
            let links = of_page(page, &Url::parse("http://h/a/b").unwrap());
            let shown = |link: &Link| {
                let kind = if link.is_form { "POST" } else { "GET" };
                format!("{kind} {}://{}{} {}", link.url.protocol(), link.url.host(), link.url.path(), link.query)
            };
            assert_eq!(links.iter().map(shown).collect::<Vec<_>>(), expected, "{page}");
        };
        check("text <a href='c?x=1&amp;y'>", &["GET http://h/a/c x=1&y"]);
        check(
            "<base href='http://other/z/'><A HREF=c></A><frame src=d>",
            &["GET http://other/z/c ", "GET http://other/z/d "],
        );
        check("<a href='javascript:x()'><a name=x><a href='nothing:x'>", &[]);
        check("<a href='\\x y'>", &["GET http://h/x%20y "]);
        check(
            "<form action=/f?q=1><input name=a value='1 2'><textarea name=t>x &amp; y</textarea>\
             <select name=s><option value=1>one<option value=2></select></form><input name=after><input name='%'>",
            &["POST http://h/f q=1&a=1+2&t=x+%26+y&s=1&s=2&after="],
        );
        check("<form><input name=a></form>", &[]);
    }
}
