//! Throughput Controller: its children in some of its turns, a number or a share of them.

use std::sync::Arc;

use parking_lot::Mutex;

use super::{Advance, Controller, Cursor, Iteration, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Fields, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new("ThroughputController", "Throughput Controller", |fields| {
    Element::controller(ThroughputController {
        style: fields.prop("ThroughputController.style", 0),
        per_thread: fields.prop("ThroughputController.perThread", true),
        maximum: count_of(fields),
        percent: fields.text("ThroughputController.percentThroughput", "100"),
        shared: Mutex::default(),
    })
});

/// `ThroughputController.style`: a share of the turns, not a number of them.
const BY_PERCENT: i32 = 1;

struct ThroughputController {
    style: Prop<i32>,
    per_thread: Prop<bool>,
    maximum: Prop<String>,
    percent: Prop<String>,
    /// The turns of all users together.
    shared: Mutex<Turns>,
}

fn count_of(fields: &Fields<'_>) -> Prop<String> {
    let name = "ThroughputController.maxThroughput";
    fields.text(name, "1")
}

/// Turns so far, and in how many of them the children ran.
#[derive(Default, Clone, Copy)]
struct Turns {
    all: i64,
    run: i64,
}

impl ThroughputController {
    /// The count, 1 if it is no number.
    fn maximum(&self, vu: &mut VirtualUser) -> Result<i64, Fault> {
        let text = self.maximum.text(vu)?;
        Ok(java::parse_int(&text).map_or_else(|| complain(&text, 1), i64::from))
    }

    /// The share in percent, 100 if it is no number.
    fn percent(&self, vu: &mut VirtualUser) -> Result<f64, Fault> {
        let text = self.percent.text(vu)?;
        Ok(match java::parse_double(&text) {
            // JMeter keeps it as a float.
            Some(percent) => f64::from(percent as f32),
            None => complain(&text, 100) as f64,
        })
    }

    /// Whether the children run in a turn after so many others.
    fn decide(&self, turns: Turns, vu: &mut VirtualUser) -> Result<bool, Fault> {
        if self.style.get(vu)? == BY_PERCENT {
            return Ok((100.0 * turns.run as f64 + 50.0) / (turns.all as f64) < self.percent(vu)?);
        }
        Ok(turns.run < self.maximum(vu)?)
    }
}

fn complain(text: &str, instead: i64) -> i64 {
    log::warn!(target: "o.a.j.c.ThroughputController", "Error parsing '{text}'");
    instead
}

impl Controller for ThroughputController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(ThroughputCursor { definition: self, place, own: Turns::default(), runs: false })
    }

    fn listens_to_parent(&self) -> bool {
        true
    }
}

struct ThroughputCursor {
    definition: Arc<ThroughputController>,
    place: Place,
    own: Turns,
    /// Whether the children run in this turn of the controller around.
    runs: bool,
}

impl Cursor for ThroughputCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if self.runs { generic_advance(self, vu) } else { Ok(Advance::Ended) }
    }

    fn is_done(&mut self, vu: &mut VirtualUser) -> Result<bool, Fault> {
        if self.place.order.is_empty() {
            return Ok(true);
        }
        let definition = &self.definition;
        if definition.style.get(vu)? == BY_PERCENT {
            return Ok(definition.percent(vu)? == 0.0);
        }
        let run = if definition.per_thread.get(vu)? { self.own.run } else { definition.shared.lock().run };
        let maximum = definition.maximum(vu)?;
        Ok(maximum == 0 || (run >= maximum && self.place.current >= self.place.order.len()))
    }

    fn parent_turn(&mut self, _iteration: Iteration, vu: &mut VirtualUser) -> Result<(), Fault> {
        let definition = self.definition.clone();
        let mut shared = if definition.per_thread.get(vu)? { None } else { Some(definition.shared.lock()) };
        let turns = shared.as_deref_mut().unwrap_or(&mut self.own);
        turns.all += 1;
        self.runs = definition.decide(*turns, vu)?;
        turns.run += i64::from(self.runs);
        Ok(())
    }
}
