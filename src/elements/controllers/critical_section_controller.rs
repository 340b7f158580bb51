//! Critical Section Controller: only one user at a time is inside of those that share a lock's name.

use std::sync::Arc;

use super::{Action, Advance, Controller, Cursor, Place, Wait, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("CriticalSectionController", "Critical Section Controller", |fields| {
        Element::controller(CriticalSectionController {
            name: Label::new(fields.name()),
            lock_name: fields.text("CriticalSectionController.lockName", ""),
        })
    });

struct CriticalSectionController {
    name: Label,
    lock_name: Prop<String>,
}

impl Controller for CriticalSectionController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(CriticalSectionCursor { definition: self, place, asked: None, held: None })
    }
}

struct CriticalSectionCursor {
    definition: Arc<CriticalSectionController>,
    place: Place,
    /// The lock that the user waits for: it has it once the cursor is asked again.
    asked: Option<Arc<str>>,
    held: Option<Arc<str>>,
}

impl Cursor for CriticalSectionCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if self.place.first && !self.place.order.is_empty() && self.held.is_none() {
            if self.asked.is_some() {
                self.held = self.asked.take();
            } else {
                let lock_name = self.definition.lock_name.text(vu)?;
                if lock_name.is_empty() {
                    let name = self.definition.name.get(vu)?;
                    log::warn!(
                        target: "o.a.j.c.CriticalSectionController",
                        "Empty lock name in Critical Section Controller: {name}"
                    );
                } else {
                    let lock_name: Arc<str> = lock_name.into();
                    self.asked = Some(lock_name.clone());
                    return Ok(Advance::Step(Action::Wait(Wait::Lock(lock_name)).into()));
                }
            }
        }
        generic_advance(self, vu)
    }

    fn rewind(&mut self, vu: &mut VirtualUser) {
        self.asked = None;
        if let Some(held) = self.held.take() {
            vu.locks.release(&held);
        }
        self.place.rewind();
    }
}
