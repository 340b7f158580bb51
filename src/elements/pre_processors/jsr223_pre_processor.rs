//! JSR223 `PreProcessor`: a script that runs before a sample, and may change the sampler.

use std::sync::Arc;

use super::PreProcessor;
use crate::elements::scripts::Jsr223;
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("JSR223PreProcessor", "JSR223 PreProcessor", |fields| {
    let script = Jsr223::load(fields, "org.apache.jmeter.modifiers.JSR223PreProcessor");
    let hooks = script.hooks();
    Element::pre_processor(Jsr223PreProcessor(script)).with_hooks(hooks)
});

struct Jsr223PreProcessor(Arc<Jsr223>);

impl PreProcessor for Jsr223PreProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.0.run_or_log("o.a.j.m.JSR223PreProcessor", Vec::new(), vu).map(drop)
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
