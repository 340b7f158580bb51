//! Inter-Thread Communication `PostProcessor` of the plugin `jpgc-fifo`: puts a value into a queue.

use super::PostProcessor;
use crate::elements::fifo::Fifos;
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new(
    "kg.apc.jmeter.modifiers.FifoPutPostProcessor",
    "Inter-Thread Communication PostProcessor",
    |fields| {
        Element::post_processor(FifoPutPostProcessor {
            fifo_name: fields.text("FifoName", ""),
            value: fields.text("Value", ""),
        })
    },
);

struct FifoPutPostProcessor {
    fifo_name: Prop<String>,
    value: Prop<String>,
}

impl PostProcessor for FifoPutPostProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let fifo = vu.run.shared::<Fifos>().named(&self.fifo_name.text(vu)?);
        fifo.put(self.value.text(vu)?.into_owned());
        Ok(())
    }
}
