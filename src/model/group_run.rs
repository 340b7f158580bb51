//! What the users of one thread group share while it runs.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::shared::Shared;
use super::{OnSampleError, Stop, UserHandle};

/// Running users with their thread names, in the order in which they started.
type UsersNow = BTreeMap<u64, (Arc<str>, Arc<UserHandle>)>;

/// A thread group that runs.
pub struct GroupRun {
    /// The group's name, with `${}` resolved.
    pub name: Arc<str>,
    /// Its number among the groups of its kind, from 1.
    pub number: u32,
    /// The users that the plan asks for; 0 where a schedule decides.
    pub users: u32,
    /// What a failed sample does.
    pub on_sample_error: OnSampleError,
    /// Whether a user keeps its cookies and connections from one iteration to the next.
    pub same_user: bool,
    /// Users of this group that are running, without those that wait for an arrival.
    pub active: AtomicU32,
    /// Users of this group that were started and have not ended.
    pub alive: AtomicU32,
    shared: Shared,
    stopped_by: StoppedBy,
    stopping: AtomicBool,
    closed: AtomicBool,
    changed: Notify,
    users_so_far: AtomicU64,
    users_now: Mutex<UsersNow>,
}

/// How a graceful stop reaches the users of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoppedBy {
    /// They end after the sample that they are in.
    #[default]
    Flag,
    /// What they wait for is interrupted, and the group's own controller gives them no further iteration: so it is in
    /// `AbstractDynamicThreadGroup.stop`.
    Interrupt,
}

impl GroupRun {
    /// A group without users yet.
    #[must_use]
    pub fn new(name: Arc<str>, number: u32, users: u32, on_sample_error: OnSampleError, same_user: bool) -> Self {
        Self {
            name,
            number,
            users,
            on_sample_error,
            same_user,
            active: AtomicU32::new(0),
            alive: AtomicU32::new(0),
            shared: Shared::default(),
            stopped_by: StoppedBy::Flag,
            stopping: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            changed: Notify::new(),
            users_so_far: AtomicU64::new(0),
            users_now: Mutex::default(),
        }
    }

    /// The same group, stopped in that way.
    #[must_use]
    pub fn stopped_by(mut self, way: StoppedBy) -> Self {
        self.stopped_by = way;
        self
    }

    /// Stops the group's users, those that wait to be started included.
    pub fn stop(&self, how: Stop) {
        if how == Stop::No {
            return;
        }
        let was_closed = self.closed.swap(true, Ordering::SeqCst);
        if how == Stop::Now || self.stopped_by == StoppedBy::Flag {
            self.stopping.store(true, Ordering::SeqCst);
        }
        if how == Stop::Now || self.stopped_by == StoppedBy::Interrupt && !was_closed {
            self.users_now.lock().values().for_each(|(_, handle)| handle.interrupt());
        }
        self.changed.notify_waiters();
    }

    /// Lets no further user start; those of dynamic groups get no further iteration.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.changed.notify_waiters();
    }

    /// Whether the group's users are to end after the sample that they are in.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Whether no further user is to start.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Waits until something has changed for good: the group was closed, or a condition that
    /// [`GroupRun::notify`] tells of holds.
    pub async fn until(&self, condition: impl Fn(&Self) -> bool) {
        loop {
            let changed = self.changed.notified();
            if condition(self) {
                return;
            }
            changed.await;
        }
    }

    /// Says that something has changed that others may wait for with [`GroupRun::until`].
    pub fn notify(&self) {
        self.changed.notify_waiters();
    }

    /// Something of which there is one in the group, for instance the times that its users have in common. Made when it is
    /// first asked for.
    pub fn shared<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.shared.get()
    }

    /// Makes a user known, so that it can be stopped and interrupted.
    pub fn add_user(&self, thread_name: Arc<str>) -> Arc<UserHandle> {
        let order = self.users_so_far.fetch_add(1, Ordering::Relaxed);
        let handle = Arc::new(UserHandle::new(order));
        self.users_now.lock().insert(order, (thread_name, handle.clone()));
        handle
    }

    /// Forgets a user that has ended.
    pub fn remove_user(&self, handle: &Arc<UserHandle>) {
        self.users_now.lock().remove(&handle.order());
    }

    /// The user of that thread name.
    #[must_use]
    pub fn user(&self, thread_name: &str) -> Option<Arc<UserHandle>> {
        let users = self.users_now.lock();
        users.values().find(|(name, _)| name.as_ref() == thread_name).map(|(_, handle)| handle.clone())
    }

    /// The thread names of the users that have not ended.
    #[must_use]
    pub fn thread_names(&self) -> Vec<Arc<str>> {
        self.users_now.lock().values().map(|(name, _)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_stop_reaches_users_as_the_group_wants_it() {
        let check = async |way, how, stopping: bool, interrupted: bool| {
            let group = GroupRun::new("g".into(), 1, 1, OnSampleError::Continue, true).stopped_by(way);
            let user = group.add_user("g 1-1".into());
            group.stop(how);
            assert_eq!((group.is_stopping(), group.is_closed()), (stopping, how != Stop::No), "{way:?} {how:?}");
            let wait = tokio::time::sleep(std::time::Duration::from_secs(1));
            assert_eq!(user.guard(None, std::pin::pin!(wait)).await.is_err(), interrupted, "{way:?} {how:?}");
        };
        check(StoppedBy::Flag, Stop::No, false, false).await;
        check(StoppedBy::Flag, Stop::Graceful, true, false).await;
        check(StoppedBy::Flag, Stop::Now, true, true).await;
        check(StoppedBy::Interrupt, Stop::Graceful, false, true).await;
        check(StoppedBy::Interrupt, Stop::Now, true, true).await;
    }
}
