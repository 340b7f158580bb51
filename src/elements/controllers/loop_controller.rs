//! Loop Controller: its children, a number of times.
//!
//! The count is read when the loop starts and kept for its turns; 0 and -1 are read again and again. With
//! `continue_forever` false a loop runs only the first time (`LoopController.java`).

use std::sync::Arc;

use super::{Advance, Controller, Cursor, Iteration, LoopCursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("LoopController", "Loop Controller", |fields| {
    Element::controller(LoopController::load(fields, Label::new(fields.name())))
});

/// Any negative number of loops: without end.
const FOR_EVER: i32 = -1;

/// A Loop Controller, or the main loop of a thread group.
pub struct LoopController {
    index: IndexVariable,
    loops: Prop<i32>,
    continue_forever: Prop<bool>,
}

impl LoopController {
    /// Reads the loop's properties; the loop's index variable bears that name.
    #[must_use]
    pub fn load(fields: &Fields<'_>, name: Label) -> Self {
        Self {
            index: IndexVariable::new(name),
            loops: fields.prop("LoopController.loops", 0),
            continue_forever: fields.prop("LoopController.continue_forever", true),
        }
    }

    /// A loop that runs once, for groups whose users do nothing but that.
    #[must_use]
    pub fn times(name: Label, loops: i32) -> Self {
        Self {
            index: IndexVariable::new(name),
            loops: Prop::fixed("LoopController.loops", loops),
            continue_forever: Prop::fixed("LoopController.continue_forever", false),
        }
    }

    /// The number of loops, if it is known before the run; negative means without end.
    #[must_use]
    pub fn planned_loops(&self) -> Option<i32> {
        self.loops.as_fixed().copied()
    }
}

impl Controller for LoopController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(LoopState { definition: self, place, turns: 0, loops: None, broken: false })
    }

    fn listens_to_parent(&self) -> bool {
        true
    }
}

/// The variable `__jm__NAME__idx`, which holds the number of the turn.
pub struct IndexVariable {
    name: Label,
    literal: Option<Arc<str>>,
}

impl IndexVariable {
    /// The variable of the loop of that name.
    #[must_use]
    pub fn new(name: Label) -> Self {
        let literal = name.literal().map(|name| format!("__jm__{name}__idx").into());
        Self { name, literal }
    }

    /// Sets it.
    ///
    /// # Errors
    /// When the loop's name cannot be evaluated.
    pub fn set(&self, index: i64, vu: &mut VirtualUser) -> Result<(), Fault> {
        match &self.literal {
            Some(variable) => vu.variables.put_shared(variable, index),
            None => {
                let variable = format!("__jm__{}__idx", self.name.get(vu)?);
                vu.variables.put(&variable, index);
            }
        }
        Ok(())
    }
}

struct LoopState {
    definition: Arc<LoopController>,
    place: Place,
    turns: i64,
    /// The count as read when the loop started.
    loops: Option<i32>,
    broken: bool,
}

impl LoopState {
    fn loops(&mut self, vu: &mut VirtualUser) -> Result<i32, Fault> {
        match self.loops {
            Some(loops) if loops != 0 && loops != FOR_EVER => Ok(loops),
            _ => {
                // A count that fails counts as none.
                let loops = match self.definition.loops.get(vu) {
                    Ok(loops) => loops,
                    Err(Fault::Exception { .. }) => 0,
                    Err(fault) => return Err(fault),
                };
                self.loops = Some(loops);
                Ok(loops)
            }
        }
    }

    fn has_ended(&mut self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        let loops = self.loops(vu)?;
        Ok(self.broken || (loops > FOR_EVER && self.turns >= i64::from(loops)))
    }

    fn restart(&mut self) {
        self.turns = 0;
        self.loops = None;
    }

    fn set_done(&mut self) {
        self.broken = false;
        self.loops = None;
        self.place.done = true;
    }

    fn set_index(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.definition.index.set(self.turns, vu)
    }
}

impl Cursor for LoopState {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.set_index(vu)?;
        if self.has_ended(vu)? {
            if !self.definition.continue_forever.get(vu)? {
                self.set_done();
            }
            self.broken = false;
            return Ok(Advance::Ended);
        }
        let advance = generic_advance(self, vu)?;
        self.set_index(vu)?;
        Ok(advance)
    }

    fn initialize(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.place.reset();
        self.restart();
        self.initialize_children(vu)
    }

    fn rewind(&mut self, _vu: &mut VirtualUser) {
        self.place.current = 0;
        self.place.first = true;
        self.turns += 1;
    }

    fn iteration(&mut self) -> Iteration {
        Iteration { number: self.turns + 1, of_loop: true }
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.rewind(vu);
        if !self.has_ended(vu)? {
            return Ok(Advance::Again);
        }
        if self.definition.continue_forever.get(vu)? {
            self.restart();
        } else {
            self.set_done();
        }
        Ok(Advance::Ended)
    }

    fn parent_turn(&mut self, _iteration: Iteration, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        self.restart();
        Ok(())
    }

    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        self.restart();
        Ok(())
    }

    fn as_loop(&mut self) -> Option<&mut dyn LoopCursor> {
        Some(self)
    }
}

impl LoopCursor for LoopState {
    fn start_next_turn(&mut self, vu: &mut VirtualUser) {
        self.rewind(vu);
    }

    fn break_off(&mut self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        self.broken = true;
        self.place.first = true;
        self.place.current = 0;
        self.restart();
        Ok(())
    }
}
