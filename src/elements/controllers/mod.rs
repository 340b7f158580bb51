//! Controllers: which sampler is next.
//!
//! A controller is shared by all users; its [`Cursor`] is one user's place in it. Cursors are asked for the next step and
//! stop there: an Interleave Controller can take one sampler of a Loop Controller and come back to it in its next turn.

mod cursor;
mod generic_controller;
mod loop_controller;

use std::sync::Arc;

use smallvec::SmallVec;

pub use cursor::{Advance, Child, Cursor, Iteration, LoopCursor, Place, TurnListener, generic_advance};
pub use loop_controller::{IndexVariable, LoopController};

use super::{ElementType, Hooks, SamplePackage, TransactionPackage};
use crate::model::Label;

/// A controller as the plan describes it.
pub trait Controller: Send + Sync {
    /// A new user's place at the start of it.
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor>;

    /// What kind of transaction it is, for Transaction Controllers.
    fn transaction(&self) -> Option<TransactionKind> {
        None
    }

    /// Whether its cursor wants to know when the controller around starts a turn ([`Cursor::parent_turn`]).
    fn listens_to_parent(&self) -> bool {
        false
    }
}

/// What a Transaction Controller makes of its samples.
pub struct TransactionKind {
    /// `TransactionController.parent`.
    pub makes_parts: bool,
    /// `TransactionController.includeTimers`.
    pub includes_timers: bool,
}

/// What a user does next.
pub struct Step {
    /// What to do.
    pub action: Action,
    /// The transactions around it that make parts of their samples, innermost first.
    pub inside: SmallVec<[Arc<TransactionPackage>; 2]>,
}

/// What a user does next.
pub enum Action {
    /// Take a sample.
    Sample(Arc<SamplePackage>),
    /// End the innermost transaction of [`Step::inside`].
    EndTransaction,
    /// Wait, and ask the cursor again: nothing has changed.
    Wait(Wait),
}

/// What a user waits for before the next step is known.
pub enum Wait {
    /// The lock of a Critical Section Controller.
    Lock(Arc<str>),
    /// A moment: the controllers went round many times without finding a sampler.
    Idle,
}

impl From<Action> for Step {
    fn from(action: Action) -> Self {
        Self { action, inside: SmallVec::new() }
    }
}

/// A controller of a plan with what is below it: what a user's tree of cursors is made from.
pub struct ControllerPlan {
    /// Its name.
    pub name: Label,
    /// What it does.
    pub controller: Arc<dyn Controller>,
    /// What it hands out, in tree order.
    pub children: Vec<ChildPlan>,
    /// Who is told when it starts a turn, in the order of telling.
    pub listeners: Vec<TurnListener>,
    /// The same controller's transaction, if it is a Transaction Controller.
    pub transaction: Option<Arc<TransactionPackage>>,
}

/// A child of a controller in a plan.
pub enum ChildPlan {
    /// A sampler.
    Sampler(Arc<SamplePackage>),
    /// A controller.
    Controller(Arc<ControllerPlan>),
}

impl ControllerPlan {
    /// A new user's place at the start of the controller.
    #[must_use]
    pub fn cursor(self: &Arc<Self>) -> Box<dyn Cursor> {
        self.controller.clone().cursor(Place::new(self))
    }
}

/// The controllers.
pub const ELEMENTS: &[ElementType] = &[generic_controller::ELEMENT, loop_controller::ELEMENT];
