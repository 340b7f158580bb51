//! While Controller: its children, as long as a condition is not `false`.
//!
//! A blank condition looks at the last sample after each turn, `LAST` before each turn as well; of any other text only the word
//! `false` ends the loop (`WhileController.endOfLoop`).

use std::sync::Arc;

use super::{Advance, Controller, Cursor, IndexVariable, Iteration, LoopCursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("WhileController", "While Controller", |fields| {
    Element::controller(WhileController {
        index: IndexVariable::new(Label::new(fields.name())),
        condition: fields.text("WhileController.condition", ""),
    })
});

struct WhileController {
    index: IndexVariable,
    condition: Prop<String>,
}

impl Controller for WhileController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(WhileCursor { definition: self, place, broken: false })
    }

    fn listens_to_parent(&self) -> bool {
        true
    }
}

struct WhileCursor {
    definition: Arc<WhileController>,
    place: Place,
    broken: bool,
}

impl WhileCursor {
    fn has_ended(&self, after_turn: bool, vu: &mut VirtualUser) -> Result<bool, Fault> {
        vu.evaluate_anew();
        if self.broken {
            return Ok(true);
        }
        let condition = self.definition.condition.text(vu)?;
        let condition = condition.trim();
        if (after_turn && condition.is_empty()) || condition.eq_ignore_ascii_case("LAST") {
            return Ok(!vu.last_sample_ok());
        }
        Ok(condition.eq_ignore_ascii_case("false"))
    }

    fn leave(&mut self) -> Advance {
        self.broken = false;
        self.place.iteration = 0;
        Advance::Ended
    }

    fn set_index(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.definition.index.set(self.place.iteration, vu)
    }
}

impl Cursor for WhileCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.set_index(vu)?;
        let advance =
            if self.place.first && self.has_ended(false, vu)? { self.leave() } else { generic_advance(self, vu)? };
        self.set_index(vu)?;
        Ok(advance)
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.rewind(vu);
        Ok(if self.has_ended(true, vu)? { self.leave() } else { Advance::Again })
    }

    fn parent_turn(&mut self, _iteration: Iteration, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        self.place.iteration = 0;
        Ok(())
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        // JMeter evaluates the condition here, too: a function in it counts once more.
        self.has_ended(true, vu)?;
        self.place.iteration = 0;
        Ok(())
    }

    fn as_loop(&mut self) -> Option<&mut dyn LoopCursor> {
        Some(self)
    }
}

impl LoopCursor for WhileCursor {
    fn start_next_turn(&mut self, vu: &mut VirtualUser) {
        self.rewind(vu);
    }

    fn break_off(&mut self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        self.broken = true;
        self.place.first = true;
        self.place.current = 0;
        self.place.iteration = 0;
        Ok(())
    }
}
