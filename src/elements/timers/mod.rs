//! Timers: they delay every sampler in their scope.

mod constant_timer;

use std::future::Future;
use std::pin::Pin;

use super::ElementType;
use crate::model::{Fault, VirtualUser};

/// Delays samples. All timers in the scope of a sampler add up to one wait.
pub trait Timer: Send + Sync {
    /// How long to wait now.
    ///
    /// # Errors
    /// When a property cannot be evaluated.
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault>;

    /// Whether the property `timer.factor` stretches the delay: so it is for random timers.
    fn is_modifiable(&self) -> bool {
        false
    }
}

/// How long a timer delays a sample.
pub enum Delay {
    /// So many milliseconds; a negative number shortens what other timers ask for.
    Millis(i64),
    /// Until the future is done: timers that wait for other users or for a free place in a schedule. Its result counts as
    /// milliseconds as well.
    Until(Pin<Box<dyn Future<Output = Result<i64, Fault>> + Send>>),
}

/// The timers.
pub const ELEMENTS: &[ElementType] = &[constant_timer::ELEMENT];
