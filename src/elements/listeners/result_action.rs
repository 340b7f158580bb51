//! Result Status Action Handler: what happens after a failed sample.
//!
//! It marks the result; the user does what the marks say once all listeners have heard of it. Marks on the samples of
//! transactions mean nothing.

use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, NextAction, Prop, SampleResult, VirtualUser};

use super::Listener;

pub(super) const ELEMENT: ElementType = ElementType::new("ResultAction", "Result Status Action Handler", |fields| {
    Element::listener(ResultAction::load(fields))
});

struct ResultAction {
    action: Prop<i32>,
}

impl ResultAction {
    fn load(fields: &Fields<'_>) -> Self {
        Self { action: fields.prop("OnError.action", 0) }
    }
}

impl Listener for ResultAction {
    fn sample_occurred(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<(), Fault> {
        if result.successful {
            return Ok(());
        }
        match self.action.get(vu)? {
            1 => result.stop_thread = true,
            2 => result.stop_test = true,
            3 => result.stop_test_now = true,
            4 => result.next_action = NextAction::StartNextThreadLoop,
            5 => result.next_action = NextAction::StartNextLoop,
            6 => result.next_action = NextAction::BreakLoop,
            _ => {}
        }
        Ok(())
    }

    fn is_called(&self) -> bool {
        true
    }
}
