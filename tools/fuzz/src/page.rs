//! Pages and style sheets, and what asks for their elements.

use loadline::elements::samplers::http_sampler::page::Parser;
use loadline::java::Url;
use loadline::query::css::{Jodd, Jsoup};

pub(crate) const PAGES: &[&[u8]] = &[
    b"<html><base href='/a/'><body background=x.gif><img src=\"b.png\"><!--[if lt IE 9]><script src=c.js></script><![endif]-->",
    b"<link rel=stylesheet href=a.css><style>@import url('b.css');</style><div style=\"background:URL('c.png')\"><object data=d>",
    b"@charset \"utf-8\"; @import \"a.css\" screen; /* @import b.css */ p { color: red } @import url( c.css );",
];
pub(crate) const SELECTORS: &[&[u8]] = &[
    b"div > p.intro:nth-child(2n+1), li:has(a[href$=two])\n<div><p class=intro>One<p class=intro>Two</div><li><a href=/two>2",
    b"a:not([href^='x']):first + b ~ c:matches(^T\\w+)\n<a href=1>T</a><b>x</b><c>Tx</c>",
];

/// What a page or a style sheet needs, for a browser of today and one that reads conditional comments.
pub(crate) fn resources(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(page) = Url::parse("http://localhost/folder/page?query") else { return };
    for (parser, user_agent) in [(Parser::Html, ""), (Parser::Html, "MSIE 7.0"), (Parser::StyleSheet, "")] {
        if let Ok(resources) = parser.resources(&text, &page, user_agent) {
            assert!(resources.len() <= data.len());
        }
    }
}

/// Selectors of both dialects, applied to a page.
pub(crate) fn selector(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (selector, page) = text.split_once('\n').unwrap_or((&text, "<p>x"));
    let _ = Jsoup::read(page).find(selector, Some("href"));
    let _ = Jodd::read(page).find(selector, None);
}
