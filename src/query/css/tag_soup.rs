//! HTML read tag by tag, as Jodd's Lagarto does: nothing is added, and an end tag ends what is open within.

use crate::query::dom::{Document, Kind, Name, NodeId};

/// The value of an attribute that is only named.
pub(super) const NO_VALUE: &str = "\u{0}";

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements whose content is a text.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Elements that end where one of the others begins.
const ENDED_BY: &[(&str, &[&str])] = &[
    ("li", &["li"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("option", &["option", "optgroup"]),
    ("optgroup", &["optgroup"]),
    ("tr", &["tr", "tbody", "tfoot", "thead"]),
    ("td", &["td", "th", "tr", "tbody"]),
    ("th", &["td", "th", "tr", "tbody"]),
    (
        "p",
        &[
            "address",
            "article",
            "aside",
            "blockquote",
            "div",
            "dl",
            "fieldset",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "ul",
        ],
    ),
];

/// Reads a text.
pub(super) fn read(text: &str) -> Document {
    let mut reader = Reader { rest: text, document: Document::default(), open: Vec::new() };
    while reader.read_piece() {}
    reader.document
}

struct Reader<'t> {
    rest: &'t str,
    document: Document,
    open: Vec<(String, NodeId)>,
}

impl<'t> Reader<'t> {
    /// Reads a text or a tag; false at the end.
    fn read_piece(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        let is_tag = |text: &str| {
            text[1..].starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!' | '?'))
        };
        let starts = self.rest.match_indices('<').map(|(at, _)| at);
        let end = starts.into_iter().find(|at| is_tag(&self.rest[*at..])).unwrap_or(self.rest.len());
        if end > 0 {
            let text = self.take(end);
            self.add_text(text, true);
            return true;
        }
        if let Some(rest) = self.rest.strip_prefix("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |at| at + 3);
            self.rest = &rest[end..];
        } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
            let end = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
            self.take(end);
        } else if let Some(rest) = self.rest.strip_prefix("</") {
            let end = rest.find('>').unwrap_or(rest.len());
            let name = rest[..end].trim().to_lowercase();
            self.rest = rest.get(end + 1..).unwrap_or_default();
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                self.open.truncate(at);
            }
        } else {
            self.read_start_tag();
        }
        true
    }

    fn take(&mut self, end: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn parent(&self) -> NodeId {
        self.open.last().map_or(Document::ROOT, |(_, node)| *node)
    }

    fn add_text(&mut self, text: &str, decodes: bool) {
        let parent = self.parent();
        let text = if decodes { decoded(text) } else { text.to_owned() };
        self.document.add_child(parent, Kind::Text(text));
    }

    fn read_start_tag(&mut self) {
        self.rest = &self.rest[1..];
        let is_end = |char: char| char.is_whitespace() || matches!(char, '>' | '/');
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let name = self.take(end).to_lowercase();
        while let Some((open, _)) = self.open.last()
            && ENDED_BY.iter().any(|(ended, by)| ended == open && by.contains(&name.as_str()))
        {
            self.open.pop();
        }
        let parent = self.parent();
        let element = self.document.add_child(parent, Kind::Element(Name::new(name.as_str(), None)));
        let is_closed = self.read_attributes(element);
        if is_closed || VOID.contains(&name.as_str()) {
            return;
        }
        let is_raw = RAW.contains(&name.as_str());
        let decodes = matches!(name.as_str(), "textarea" | "title");
        self.open.push((name.clone(), element));
        if is_raw {
            let lower = self.rest.to_ascii_lowercase();
            let end = lower.find(&format!("</{name}")).unwrap_or(self.rest.len());
            let text = self.take(end);
            if !text.is_empty() {
                self.add_text(text, decodes);
            }
        }
    }

    /// Reads the attributes up to the end of the tag; true if the tag closes its element.
    fn read_attributes(&mut self, element: NodeId) -> bool {
        let mut is_closed = false;
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else { return is_closed };
            if first == '>' {
                self.take(1);
                return is_closed;
            }
            is_closed = first == '/';
            if is_closed {
                self.take(1);
                continue;
            }
            let end = self.rest[first.len_utf8()..]
                .find(|char: char| char.is_whitespace() || matches!(char, '=' | '>' | '/'))
                .map_or(self.rest.len(), |at| at + first.len_utf8());
            let name = self.take(end).to_lowercase();
            self.rest = self.rest.trim_start();
            let value = match self.rest.strip_prefix('=') {
                None => NO_VALUE.to_owned(),
                Some(rest) => {
                    self.rest = rest.trim_start();
                    decoded(self.read_value())
                }
            };
            if self.document.attribute(element, &name).is_none() {
                self.document.add_attribute(element, Name::new(name, None), value);
            }
        }
    }

    fn read_value(&mut self) -> &'t str {
        let quote = self.rest.chars().next().filter(|char| matches!(char, '"' | '\''));
        match quote {
            Some(quote) => {
                self.take(1);
                let end = self.rest.find(quote).unwrap_or(self.rest.len());
                let value = self.take(end);
                self.take(usize::from(!self.rest.is_empty()));
                value
            }
            None => {
                let end = self.rest.find(|char: char| char.is_whitespace() || char == '>').unwrap_or(self.rest.len());
                self.take(end)
            }
        }
    }
}

/// A text with its references to characters resolved: a page of one text has them resolved by the reader of pages.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let page = crate::query::html::read(&format!("<textarea>\n{}", text.replace('<', "&lt;")));
    let is_area = |node: &NodeId| page.name(*node).is_some_and(|name| name.qualified() == "textarea");
    page.descendants(Document::ROOT).into_iter().find(is_area).map(|area| page.text(area)).unwrap_or_default()
}
