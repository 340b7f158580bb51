//! Samplers: they do something and measure it.

mod bean_shell_sampler;
mod close_web_socket_sampler;
mod debug_sampler;
mod dummy_sampler;
mod http2_sampler;
pub mod http_sampler;
mod java_sampler;
mod jsr223_sampler;
mod open_web_socket_sampler;
mod ping_pong_sampler;
mod request_response_web_socket_sampler;
mod set_variables_action;
mod single_read_web_socket_sampler;
mod single_write_web_socket_sampler;
mod system_sampler;
mod test_action;
mod web_socket_sampler;
pub(in crate::elements) mod websocket;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::ElementType;
use crate::model::{AskedSampler, Fault, SampleResult, VirtualUser};

/// What a sampler brings: a result, or none for those that only act.
pub type Sampled = Result<Option<SampleResult>, Fault>;

/// A sample under way.
pub type Sampling<'a> = Pin<Box<dyn Future<Output = Sampled> + Send + 'a>>;

/// Takes samples. A sample that fails is a result that says so; a [`Fault`] is for what JMeter throws out of a sampler,
/// which costs the sample.
pub trait Sampler: Send + Sync {
    /// Takes one sample. Whatever it waits for, it waits for inside [`VirtualUser::interruptible`], if it is one of the
    /// samplers that can be interrupted.
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a>;

    /// Whether it may block the thread it runs on; its users then run where they keep no other user waiting.
    fn blocks(&self) -> bool {
        false
    }

    /// The sampler as scripts may ask it, if it tells more than its properties.
    fn asked(self: Arc<Self>) -> Option<Arc<dyn AskedSampler>> {
        None
    }
}

/// The samplers.
pub const ELEMENTS: &[ElementType] = &[
    http_sampler::HTTP_SAMPLER_PROXY,
    http_sampler::HTTP_SAMPLER,
    http_sampler::HTTP_SAMPLER_2,
    bean_shell_sampler::ELEMENT,
    http2_sampler::ELEMENT,
    java_sampler::ELEMENT,
    jsr223_sampler::ELEMENT,
    debug_sampler::ELEMENT,
    dummy_sampler::ELEMENT,
    system_sampler::ELEMENT,
    set_variables_action::ELEMENT,
    test_action::ELEMENT,
    open_web_socket_sampler::ELEMENT,
    request_response_web_socket_sampler::ELEMENT,
    single_write_web_socket_sampler::ELEMENT,
    single_read_web_socket_sampler::ELEMENT,
    ping_pong_sampler::ELEMENT,
    close_web_socket_sampler::ELEMENT,
    web_socket_sampler::ELEMENT,
];
