//! Interleave Controller and Random Controller: one of the children each turn.
//!
//! With style 0 a sub-controller gives one sampler in its turn and keeps its place; with style 1 it gives all of them. With style
//! 0 JMeter asks a sub-controller that has nothing to give again, until it has or until the stack overflows; here the next one
//! is tried in the end.

use std::sync::Arc;

use rand::RngExt;

use super::{Advance, Controller, Cursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Prop, VirtualUser};

pub(super) const INTERLEAVE: ElementType =
    ElementType::new("InterleaveControl", "Interleave Controller", |fields| load(fields, Choice::InTurn));
pub(super) const RANDOM: ElementType =
    ElementType::new("RandomController", "Random Controller", |fields| load(fields, Choice::Random));

/// So often a sub-controller is asked again: a condition may hold the next time.
const MOST_RETRIES: u32 = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    InTurn,
    Random,
}

struct InterleaveControl {
    choice: Choice,
    /// 0: samplers are the units, sub-controllers do not count; 1: sub-controllers are units.
    style: Prop<i32>,
    across_threads: Prop<bool>,
}

fn load(fields: &Fields<'_>, choice: Choice) -> Element {
    Element::controller(InterleaveControl {
        choice,
        style: fields.prop("InterleaveControl.style", 0),
        // Sic.
        across_threads: fields.prop("InterleaveControl.accrossThreads", false),
    })
}

impl Controller for InterleaveControl {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        let (definition, search_start) = (self, None);
        let (skip_next, gave, still_same, retries, whole) = (false, false, true, 0, false);
        Box::new(InterleaveCursor { definition, place, skip_next, search_start, gave, still_same, retries, whole })
    }
}

struct InterleaveCursor {
    definition: Arc<InterleaveControl>,
    place: Place,
    /// The turn is over with the step that was handed out.
    skip_next: bool,
    /// The child with which the search for something to give began.
    search_start: Option<usize>,
    /// A sub-controller gave something in this turn.
    gave: bool,
    /// The search is still at the child with which it began.
    still_same: bool,
    /// How often the current child had nothing and was asked again.
    retries: u32,
    /// Style 1, as read when the turn's child was chosen.
    whole: bool,
}

impl InterleaveCursor {
    fn choose(&mut self, vu: &mut VirtualUser) {
        let children = self.place.order.len();
        match self.definition.choice {
            Choice::InTurn => {}
            Choice::Random if children == 0 => self.place.current = 0,
            Choice::Random => self.place.current = vu.random_source().random_range(0..children),
        }
    }
}

impl Cursor for InterleaveCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if self.skip_next {
            self.rewind(vu);
            return Ok(Advance::Ended);
        }
        self.whole = self.definition.style.get(vu)? == 1;
        generic_advance(self, vu)
    }

    fn initialize(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.place.reset();
        self.choose(vu);
        self.initialize_children(vu)?;
        let children = self.place.order.len();
        if children > 0 && self.definition.across_threads.get(vu)? {
            self.place.current = vu.thread_number as usize % children;
        }
        Ok(())
    }

    fn rewind(&mut self, _vu: &mut VirtualUser) {
        self.place.first = true;
        self.place.iteration += 1;
        self.search_start = None;
        (self.skip_next, self.gave, self.still_same, self.retries) = (false, false, true, 0);
    }

    fn admits(&mut self, child: usize, vu: &mut VirtualUser) -> bool {
        match self.search_start {
            None => self.search_start = Some(child),
            Some(start) if start == child && !self.still_same => {
                self.rewind(vu);
                return false;
            }
            Some(_) => {}
        }
        true
    }

    fn gives_sampler(&mut self, vu: &mut VirtualUser) {
        self.skip_next = true;
        self.increment(vu);
    }

    fn gives_from_controller(&mut self, vu: &mut VirtualUser) {
        self.gave = true;
        self.retries = 0;
        if self.whole {
            self.search_start = None;
        } else {
            self.increment(vu);
            self.skip_next = true;
        }
    }

    fn child_ended(&mut self, gone: bool, vu: &mut VirtualUser) {
        if gone {
            self.place.remove_current();
        } else if self.whole || self.retries == MOST_RETRIES {
            self.increment(vu);
        } else {
            self.retries += 1;
        }
    }

    fn increment(&mut self, vu: &mut VirtualUser) {
        self.skip_next |= self.gave;
        self.still_same = false;
        self.retries = 0;
        self.place.current += 1;
        self.choose(vu);
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.place.current = 0;
        self.choose(vu);
        Ok(Advance::Again)
    }
}
