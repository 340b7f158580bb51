//! Once Only Controller: its children once, in the first turn of the loop around.

use std::sync::Arc;

use super::{Advance, Controller, Cursor, Iteration, Place};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("OnceOnlyController", "Once Only Controller", |_| Element::controller(OnceOnlyController));

struct OnceOnlyController;

impl Controller for OnceOnlyController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(OnceOnlyCursor(place))
    }

    fn listens_to_parent(&self) -> bool {
        true
    }
}

struct OnceOnlyCursor(Place);

impl Cursor for OnceOnlyCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.0
    }

    /// The first turn of a Loop Controller has number 1, that of any other controller 0.
    fn parent_turn(&mut self, iteration: Iteration, vu: &mut VirtualUser) -> Result<(), Fault> {
        if iteration.number == i64::from(iteration.of_loop) {
            self.rewind(vu);
        }
        Ok(())
    }

    /// It stays at its end.
    fn children_ended(&mut self, _vu: &mut VirtualUser) -> Result<Advance, Fault> {
        Ok(Advance::Ended)
    }
}
