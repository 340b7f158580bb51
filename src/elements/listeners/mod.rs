//! Listeners: they hear of the results of every sampler in their scope.

mod bean_shell_listener;
mod jsr223_listener;
mod result_action;
mod result_collector;
mod result_saver;
mod summariser;

use super::ElementType;
use crate::model::{Fault, SampleResult, VirtualUser};
use crate::results::{Consumers, Sink};

/// Hears of results: in the user's own turn, or through a sink that gathers the results of all users.
pub trait Listener: Send + Sync {
    /// The consumer that gets the results, if the listener has one. Asked once, before the test starts.
    ///
    /// # Errors
    /// Why it cannot be made; the test goes on without it.
    fn sink(&self, _consumers: &mut Consumers) -> Result<Option<Box<dyn Sink>>, String> {
        Ok(None)
    }

    /// The results file that the listener names, as written: `-f` deletes it.
    fn results_file(&self) -> Option<&str> {
        None
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
pub const ELEMENTS: &[ElementType] = &[
    bean_shell_listener::ELEMENT,
    jsr223_listener::ELEMENT,
    result_action::ELEMENT,
    result_collector::ELEMENT,
    result_collector::CORRECTED,
    result_saver::ELEMENT,
    summariser::ELEMENT,
];

#[cfg(test)]
mod tests;
