//! Gaussian Random Timer: a constant delay, and a random deviation from it.

use rand_distr::{Distribution, StandardNormal};

use super::uniform_random_timer::RandomTimer;
use super::{Delay, Timer};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("GaussianRandomTimer", "Gaussian Random Timer", |fields| {
    Element::timer(GaussianRandomTimer(RandomTimer::load(fields)))
});

struct GaussianRandomTimer(RandomTimer);

impl Timer for GaussianRandomTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let gauss: f64 = StandardNormal.sample(vu.random_source());
        let random = gauss * self.0.range.get(vu)?;
        // What falls below zero is mirrored, not cut.
        Ok(Delay::Millis((random + self.0.delay.get(vu)? as f64).abs() as i64))
    }

    fn is_modifiable(&self) -> bool {
        true
    }
}
