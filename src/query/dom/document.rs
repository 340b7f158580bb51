//! The tree of a document. Nodes are numbers, in the order of the text.

use super::Name;

/// A document.
#[derive(Debug)]
pub struct Document {
    nodes: Vec<Node>,
}

/// A node of a document. The order of nodes is that of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    kind: Kind,
    attributes: Vec<NodeId>,
    children: Vec<NodeId>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// The document itself.
    Root,
    /// An element.
    Element(Name),
    /// An attribute; declarations of namespaces are attributes, too.
    Attribute(Name, String),
    /// A text.
    Text(String),
    /// A text in a CDATA section.
    CData(String),
    /// A comment.
    Comment(String),
    /// A processing instruction: its target and what follows.
    Instruction(String, String),
}

impl Default for Document {
    fn default() -> Self {
        let root = Node { parent: None, kind: Kind::Root, attributes: Vec::new(), children: Vec::new() };
        Self { nodes: vec![root] }
    }
}

impl Document {
    /// The document itself.
    pub const ROOT: NodeId = NodeId(0);

    /// Adds a node as the last child of another. Nodes have to be added in the order of the text.
    pub fn add_child(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let id = self.add(parent, kind);
        self.nodes[parent.0 as usize].children.push(id);
        id
    }

    /// Adds an attribute to an element, before its children are added.
    pub fn add_attribute(&mut self, element: NodeId, name: Name, value: String) -> NodeId {
        let id = self.add(element, Kind::Attribute(name, value));
        self.nodes[element.0 as usize].attributes.push(id);
        id
    }

    fn add(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node { parent: Some(parent), kind, attributes: Vec::new(), children: Vec::new() });
        id
    }

    /// What a node is.
    #[must_use]
    pub fn kind(&self, node: NodeId) -> &Kind {
        &self.nodes[node.0 as usize].kind
    }

    /// The node around it; `None` for the document.
    #[must_use]
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.0 as usize].parent
    }

    /// The nodes in it.
    #[must_use]
    pub fn children(&self, node: NodeId) -> &[NodeId] {
        &self.nodes[node.0 as usize].children
    }

    /// The attributes of an element, declarations of namespaces among them.
    #[must_use]
    pub fn attributes(&self, node: NodeId) -> &[NodeId] {
        &self.nodes[node.0 as usize].attributes
    }

    /// The name of an element or attribute.
    #[must_use]
    pub fn name(&self, node: NodeId) -> Option<&Name> {
        match self.kind(node) {
            Kind::Element(name) | Kind::Attribute(name, _) => Some(name),
            _ => None,
        }
    }

    /// Whether it is an element.
    #[must_use]
    pub fn is_element(&self, node: NodeId) -> bool {
        matches!(self.kind(node), Kind::Element(_))
    }

    /// The value of the attribute of that name as written.
    #[must_use]
    pub fn attribute(&self, element: NodeId, name: &str) -> Option<&str> {
        self.attributes(element).iter().find_map(|attribute| match self.kind(*attribute) {
            Kind::Attribute(known, value) if known.qualified() == name => Some(value.as_str()),
            _ => None,
        })
    }

    /// The outermost element.
    #[must_use]
    pub fn root_element(&self) -> Option<NodeId> {
        self.children(Self::ROOT).iter().copied().find(|child| self.is_element(*child))
    }

    /// The node's own value, as the DOM has it: `None` for elements and the document.
    #[must_use]
    pub fn value(&self, node: NodeId) -> Option<&str> {
        match self.kind(node) {
            Kind::Root | Kind::Element(_) => None,
            Kind::Attribute(_, text)
            | Kind::Text(text)
            | Kind::CData(text)
            | Kind::Comment(text)
            | Kind::Instruction(_, text) => Some(text),
        }
    }

    /// The text of a node: its own value, or all texts in an element.
    #[must_use]
    pub fn text(&self, node: NodeId) -> String {
        match self.value(node) {
            Some(text) => text.to_owned(),
            None => {
                let mut text = String::new();
                self.write_text(node, &mut text);
                text
            }
        }
    }

    fn write_text(&self, node: NodeId, out: &mut String) {
        for child in self.children(node) {
            match self.kind(*child) {
                Kind::Text(text) | Kind::CData(text) => out.push_str(text),
                Kind::Element(_) => self.write_text(*child, out),
                _ => {}
            }
        }
    }

    /// All nodes below that one, in the order of the text.
    #[must_use]
    pub fn descendants(&self, node: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        self.add_descendants(node, &mut found);
        found
    }

    fn add_descendants(&self, node: NodeId, found: &mut Vec<NodeId>) {
        for child in self.children(node) {
            found.push(*child);
            self.add_descendants(*child, found);
        }
    }

    /// The namespaces that are declared at an element and around it, inner ones hiding outer ones: prefixes and addresses.
    #[must_use]
    pub fn namespaces(&self, element: NodeId) -> Vec<(&str, &str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        let mut at = Some(element);
        while let Some(node) = at {
            for attribute in self.attributes(node) {
                if let Kind::Attribute(name, uri) = self.kind(*attribute)
                    && let Some(prefix) = name.declares()
                    && !found.iter().any(|(known, _)| *known == prefix)
                {
                    found.push((prefix, uri));
                }
            }
            at = self.parent(node);
        }
        found
    }
}
