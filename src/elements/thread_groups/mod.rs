//! Thread groups: how many users, when, and for how long.

mod thread_group;

use std::sync::Arc;
use std::time::Duration;

use super::ElementType;
use super::controllers::Controller;
use crate::model::{Fault, OnSampleError, VirtualUser};

/// Starts users.
pub trait ThreadGroup: Send + Sync {
    /// When its turn is among the groups.
    fn phase(&self) -> Phase {
        Phase::Main
    }

    /// What is to be started, as known when the group's turn comes. `main` evaluates properties: it has the start
    /// variables.
    ///
    /// # Errors
    /// Why the group cannot start: no user of it runs, the others do.
    fn start(&self, main: &mut VirtualUser) -> Result<GroupStart, Fault>;

    /// The loop around the group's children.
    fn main_controller(&self) -> Arc<dyn Controller>;
}

/// When a group's turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// setUp groups: before all others.
    SetUp,
    /// The test itself.
    Main,
    /// tearDown groups: after all others.
    TearDown,
}

/// A group that starts.
pub struct GroupStart {
    /// The number of users that the plan asks for, where it does.
    pub users: u32,
    /// What a failed sample does.
    pub on_sample_error: OnSampleError,
    /// Whether a user keeps its cookies and connections from one iteration to the next.
    pub same_user: bool,
    /// What stands between the group's name and the numbers in its users' thread names.
    pub thread_name_suffix: &'static str,
    /// When users run.
    pub schedule: Schedule,
}

/// When the users of a group run: a value, which the scheduler carries out.
pub enum Schedule {
    /// So many users, each with its own life.
    Lifetimes(Vec<Lifetime>),
}

/// One user's life, from the start of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// When it starts.
    pub start: Duration,
    /// When it ends at the latest: after the sample that it is in then.
    pub end: Option<Duration>,
}

/// The thread groups.
pub const ELEMENTS: &[ElementType] =
    &[thread_group::THREAD_GROUP, thread_group::SETUP_THREAD_GROUP, thread_group::POST_THREAD_GROUP];
