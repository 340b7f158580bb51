//! Weighted Switch Controller of the plugin `jpgc-wsc`: one child each turn, so often as its weight says.

use std::sync::Arc;

use rand::RngExt;

use super::{Advance, Controller, Cursor, Place, generic_advance};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new(
    "com.blazemeter.jmeter.control.WeightedSwitchController",
    "Weighted Switch Controller",
    |fields| {
        Element::controller(WeightedSwitchController {
            weights: fields.rows("Weights"),
            random: fields.prop("IsRandomChoice", false),
        })
    },
);

/// A place behind all children.
const NOWHERE: usize = usize::MAX;

struct WeightedSwitchController {
    /// Rows of name, weight and whether the row counts; row by row for the children that take part.
    weights: Vec<Vec<Prop<String>>>,
    random: Prop<bool>,
}

impl WeightedSwitchController {
    /// The weights of the rows that count. JMeter leaves rows out whose flag is not `true`.
    fn weights(&self, vu: &mut VirtualUser) -> Result<Vec<i64>, Fault> {
        let mut weights = Vec::new();
        for row in &self.weights {
            let flag = row.get(2).map_or(Ok("true".into()), |flag| flag.text(vu))?;
            if java::parse_boolean(&flag) {
                let weight = row.get(1).map_or(Ok("0".into()), |weight| weight.text(vu))?;
                weights.push(java::parse_long(&weight).unwrap_or(0));
            }
        }
        Ok(weights)
    }
}

impl Controller for WeightedSwitchController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        Box::new(WeightedSwitchCursor { definition: self, place, chosen: Vec::new() })
    }
}

struct WeightedSwitchCursor {
    definition: Arc<WeightedSwitchController>,
    place: Place,
    /// How often each child was chosen.
    chosen: Vec<i64>,
}

impl WeightedSwitchCursor {
    fn choose(&mut self, vu: &mut VirtualUser) -> Result<usize, Fault> {
        let weights = self.definition.weights(vu)?;
        let total: i64 = weights.iter().sum();
        if total <= 0 {
            return Ok(NOWHERE);
        }
        if self.definition.random.get(vu)? {
            let mut left = vu.random_source().random_range(0..total);
            let drawn = weights.iter().position(|weight| {
                left -= weight;
                left < 0
            });
            return Ok(drawn.unwrap_or(NOWHERE));
        }
        self.chosen.resize(weights.len(), 0);
        let all: i64 = self.chosen.iter().sum();
        let lack = |child: usize| {
            let share = if all == 0 { 0.0 } else { self.chosen[child] as f64 / all as f64 };
            weights[child] as f64 / total as f64 - share
        };
        let best = (0..weights.len()).fold(0, |best, child| if lack(child) > lack(best) { child } else { best });
        self.chosen[best] += 1;
        Ok(best)
    }
}

impl Cursor for WeightedSwitchCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        if self.place.first {
            self.place.current = self.choose(vu)?;
        }
        generic_advance(self, vu)
    }

    /// Weights belong to children by their number: none is ever gone.
    fn child_ended(&mut self, _gone: bool, vu: &mut VirtualUser) {
        self.increment(vu);
    }

    fn increment(&mut self, _vu: &mut VirtualUser) {
        self.place.current = NOWHERE;
    }
}
