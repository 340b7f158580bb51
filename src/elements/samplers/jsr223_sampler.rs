//! JSR223 Sampler: a sample whose work is a script.

use std::sync::Arc;

use super::{Sampled, Sampler, Sampling};
use crate::elements::scripts::{Failure, Jsr223};
use crate::elements::{Element, ElementType};
use crate::model::{DataType, SampleResult, VirtualUser};
use crate::scripting::{self, sample_result};

pub(super) const ELEMENT: ElementType = ElementType::new("JSR223Sampler", "JSR223 Sampler", |fields| {
    let script = Jsr223::load(fields, CLASS);
    let hooks = script.hooks();
    Element::sampler(Jsr223Sampler { script }).with_hooks(hooks)
});

const CLASS: &str = "org.apache.jmeter.protocol.java.sampler.JSR223Sampler";

struct Jsr223Sampler {
    script: Arc<Jsr223>,
}

impl Jsr223Sampler {
    fn run(&self, vu: &mut VirtualUser) -> Sampled {
        let prepared = self.script.prepare(vu)?;
        let mut result = SampleResult::starting(self.script.name(vu)?, 0);
        result.set_ok();
        result.data_type = DataType::Text;
        result.sampler_data = Some(prepared.shown().into());
        result.start = vu.now();
        let object = sample_result::new_result(result);
        let done = scripting::with_previous(vu, |vu, previous| {
            let run = self.script.run(&prepared, previous, vec![("SampleResult", object.clone())], vu)?;
            scripting::text(&run.script, &run.value, vu).map_err(|error| Failure::of(&error))
        });
        let mut result = sample_result::result_of(&object).unwrap_or_default();
        match done {
            Ok(Some(text)) if result.response_data.is_empty() => sample_result::set_text(&mut result, &text, vu),
            Ok(_) => {}
            Err(failure) => {
                let message = failure.settle()?;
                let name = self.script.name(vu)?;
                log::error!(target: "o.a.j.p.j.s.JSR223Sampler", "Problem in JSR223 script {name}, message: {message}");
                result.successful = false;
                result.response_code = "500".into();
                result.response_message = message.into();
            }
        }
        if result.end == 0 {
            result.end = vu.now();
        }
        Ok(Some(result))
    }
}

impl Sampler for Jsr223Sampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async { self.run(vu) })
    }

    fn blocks(&self) -> bool {
        self.script.blocks()
    }
}
