//! The directions in which nodes lie from a node.

use super::ast::Test;
use crate::query::dom::{Document, Kind, NodeId};

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Child,
    Descendant,
    DescendantOrItself,
    Parent,
    Ancestor,
    AncestorOrItself,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Attribute,
    Namespace,
    Itself,
}

/// All axes by name.
pub(super) const AXES: &[(&str, Axis)] = &[
    ("child", Axis::Child),
    ("descendant", Axis::Descendant),
    ("descendant-or-self", Axis::DescendantOrItself),
    ("parent", Axis::Parent),
    ("ancestor", Axis::Ancestor),
    ("ancestor-or-self", Axis::AncestorOrItself),
    ("following-sibling", Axis::FollowingSibling),
    ("preceding-sibling", Axis::PrecedingSibling),
    ("following", Axis::Following),
    ("preceding", Axis::Preceding),
    ("attribute", Axis::Attribute),
    ("namespace", Axis::Namespace),
    ("self", Axis::Itself),
];

impl Axis {
    /// The nodes in that direction, the nearest first.
    pub fn nodes(self, document: &Document, node: NodeId) -> Vec<NodeId> {
        match self {
            Self::Child => children(document, node),
            Self::Descendant => descendants(document, node),
            Self::DescendantOrItself => {
                let mut nodes = vec![node];
                nodes.extend(descendants(document, node));
                nodes
            }
            Self::Parent => document.parent(node).into_iter().collect(),
            Self::Ancestor => ancestors(document, node),
            Self::AncestorOrItself => {
                let mut nodes = vec![node];
                nodes.extend(ancestors(document, node));
                nodes
            }
            Self::FollowingSibling => siblings(document, node).into_iter().filter(|other| *other > node).collect(),
            Self::PrecedingSibling => {
                siblings(document, node).into_iter().rev().filter(|other| *other < node).collect()
            }
            Self::Following => {
                let inside = document.descendants(node);
                let last = inside.last().copied().unwrap_or(node).max(node);
                descendants(document, Document::ROOT).into_iter().filter(|other| *other > last).collect()
            }
            Self::Preceding => {
                let around = ancestors(document, node);
                let before = descendants(document, Document::ROOT).into_iter().filter(|other| *other < node);
                let mut nodes: Vec<_> = before.filter(|other| !around.contains(other)).collect();
                nodes.reverse();
                nodes
            }
            Self::Attribute => {
                let is_own =
                    |attribute: &NodeId| document.name(*attribute).is_some_and(|name| name.declares().is_none());
                document.attributes(node).iter().copied().filter(is_own).collect()
            }
            Self::Namespace => {
                let declares =
                    |attribute: &NodeId| document.name(*attribute).is_some_and(|name| name.declares().is_some());
                document.attributes(node).iter().copied().filter(declares).collect()
            }
            Self::Itself => vec![node],
        }
    }

    /// Whether a name or `*` means attributes in that direction.
    fn holds_attributes(self) -> bool {
        matches!(self, Self::Attribute | Self::Namespace)
    }

    /// Whether a node is one of those that the test asks for. `uri` finds the namespace of a prefix.
    pub fn accepts(self, document: &Document, node: NodeId, test: &Test, uri: &dyn Fn(&str) -> Option<String>) -> bool {
        let kind = document.kind(node);
        let name = match (kind, self.holds_attributes()) {
            (Kind::Element(name), false) | (Kind::Attribute(name, _), true) => Some(name),
            _ => None,
        };
        match test {
            Test::Node => true,
            Test::Text => matches!(kind, Kind::Text(_) | Kind::CData(_)),
            Test::Comment => matches!(kind, Kind::Comment(_)),
            Test::Instruction(wanted) => match kind {
                Kind::Instruction(target, _) => wanted.as_ref().is_none_or(|wanted| wanted == target),
                _ => false,
            },
            Test::Element => matches!(kind, Kind::Element(_)),
            Test::Attribute => matches!(kind, Kind::Attribute(..)),
            Test::Document => matches!(kind, Kind::Root),
            Test::Any => name.is_some(),
            Test::AnyPrefix(local) => name.is_some_and(|name| name.local() == local),
            Test::AnyIn(prefix) => {
                name.is_some_and(|name| name.uri().is_some() && name.uri() == uri(prefix).as_deref())
            }
            Test::Name(None, wanted) => {
                // Where namespaces are not looked at, the whole name is the name.
                name.is_some_and(|name| name.uri().is_none() && name.qualified() == wanted)
            }
            Test::Name(Some(prefix), local) => name.is_some_and(|name| {
                name.uri().is_some() && name.local() == local && name.uri() == uri(prefix).as_deref()
            }),
        }
    }
}

/// The children; texts that follow each other directly are one node.
fn children(document: &Document, node: NodeId) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let mut is_behind_text = false;
    for child in document.children(node) {
        let is_text = matches!(document.kind(*child), Kind::Text(_) | Kind::CData(_));
        if !(is_text && is_behind_text) {
            nodes.push(*child);
        }
        is_behind_text = is_text;
    }
    nodes
}

fn descendants(document: &Document, node: NodeId) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    add_descendants(document, node, &mut nodes);
    nodes
}

fn add_descendants(document: &Document, node: NodeId, nodes: &mut Vec<NodeId>) {
    for child in children(document, node) {
        nodes.push(child);
        add_descendants(document, child, nodes);
    }
}

fn ancestors(document: &Document, node: NodeId) -> Vec<NodeId> {
    std::iter::successors(document.parent(node), |node| document.parent(*node)).collect()
}

fn siblings(document: &Document, node: NodeId) -> Vec<NodeId> {
    if matches!(document.kind(node), Kind::Attribute(..)) {
        return Vec::new();
    }
    document.parent(node).map(|parent| children(document, parent)).unwrap_or_default()
}
