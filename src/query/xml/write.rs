//! Writes parts of a document as XML: as Xalan does, and as Saxon does.

use crate::query::dom::{Document, Kind, NodeId};

/// Writes an element as Xalan's serializer does: the namespaces known there first, then the attributes sorted by name.
#[must_use]
pub fn write_plain(document: &Document, node: NodeId) -> String {
    let mut writer = Writer { document, out: String::new(), sorts: true, indents: false };
    writer.write(node, true, None);
    writer.out
}

/// Writes a node as Saxon's serializer does: elements that hold only elements on lines of their own, indented by three.
#[must_use]
pub fn write_indented(document: &Document, node: NodeId) -> String {
    let mut writer = Writer { document, out: String::new(), sorts: false, indents: true };
    if let Kind::Attribute(name, value) = document.kind(node) {
        writer.write_attribute(name.qualified(), value);
        return writer.out.trim_start().to_owned();
    }
    writer.write(node, true, Some(0));
    writer.out
}

struct Writer<'d> {
    document: &'d Document,
    out: String,
    sorts: bool,
    indents: bool,
}

impl Writer<'_> {
    /// Writes a node; `depth` is `None` where white space counts.
    fn write(&mut self, node: NodeId, is_outermost: bool, depth: Option<usize>) {
        match self.document.kind(node) {
            Kind::Root => {
                for child in self.document.children(node) {
                    self.write(*child, true, depth);
                }
            }
            Kind::Element(name) => self.write_element(node, name.qualified(), is_outermost, depth),
            Kind::Attribute(_, text) | Kind::Text(text) | Kind::CData(text) => escape(text, false, &mut self.out),
            Kind::Comment(text) => self.out.extend(["<!--", text, "-->"]),
            Kind::Instruction(target, text) => self.out.extend(["<?", target, " ", text, "?>"]),
        }
    }

    fn write_element(&mut self, node: NodeId, name: &str, is_outermost: bool, depth: Option<usize>) {
        self.out.extend(["<", name]);
        let document = self.document;
        let mut own: Vec<(&str, &str)> = Vec::new();
        let mut declared: Vec<(String, &str)> = Vec::new();
        for attribute in document.attributes(node) {
            if let Kind::Attribute(name, value) = document.kind(*attribute) {
                match name.declares() {
                    Some(_) => declared.push((name.qualified().to_owned(), value)),
                    None => own.push((name.qualified(), value)),
                }
            }
        }
        if is_outermost {
            let in_scope = document.namespaces(node).into_iter().filter(|(_, uri)| !uri.is_empty());
            declared = in_scope
                .map(|(prefix, uri)| (if prefix.is_empty() { "xmlns".into() } else { format!("xmlns:{prefix}") }, uri))
                .collect();
        }
        if self.sorts {
            own.sort_unstable();
        }
        for (name, value) in &declared {
            self.write_attribute(name, value);
        }
        for (name, value) in own {
            self.write_attribute(name, value);
        }
        let children = document.children(node);
        if children.is_empty() {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        let is_text = |child: &NodeId| matches!(document.kind(*child), Kind::Text(_) | Kind::CData(_));
        let is_blank = |child: &NodeId| document.value(*child).is_some_and(|text| text.trim().is_empty());
        let has_text = children.iter().any(|child| is_text(child) && !is_blank(child));
        let holds_elements = children.iter().any(|child| document.is_element(*child));
        let inner = depth.filter(|_| self.indents && !has_text && holds_elements).map(|depth| depth + 1);
        for child in children {
            if inner.is_some() && is_text(child) {
                continue;
            }
            self.new_line(inner);
            self.write(*child, false, inner);
        }
        self.new_line(inner.map(|depth| depth - 1));
        self.out.extend(["</", name, ">"]);
    }

    fn new_line(&mut self, depth: Option<usize>) {
        if let Some(depth) = depth {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("   ", depth));
        }
    }

    fn write_attribute(&mut self, name: &str, value: &str) {
        self.out.extend([" ", name, "=\""]);
        escape(value, true, &mut self.out);
        self.out.push('"');
    }
}

fn escape(text: &str, is_attribute: bool, out: &mut String) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(char),
        }
    }
}
