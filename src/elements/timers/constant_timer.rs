//! Constant Timer: the same delay before every sampler in its scope.

use super::{Delay, Timer};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Fields, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("ConstantTimer", "Constant Timer", load);

struct ConstantTimer {
    delay: Prop<i64>,
}

fn load(fields: &Fields<'_>) -> Element {
    Element::timer(ConstantTimer { delay: fields.prop("ConstantTimer.delay", 0) })
}

impl Timer for ConstantTimer {
    fn delay(&self, vu: &mut VirtualUser) -> Result<Delay, Fault> {
        Ok(Delay::Millis(self.delay.get(vu)?))
    }
}
