//! A page as `JTidy` makes it: without elements that HTML 4 does not know, and without the rows' groups that no page
//! writes.

use super::read;
use crate::query::dom::{Document, Kind, Name, NodeId};

/// The elements of HTML 4 and those that browsers of its time added.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "b",
    "base",
    "basefont",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "font",
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
    "hr",
    "html",
    "i",
    "iframe",
    "ilayer",
    "img",
    "input",
    "ins",
    "isindex",
    "kbd",
    "keygen",
    "label",
    "layer",
    "legend",
    "li",
    "link",
    "listing",
    "map",
    "marquee",
    "menu",
    "meta",
    "multicol",
    "nextid",
    "nobr",
    "noembed",
    "noframes",
    "nolayer",
    "nosave",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "plaintext",
    "pre",
    "q",
    "rb",
    "rbc",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "select",
    "server",
    "servlet",
    "small",
    "spacer",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "xmp",
];

/// Elements within a line: white space around them counts.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "basefont", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em", "font",
    "i", "img", "input", "ins", "kbd", "label", "map", "nobr", "q", "s", "samp", "select", "small", "span", "strike",
    "strong", "sub", "sup", "textarea", "tt", "u", "var",
];

/// Elements whose white space is left as it is.
const VERBATIM: &[&str] = &["pre", "script", "style", "textarea", "listing", "xmp", "plaintext"];

/// Reads a page as `JTidy` does.
#[must_use]
pub fn tidied(text: &str) -> Document {
    let page = read(text);
    let writes_groups = text.to_ascii_lowercase().contains("<tbody");
    let mut tidy = Tidy { page: &page, document: Document::default(), writes_groups };
    tidy.copy(Document::ROOT, Document::ROOT, false);
    tidy.document
}

struct Tidy<'p> {
    page: &'p Document,
    document: Document,
    /// The page has groups of rows of its own.
    writes_groups: bool,
}

impl Tidy<'_> {
    fn copy(&mut self, from: NodeId, to: NodeId, verbatim: bool) {
        let children = self.page.children(from);
        for (place, child) in children.iter().enumerate() {
            match self.page.kind(*child) {
                Kind::Element(name) if self.is_dropped(name.qualified()) => self.copy(*child, to, verbatim),
                Kind::Element(name) => {
                    let element = self.document.add_child(to, Kind::Element(name.clone()));
                    for attribute in self.page.attributes(*child) {
                        if let Kind::Attribute(name, value) = self.page.kind(*attribute) {
                            self.document.add_attribute(element, name.clone(), value.clone());
                        }
                    }
                    if name.qualified() == "head" {
                        self.add_head(element, *child);
                    }
                    self.copy(*child, element, verbatim || VERBATIM.contains(&name.qualified()));
                }
                Kind::Text(text) if verbatim => drop(self.document.add_child(to, Kind::Text(text.clone()))),
                Kind::Text(text) => {
                    let before = place.checked_sub(1).and_then(|before| children.get(before));
                    let after = children.get(place + 1);
                    let text = self.collapsed(text, before.copied(), after.copied(), from);
                    if !text.is_empty() {
                        self.document.add_child(to, Kind::Text(text));
                    }
                }
                kind => drop(self.document.add_child(to, kind.clone())),
            }
        }
    }

    fn is_dropped(&self, name: &str) -> bool {
        name == "tbody" && !self.writes_groups || !KNOWN.contains(&name)
    }

    /// What `JTidy` adds to every head.
    fn add_head(&mut self, head: NodeId, page_head: NodeId) {
        let meta = self.document.add_child(head, Kind::Element(Name::new("meta", None)));
        let text = "HTML Tidy for Java (vers. 2009-12-01), see jtidy.sourceforge.net";
        self.document.add_attribute(meta, Name::new("name", None), "generator".into());
        self.document.add_attribute(meta, Name::new("content", None), text.into());
        let is_title = |child: &NodeId| self.page.name(*child).is_some_and(|name| name.qualified() == "title");
        if !self.page.children(page_head).iter().any(is_title) {
            self.document.add_child(head, Kind::Element(Name::new("title", None)));
        }
    }

    /// A text whose white space is one blank, or none where a block begins or ends.
    fn collapsed(&self, text: &str, before: Option<NodeId>, after: Option<NodeId>, around: NodeId) -> String {
        let mut collapsed = String::with_capacity(text.len());
        for char in text.chars() {
            match char {
                ' ' | '\t' | '\n' | '\r' => {
                    if !collapsed.ends_with(' ') {
                        collapsed.push(' ');
                    }
                }
                _ => collapsed.push(char),
            }
        }
        let is_inline = |node: Option<NodeId>| {
            node.and_then(|node| self.page.name(node))
                .is_some_and(|name| INLINE.contains(&name.qualified()) || !KNOWN.contains(&name.qualified()))
        };
        let inside_line = is_inline(Some(around));
        let text = if is_inline(before) || inside_line { &collapsed } else { collapsed.trim_start() };
        let text = if is_inline(after) || inside_line { text } else { text.trim_end() };
        text.to_owned()
    }
}
