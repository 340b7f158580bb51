//! Consumers of results: files, statistics, summaries, exporters.

mod sink;

pub use sink::{SampleEvent, Sink};
