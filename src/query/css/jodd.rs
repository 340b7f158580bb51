//! Jodd: texts as they are written, and selectors that narrow down what was found, step by step.

use super::selector::{Combinator, Complex, FoundPlace, Simple};
use super::{Dialect, Selector, SelectorError, tag_soup};
use crate::query::dom::{Document, NodeId};

/// A page, or a part of one, as Jodd reads it.
pub struct Jodd(Document);

impl Jodd {
    /// Reads a page.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self(tag_soup::read(text))
    }

    /// What a selector finds: texts of elements, or the values of an attribute, nothing where there is none.
    ///
    /// # Errors
    /// When the text is no selector.
    pub fn find(&self, selector: &str, attribute: Option<&str>) -> Result<Vec<Option<String>>, SelectorError> {
        let selector = Selector::new(selector, Dialect::Jodd)?;
        let mut found: Vec<NodeId> = Vec::new();
        for complex in &selector.alternatives {
            for element in self.complex(complex) {
                if !found.contains(&element) {
                    found.push(element);
                }
            }
        }
        let value = |element: &NodeId| match attribute {
            // An attribute that is only named has no value.
            Some(name) => self
                .0
                .attribute(*element, &name.to_lowercase())
                .filter(|value| *value != tag_soup::NO_VALUE)
                .map(str::to_owned),
            None => Some(self.0.text(*element).trim_matches(|char| char <= ' ').to_owned()),
        };
        Ok(found.iter().map(value).collect())
    }

    fn complex(&self, complex: &Complex) -> Vec<NodeId> {
        let mut found = vec![Document::ROOT];
        for (combinator, compound) in &complex.0 {
            let mut next: Vec<NodeId> = Vec::new();
            for element in &found {
                for node in self.reached(*element, *combinator) {
                    if compound.matches(&self.0, node) && !next.contains(&node) {
                        next.push(node);
                    }
                }
            }
            for simple in &compound.0 {
                if let Simple::Found(place) = simple {
                    next = narrowed(next, *place);
                }
            }
            found = next;
        }
        found
    }

    /// The elements that a combinator leads to from an element.
    fn reached(&self, element: NodeId, combinator: Combinator) -> Vec<NodeId> {
        let document = &self.0;
        let is_element = |node: &NodeId| document.is_element(*node);
        let following = || {
            let parent = document.parent(element).unwrap_or(Document::ROOT);
            let siblings = document.children(parent).iter().copied();
            siblings.filter(|other| is_element(other) && *other > element).collect::<Vec<_>>()
        };
        match combinator {
            Combinator::Descendant => document.descendants(element).into_iter().filter(is_element).collect(),
            Combinator::Child => document.children(element).iter().copied().filter(is_element).collect(),
            Combinator::Adjacent => following().into_iter().take(1).collect(),
            Combinator::Sibling => following(),
        }
    }
}

fn narrowed(found: Vec<NodeId>, place: FoundPlace) -> Vec<NodeId> {
    let count = found.len() as i64;
    let keeps = |at: i64| match place {
        FoundPlace::At(wanted) => at == if wanted < 0 { count + wanted } else { wanted },
        FoundPlace::Before(end) => at < end,
        FoundPlace::After(start) => at > start,
        FoundPlace::Last => at == count - 1,
        FoundPlace::Even => at % 2 == 0,
        FoundPlace::Odd => at % 2 == 1,
    };
    found.into_iter().enumerate().filter(|(at, _)| keeps(*at as i64)).map(|(_, node)| node).collect()
}
