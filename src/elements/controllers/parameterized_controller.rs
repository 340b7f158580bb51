//! Parameterized Controller of the plugin `jpgc-prmctl`: sets variables before each of its children.

use std::sync::Arc;

use super::{Advance, Controller, Cursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Argument, Fault, VirtualUser, arguments};

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.control.ParameterizedController", "Parameterized Controller", |fields| {
        Element::controller(ParameterizedController { arguments: arguments(fields, "ParameterizedController") })
    });

struct ParameterizedController {
    arguments: Vec<Argument>,
}

impl Controller for ParameterizedController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(ParameterizedCursor { definition: self, place })
    }
}

struct ParameterizedCursor {
    definition: Arc<ParameterizedController>,
    place: Place,
}

impl Cursor for ParameterizedCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if !self.place.waiting {
            Argument::set_all(&self.definition.arguments, vu)?;
        }
        generic_advance(self, vu)
    }
}
