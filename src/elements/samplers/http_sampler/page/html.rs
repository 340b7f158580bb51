//! The resources of HTML pages (`LagartoBasedHtmlParser`).

use std::borrow::Cow;
use std::sync::LazyLock;

use indexmap::IndexMap;
use regex::Regex;

use super::condition;
use crate::elements::samplers::http_sampler::redirects::relative_url;
use crate::java::Url;
use crate::model::Fault;
use crate::query::tags::{Tag, Token, Tokens};

/// Everything between the first and the last quote, as JMeter has it.
static STYLE_URL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?is)URL\(\s*['"](.*)['"]\s*\)"#).expect("the pattern is valid"));

/// The resources, each once, in their order.
pub(super) fn resources(text: &str, page: &Url, ie_version: Option<f32>) -> Result<Vec<Url>, Fault> {
    let mut found = Resources { base: page.clone(), urls: IndexMap::new() };
    let tokens = match ie_version {
        Some(_) => Tokens::new(text).with_conditions(),
        None => Tokens::new(text),
    };
    let mut conditions = Vec::new();
    for token in tokens {
        match token {
            Token::Start(tag) if conditions.last().copied().unwrap_or(true) => found.visit(&tag)?,
            Token::Condition(condition) => {
                conditions.push(ie_version.is_some_and(|version| condition::holds(condition, version)));
            }
            Token::ConditionEnd => drop(conditions.pop()),
            Token::Start(_) | Token::End(_) => {}
        }
    }
    Ok(found.urls.into_values().collect())
}

/// What was found so far.
struct Resources {
    base: Url,
    /// By their text.
    urls: IndexMap<String, Url>,
}

impl Resources {
    fn visit(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        match tag.name.to_ascii_lowercase().as_str() {
            "base" => self.set_base(tag)?,
            "script" => {
                self.add(tag.value("src"));
                return Ok(());
            }
            "img" | "frame" | "iframe" | "embed" | "bgsound" => self.add(tag.value("src")),
            "applet" => self.add_applet(tag),
            "object" => {
                self.add(tag.value("codebase"));
                self.add(tag.value("data"));
            }
            "input" if is_one_of(tag.value("type"), &["image"]) => self.add(tag.value("src")),
            "link" if is_one_of(tag.value("rel"), &["stylesheet", "icon", "shortcut icon", "preload"]) => {
                self.add(tag.value("href"));
            }
            "input" | "link" => {}
            _ => self.add(tag.value("background")),
        }
        if let Some(style) = tag.value("style") {
            for found in STYLE_URL.captures_iter(&style) {
                self.add_text(&found[1]);
            }
        }
        Ok(())
    }

    fn set_base(&mut self, tag: &Tag<'_>) -> Result<(), Fault> {
        let Some(base) = tag.value("href").filter(|base| !base.is_empty()) else { return Ok(()) };
        self.base = relative_url(&self.base, &base).map_err(|_| {
            let message = format!("java.lang.IllegalArgumentException: Error creating relative url from {base}");
            Fault::exception("org.apache.jmeter.protocol.http.parser.HTMLParseException", message)
        })?;
        Ok(())
    }

    fn add_applet(&mut self, tag: &Tag<'_>) {
        let given = |name| tag.value(name).filter(|value| !value.trim().is_empty());
        match given("codebase") {
            Some(folder) => {
                let file = given("archive").or_else(|| tag.value("code"));
                let file = file.as_deref().unwrap_or("null");
                self.add(Some(format!("{folder}/{file}").into()));
            }
            None => self.add(tag.value("code")),
        }
    }

    /// Adds the address in an attribute: without white space around it, and without line breaks in it.
    fn add(&mut self, value: Option<Cow<'_, str>>) {
        let Some(value) = value else { return };
        let value = value.trim_matches(|char| char <= ' ');
        match value.contains(['\n', '\r', '\x08', '\x0c']) {
            true => self.add_text(&value.replace(['\n', '\r', '\x08', '\x0c'], "")),
            false => self.add_text(value),
        }
    }

    /// Adds an address if it is one.
    fn add_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Ok(url) = relative_url(&self.base, &unescaped(text)) {
            self.urls.entry(url.as_str().to_owned()).or_insert(url);
        }
    }
}

fn is_one_of(value: Option<Cow<'_, str>>, known: &[&str]) -> bool {
    value.is_some_and(|value| known.iter().any(|known| value.eq_ignore_ascii_case(known)))
}

/// References are decoded a second time, those of XML only (`URLCollection.addURL`).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    quick_xml::escape::unescape(text).unwrap_or_else(|_| {
        let predefined = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
        predefined.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str, ie_version: Option<f32>) -> String {
        let page = Url::parse("http://h/d/p").unwrap();
        match resources(html, &page, ie_version) {
            Ok(urls) => urls.iter().map(Url::as_str).collect::<Vec<_>>().join(" "),
            Err(fault) => fault.to_string(),
        }
    }

    fn check(html: &str, expected: &str) {
        assert_eq!(found(html, None), expected, "{html}");
    }

    #[test]
    fn tags_name_resources() {
        check(
            "<img src=a><script src=b></script><frame src=c><iframe src=d></iframe><embed src=e><bgsound src=f>",
            "http://h/d/a http://h/d/b http://h/d/c http://h/d/d http://h/d/e http://h/d/f",
        );
        check("<body background=a><table background=b><image src=n><video src=n>", "http://h/d/a http://h/d/b");
        check("<input type=IMAGE src=a><input src=n>", "http://h/d/a");
        check(
            "<link rel=STYLESHEET href=a><link rel='Shortcut Icon' href=b><link rel='stylesheet icon' href=n>",
            "http://h/d/a http://h/d/b",
        );
        check("<object data=a codebase=b></object>", "http://h/d/b http://h/d/a");
        check(
            "<applet code=a><applet codebase=d code=e><applet codebase=d archive=f><applet codebase=d>",
            "http://h/d/a http://h/d/d/e http://h/d/d/f http://h/d/d/null",
        );
    }

    #[test]
    fn styles_name_resources_in_quotes() {
        check("<p style=\"background:url('a.png')\">", "http://h/d/a.png");
        check("<p style='background:url(a.png)'>", "");
        check("<p style=\"x:url('a'),url(&quot;b&quot; )\">", "http://h/d/a'),url(\"b");
        check("<script src=s style=\"url('n')\"></script>", "http://h/d/s");
    }

    #[test]
    fn addresses_are_relative_to_the_base() {
        check("<img src=a><base href='http://x/y/'><base href=z/><img src=a>", "http://h/d/a http://x/y/z/a");
        check(
            "<img src='//h2/x'><img src='../../../up'><img src='?q'><img src='#f'><img src='./x/../y'>",
            "http://h2/x http://h/up http://h/d/?q http://h/d/p#f http://h/d/y",
        );
        check("<img src='javascript:x'><img src='data:x'><img src='about:blank'><img src='mailto:a@b'>", "mailto:a@b");
        check(
            "<base href='foo://bar'>",
            "org.apache.jmeter.protocol.http.parser.HTMLParseException: \
            java.lang.IllegalArgumentException: Error creating relative url from foo://bar",
        );
    }

    #[test]
    fn addresses_are_cleaned_and_unique() {
        check("<img src='\n a\tb \n'><img src=a><img src=./a><img src=''><img src>", "http://h/d/a\tb http://h/d/a");
        check("<img src='x?a=1&amp;b=2&amp;amp;c&d'>", "http://h/d/x?a=1&b=2&c&d");
    }

    #[test]
    fn some_browsers_see_conditional_comments() {
        let html = "<!--[if IE 7]><img src=a><![endif]--><!--[if IE 6]><img src=b><![endif]--><img src=c>";
        assert_eq!(found(html, Some(7.0)), "http://h/d/a http://h/d/c");
        assert_eq!(found(html, None), "http://h/d/c");
    }
}
