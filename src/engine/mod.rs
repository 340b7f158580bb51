//! Makes a plan run: from the tree as written to users at work, and their results to whoever consumes them.
//!
//! ```text
//! jmx::Plan --expand--> what takes part --load--> elements --compile--> ExecutionPlan
//!   --scheduler--> users --thread--> results --collector--> sinks
//! ```

mod collector;
mod compile;
mod expand;
mod load;
pub mod pace;
mod parallel;
mod prepare;
mod sample;
mod scheduler;
mod thread;
mod workers;

pub use collector::{Collector, CollectorReport};
pub use compile::{ExecutionPlan, GroupPlan, compile};
pub use expand::{Expanded, expand};
pub use load::{Loaded, LoadedPlan, PlanSettings, Policy, load};
pub use prepare::{Prepared, prepare};
pub use scheduler::{Outcome, run};
pub use workers::Workers;
