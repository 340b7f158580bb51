//! Runtime Controller: its children again and again, for so many seconds.

use std::sync::Arc;

use tokio::time::Instant;

use super::{Advance, Controller, Cursor, Iteration, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("RunTime", "Runtime Controller", |fields| {
    Element::controller(RunTime { seconds: fields.prop("RunTime.seconds", 0) })
});

struct RunTime {
    seconds: Prop<i64>,
}

impl Controller for RunTime {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(RunTimeCursor { definition: self, place, begun: None, turns: 0 })
    }
}

struct RunTimeCursor {
    definition: Arc<RunTime>,
    place: Place,
    begun: Option<Instant>,
    turns: i64,
}

impl RunTimeCursor {
    fn is_over(&self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        let seconds = self.definition.seconds.get(vu)?;
        Ok(self.begun.is_none_or(|begun| begun.elapsed().as_secs() as i64 >= seconds))
    }

    fn leave(&mut self) -> Advance {
        self.turns = 0;
        self.begun = None;
        Advance::Ended
    }
}

impl Cursor for RunTimeCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.begun.get_or_insert_with(Instant::now);
        if self.is_over(vu)? {
            self.rewind(vu);
            return Ok(self.leave());
        }
        generic_advance(self, vu)
    }

    fn is_done(&mut self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        let runs = self.definition.seconds.get(vu)? > 0 && !self.place.order.is_empty();
        Ok(!runs || self.place.done)
    }

    fn rewind(&mut self, _vu: &mut VirtualUser) {
        self.place.first = true;
        self.place.current = 0;
        self.turns += 1;
    }

    fn iteration(&mut self) -> Iteration {
        Iteration { number: self.turns + 1, of_loop: false }
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.rewind(vu);
        Ok(if self.is_over(vu)? { self.leave() } else { Advance::Again })
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        self.leave();
        Ok(())
    }
}
