//! `BeanShell` Listener: a script that hears of results, and may change what later listeners see.

use std::sync::Arc;

use super::Listener;
use crate::elements::scripts::{BeanShell, Properties};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, SampleResult, VirtualUser};
use crate::scripting::{self, sample_result};

pub(super) const ELEMENT: ElementType = ElementType::new("BeanShellListener", "BeanShell Listener", |fields| {
    let properties = Properties::of_bean("beanshell.listener.init");
    Element::listener(BeanShellListener(BeanShell::load(fields, &properties)))
});

struct BeanShellListener(BeanShell);

impl Listener for BeanShellListener {
    fn sample_occurred(&self, result: &mut SampleResult, vu: &mut VirtualUser) -> Result<(), Fault> {
        let object = sample_result::holding(Arc::new(std::mem::take(result)));
        let names = vec![("sampleEvent", scripting::sample_event(&object)), ("sampleResult", object.clone())];
        let done = scripting::with_result(vu, &object, |vu, _| {
            self.0.run_or_log("o.a.j.v.BeanShellListener", "Problem in BeanShell script ", names, vu).map(drop)
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
