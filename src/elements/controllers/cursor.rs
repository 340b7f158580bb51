//! One user's place in a controller.
//!
//! The rules are those of JMeter's `GenericController`, seen from outside: a controller hands out its children one after
//! the other; a child controller that has nothing left is passed over, and if it never will have, it is gone for the rest
//! of the user's life. What differs from one controller to the next are the hooks of [`Cursor`].

use std::sync::Arc;

use super::{Action, ChildPlan, ControllerPlan, Hooks, SamplePackage, Step, Wait};
use crate::model::{Fault, NextAction, VirtualUser};

/// After so many rounds without a sampler the user lets others work.
const ROUNDS_BEFORE_IDLE: u32 = 250;

/// What one round of a controller came to.
pub enum Advance {
    /// A step.
    Step(Step),
    /// Nothing: the controller's turn is over.
    Ended,
    /// Nothing yet: ask once more.
    Again,
}

/// The start of a turn, as told to who listens.
#[derive(Debug, Clone, Copy)]
pub struct Iteration {
    /// The number of the turn: from 1 for loops, from 0 for other controllers.
    pub number: i64,
    /// Whether it is the turn of a Loop Controller, the group's own included.
    pub of_loop: bool,
}

/// One user's place in a controller. Asked again and again for the [`Cursor::next`] step.
pub trait Cursor: Send {
    /// The place itself.
    fn place(&mut self) -> &mut Place;

    /// The next step; `None` when the turn is over.
    ///
    /// # Errors
    /// When a property that decides cannot be evaluated.
    fn next(&mut self, vu: &mut VirtualUser) -> Result<Option<Step>, Fault> {
        for _ in 0..ROUNDS_BEFORE_IDLE {
            match self.advance(vu)? {
                Advance::Step(step) => return Ok(Some(step)),
                Advance::Ended => return Ok(None),
                Advance::Again => {}
            }
        }
        self.place().waiting = true;
        Ok(Some(Action::Wait(Wait::Idle).into()))
    }

    /// One round: tries the current child.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        generic_advance(self, vu)
    }

    /// Whether there will never be anything again.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn is_done(&mut self, _vu: &mut VirtualUser) -> Result<bool, Fault> {
        Ok(self.place().done)
    }

    /// To the start of everything, as for a new user.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn initialize(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.place().reset();
        self.initialize_children(vu)
    }

    /// The same for the controllers below.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn initialize_children(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        for child in &mut self.place().children {
            if let Child::Controller(cursor) = child {
                cursor.initialize(vu)?;
            }
        }
        Ok(())
    }

    /// Gets ready for the next turn.
    fn rewind(&mut self, vu: &mut VirtualUser) {
        vu.evaluate_anew();
        self.place().rewind();
    }

    /// The number of the turn that begins.
    fn iteration(&mut self) -> Iteration {
        Iteration { number: self.place().iteration, of_loop: false }
    }

    /// A child is about to be tried; `false` ends the turn instead.
    fn admits(&mut self, _child: usize, _vu: &mut VirtualUser) -> bool {
        true
    }

    /// A sampler is about to be handed out.
    fn gives_sampler(&mut self, vu: &mut VirtualUser) {
        self.increment(vu);
    }

    /// A child controller gave a step, which is about to be handed out.
    fn gives_from_controller(&mut self, _vu: &mut VirtualUser) {}

    /// A child controller had nothing; `gone` if it never will.
    fn child_ended(&mut self, gone: bool, vu: &mut VirtualUser) {
        if gone {
            self.place().remove_current();
        } else {
            self.increment(vu);
        }
    }

    /// On to the next child.
    fn increment(&mut self, _vu: &mut VirtualUser) {
        self.place().current += 1;
    }

    /// All children have had their turn.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn children_ended(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        self.rewind(vu);
        Ok(Advance::Ended)
    }

    /// The controller around starts a turn.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn parent_turn(&mut self, _iteration: Iteration, _vu: &mut VirtualUser) -> Result<(), Fault> {
        Ok(())
    }

    /// The turn is cut short by a break, a next loop or an error further in.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn cut(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.rewind(vu);
        Ok(())
    }

    /// The turn is given up by a Weighted Switch Controller above, `directly` below which it stands: what was under way starts
    /// afresh, and nobody hears of it.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn abandon(&mut self, _directly: bool, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.abandon_children(false, vu)?;
        self.cut(vu)
    }

    /// The same for the controllers below.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn abandon_children(&mut self, directly: bool, vu: &mut VirtualUser) -> Result<(), Fault> {
        for child in self.place().order.clone() {
            if let Child::Controller(cursor) = &mut self.place().children[child as usize] {
                cursor.abandon(directly, vu)?;
            }
        }
        Ok(())
    }

    /// The controller as a loop that can be continued and broken, if it is one.
    fn as_loop(&mut self) -> Option<&mut dyn LoopCursor> {
        None
    }

    /// Carries out where a user goes after its sample, from the controller next to the sampler outwards: controllers on
    /// the way are cut, and the first loop is continued or broken. Says whether such a loop was found.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn unwind(&mut self, action: NextAction, vu: &mut VirtualUser) -> Result<bool, Fault> {
        if let Some(child) = self.place().running_child()
            && child.unwind(action, vu)?
        {
            return Ok(true);
        }
        match (action, self.as_loop()) {
            (NextAction::StartNextLoop, Some(cursor)) => {
                cursor.start_next_turn(vu);
                Ok(true)
            }
            (NextAction::BreakLoop, Some(cursor)) => {
                cursor.break_off(vu)?;
                Ok(true)
            }
            _ => {
                self.cut(vu)?;
                Ok(false)
            }
        }
    }
}

/// A loop: Loop, While and `ForEach` Controllers.
pub trait LoopCursor {
    /// To the next turn.
    fn start_next_turn(&mut self, vu: &mut VirtualUser);

    /// Out of the loop.
    ///
    /// # Errors
    /// As [`Cursor::next`].
    fn break_off(&mut self, vu: &mut VirtualUser) -> Result<(), Fault>;
}

/// One round as `GenericController.next` makes it; what overrides [`Cursor::advance`] calls it in the end.
///
/// # Errors
/// As [`Cursor::next`].
pub fn generic_advance<C: Cursor + ?Sized>(cursor: &mut C, vu: &mut VirtualUser) -> Result<Advance, Fault> {
    cursor.place().waiting = false;
    if std::mem::take(&mut cursor.place().first) {
        start_turn(cursor, vu)?;
    }
    if cursor.is_done(vu)? {
        return Ok(Advance::Ended);
    }
    let Some(child) = cursor.place().current_child() else {
        if cursor.place().order.is_empty() {
            cursor.place().done = true;
            return Ok(Advance::Ended);
        }
        return cursor.children_ended(vu);
    };
    if !cursor.admits(child, vu) {
        return Ok(Advance::Ended);
    }
    let (step, gone) = match &mut cursor.place().children[child] {
        Child::Sampler(package) => {
            let step = Action::Sample(package.clone()).into();
            cursor.place().running = None;
            cursor.gives_sampler(vu);
            return Ok(Advance::Step(step));
        }
        Child::Controller(controller) => match controller.next(vu)? {
            Some(step) => (Some(step), false),
            None => (None, controller.is_done(vu)?),
        },
    };
    let Some(step) = step else {
        cursor.child_ended(gone, vu);
        return Ok(Advance::Again);
    };
    cursor.place().waiting = matches!(step.action, Action::Wait(_));
    if !cursor.place().waiting {
        cursor.place().running = Some(child);
        cursor.gives_from_controller(vu);
    }
    Ok(Advance::Step(step))
}

fn start_turn<C: Cursor + ?Sized>(cursor: &mut C, vu: &mut VirtualUser) -> Result<(), Fault> {
    let iteration = cursor.iteration();
    let plan = cursor.place().plan.clone();
    for listener in &plan.listeners {
        match listener {
            TurnListener::Element(element) => element.turn_started(vu)?,
            TurnListener::Child(child) => {
                if let Child::Controller(controller) = &mut cursor.place().children[*child] {
                    controller.parent_turn(iteration, vu)?;
                }
            }
        }
    }
    Ok(())
}

/// Who is told when a controller starts a turn.
pub enum TurnListener {
    /// An element, for instance a CSV Data Set.
    Element(Arc<dyn Hooks>),
    /// The child controller of that number.
    Child(usize),
}

/// What all cursors keep.
pub struct Place {
    /// The controller as the plan describes it.
    pub plan: Arc<ControllerPlan>,
    /// This user's children, in tree order.
    pub children: Vec<Child>,
    /// The numbers of the children that take part, in the order of their turns.
    pub order: Vec<u32>,
    /// The place in `order`.
    pub current: usize,
    /// At the start of a turn.
    pub first: bool,
    /// There will never be anything again.
    pub done: bool,
    /// Turns so far.
    pub iteration: i64,
    /// The last step was to wait: the next round repeats it, and must not repeat what was done before it.
    pub waiting: bool,
    /// The child controller that gave the last step.
    running: Option<usize>,
}

/// A child of one user's controller.
pub enum Child {
    /// A sampler.
    Sampler(Arc<SamplePackage>),
    /// The place in a controller.
    Controller(Box<dyn Cursor>),
}

impl Place {
    /// The start of a controller.
    #[must_use]
    pub fn new(plan: &Arc<ControllerPlan>) -> Self {
        let child = |child: &ChildPlan| match child {
            ChildPlan::Sampler(package) => Child::Sampler(package.clone()),
            ChildPlan::Controller(plan) => Child::Controller(plan.cursor()),
        };
        let children: Vec<_> = plan.children.iter().map(child).collect();
        let order = (0..u32::try_from(children.len()).unwrap_or(u32::MAX)).collect();
        let (plan, running) = (plan.clone(), None);
        Self { plan, children, order, current: 0, first: true, done: false, iteration: 0, waiting: false, running }
    }

    /// The number of the child whose turn it is.
    #[must_use]
    pub fn current_child(&self) -> Option<usize> {
        self.order.get(self.current).map(|child| *child as usize)
    }

    /// To the start of everything.
    pub fn reset(&mut self) {
        (self.current, self.iteration, self.done, self.first) = (0, 0, false, true);
        (self.waiting, self.running) = (false, None);
    }

    /// Gets ready for the next turn.
    pub fn rewind(&mut self) {
        (self.current, self.first) = (0, true);
        self.iteration += 1;
    }

    /// Takes the current child out, for the rest of the user's life.
    pub(super) fn remove_current(&mut self) {
        if self.current < self.order.len() {
            self.order.remove(self.current);
        }
    }

    /// The child controller that gave the last step.
    pub fn running_child(&mut self) -> Option<&mut Box<dyn Cursor>> {
        match self.children.get_mut(self.running?)? {
            Child::Controller(cursor) => Some(cursor),
            Child::Sampler(_) => None,
        }
    }
}
