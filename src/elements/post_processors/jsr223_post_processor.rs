//! JSR223 `PostProcessor`: a script that works on results.

use std::sync::Arc;

use super::PostProcessor;
use crate::elements::scripts::Jsr223;
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("JSR223PostProcessor", "JSR223 PostProcessor", |fields| {
    let script = Jsr223::load(fields, "org.apache.jmeter.extractor.JSR223PostProcessor");
    let hooks = script.hooks();
    Element::post_processor(Jsr223PostProcessor(script)).with_hooks(hooks)
});

struct Jsr223PostProcessor(Arc<Jsr223>);

impl PostProcessor for Jsr223PostProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        self.0.run_or_log("o.a.j.e.JSR223PostProcessor", Vec::new(), vu).map(drop)
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
