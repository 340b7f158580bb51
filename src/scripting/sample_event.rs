//! `sampleEvent`: a result on its way to a listener (`SampleEvent`).

use super::variables::user;
use crate::script::class::{Class, ClassRef, Row, Static, row};
use crate::script::{HostObject, Value, ok};

/// `org.apache.jmeter.samplers.SampleEvent`.
pub static CLASS: Static = Static::new(|| Class::new("org.apache.jmeter.samplers.SampleEvent").methods(METHODS));

struct SampleEvent(Value);

impl HostObject for SampleEvent {
    fn class(&self) -> ClassRef {
        ClassRef::Java(&CLASS)
    }
}

/// The event of a result.
#[must_use]
pub fn sample_event(result: &Value) -> Value {
    Value::object(SampleEvent(result.clone()))
}

const METHODS: &[Row] = &[
    row("getResult", "", |c| Ok(c.this_as::<SampleEvent>()?.0.clone())),
    row("getThreadGroup", "", |c| ok(user(c.machine).group.name.clone())),
    row("getHostname", "", |_| ok(gethostname::gethostname().to_string_lossy().into_owned())),
    row("isTransactionSampleEvent", "", |c| {
        let result = super::sample_result::result_of(&c.this_as::<SampleEvent>()?.0);
        ok(result.is_some_and(|result| result.is_transaction()))
    }),
];
