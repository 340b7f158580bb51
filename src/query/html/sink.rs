//! Where the parser puts what it reads.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

use crate::query::dom::{Document, Kind, Name, NodeId};

/// The nodes as they are while the page is read: they may still move.
pub(super) struct Sink {
    nodes: RefCell<Vec<Node>>,
}

struct Node {
    parent: Option<usize>,
    name: Option<QualName>,
    kind: Kind,
    attributes: Vec<(String, String)>,
    children: Vec<usize>,
}

impl Node {
    fn of(kind: Kind) -> Self {
        Self { parent: None, name: None, kind, attributes: Vec::new(), children: Vec::new() }
    }
}

impl Default for Sink {
    fn default() -> Self {
        Self { nodes: RefCell::new(vec![Node::of(Kind::Root)]) }
    }
}

impl Sink {
    fn add(&self, node: Node) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        nodes.len() - 1
    }

    /// Puts a node or a text at a place among the children of another.
    fn insert(&self, parent: usize, place: usize, child: NodeOrText<usize>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.remove_from_parent(&node);
                let mut nodes = self.nodes.borrow_mut();
                nodes[node].parent = Some(parent);
                let place = place.min(nodes[parent].children.len());
                nodes[parent].children.insert(place, node);
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                // Texts that follow each other are one.
                let before = place.checked_sub(1).and_then(|before| nodes[parent].children.get(before).copied());
                if let Some(Kind::Text(known)) = before.map(|before| &mut nodes[before].kind) {
                    known.push_str(&text);
                    return;
                }
                drop(nodes);
                let node = self.add(Node { parent: Some(parent), ..Node::of(Kind::Text(text.to_string())) });
                self.nodes.borrow_mut()[parent].children.insert(place, node);
            }
        }
    }

    fn end_of(&self, node: usize) -> usize {
        self.nodes.borrow()[node].children.len()
    }
}

/// Copies a node with all below it, in the order of the text.
fn copy(nodes: &mut [Node], from: usize, to: NodeId, document: &mut Document) {
    // An own stack: pages may be nested as deep as they like.
    let mut open = vec![(from, to, 0)];
    while let Some((from, to, place)) = open.pop() {
        let Some(child) = nodes[from].children.get(place).copied() else { continue };
        open.push((from, to, place + 1));
        let kind = std::mem::replace(&mut nodes[child].kind, Kind::Root);
        let copied = document.add_child(to, kind);
        for (name, value) in std::mem::take(&mut nodes[child].attributes) {
            document.add_attribute(copied, Name::new(name, None), value);
        }
        open.push((child, copied, 0));
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        let mut document = Document::default();
        copy(&mut self.nodes.into_inner(), 0, Document::ROOT, &mut document);
        document
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| nodes[*target].name.as_ref().expect("only elements are asked for names"))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> usize {
        let kind = Kind::Element(Name::new(&*name.local, None));
        let attributes = attributes.iter().map(written).collect();
        self.add(Node { name: Some(name), attributes, ..Node::of(kind) })
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.add(Node::of(Kind::Comment(text.to_string())))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> usize {
        self.add(Node::of(Kind::Instruction(target.to_string(), data.to_string())))
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, self.end_of(*parent), child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.remove_from_parent(node);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[*sibling].parent.and_then(|parent| {
                let place = nodes[parent].children.iter().position(|child| child == sibling)?;
                Some((parent, place))
            })
        };
        if let Some((parent, place)) = place {
            self.insert(parent, place, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        let own = &mut self.nodes.borrow_mut()[*target].attributes;
        for (name, value) in attributes.iter().map(written) {
            if !own.iter().any(|(known, _)| *known == name) {
                own.push((name, value));
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take() {
            nodes[parent].children.retain(|child| child != target);
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

fn written(attribute: &Attribute) -> (String, String) {
    (attribute.name.local.to_string(), attribute.value.to_string())
}
