//! Debug Sampler: shows the variables and properties of the moment as a response.

use super::{Sampled, Sampler, Sampling};
use crate::elements::debug_text::{Blocks, DebugText};
use crate::elements::{Element, ElementType};
use crate::model::{Label, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("DebugSampler", "Debug Sampler", |fields| {
    Element::sampler(DebugSampler { name: Label::new(fields.name()), shown: DebugText::load(fields) })
});

struct DebugSampler {
    name: Label,
    shown: DebugText,
}

impl Sampler for DebugSampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async move { self.show(vu) })
    }
}

impl DebugSampler {
    fn show(&self, vu: &mut VirtualUser) -> Sampled {
        let (label, start) = (self.name.get(vu)?, vu.now());
        let mut blocks = Blocks::default();
        self.shown.write(&mut blocks, vu)?;
        Ok(Some(blocks.into_result(label, start, vu)))
    }
}
