//! `BeanShell` `PostProcessor`: a script that works on results.

use super::PostProcessor;
use crate::elements::scripts::{BeanShell, Properties};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};
use crate::script::Value;

pub(super) const ELEMENT: ElementType =
    ElementType::new("BeanShellPostProcessor", "BeanShell PostProcessor", |fields| {
        let properties = Properties::of_bean("beanshell.postprocessor.init");
        Element::post_processor(BeanShellPostProcessor(BeanShell::load(fields, &properties)))
    });

struct BeanShellPostProcessor(BeanShell);

impl PostProcessor for BeanShellPostProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let Some(previous) = &vu.previous else { return Ok(()) };
        let names = vec![("data", Value::bytes(previous.response_data.to_vec()))];
        self.0.run_or_log("o.a.j.e.BeanShellPostProcessor", "Problem in BeanShell script: ", names, vu).map(drop)
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
