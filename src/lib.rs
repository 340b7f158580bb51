//! Loadline runs Apache JMeter test plans headless and natively.
pub mod elements;
pub mod jmx;
pub mod model;
pub mod results;
pub mod script;
