//! jsoup: pages as browsers read them, and texts as a reader sees them.

use super::{Dialect, Selector, SelectorError};
use crate::query::dom::{Document, Kind, NodeId};
use crate::query::html;

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "canvas",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "ins",
    "li",
    "link",
    "listing",
    "main",
    "marquee",
    "math",
    "menu",
    "meta",
    "nav",
    "noframes",
    "noscript",
    "ol",
    "p",
    "plaintext",
    "pre",
    "script",
    "section",
    "style",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];

/// Elements whose white space counts.
const VERBATIM: &[&str] = &["pre", "plaintext", "title", "textarea"];

/// A page as jsoup reads it.
pub struct Jsoup(Document);

impl Jsoup {
    /// Reads a page.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self(html::read(text))
    }

    /// What a selector finds: texts of elements, or the values of an attribute, empty where there is none.
    ///
    /// # Errors
    /// When the text is no selector.
    pub fn find(&self, selector: &str, attribute: Option<&str>) -> Result<Vec<Option<String>>, SelectorError> {
        let selector = Selector::new(selector, Dialect::Jsoup)?;
        let document = &self.0;
        let elements = document.descendants(Document::ROOT).into_iter();
        let found = elements.filter(|node| document.is_element(*node) && selector.matches(document, *node));
        let value = |element| match attribute {
            Some(name) => document.attribute(element, &name.to_lowercase()).unwrap_or_default().to_owned(),
            None => text(document, element),
        };
        Ok(found.map(|element| Some(value(element))).collect())
    }
}

/// The text of an element: white space collapsed, blocks apart.
pub(super) fn text(document: &Document, element: NodeId) -> String {
    let mut text = String::new();
    add_text(document, element, &mut text);
    text.trim().to_owned()
}

/// The text in an element itself, not in those within.
pub(super) fn own_text(document: &Document, element: NodeId) -> String {
    let mut text = String::new();
    for child in document.children(element) {
        match document.kind(*child) {
            Kind::Text(part) => add_part(document, *child, part, &mut text),
            Kind::Element(name) if name.qualified() == "br" && !ends_blank(&text) => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn add_text(document: &Document, element: NodeId, out: &mut String) {
    let name = |node: NodeId| document.name(node).map_or("", |name| name.qualified());
    if matches!(name(element), "script" | "style") {
        return;
    }
    let children = document.children(element);
    for (place, child) in children.iter().enumerate() {
        match document.kind(*child) {
            Kind::Text(part) => add_part(document, *child, part, out),
            Kind::Element(inner) => {
                let is_block = BLOCKS.contains(&inner.qualified());
                if !out.is_empty() && (is_block || inner.qualified() == "br") && !ends_blank(out) {
                    out.push(' ');
                }
                add_text(document, *child, out);
                let is_before_text =
                    children.get(place + 1).is_some_and(|next| matches!(document.kind(*next), Kind::Text(_)));
                if is_block && is_before_text && !ends_blank(out) {
                    out.push(' ');
                }
            }
            _ => {}
        }
    }
}

fn ends_blank(text: &str) -> bool {
    text.ends_with(' ')
}

fn add_part(document: &Document, node: NodeId, part: &str, out: &mut String) {
    let mut around = std::iter::successors(document.parent(node), |node| document.parent(*node)).take(6);
    let is_verbatim = |node: NodeId| document.name(node).is_some_and(|name| VERBATIM.contains(&name.qualified()));
    if around.any(is_verbatim) {
        out.push_str(part);
        return;
    }
    for char in part.chars() {
        match char {
            ' ' | '\t' | '\n' | '\x0c' | '\r' | '\u{a0}' => {
                if !out.is_empty() && !ends_blank(out) {
                    out.push(' ');
                }
            }
            // Characters that nobody sees.
            '\u{200b}' | '\u{ad}' => {}
            _ => out.push(char),
        }
    }
}
