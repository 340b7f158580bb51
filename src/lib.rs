//! Loadline runs Apache JMeter test plans headless and natively.

pub mod cli;
pub mod elements;
pub mod engine;
pub mod functions;
pub mod jmx;
pub mod model;
pub mod protocol;
pub mod query;
pub mod results;
pub mod target;
