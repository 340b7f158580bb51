//! `ForEach` Controller: its children, once for each of the variables `NAME_1`, `NAME_2` and so on.

use std::sync::Arc;

use super::{Advance, Controller, Cursor, IndexVariable, Iteration, LoopCursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, Value, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("ForeachController", "ForEach Controller", |fields| {
    Element::controller(ForeachController {
        index: IndexVariable::new(Label::new(fields.name())),
        input: fields.text("ForeachController.inputVal", ""),
        output: fields.text("ForeachController.returnVal", ""),
        separator: fields.prop("ForeachController.useSeparator", true),
        start: fields.prop("ForeachController.startIndex", 0),
        end: fields.prop("ForeachController.endIndex", i32::MAX),
    })
});

struct ForeachController {
    index: IndexVariable,
    input: Prop<String>,
    output: Prop<String>,
    separator: Prop<bool>,
    start: Prop<i32>,
    end: Prop<i32>,
}

impl Controller for ForeachController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(ForeachCursor { definition: self, place, at: 0, broken: false })
    }

    fn listens_to_parent(&self) -> bool {
        true
    }
}

struct ForeachCursor {
    definition: Arc<ForeachController>,
    place: Place,
    /// The number of the variable before the one whose turn it is.
    at: i64,
    broken: bool,
}

impl ForeachCursor {
    /// The variable whose turn it is.
    fn current(&self, vu: &mut VirtualUser) -> Result<Option<Value>, Fault> {
        vu.evaluate_anew();
        let mut name = String::new();
        self.definition.input.write(vu, &mut name)?;
        if self.definition.separator.get(vu)? {
            name.push('_');
        }
        name.push_str(itoa::Buffer::new().format(self.at + 1));
        Ok(vu.variables.get(&name))
    }

    fn is_past_end(&self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        Ok(self.at >= i64::from(self.definition.end.get(vu)?))
    }

    fn restart(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.at = i64::from(self.definition.start.get(vu)?);
        Ok(())
    }

    fn set_index(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.definition.index.set(self.at, vu)
    }
}

impl Cursor for ForeachCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.set_index(vu)?;
        let advance = if self.broken || self.current(vu)?.is_none() {
            self.broken = false;
            self.rewind(vu);
            self.restart(vu)?;
            Advance::Ended
        } else {
            generic_advance(self, vu)?
        };
        self.set_index(vu)?;
        Ok(advance)
    }

    /// Asking is what sets the output variable.
    fn is_done(&mut self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        if self.is_past_end(vu)? {
            return Ok(true);
        }
        let Some(value) = self.current(vu)? else { return Ok(self.place.done) };
        let output = self.definition.output.text(vu)?;
        vu.variables.put(&output, value);
        Ok(false)
    }

    fn initialize(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.place.reset();
        self.initialize_children(vu)?;
        self.restart(vu)
    }

    fn rewind(&mut self, _vu: &mut VirtualUser) {
        self.place.first = true;
        self.place.current = 0;
        self.at += 1;
    }

    fn iteration(&mut self) -> Iteration {
        Iteration { number: self.at + 1, of_loop: false }
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.rewind(vu);
        if !self.broken && self.current(vu)?.is_some() && !self.is_past_end(vu)? {
            return Ok(Advance::Again);
        }
        self.broken = false;
        self.restart(vu)?;
        Ok(Advance::Ended)
    }

    fn parent_turn(&mut self, _iteration: Iteration, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.cut(vu)
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        self.restart(vu)
    }

    fn as_loop(&mut self) -> Option<&mut dyn LoopCursor> {
        Some(self)
    }
}

impl LoopCursor for ForeachCursor {
    fn start_next_turn(&mut self, vu: &mut VirtualUser) {
        self.rewind(vu);
    }

    fn break_off(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.broken = true;
        self.place.first = true;
        self.place.current = 0;
        self.restart(vu)
    }
}
