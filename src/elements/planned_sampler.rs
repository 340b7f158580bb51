//! A sampler as the plan has it, read for those who ask for it or show it while it runs.

use std::sync::Arc;

use super::ElementType;
use super::samplers::Sampler;
use crate::jmx::{Content, Node, Property};
use crate::model::{Fields, Loading, PlannedSampler, Prop, Scope, TextPart as Part};

/// Whether somebody among these elements and all below shows the properties of samplers.
#[must_use]
pub fn are_shown(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| node.class() == "DebugPostProcessor" || are_shown(&node.children))
}

/// The packages of JMeter's own samplers and of their panels: plans name those without.
const PACKAGES: &[(&str, &str)] = &[
    ("BeanShellSampler", "org.apache.jmeter.protocol.java.sampler."),
    ("BeanShellSamplerGui", "org.apache.jmeter.protocol.java.control.gui."),
    ("DebugSampler", "org.apache.jmeter.sampler."),
    ("HTTPSampler", "org.apache.jmeter.protocol.http.sampler."),
    ("HTTPSampler2", "org.apache.jmeter.protocol.http.sampler."),
    ("HTTPSamplerProxy", "org.apache.jmeter.protocol.http.sampler."),
    ("HttpTestSampleGui", "org.apache.jmeter.protocol.http.control.gui."),
    ("JSR223Sampler", "org.apache.jmeter.protocol.java.sampler."),
    ("JavaSampler", "org.apache.jmeter.protocol.java.sampler."),
    ("JavaTestSamplerGui", "org.apache.jmeter.protocol.java.control.gui."),
    ("SystemSampler", "org.apache.jmeter.protocol.system."),
    ("SystemSamplerGui", "org.apache.jmeter.protocol.system.gui."),
    ("TestAction", "org.apache.jmeter.sampler."),
    ("TestActionGui", "org.apache.jmeter.sampler.gui."),
    ("TestBeanGUI", "org.apache.jmeter.testbeans.gui."),
];

/// What the plan says of that sampler, completed by defaults elements, nearest first.
#[must_use]
pub fn plan(
    sampler: &Arc<dyn Sampler>,
    node: &Node,
    kind: &ElementType,
    defaults: &[&Node],
    loading: &Loading,
    is_shown: bool,
) -> Arc<PlannedSampler> {
    let shown = if is_shown { shown(loading, node, kind.title, defaults) } else { Vec::new() };
    Arc::new(PlannedSampler::new(kind.class, node, defaults, sampler.clone().asked(), shown))
}

/// The properties as texts in the order in which they are shown.
fn shown(loading: &Loading, node: &Node, title: &'static str, defaults: &[&Node]) -> Vec<(String, Vec<Part>)> {
    let scope = Scope::default();
    let fields = Fields::new(loading, node, title, &scope);
    fields.skip_all();
    let mut all: Vec<(String, Vec<Part>)> = vec![
        ("TestElement.enabled".into(), vec![Part::Fixed("true".into())]),
        ("TestElement.gui_class".into(), vec![Part::Fixed(full_name(node.gui_class()))]),
        ("TestElement.name".into(), vec![Part::SamplerName]),
        ("TestElement.test_class".into(), vec![Part::Fixed(full_name(node.class()))]),
    ];
    let own = node.properties.iter().filter(|property| !property.name().is_empty());
    for property in own.chain(defaults.iter().flat_map(|defaults| &defaults.properties)) {
        let name = property.name();
        let known = all.iter_mut().find(|(known, _)| known == name);
        let is_open = |parts: &Vec<Part>| parts.is_empty();
        match known {
            Some((_, parts)) if is_open(parts) => *parts = texts_of(property, &fields),
            Some(_) => {}
            None => all.push((name.to_owned(), texts_of(property, &fields))),
        }
    }
    if node.class() == "JavaSampler" {
        let arguments = all.iter_mut().find(|(name, _)| name == "arguments");
        if let Some((_, parts)) = arguments {
            parts.push(Part::Fixed("&TestElement.name".into()));
            parts.push(Part::SamplerName);
            parts.push(Part::Fixed("()".into()));
        }
    }
    all
}

/// A class with its package.
fn full_name(class: &str) -> String {
    let package = PACKAGES.iter().find(|(known, _)| *known == class).map_or("", |(_, package)| package);
    format!("{package}{class}")
}

/// The text of a property: itself, a list in brackets, or the arguments of a list of them.
fn texts_of(property: &Property, fields: &Fields<'_>) -> Vec<Part> {
    match &property.content {
        Content::Text(text) if text.is_empty() => Vec::new(),
        Content::Text(text) => vec![evaluated(text, property, fields)],
        Content::Nested(_) if property.attribute("elementType") == Some("Arguments") => arguments(property, fields),
        Content::Nested(items) => {
            let mut parts = vec![Part::Fixed("[".into())];
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    parts.push(Part::Fixed(", ".into()));
                }
                parts.extend(texts_of(item, fields));
            }
            parts.push(Part::Fixed("]".into()));
            parts
        }
    }
}

/// `name=value()&...` (`Arguments.toString`).
fn arguments(property: &Property, fields: &Fields<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let rows = property.nested().iter().find(|list| list.name() == "Arguments.arguments");
    for row in rows.map(Property::nested).unwrap_or_default() {
        if !parts.is_empty() {
            parts.push(Part::Fixed("&".into()));
        }
        let part = |name: &str| {
            let part = row.nested().iter().find(|part| part.name() == name)?;
            Some(evaluated(part.text()?, part, fields))
        };
        parts.extend(["Argument.name", "Argument.metadata", "Argument.value"].into_iter().filter_map(part));
        parts.push(Part::Fixed("(".into()));
        parts.extend(part("Argument.desc"));
        parts.push(Part::Fixed(")".into()));
    }
    parts
}

fn evaluated(text: &str, property: &Property, fields: &Fields<'_>) -> Part {
    let template = fields.loading.template(text, |severity, message| {
        fields.problem(severity, message).at_property(property.name(), property.position)
    });
    match template.as_literal() {
        Some(literal) => Part::Fixed(literal.to_owned()),
        // Overrides are by the property's name, and this is a part of one.
        None => Part::Evaluated(Prop::template("", template)),
    }
}
