//! Pre-processors: they work before every sampler in their scope.

mod bean_shell_pre_processor;
mod jsr223_pre_processor;
mod sample_timeout;
mod user_parameters;

use super::ElementType;
use crate::model::{Fault, VirtualUser};

/// Works before a sample.
pub trait PreProcessor: Send + Sync {
    /// Does its work: sets variables, changes the sampler through [`VirtualUser::overrides`].
    ///
    /// # Errors
    /// What costs the sample.
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault>;

    /// Whether it may block the thread it runs on; it then runs where it keeps no other user waiting.
    fn blocks(&self) -> bool {
        false
    }
}

/// The pre-processors.
pub const ELEMENTS: &[ElementType] = &[
    bean_shell_pre_processor::ELEMENT,
    jsr223_pre_processor::ELEMENT,
    sample_timeout::ELEMENT,
    user_parameters::ELEMENT,
];
