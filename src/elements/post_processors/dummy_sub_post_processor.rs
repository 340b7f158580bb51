//! Add Dummy Subresult of the plugin `jpgc-dummy`: adds a part that answers as its properties say.

use super::PostProcessor;
use crate::elements::dummy_result::DummyResult;
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.modifiers.DummySubPostProcessor", "Add Dummy Subresult", |fields| {
        Element::post_processor(DummySubPostProcessor {
            result: DummyResult::load(fields),
            renames: !fields.loading.run.properties.flag("subresults.disable_renaming", false),
        })
    });

struct DummySubPostProcessor {
    result: DummyResult,
    /// Parts are called after the whole.
    renames: bool,
}

impl PostProcessor for DummySubPostProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let part = self.result.make_now(vu)?;
        let renames = self.renames;
        if let Some(result) = vu.result_mut() {
            result.add_part(part, renames);
        }
        Ok(())
    }
}
