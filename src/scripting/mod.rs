//! JMeter as scripts see it: `vars`, `props`, `log`, `ctx`, `prev` and the other objects, on top of the interpreters in
//! [`crate::script`].

mod arguments;
pub mod assertion_result;
mod cache;
mod context;
mod current;
mod engine;
mod file_server;
mod header_manager;
mod host;
mod http_sampler;
mod jmeter_utils;
mod logger;
mod properties;
mod sample_event;
pub mod sample_result;
mod sampler;
mod stop;
mod test_logical_action;
mod thread;
mod thread_group;
mod value;
mod variables;

use std::sync::{Arc, LazyLock};

pub use cache::{Compiled, compiled};
pub use context::context;
pub use current::{with_previous, with_result};
pub use host::{Evaluated, evaluate, plain_text, run, text};
pub use logger::logger;
pub use properties::properties;
pub use sample_event::sample_event;
pub use sampler::current as current_sampler;
pub use stop::fault;
pub use value::{to_model, to_script};
pub use variables::variables;

use crate::script::Library;

/// Java's classes and JMeter's.
pub static LIBRARY: LazyLock<Arc<Library>> = LazyLock::new(|| {
    Library::with(&[
        &arguments::ARGUMENT,
        &arguments::ARGUMENTS,
        &arguments::HTTP_ARGUMENT,
        &assertion_result::CLASS,
        &context::CLASS,
        &context::SERVICE,
        &engine::CLASS,
        &file_server::CLASS,
        &header_manager::HEADER,
        &header_manager::MANAGER,
        &jmeter_utils::CLASS,
        &logger::CLASS,
        &properties::CLASS,
        &sample_event::CLASS,
        &sample_result::CLASS,
        &sample_result::HTTP_CLASS,
        &stop::STOP_TEST,
        &stop::STOP_TEST_NOW,
        &stop::STOP_THREAD,
        &test_logical_action::CLASS,
        &thread::CLASS,
        &thread_group::CLASS,
        &thread_group::LOOP_CONTROLLER,
        &variables::CLASS,
    ])
});
