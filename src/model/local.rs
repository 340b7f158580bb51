//! The state that one element has for each user.

use std::marker::PhantomData;
use std::sync::atomic::{AtomicU32, Ordering};

/// Names a user's own state of one element. Made while the plan is loaded.
pub struct Local<T> {
    pub(super) slot: u32,
    state: PhantomData<fn() -> T>,
}

/// Slots from here on are not counted by the loading of a plan.
pub(super) const FIRST_MADE_NOW: u32 = 1 << 31;
pub(super) static NEXT_MADE_NOW: AtomicU32 = AtomicU32::new(FIRST_MADE_NOW);

impl<T> Local<T> {
    /// The state of something that may be made while the test runs.
    #[must_use]
    pub fn made_now() -> Self {
        Self::in_slot(NEXT_MADE_NOW.fetch_add(1, Ordering::Relaxed).max(FIRST_MADE_NOW))
    }

    /// The state in that slot.
    #[must_use]
    pub fn in_slot(slot: u32) -> Self {
        Self { slot, state: PhantomData }
    }
}
