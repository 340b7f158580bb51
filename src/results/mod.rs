//! Consumers of results: files, statistics, summaries, exporters.

mod consumers;
pub mod jtl;
pub mod live_view;
mod sink;
pub mod statistics;
mod summary;

pub use consumers::Consumers;
pub use sink::{SampleEvent, Sink, sample_variables};
pub use summary::Summaries;
