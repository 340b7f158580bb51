//! Thread groups: how many users, when, and for how long.

mod arrivals_thread_group;
mod concurrency_thread_group;
mod dynamic;
mod free_form_arrivals_thread_group;
pub(super) mod load_property;
mod open_model;
mod open_model_thread_group;
mod schedule;
mod stepping_thread_group;
mod thread_group;
mod ultimate_thread_group;

use std::sync::Arc;

pub use dynamic::{Level, Levels, LoadLog, UserPool};
pub use schedule::{Arrivals, Arriving, Corner, Lifetime, LoadCurve, LoadUnit, Look, Schedule, Timetable};

use super::ElementType;
use super::controllers::Controller;
use crate::model::{Fault, OnSampleError, StoppedBy, VirtualUser};
use crate::results::Consumers;

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

    /// Opens the file that the group logs to, if it has one.
    ///
    /// # Errors
    /// When it cannot be made.
    fn open_log(&self, _consumers: &mut Consumers) -> Result<(), String> {
        Ok(())
    }
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
    /// How a graceful stop reaches its users.
    pub stopped_by: StoppedBy,
    /// When users run.
    pub schedule: Schedule,
    /// What the log says of the ramp-up, if anything.
    pub ramp_up: Option<String>,
}

/// The thread groups.
pub const ELEMENTS: &[ElementType] = &[
    arrivals_thread_group::ELEMENT,
    concurrency_thread_group::ELEMENT,
    free_form_arrivals_thread_group::ELEMENT,
    open_model_thread_group::ELEMENT,
    stepping_thread_group::ELEMENT,
    thread_group::THREAD_GROUP,
    thread_group::SETUP_THREAD_GROUP,
    thread_group::POST_THREAD_GROUP,
    ultimate_thread_group::ELEMENT,
];
