//! Simple Controller and its like: their children, one after the other.

use std::sync::Arc;

use super::{Controller, Cursor, Place};
use crate::elements::{Element, ElementType};
use crate::model::Fields;

pub(super) const SIMPLE: ElementType =
    ElementType::new("GenericController", "Simple Controller", |_| Element::controller(GenericController));
pub(super) const RECORDING: ElementType = ElementType::new("RecordingController", "Recording Controller", |fields| {
    // Where JMeter's recorder puts what it records, by which patterns.
    fields.skip(&["RecordingController.include_patterns", "RecordingController.exclude_patterns"]);
    Element::controller(GenericController)
});
pub(super) const TEST_FRAGMENT: ElementType =
    ElementType::new("TestFragmentController", "Test Fragment", |_| Element::controller(GenericController));
/// Its children were brought in before loading: see `engine::expand`.
pub(super) const INCLUDE: ElementType = ElementType::new("IncludeController", "Include Controller", |fields| {
    brought_in(fields, "IncludeController.includepath")
});
/// Its target was brought in before loading: see `engine::expand`.
pub(super) const MODULE: ElementType = ElementType::new("ModuleController", "Module Controller", |fields| {
    brought_in(fields, "ModuleController.node_path")
});

fn brought_in(fields: &Fields<'_>, property: &'static str) -> Element {
    fields.skip(&[property]);
    Element::controller(GenericController)
}

/// A controller that only groups.
pub struct GenericController;

impl Controller for GenericController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(GenericCursor(place))
    }
}

struct GenericCursor(Place);

impl Cursor for GenericCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.0
    }
}
