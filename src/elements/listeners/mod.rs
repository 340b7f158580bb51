//! Listeners: they hear of the results of every sampler in their scope.

use super::ElementType;
use crate::model::{Fault, Run, SampleResult, VirtualUser};
use crate::results::Sink;

/// Hears of results: in the user's own turn, or through a sink that gathers the results of all users.
pub trait Listener: Send + Sync {
    /// The consumer that gets the results, if the listener has one.
    ///
    /// # Errors
    /// Why it cannot be made; the test goes on without it.
    fn sink(&self, _run: &Run) -> Result<Option<Box<dyn Sink>>, String> {
        Ok(None)
    }

    /// Hears of a result in the user's own turn, and may change it for the listeners after it.
    ///
    /// # Errors
    /// What ends the user.
    fn sample_occurred(&self, _result: &mut SampleResult, _vu: &mut VirtualUser) -> Result<(), Fault> {
        Ok(())
    }

    /// Whether [`Listener::sample_occurred`] does anything.
    fn is_called(&self) -> bool {
        false
    }

    /// Whether it may block the thread it runs on; it then runs where it keeps no other user waiting.
    fn blocks(&self) -> bool {
        false
    }
}

/// The listeners.
pub const ELEMENTS: &[ElementType] = &[];
