//! What one element of a plan says, with what is known put in.

use super::resolver::{Resolver, in_one_line};
use crate::java;
use crate::jmx::{Node, Property};

/// The properties of an element, or of an element within it.
#[derive(Clone)]
pub(super) struct Facts<'a> {
    properties: &'a [Property],
    /// Elements whose properties count where this one has none, nearest first.
    defaults: Vec<&'a Node>,
    resolver: &'a Resolver,
}

impl<'a> Facts<'a> {
    /// What that element says.
    pub(super) fn new(node: &'a Node, defaults: Vec<&'a Node>, resolver: &'a Resolver) -> Self {
        Self { properties: &node.properties, defaults, resolver }
    }

    /// The text of a property as it is written; empty if there is none.
    pub(super) fn raw(&self, name: &str) -> String {
        in_one_line(self.written(name))
    }

    /// The text of a property, with what is known; empty if there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.resolver.now(self.written(name))
    }

    /// Whether the property is `true`.
    pub(super) fn flag(&self, name: &str) -> bool {
        java::parse_boolean(&self.text(name))
    }

    /// The property as a whole number; none if it isn't one.
    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        java::parse_long(&self.text(name))
    }

    /// How many lines the text of a property has.
    pub(super) fn lines(&self, name: &str) -> usize {
        self.written(name).trim().lines().count()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        texts(self.list(name), self.resolver)
    }

    /// The texts of a list of lists.
    pub(super) fn rows(&self, name: &str) -> Vec<Vec<String>> {
        self.list(name).iter().map(|row| texts(row.nested(), self.resolver)).collect()
    }

    /// The element within a property.
    pub(super) fn within(&self, name: &str) -> Option<Facts<'a>> {
        let property = self.properties.iter().find(|property| property.name() == name)?;
        Some(Self { properties: property.nested(), defaults: Vec::new(), resolver: self.resolver })
    }

    /// The elements of a list.
    pub(super) fn items(&self, name: &str) -> Vec<Facts<'a>> {
        let items = self.list(name).iter().filter(|item| !item.nested().is_empty());
        items.map(|item| Self { properties: item.nested(), defaults: Vec::new(), resolver: self.resolver }).collect()
    }

    /// The rows of a list of arguments: `name = value`.
    pub(super) fn arguments(&self) -> Vec<(String, String)> {
        let pair = |row: &Facts<'_>| (row.text("Argument.name"), row.text("Argument.value"));
        self.items("Arguments.arguments").iter().map(pair).collect()
    }

    /// The properties with a text that says something.
    pub(super) fn telling(&self) -> Vec<(String, String)> {
        let telling = self.properties.iter().filter_map(|property| {
            let text = self.resolver.now(property.text()?);
            let says_nothing = matches!(text.as_str(), "" | "false" | "true" | "0" | "-1");
            let name = property.name().rsplit('.').next().unwrap_or_default().to_owned();
            (!says_nothing && name != "comments" && !name.ends_with("class")).then_some((name, text))
        });
        telling.collect()
    }

    fn list(&self, name: &str) -> &'a [Property] {
        let property = self.properties.iter().find(|property| property.name() == name);
        property.map(Property::nested).unwrap_or_default()
    }

    fn written(&self, name: &str) -> &'a str {
        let find = |properties: &'a [Property]| properties.iter().find(|property| property.name() == name)?.text();
        let own = find(self.properties).filter(|text| !text.is_empty());
        let default = || self.defaults.iter().find_map(|node| find(&node.properties).filter(|text| !text.is_empty()));
        own.or_else(default).unwrap_or_default()
    }
}

fn texts(properties: &[Property], resolver: &Resolver) -> Vec<String> {
    properties.iter().filter_map(|property| Some(resolver.now(property.text()?))).collect()
}
