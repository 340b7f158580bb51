//! Poisson Random Timer: a constant delay, and on top a random time whose mean is given.

use rand_distr::{Distribution, Poisson};

use super::uniform_random_timer::RandomTimer;
use super::{Delay, Timer};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("PoissonRandomTimer", "Poisson Random Timer", |fields| {
    Element::timer(PoissonRandomTimer(RandomTimer::load(fields)))
});

struct PoissonRandomTimer(RandomTimer);

impl Timer for PoissonRandomTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        let lambda = (self.0.range.get(vu)? + 0.5).floor() as i32;
        // There is no distribution with a mean of 0 or less: it adds nothing.
        let random = Poisson::new(f64::from(lambda)).map_or(0.0, |poisson| poisson.sample(vu.random_source()));
        Ok(Delay::Millis((random as i64).saturating_add(self.0.delay.get(vu)?).saturating_abs()))
    }

    fn is_modifiable(&self) -> bool {
        true
    }
}
