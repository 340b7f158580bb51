//! Writing a plan: the same tree as was read, in JMeter's layout.

use std::fmt::Write;

use super::{Content, Node, Plan, Property};

/// The plan as the text of a `.jmx` file. Reading it again gives the same tree.
#[must_use]
pub fn write(plan: &Plan) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<jmeterTestPlan");
    write_attributes(&mut out, &plan.attributes);
    out.push_str(">\n");
    write_hash_tree(&mut out, &plan.nodes, 1);
    out.push_str("</jmeterTestPlan>\n");
    out
}

fn write_hash_tree(out: &mut String, nodes: &[Node], depth: usize) {
    indent(out, depth);
    if nodes.is_empty() {
        out.push_str("<hashTree/>\n");
        return;
    }
    out.push_str("<hashTree>\n");
    for node in nodes {
        write_tag(out, &node.tag, &node.attributes, &node.properties, depth + 1);
        write_hash_tree(out, &node.children, depth + 1);
    }
    indent(out, depth);
    out.push_str("</hashTree>\n");
}

fn write_tag(out: &mut String, tag: &str, attributes: &[(String, String)], nested: &[Property], depth: usize) {
    indent(out, depth);
    out.push('<');
    out.push_str(tag);
    write_attributes(out, attributes);
    if nested.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    for property in nested {
        write_property(out, property, depth + 1);
    }
    indent(out, depth);
    close(out, tag);
}

fn write_property(out: &mut String, property: &Property, depth: usize) {
    let text = match &property.content {
        Content::Nested(nested) => return write_tag(out, &property.tag, &property.attributes, nested, depth),
        Content::Text(text) => text,
    };
    indent(out, depth);
    out.push('<');
    out.push_str(&property.tag);
    write_attributes(out, &property.attributes);
    if text.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push('>');
    escape(out, text, false);
    close(out, &property.tag);
}

fn close(out: &mut String, tag: &str) {
    out.push_str("</");
    out.push_str(tag);
    out.push_str(">\n");
}

fn write_attributes(out: &mut String, attributes: &[(String, String)]) {
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(out, value, true);
        out.push('"');
    }
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// XStream's escapes: also control characters, as references that a strict XML 1.0 parser would refuse.
fn escape(out: &mut String, text: &str, attribute: bool) {
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' | '\t' if !attribute => out.push(char),
            '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "&#x{:x};", u32::from(char));
            }
            _ => out.push(char),
        }
    }
}
