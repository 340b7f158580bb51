//! Dummy Sampler of the plugin `jpgc-dummy`: answers as its properties say, for trying plans out.

use super::{Sampler, Sampling};
use crate::elements::dummy_result::DummyResult;
use crate::elements::{Element, ElementType};
use crate::model::VirtualUser;

pub(super) const ELEMENT: ElementType =
    ElementType::new("kg.apc.jmeter.samplers.DummySampler", "Dummy Sampler", |fields| {
        Element::sampler(DummySampler(DummyResult::load(fields)))
    });

struct DummySampler(DummyResult);

impl Sampler for DummySampler {
    fn sample<'a>(&'a self, vu: &'a mut VirtualUser) -> Sampling<'a> {
        Box::pin(async move { self.0.make(vu).await.map(Some) })
    }
}
