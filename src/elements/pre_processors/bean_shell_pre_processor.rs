//! `BeanShell` `PreProcessor`: a script that runs before a sample, and may change the sampler.

use super::PreProcessor;
use crate::elements::scripts::{BeanShell, Properties};
use crate::elements::{Element, ElementType};
use crate::model::{Fault, VirtualUser};
use crate::scripting;

pub(super) const ELEMENT: ElementType = ElementType::new("BeanShellPreProcessor", "BeanShell PreProcessor", |fields| {
    let properties = Properties::of_bean("beanshell.preprocessor.init");
    Element::pre_processor(BeanShellPreProcessor(BeanShell::load(fields, &properties)))
});

struct BeanShellPreProcessor(BeanShell);

impl PreProcessor for BeanShellPreProcessor {
    fn process(&self, vu: &mut VirtualUser) -> Result<(), Fault> {
        let names = vec![("sampler", scripting::current_sampler(vu))];
        self.0.run_or_log("o.a.j.m.BeanShellPreProcessor", "Problem in BeanShell script. ", names, vu).map(drop)
    }

    fn blocks(&self) -> bool {
        self.0.blocks()
    }
}
