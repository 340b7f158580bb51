//! Uniform Random Timer: a constant delay, and a random time on top.

use super::{Delay, Timer};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("UniformRandomTimer", "Uniform Random Timer", |fields| {
    Element::timer(UniformRandomTimer(RandomTimer::load(fields)))
});

struct UniformRandomTimer(RandomTimer);

impl Timer for UniformRandomTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let random = vu.random() * self.0.range.get(vu)?;
        // What falls below zero is mirrored, not cut.
        Ok(Delay::Millis((random + self.0.delay.get(vu)? as f64).abs() as i64))
    }

    fn is_modifiable(&self) -> bool {
        true
    }
}

/// What the random timers have in common.
pub(super) struct RandomTimer {
    /// Milliseconds.
    pub delay: Prop<i64>,
    /// The range or the deviation of the random part, in milliseconds.
    pub range: Prop<f64>,
}

impl RandomTimer {
    /// Reads the properties.
    pub(super) fn load(fields: &Fields<'_>) -> Self {
        Self { delay: fields.prop("ConstantTimer.delay", 0), range: fields.prop("RandomTimer.range", 0.0) }
    }
}
