//! Parallel Controller of the plugin `bzm-parallel`: its children at the same time, on the same variables.

use std::sync::Arc;

use super::{Controller, Cursor, GenericController, ParallelKind, Place};
use crate::elements::{Element, ElementType};

pub(super) const ELEMENT: ElementType =
    ElementType::new("com.blazemeter.jmeter.controller.ParallelSampler", "Parallel Controller", |fields| {
        let limited = fields.flag("LIMIT_MAX_THREAD_NUMBER", false);
        let limit = fields.text_now("MAX_THREAD_NUMBER", "6").trim().parse().unwrap_or(6).max(1);
        Element::controller(ParallelSampler(ParallelKind {
            makes_parts: fields.flag("PARENT_SAMPLE", false),
            limit: limited.then_some(limit),
        }))
    });

struct ParallelSampler(ParallelKind);

impl Controller for ParallelSampler {
    /// The place in one of its children, which runs beside the others.
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Arc::new(GenericController).cursor(place)
    }

    fn parallel(&self) -> Option<ParallelKind> {
        Some(self.0)
    }
}
