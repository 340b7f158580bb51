//! The controller inside a dynamic group: asks the group before each iteration whether there is to be one.
//!
//! It has the manners of the plugin's version 2.10: `next thread loop` works as in a loop, but to break out of the group ends
//! the user with a Java exception, and a new one takes its place (`VirtualUserController.java`).

use std::sync::Arc;

use super::levels::count;
use super::{Levels, UserPool};
use crate::elements::controllers::{
    Action, Advance, Controller, Cursor, Iteration, LoopCursor, Place, Wait, generic_advance,
};
use crate::model::{Fault, Prop, VirtualUser};

/// The controller inside a dynamic group.
pub(in crate::elements::thread_groups) struct VirtualUserController {
    /// `Iterations`: so many for each user; 0 or empty for no limit.
    pub iterations: Prop<String>,
    /// Where users and iterations come from.
    pub supply: Supply,
}

/// Where users and iterations come from.
pub(in crate::elements::thread_groups) enum Supply {
    /// As many users as the levels want, each with one iteration after the other.
    Users(Arc<Levels>),
    /// An iteration for each arrival.
    Arrivals(Arc<UserPool>),
}

impl Controller for VirtualUserController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(VirtualUserCursor { definition: self, place, iteration: 0, state: State::Beginning })
    }
}

impl VirtualUserController {
    /// Whether the group gives its users nothing more.
    fn is_limit_reached(&self, vu: &VirtualUser) -> bool {
        match &self.supply {
            Supply::Users(_) => vu.group.is_closed(),
            Supply::Arrivals(pool) => pool.is_limit_reached(),
        }
    }

    /// Why a user that has completed an iteration does not begin another one.
    fn reason_to_end(&self, iteration: u64, vu: &mut VirtualUser) -> Result<Option<&'static str>, Fault> {
        if self.is_limit_reached(vu) {
            return Ok(Some("Test limit reached"));
        }
        let iterations = count(&self.iterations, vu)?;
        if iterations > 0 && iteration >= iterations.unsigned_abs() {
            return Ok(Some("Iteration limit reached"));
        }
        let Supply::Users(levels) = &self.supply else { return Ok(None) };
        let alive = vu.group.alive.load(std::sync::atomic::Ordering::SeqCst);
        let too_many = i64::from(alive) > i64::from(levels.target(vu)?);
        Ok(too_many.then_some("Need to decrease concurrency"))
    }
}

struct VirtualUserCursor {
    definition: Arc<VirtualUserController>,
    place: Place,
    /// The number of the iteration, from 1.
    iteration: u64,
    state: State,
}

/// Where a user is between its iterations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before an iteration.
    Beginning,
    /// In an iteration.
    Iterating,
    /// About to wait for the next arrival.
    Leaving,
    /// Waiting for it.
    Resting,
}

impl VirtualUserCursor {
    fn begin_again(&mut self, vu: &mut VirtualUser) {
        self.rewind(vu);
        self.state = State::Beginning;
    }

    fn end(&mut self) -> Advance {
        self.place.done = true;
        Advance::Ended
    }

    /// The user waits in the pool until it is its turn to arrive; then it begins again, or ends if it was sent home.
    fn rest(&mut self, vu: &mut VirtualUser) -> Option<Advance> {
        let Supply::Arrivals(pool) = &self.definition.supply else { return None };
        match self.state {
            State::Leaving => {
                let wait = Action::Wait(Wait::Arrival(pool.clone()));
                self.state = State::Resting;
                return Some(Advance::Step(wait.into()));
            }
            State::Resting if vu.intended_start.is_none() => return Some(self.end()),
            State::Resting => self.begin_again(vu),
            State::Beginning | State::Iterating => {}
        }
        None
    }
}

impl Cursor for VirtualUserCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if let Some(advance) = self.rest(vu) {
            return Ok(advance);
        }
        if self.definition.is_limit_reached(vu) {
            return Ok(self.end());
        }
        if self.state == State::Beginning {
            self.state = State::Iterating;
            self.iteration += 1;
            if let Supply::Arrivals(pool) = &self.definition.supply {
                pool.arrival(self.iteration, vu);
                if vu.group.is_closed() {
                    return Ok(self.end());
                }
            }
        }
        generic_advance(self, vu)
    }

    fn initialize(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.place.reset();
        (self.iteration, self.state) = (0, State::Beginning);
        self.initialize_children(vu)
    }

    fn iteration(&mut self) -> Iteration {
        Iteration { number: i64::try_from(self.iteration).unwrap_or(i64::MAX), of_loop: false }
    }

    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        let definition = self.definition.clone();
        if let Supply::Arrivals(pool) = &definition.supply {
            pool.completion(self.iteration, vu);
        }
        if let Some(reason) = definition.reason_to_end(self.iteration, vu)? {
            let target = "c.b.j.c.VirtualUserController";
            log::info!(target: target, "{reason}, thread is done: {}", vu.thread_name);
            return Ok(self.end());
        }
        match &definition.supply {
            Supply::Users(_) => {
                self.begin_again(vu);
                Ok(Advance::Again)
            }
            Supply::Arrivals(_) => {
                self.state = State::Leaving;
                Ok(Advance::Again)
            }
        }
    }

    fn as_loop(&mut self) -> Option<&mut dyn LoopCursor> {
        Some(self)
    }
}

impl LoopCursor for VirtualUserCursor {
    fn start_next_turn(&mut self, vu: &mut VirtualUser) {
        let definition = self.definition.clone();
        match &definition.supply {
            Supply::Users(_) => self.begin_again(vu),
            Supply::Arrivals(pool) => {
                pool.abandonment(self.iteration, vu);
                if pool.is_limit_reached() || vu.group.is_closed() {
                    self.place.done = true;
                } else {
                    self.state = State::Leaving;
                }
            }
        }
    }

    fn break_off(&mut self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        let message = "class com.blazemeter.jmeter.control.VirtualUserController cannot be cast to class \
                       org.apache.jmeter.control.IteratingController";
        Err(Fault::exception("java.lang.ClassCastException", message))
    }
}
