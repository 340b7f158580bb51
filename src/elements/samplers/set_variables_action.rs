//! Set Variables Action of the plugin `jpgc-prmctl`: sets variables when its turn comes. Takes no sample.

use super::{Sampler, Sampling};
use crate::elements::{Element, ElementType};
use crate::model::{Argument, VirtualUser, arguments};

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.control.sampler.SetVariablesAction", "Set Variables Action", |fields| {
        Element::sampler(SetVariablesAction { arguments: arguments(fields, "SetVariablesAction") })
    });

struct SetVariablesAction {
    arguments: Vec<Argument>,
}

impl Sampler for SetVariablesAction {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async move { Argument::set_all(&self.arguments, vu).map(|()| None) })
    }
}
