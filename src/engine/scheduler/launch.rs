//! Starting one user of a group.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use crate::elements::controllers::ControllerPlan;
use crate::engine::sample::Surroundings;
use crate::engine::thread;
use crate::engine::workers::Spawner;
use crate::model::{GroupRun, Run, Variables, VirtualUser};

/// Starts users; what carries out a schedule calls it at their times.
pub(super) trait Launch {
    /// Starts a user.
    fn launch(&self, user: NewUser);
}

/// A user to be started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NewUser {
    /// Its number in its group, from 0.
    pub number: u32,
    /// When it ends at the latest.
    pub end: Option<Instant>,
    /// When it was to arrive, where users arrive.
    pub due: Option<Instant>,
}

/// Starts the users of one group on the workers.
pub(super) struct Launcher {
    pub run: Arc<Run>,
    pub group: Arc<GroupRun>,
    /// What stands before the user's number in its thread name.
    pub prefix: String,
    /// The variables that users begin with.
    pub start: Variables,
    pub controller: Arc<ControllerPlan>,
    pub surroundings: Arc<Surroundings>,
    pub spawner: Spawner,
    /// Whether something that the users do may block their thread.
    pub blocks: bool,
    pub users: TaskTracker,
}

impl Launch for Launcher {
    fn launch(&self, NewUser { number, end, due }: NewUser) {
        let name: Arc<str> = format!("{}{}", self.prefix, u64::from(number) + 1).into();
        let mut vu = VirtualUser::new(self.run.clone(), self.group.clone(), number, name, self.start.fresh());
        vu.end = end.map(|end| self.run.clock.at(end));
        self.run.launched.fetch_add(1, Ordering::SeqCst);
        self.group.alive.fetch_add(1, Ordering::SeqCst);
        let life = thread::live(vu, due, self.controller.clone(), self.surroundings.clone());
        let life = self.users.track_future(life);
        if self.blocks { self.spawner.spawn_patiently(life) } else { self.spawner.spawn(life) }
    }
}
