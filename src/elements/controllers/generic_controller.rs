//! Simple Controller: its children, one after the other.

use std::sync::Arc;

use super::{Controller, Cursor, Place};
use crate::elements::{Element, ElementType};

pub(super) const ELEMENT: ElementType =
    ElementType::new("GenericController", "Simple Controller", |_| Element::controller(GenericController));

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
