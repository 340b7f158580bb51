//! Switch Controller: the one child that a value names, by number or by name.

use std::sync::Arc;

use super::{Advance, Controller, Cursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("SwitchController", "Switch Controller", |fields| {
    Element::controller(SwitchController { value: fields.text("SwitchController.value", "") })
});

/// A place behind all children.
const NOWHERE: usize = usize::MAX;

struct SwitchController {
    value: Prop<String>,
}

impl Controller for SwitchController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(SwitchCursor { definition: self, place })
    }
}

struct SwitchCursor {
    definition: Arc<SwitchController>,
    place: Place,
}

impl SwitchCursor {
    /// Digits are a number, or 0 where there is no such child; anything else is a name, or else the last child that is called
    /// `default`.
    fn select(&self, vu: &mut VirtualUser) -> Result<usize, Fault> {
        vu.evaluate_anew();
        let value = self.definition.value.text(vu)?;
        let value = value.trim();
        if value.is_empty() {
            return Ok(0);
        }
        if value.chars().all(char::is_numeric)
            && let Some(number) = java::parse_int(value)
        {
            let number = usize::try_from(number).unwrap_or(0);
            return Ok(if number < self.place.order.len() { number } else { 0 });
        }
        let mut default = NOWHERE;
        for (at, child) in self.place.order.iter().enumerate() {
            let name = self.place.plan.child_name(*child as usize, vu)?;
            if name.as_ref() == value {
                return Ok(at);
            }
            if name.eq_ignore_ascii_case("default") {
                default = at;
            }
        }
        Ok(default)
    }
}

impl Cursor for SwitchCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if self.place.first {
            self.place.current = self.select(vu)?;
        }
        generic_advance(self, vu)
    }

    fn increment(&mut self, _vu: &mut VirtualUser) {
        self.place.current = NOWHERE;
    }
}
