//! The words that everyone speaks: what a property, a variable, a result and a virtual user are. No IO, and nothing
//! here knows an element, a protocol or a file format.

mod arguments;
mod clock;
mod fault;
mod fields;
mod flow;
mod group_run;
mod label;
mod local;
mod locks;
mod overrides;
mod pacing;
mod parameter;
mod planned_sampler;
mod problem;
mod prop;
mod properties;
mod run;
mod sample_result;
mod scope;
mod shared;
mod template;
mod value;
mod variables;
pub(crate) mod virtual_user;

pub use arguments::{Argument, arguments};
pub use clock::Clock;
pub use fault::Fault;
pub use fields::{Fields, Loading};
pub use flow::{Interrupted, NextAction, OnSampleError, Stop, UserHandle};
pub use group_run::{GroupRun, StoppedBy};
pub use label::Label;
pub use local::Local;
pub use locks::Locks;
pub use overrides::Overrides;
pub use pacing::{Pacing, PacingReport};
pub use parameter::Parameter;
pub use planned_sampler::{AskedSampler, CurrentHeader, PlannedSampler, TextPart};
pub use problem::{Problem, Problems, Severity};
pub use prop::{FromText, Prop};
pub use properties::Properties;
pub use run::Run;
pub use sample_result::{AssertionResult, Compared, DataType, HttpDetails, SampleResult, Text};
pub use scope::{ConfigInScope, Scope};
pub use template::{
    Arity, Dependence, Function, FunctionTable, FunctionType, Template, TemplateError, UnknownReference,
};
pub use value::{Object, Value};
pub use variables::Variables;
pub use virtual_user::VirtualUser;
#[cfg(test)]
pub(crate) use virtual_user::tests::user;
