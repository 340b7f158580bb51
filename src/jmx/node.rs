//! The tree of a plan as it is written.

use std::fmt;
use std::sync::Arc;

/// A place in a plan's text. Both numbers start at 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A whole file: the attributes of `<jmeterTestPlan>` and the elements of its `<hashTree>`, which are the Test Plan
/// and, in old files, the `WorkBench`.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    /// `version`, `properties` and `jmeter` of `<jmeterTestPlan>`, in order.
    pub attributes: Vec<(String, String)>,
    /// The elements at the root.
    pub nodes: Vec<Node>,
}

/// One element of a plan with its properties and what hangs below it.
#[derive(Debug, Clone)]
pub struct Node {
    /// The file it was read from: not the plan's own for what an Include Controller brought in.
    pub file: Arc<str>,
    /// Where its tag begins.
    pub position: Position,
    /// The tag's name: usually the class, or an alias of it.
    pub tag: String,
    /// The tag's attributes as written: `guiclass`, `testclass`, `testname`, `enabled`.
    pub attributes: Vec<(String, String)>,
    /// Its properties.
    pub properties: Vec<Property>,
    /// The elements of the `<hashTree>` that follows it.
    pub children: Vec<Node>,
}

/// One property tag, for instance `<stringProp name="HTTPSampler.path">/x</stringProp>`.
#[derive(Debug, Clone)]
pub struct Property {
    /// Where its tag begins.
    pub position: Position,
    /// The tag's name, for instance `stringProp`, `elementProp` or, inside an `objProp`, a field's name.
    pub tag: String,
    /// The tag's attributes as written.
    pub attributes: Vec<(String, String)>,
    /// What is between the tags.
    pub content: Content,
}

/// What stands between the tags of a property.
#[derive(Debug, Clone)]
pub enum Content {
    /// Text, with all references resolved.
    Text(String),
    /// Further tags.
    Nested(Vec<Property>),
}

impl Node {
    /// An attribute's value.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        attribute(&self.attributes, name)
    }

    /// The class of the element: `testclass`, or the tag where that is missing.
    #[must_use]
    pub fn class(&self) -> &str {
        self.attribute("testclass").unwrap_or(&self.tag)
    }

    /// The class of its panel in JMeter's window, which tells the kinds of `ConfigTestElement` apart.
    #[must_use]
    pub fn gui_class(&self) -> &str {
        self.attribute_or_property("guiclass", "TestElement.gui_class").unwrap_or_default()
    }

    /// The name that the user gave to it, with `${}` as written.
    #[must_use]
    pub fn name(&self) -> &str {
        self.attribute_or_property("testname", "TestElement.name").unwrap_or_default()
    }

    /// Whether it takes part. An absent attribute means yes; only the text `true` does.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.attribute_or_property("enabled", "TestElement.enabled")
            .is_none_or(|text| text.eq_ignore_ascii_case("true"))
    }

    /// The property of that name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name() == name)
    }

    /// A copy of the element alone.
    #[must_use]
    pub fn without_children(&self) -> Self {
        Self {
            file: self.file.clone(),
            position: self.position,
            tag: self.tag.clone(),
            attributes: self.attributes.clone(),
            properties: self.properties.clone(),
            children: Vec::new(),
        }
    }

    /// Files of JMeter before 2.2 kept these three as properties.
    fn attribute_or_property(&self, attribute: &str, property: &str) -> Option<&str> {
        self.attribute(attribute).or_else(|| self.property(property).and_then(Property::text))
    }
}

impl Property {
    /// An attribute's value.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        attribute(&self.attributes, name)
    }

    /// The property's name: its attribute, or its child `<name>` as `objProp` and `FloatProperty` are written.
    #[must_use]
    pub fn name(&self) -> &str {
        self.attribute("name")
            .or_else(|| self.nested().iter().find(|child| child.tag == "name")?.text())
            .unwrap_or_default()
    }

    /// The property's text: its own, or that of its child `<value>` as `FloatProperty` is written.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Nested(_) => match &self.value()?.content {
                Content::Text(text) => Some(text),
                Content::Nested(_) => None,
            },
        }
    }

    /// The child `<value>`, which is how `objProp` and `FloatProperty` are written.
    #[must_use]
    pub fn value(&self) -> Option<&Property> {
        self.nested().iter().find(|child| child.tag == "value")
    }

    /// The tags inside.
    #[must_use]
    pub fn nested(&self) -> &[Property] {
        match &self.content {
            Content::Text(_) => &[],
            Content::Nested(nested) => nested,
        }
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
