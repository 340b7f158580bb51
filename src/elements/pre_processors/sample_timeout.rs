//! Sample Timeout: interrupts samples that take too long.
//!
//! It works on every sample of the group that it stands in, wherever in the tree: JMeter finds it per thread, not per scope.

use std::time::Duration;

use tokio::time::Instant;

use super::PreProcessor;
use crate::elements::{Element, ElementType, Hooks};
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("SampleTimeout", "Sample Timeout", |fields| {
    Element::pre_processor_with_hooks(SampleTimeout { timeout: fields.prop("InterruptTimer.timeout", 0) })
});

struct SampleTimeout {
    /// Milliseconds; none for 0 or less.
    timeout: Prop<i64>,
}

impl PreProcessor for SampleTimeout {
    /// It waits for the sample itself: pre-processors and timers do not count.
    fn process(&self, _vu: &mut VirtualUser) -> Result<(), Fault> {
        Ok(())
    }
}

impl Hooks for SampleTimeout {
    fn sample_starting(&self, vu: &mut VirtualUser) {
        let timeout =
            self.timeout.get(vu).ok().and_then(|millis| u64::try_from(millis).ok()).filter(|millis| *millis > 0);
        let Some(deadline) = timeout.and_then(|millis| Instant::now().checked_add(Duration::from_millis(millis)))
        else {
            return;
        };
        // Of several the first to come is the one that interrupts.
        vu.sample_deadline = Some(vu.sample_deadline.map_or(deadline, |other| other.min(deadline)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::virtual_user::tests::user;

    #[tokio::test(start_paused = true)]
    async fn the_shortest_timeout_interrupts() {
        let mut vu = user();
        let check = |timeout: i64, expected: Option<u128>, vu: &mut VirtualUser| {
            SampleTimeout { timeout: Prop::fixed("InterruptTimer.timeout", timeout) }.sample_starting(vu);
            let left = vu.sample_deadline.map(|deadline| (deadline - Instant::now()).as_millis());
            assert_eq!(left, expected, "{timeout}");
        };
        check(0, None, &mut vu);
        check(-5, None, &mut vu);
        check(400, Some(400), &mut vu);
        check(900, Some(400), &mut vu);
        check(i64::MAX, Some(400), &mut vu);
        let begun = Instant::now();
        assert!(vu.interruptible(tokio::time::sleep(Duration::from_secs(5))).await.is_err());
        assert_eq!(begun.elapsed().as_millis(), 400);
    }

    #[tokio::test(start_paused = true)]
    async fn who_was_interrupted_sleeps_no_more() {
        let mut vu = user();
        let begun = Instant::now();
        assert!(vu.sleep(100).await.is_ok());
        vu.sample_deadline = Some(begun + Duration::from_millis(300));
        assert!(vu.sleep(5000).await.is_err());
        assert!(vu.sleep(5000).await.is_err());
        assert_eq!(begun.elapsed().as_millis(), 300);
    }
}
