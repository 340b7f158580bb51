//! `JMeterContext.TestLogicalAction`: where a user goes after a sample.

use crate::model::NextAction;
use crate::script::Value;
use crate::script::class::{Class, Static};
use crate::script::java::enumeration::{self, Constant, ENUM};

/// The enumeration.
pub static CLASS: Static = Static::new(|| {
    Class::new("org.apache.jmeter.threads.JMeterContext$TestLogicalAction").extends(&[&ENUM]).enumeration(&[
        "CONTINUE",
        "START_NEXT_ITERATION_OF_THREAD",
        "START_NEXT_ITERATION_OF_CURRENT_LOOP",
        "BREAK_CURRENT_LOOP",
    ])
});

const ACTIONS: [NextAction; 4] =
    [NextAction::Continue, NextAction::StartNextThreadLoop, NextAction::StartNextLoop, NextAction::BreakLoop];

/// The constant for an action.
#[must_use]
pub fn value(action: NextAction) -> Value {
    let ordinal = ACTIONS.iter().position(|other| *other == action).unwrap_or(0);
    enumeration::constant(&CLASS, ordinal)
}

/// The action of a constant; `null` means to go on.
#[must_use]
pub fn action(value: &Value) -> NextAction {
    value.downcast::<Constant>().and_then(|constant| ACTIONS.get(constant.ordinal())).copied().unwrap_or_default()
}
