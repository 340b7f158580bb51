//! Pre-processors: they work before every sampler in their scope.

mod anchor_modifier;
mod bean_shell_pre_processor;
mod current_request;
mod fifo_pop_pre_processor;
mod jsr223_pre_processor;
mod reg_ex_user_parameters;
mod sample_timeout;
mod url_rewriting_modifier;
mod user_parameters;

use std::pin::Pin;

use super::ElementType;
use crate::model::{Fault, VirtualUser};

/// Work that the user waits for.
pub type Waiting<'a> = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'a>>;

/// Works before a sample.
pub trait PreProcessor: Send + Sync {
    /// Does its work: sets variables, changes the sampler through [`VirtualUser::overrides`].
    ///
    /// # Errors
    /// What costs the sample.
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault>;

    /// What the user waits for instead of [`PreProcessor::process`], if the work takes its time.
    fn wait<'a>(&'a self, _vu: &'a mut VirtualUser) -> Option<Waiting<'a>> {
        None
    }

    /// Whether it may block the thread it runs on; it then runs where it keeps no other user waiting.
    fn blocks(&self) -> bool {
        false
    }
}

/// The pre-processors.
pub const ELEMENTS: &[ElementType] = &[
    bean_shell_pre_processor::ELEMENT,
    jsr223_pre_processor::ELEMENT,
    fifo_pop_pre_processor::ELEMENT,
    sample_timeout::ELEMENT,
    user_parameters::ELEMENT,
    reg_ex_user_parameters::ELEMENT,
    anchor_modifier::ELEMENT,
    url_rewriting_modifier::ELEMENT,
];
