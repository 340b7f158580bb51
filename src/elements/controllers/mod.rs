//! Controllers: which sampler is next.
//!
//! A controller is shared by all users; its [`Cursor`] is one user's place in it. Cursors are asked for the next step and
//! stop there: an Interleave Controller can take one sampler of a Loop Controller and come back to it in its next turn.

mod critical_section_controller;
mod cursor;
mod foreach_controller;
mod generic_controller;
mod if_controller;
mod interleave_control;
mod loop_controller;
mod once_only_controller;
mod parallel_sampler;
mod parameterized_controller;
mod random_order_controller;
mod run_time;
mod switch_controller;
mod throughput_controller;
mod transaction_controller;
mod weighted_switch_controller;
mod while_controller;

use std::sync::Arc;

use smallvec::SmallVec;

pub use cursor::{Advance, Child, Cursor, Iteration, LoopCursor, Place, TurnListener, generic_advance};
pub use generic_controller::GenericController;
pub use loop_controller::{IndexVariable, LoopController};
pub use transaction_controller::{OpenTransaction, Transaction, TransactionPackage};

use super::thread_groups::UserPool;
use super::{ElementType, Hooks, SamplePackage};
use crate::model::{Fault, Label, VirtualUser};

/// A controller as the plan describes it.
pub trait Controller: Send + Sync {
    /// A new user's place at the start of it.
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor>;

    /// What kind of transaction it is, for Transaction Controllers.
    fn transaction(&self) -> Option<TransactionKind> {
        None
    }

    /// How its children run side by side, for the Parallel Controller, which is a sampler to the controllers around it.
    fn parallel(&self) -> Option<ParallelKind> {
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
    /// The user's next arrival, in a group where users arrive.
    Arrival(Arc<UserPool>),
    /// A moment: the controllers went round many times without finding a sampler.
    Idle,
}

impl From<Action> for Step {
    fn from(action: Action) -> Self {
        Self { action, inside: SmallVec::new() }
    }
}

/// How a Parallel Controller runs its children.
#[derive(Debug, Clone, Copy)]
pub struct ParallelKind {
    /// Their samples become parts of one of its own.
    pub makes_parts: bool,
    /// How many may run at a time; `None` is all.
    pub limit: Option<usize>,
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

    /// The name of the child of that number.
    ///
    /// # Errors
    /// When it cannot be evaluated.
    pub fn child_name(&self, child: usize, vu: &mut VirtualUser) -> Result<Arc<str>, Fault> {
        match &self.children[child] {
            ChildPlan::Sampler(package) => package.name.get(vu),
            ChildPlan::Controller(plan) => plan.name.get(vu),
        }
    }
}

/// The controllers.
pub const ELEMENTS: &[ElementType] = &[
    critical_section_controller::ELEMENT,
    foreach_controller::ELEMENT,
    generic_controller::SIMPLE,
    generic_controller::INCLUDE,
    generic_controller::MODULE,
    generic_controller::RECORDING,
    generic_controller::TEST_FRAGMENT,
    if_controller::ELEMENT,
    interleave_control::INTERLEAVE,
    interleave_control::RANDOM,
    loop_controller::ELEMENT,
    once_only_controller::ELEMENT,
    parallel_sampler::ELEMENT,
    parameterized_controller::ELEMENT,
    random_order_controller::ELEMENT,
    run_time::ELEMENT,
    switch_controller::ELEMENT,
    throughput_controller::ELEMENT,
    transaction_controller::ELEMENT,
    weighted_switch_controller::ELEMENT,
    while_controller::ELEMENT,
];
