//! The locks of Critical Section Controllers.

use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;

/// The locks of the run that a user has, each with how often it took it.
#[derive(Default)]
pub struct Locks(Vec<(Arc<str>, u32, OwnedMutexGuard<()>)>);

impl Locks {
    pub(super) fn take_again(&mut self, name: &str) -> bool {
        let held = self.0.iter_mut().find(|(held, ..)| held.as_ref() == name);
        held.map(|(_, times, _)| *times += 1).is_some()
    }

    pub(super) fn add(&mut self, name: Arc<str>, guard: OwnedMutexGuard<()>) {
        self.0.push((name, 1, guard));
    }

    /// Gives a lock back, as often as it was taken.
    pub fn release(&mut self, name: &str) {
        let Some(at) = self.0.iter().position(|(held, ..)| held.as_ref() == name) else { return };
        self.0[at].1 -= 1;
        if self.0[at].1 == 0 {
            self.0.remove(at);
        }
    }
}
