//! Post-processors: they work on the results of every sampler in their scope.

mod bean_shell_post_processor;
mod boundary_extractor;
mod debug_post_processor;
mod dummy_sub_post_processor;
mod fifo_put_post_processor;
mod html_extractor;
mod jmespath_extractor;
mod json_post_processor;
mod jsr223_post_processor;
mod regex_extractor;
mod sample_scope;
mod subject;
mod xpath2_extractor;
mod xpath_extractor;
mod xpath_matches;

use super::ElementType;
use crate::model::{Fault, VirtualUser};

/// Works on [`VirtualUser::previous`], which it may change.
pub trait PostProcessor: Send + Sync {
    /// Does its work.
    ///
    /// # Errors
    /// What costs the sample: it vanishes from the results, and nothing after this is done for it.
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault>;

    /// Whether it may block the thread it runs on; it then runs where it keeps no other user waiting.
    fn blocks(&self) -> bool {
        false
    }
}

/// The post-processors.
pub const ELEMENTS: &[ElementType] = &[
    regex_extractor::ELEMENT,
    boundary_extractor::ELEMENT,
    json_post_processor::ELEMENT,
    jsr223_post_processor::ELEMENT,
    bean_shell_post_processor::ELEMENT,
    jmespath_extractor::ELEMENT,
    html_extractor::ELEMENT,
    xpath_extractor::ELEMENT,
    xpath2_extractor::ELEMENT,
    debug_post_processor::ELEMENT,
    dummy_sub_post_processor::ELEMENT,
    fifo_put_post_processor::ELEMENT,
];
