//! JSR223 Listener: a script that hears of results, and may change what later listeners see.

use std::sync::Arc;

use super::Listener;
use crate::elements::scripts::Jsr223;
use crate::elements::{Element, ElementType};
use crate::model::{Fault, SampleResult, VirtualUser};
use crate::scripting::{self, sample_result};

pub(super) const ELEMENT: ElementType = ElementType::new("JSR223Listener", "JSR223 Listener", |fields| {
    let script = Jsr223::load(fields, "org.apache.jmeter.visualizers.JSR223Listener");
    let hooks = script.hooks();
    Element::listener(Jsr223Listener(script)).with_hooks(hooks)
});

struct Jsr223Listener(Arc<Jsr223>);

impl Listener for Jsr223Listener {
    fn sample_occurred(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<(), Fault> {
        let object = sample_result::holding(Arc::new(std::mem::take(result)));
        let names = vec![("sampleEvent", scripting::sample_event(&object)), ("sampleResult", object.clone())];
        let done = scripting::with_result(vu, &object, |vu, _| {
            self.0.run_or_log("o.a.j.v.JSR223Listener", names, vu).map(drop)
        });
        *result = sample_result::result_of(&object).unwrap_or_default();
        done
    }

    fn is_called(&self) -> bool {
        true
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
