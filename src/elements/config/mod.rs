//! Config elements: they lend data to the samplers in their scope, or set variables.

pub mod arguments;

use super::{Element, ElementType};

/// A Simple Config Element, HTTP Request Defaults and their like: their properties complete those of the samplers in their
/// scope while these are loaded, and that is all they do.
const CONFIG_TEST_ELEMENT: ElementType = ElementType::new("ConfigTestElement", "Config Element", |fields| {
    fields.skip_all();
    Element::config(Defaults)
});

struct Defaults;

/// The config elements.
pub const ELEMENTS: &[ElementType] = &[CONFIG_TEST_ELEMENT, arguments::ELEMENT];
