//! Random Order Controller: all its children, in another order each turn.

use std::sync::Arc;

use rand::seq::SliceRandom;

use super::{Controller, Cursor, Place};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("RandomOrderController", "Random Order Controller", |_| {
    Element::controller(RandomOrderController)
});

struct RandomOrderController;

impl Controller for RandomOrderController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(RandomOrderCursor(place))
    }
}

struct RandomOrderCursor(Place);

impl Cursor for RandomOrderCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.0
    }

    fn initialize(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.0.reset();
        self.0.order.shuffle(vu.random_source());
        self.initialize_children(vu)
    }

    fn rewind(&mut self, vu: &mut VirtualUser) {
        self.0.rewind();
        self.0.order.shuffle(vu.random_source());
    }
}
