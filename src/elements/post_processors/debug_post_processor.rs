//! Debug `PostProcessor`: shows the sampler, the variables and the properties of the moment as a part of the result.

use super::PostProcessor;
use crate::elements::debug_text::{Blocks, DebugText};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, Label, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("DebugPostProcessor", "Debug PostProcessor", |fields| {
    Element::post_processor(DebugPostProcessor {
        name: Label::new(fields.name()),
        shown: DebugText::load(fields),
        sampler_properties: fields.prop("displaySamplerProperties", false),
        renames: !fields.loading.run.properties.flag("subresults.disable_renaming", false),
    })
});

struct DebugPostProcessor {
    name: Label,
    shown: DebugText,
    sampler_properties: Prop<bool>,
    /// Parts are called after the whole.
    renames: bool,
}

impl PostProcessor for DebugPostProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let (label, start) = (self.name.get(vu)?, vu.now());
        let mut blocks = Blocks::default();
        if self.sampler_properties.get(vu)? {
            let sampler = vu.sampler.clone();
            let rows = sampler.map_or_else(|| Ok(Vec::new()), |sampler| sampler.shown(vu))?;
            blocks.add("SamplerProperties", rows);
        }
        self.shown.write(&mut blocks, vu)?;
        let mut part = blocks.into_result(label, start, vu);
        (part.group_threads, part.all_threads) = vu.active_threads();
        let renames = self.renames;
        if let Some(result) = vu.result_mut() {
            result.add_part(part, renames);
        }
        Ok(())
    }
}
