//! Whether an element is what a selector asks for.

use super::jsoup;
use super::selector::{AttributeTest, Combinator, Complex, Compound, Selector, Simple};
use crate::query::dom::{Document, Kind, NodeId};

impl Selector {
    /// Whether an element is one of the alternatives.
    pub(super) fn matches(&self, document: &Document, element: NodeId) -> bool {
        self.alternatives.iter().any(|complex| complex.matches(document, element, complex.0.len()))
    }

    /// Whether there is such an element below that one; a leading combinator is about that one.
    fn is_within(&self, document: &Document, element: NodeId) -> bool {
        document.descendants(element).into_iter().any(|inner| {
            document.is_element(inner)
                && self.alternatives.iter().any(|complex| match complex.0.first() {
                    Some((Combinator::Child, compound)) if complex.0.len() == 1 => {
                        document.parent(inner) == Some(element) && compound.matches(document, inner)
                    }
                    _ => complex.matches(document, inner, complex.0.len()),
                })
        })
    }
}

impl Complex {
    /// Whether an element is what the first so many compounds ask for.
    fn matches(&self, document: &Document, element: NodeId, length: usize) -> bool {
        let Some((combinator, compound)) = length.checked_sub(1).and_then(|last| self.0.get(last)) else { return true };
        if !compound.matches(document, element) {
            return false;
        }
        if length == 1 {
            return true;
        }
        let outer = |other: NodeId| document.is_element(other) && self.matches(document, other, length - 1);
        match combinator {
            Combinator::Child => document.parent(element).is_some_and(outer),
            Combinator::Descendant => {
                let mut around = std::iter::successors(document.parent(element), |node| document.parent(*node));
                around.any(outer)
            }
            Combinator::Adjacent => {
                siblings(document, element).into_iter().rfind(|other| *other < element).is_some_and(outer)
            }
            Combinator::Sibling => siblings(document, element).into_iter().any(|other| other < element && outer(other)),
        }
    }
}

impl Compound {
    /// Whether an element is all of it.
    pub fn matches(&self, document: &Document, element: NodeId) -> bool {
        self.0.iter().all(|simple| simple.matches(document, element))
    }
}

impl Simple {
    fn matches(&self, document: &Document, element: NodeId) -> bool {
        let name = document.name(element).map_or("", |name| name.qualified());
        match self {
            // What was found so far is looked at elsewhere.
            Self::Any | Self::Found(_) => true,
            Self::Tag(tag) => name == tag,
            Self::Id(id) => document.attribute(element, "id") == Some(id),
            Self::Class(class) => {
                let classes = document.attribute(element, "class").unwrap_or_default();
                classes.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(class))
            }
            Self::Attribute { name, test } => test.matches(document.attribute(element, name)),
            Self::AttributePrefix(prefix) => document.attributes(element).iter().any(|attribute| {
                matches!(document.kind(*attribute), Kind::Attribute(name, _) if name.qualified().starts_with(prefix.as_str()))
            }),
            Self::Nth { a, b, from_end, of_type } => {
                let place = place(document, element, *from_end, *of_type);
                let steps = place - b;
                if *a == 0 { steps == 0 } else { steps % a == 0 && steps / a >= 0 }
            }
            Self::Only { of_type } => {
                let place = |from_end| place(document, element, from_end, *of_type);
                place(false) == 1 && place(true) == 1
            }
            Self::Empty => document.children(element).iter().all(|child| {
                matches!(document.kind(*child), Kind::Comment(_) | Kind::Instruction(..))
                    || document.value(*child).is_some_and(|text| text.trim().is_empty())
            }),
            Self::Root => document.root_element() == Some(element),
            Self::Not(selector) => !selector.matches(document, element),
            Self::Is(selector) => selector.matches(document, element),
            Self::Has(selector) => selector.is_within(document, element),
            Self::Contains { text, own } => {
                let seen = if *own { jsoup::own_text(document, element) } else { jsoup::text(document, element) };
                seen.to_lowercase().contains(text.as_str()) || seen.contains(text.as_str())
            }
            Self::ContainsData(text) => {
                let is_data = matches!(name, "script" | "style");
                is_data && document.text(element).to_lowercase().contains(text.as_str())
            }
            Self::Matches { pattern, own } => {
                pattern.is_in(&if *own { jsoup::own_text(document, element) } else { jsoup::text(document, element) })
            }
            Self::Index(order, index) => (place(document, element, false, false) - 1).cmp(index) == *order,
        }
    }
}

impl AttributeTest {
    fn matches(&self, value: Option<&str>) -> bool {
        let same = |one: &str, other: &str| one.trim().to_lowercase() == other || one == other;
        let Some(value) = value else { return matches!(self, Self::NotEqual(_)) };
        let lower = value.to_lowercase();
        match self {
            Self::Present => true,
            Self::Equal(wanted) => same(value, wanted),
            Self::NotEqual(wanted) => !same(value, wanted),
            Self::Prefix(wanted) => {
                !wanted.is_empty() && (lower.starts_with(wanted.as_str()) || value.starts_with(wanted.as_str()))
            }
            Self::Suffix(wanted) => {
                !wanted.is_empty() && (lower.ends_with(wanted.as_str()) || value.ends_with(wanted.as_str()))
            }
            Self::Substring(wanted) => {
                !wanted.is_empty() && (lower.contains(wanted.as_str()) || value.contains(wanted.as_str()))
            }
            Self::Word(wanted) => value.split_ascii_whitespace().any(|word| word == wanted),
            Self::Language(wanted) => {
                value == wanted || value.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.starts_with('-'))
            }
            Self::Matches(pattern) => pattern.is_in(value),
            Self::Never => false,
        }
    }
}

/// The elements beside an element, itself among them.
fn siblings(document: &Document, element: NodeId) -> Vec<NodeId> {
    let parent = document.parent(element).unwrap_or(Document::ROOT);
    document.children(parent).iter().copied().filter(|child| document.is_element(*child)).collect()
}

/// The place among the siblings, from 1.
fn place(document: &Document, element: NodeId, from_end: bool, of_type: bool) -> i64 {
    let name = document.name(element);
    let same = |other: &NodeId| !of_type || document.name(*other) == name;
    let siblings: Vec<_> = siblings(document, element).into_iter().filter(same).collect();
    let at = siblings.iter().position(|other| *other == element).unwrap_or(0);
    if from_end { (siblings.len() - at) as i64 } else { at as i64 + 1 }
}
