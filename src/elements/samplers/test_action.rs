//! Flow Control Action: pauses, or decides where the user goes. Takes no sample.

use super::{Sampled, Sampler, Sampling};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, NextAction, Prop, Stop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("TestAction", "Flow Control Action", |fields| {
    Element::sampler(TestAction {
        action: fields.prop("ActionProcessor.action", 0),
        target: fields.prop("ActionProcessor.target", 0),
        duration: fields.text("ActionProcessor.duration", ""),
    })
});

/// `ActionProcessor.target`: the whole test, not this user alone.
const TEST: i32 = 2;

struct TestAction {
    /// 0 stop, 1 pause, 2 stop now, 3 next thread loop, 4 next iteration of the current loop, 5 break the current loop.
    action: Prop<i32>,
    target: Prop<i32>,
    /// Milliseconds.
    duration: Prop<String>,
}

impl Sampler for TestAction {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(self.act(vu))
    }
}

impl TestAction {
    async fn act(&self, vu: &mut VirtualUser) -> Sampled {
        let whole_test = self.target.get(vu)? == TEST;
        match self.action.get(vu)? {
            0 if whole_test => vu.stop_test(Stop::Graceful),
            2 if whole_test => vu.stop_test(Stop::Now),
            0 | 2 => vu.stop_thread(),
            1 => self.pause(vu).await?,
            3 => vu.next_action = NextAction::StartNextThreadLoop,
            4 => vu.next_action = NextAction::StartNextLoop,
            5 => vu.next_action = NextAction::BreakLoop,
            _ => {}
        }
        Ok(None)
    }

    /// Pauses, at most until the schedule ends.
    async fn pause(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let duration = self.duration.text(vu)?;
        let millis = match java::parse_long(&duration) {
            Some(millis) => millis,
            None if duration.is_empty() => {
                log::warn!(target: "o.a.j.s.TestAction", "Duration value is empty, defaulting to 0");
                0
            }
            None => {
                log::warn!(target: "o.a.j.s.TestAction", "Could not parse number: '{duration}'");
                0
            }
        };
        if millis < 0 {
            return Err(Fault::illegal_argument("timeout value is negative"));
        }
        let left = vu.end.map_or(i64::MAX, |end| end - vu.now());
        let millis = u64::try_from(millis.min(left)).unwrap_or(0);
        if millis > 0 {
            // An interrupt ends the pause: what happens next is the interrupter's business.
            let _ = vu.sleep(millis).await;
        }
        Ok(())
    }
}
