//! Timers: they delay every sampler in their scope.

mod barrier;
mod bean_shell_timer;
mod constant_throughput_timer;
mod constant_timer;
mod gaussian_random_timer;
mod jsr223_timer;
mod poisson_random_timer;
mod precise_throughput_timer;
mod shaper;
mod sync_timer;
mod uniform_random_timer;
mod variable_throughput_timer;

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

    /// Whether it may block the thread it runs on; its users then run where they keep no other user waiting.
    fn blocks(&self) -> bool {
        false
    }
}

/// How long a timer delays a sample.
pub enum Delay {
    /// So many milliseconds; a negative number shortens what other timers ask for.
    Millis(i64),
    /// Until the future is done: timers that wait for other users or for a free place in a schedule. It ends by itself when
    /// its user is to stop. It gives when the sample was meant to start, in milliseconds since 1970, if the timer paces.
    Until(Pin<Box<dyn Future<Output = Result<Option<i64>, Fault>> + Send>>),
}

/// The timers.
pub const ELEMENTS: &[ElementType] = &[
    constant_throughput_timer::ELEMENT,
    constant_timer::ELEMENT,
    gaussian_random_timer::ELEMENT,
    bean_shell_timer::ELEMENT,
    jsr223_timer::ELEMENT,
    poisson_random_timer::ELEMENT,
    precise_throughput_timer::ELEMENT,
    sync_timer::ELEMENT,
    uniform_random_timer::ELEMENT,
    variable_throughput_timer::ELEMENT,
];

#[cfg(test)]
mod tests;
