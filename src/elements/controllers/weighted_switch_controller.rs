//! Weighted Switch Controller of the plugin `jpgc-wsc`: one child each turn, so often as its weight says.
//!
//! A turn ends only when the controller is asked once more, and what it asks then is the child after the chosen one, whose answer
//! it drops. A turn that was cut goes on with the first child (`WeightedSwitchController.next`).

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
            if flag == "true" {
                let weight = row.get(1).map_or(Ok("0".into()), |weight| weight.text(vu))?;
                weights.push(java::parse_long(&weight).ok_or_else(|| Fault::number_format(&weight))?);
            }
        }
        Ok(weights)
    }
}

impl Controller for WeightedSwitchController {
    fn cursor(self: Arc<Self>, place: Place) -> Box<dyn Cursor> {
        let (definition, chosen, counts, rounds) = (self, None, Vec::new(), 0);
        Box::new(WeightedSwitchCursor { definition, place, chosen, counts, rounds })
    }
}

struct WeightedSwitchCursor {
    definition: Arc<WeightedSwitchController>,
    place: Place,
    /// The place of the child whose turn it is; `None` between turns.
    chosen: Option<usize>,
    /// How often each child was chosen.
    counts: Vec<i64>,
    /// Rounds of this turn that led to another one: each of them ends the turn again.
    rounds: u32,
}

impl WeightedSwitchCursor {
    fn choose(&mut self, vu: &mut VirtualUser) -> Result<usize, Fault> {
        let weights = self.definition.weights(vu)?;
        let total = weights.iter().fold(0, |total: i64, weight| total.saturating_add(*weight));
        if self.definition.random.get(vu)? {
            let mut left = if total > 0 { vu.random_source().random_range(0..total) } else { 0 };
            let drawn = weights.iter().position(|weight| {
                left = left.saturating_sub(*weight);
                left < 0
            });
            return Ok(drawn.unwrap_or(0));
        }
        self.counts.resize(weights.len(), 0);
        let all: i64 = self.counts.iter().sum();
        let weight = |child: usize| weights[child] as f64 / total as f64;
        let lack = |child: usize| weight(child) - if all == 0 { 0.0 } else { self.counts[child] as f64 / all as f64 };
        // Where nobody lacks anything, the greatest weight is next.
        let best = greatest(weights.len(), lack).or_else(|| greatest(weights.len(), weight));
        let nobody = || Fault::exception("java.lang.ArrayIndexOutOfBoundsException", "no child has a weight above 0");
        let best = best.ok_or_else(nobody)?;
        self.counts[best] += 1;
        Ok(best)
    }

    fn end_turn(&mut self, vu: &mut VirtualUser) -> Result<(), Fault> {
        for _ in 0..=std::mem::take(&mut self.rounds) {
            self.chosen = None;
            self.abandon_children(true, vu)?;
        }
        Ok(())
    }
}

impl Cursor for WeightedSwitchCursor {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn advance(&mut self, vu: &mut VirtualUser) -> Result<Advance, Fault> {
        let Some(chosen) = self.chosen else {
            let chosen = self.choose(vu)?;
            (self.chosen, self.place.current, self.rounds) = (Some(chosen), chosen, 0);
            return generic_advance(self, vu);
        };
        match generic_advance(self, vu)? {
            Advance::Again => {
                self.rounds += 1;
                Ok(Advance::Again)
            }
            Advance::Step(step) if self.place.current == chosen => {
                self.rounds = 0;
                Ok(Advance::Step(step))
            }
            Advance::Step(_) | Advance::Ended => {
                self.end_turn(vu)?;
                Ok(Advance::Ended)
            }
        }
    }

    fn abandon(&mut self, directly: bool, vu: &mut VirtualUser) -> Result<(), Fault> {
        if directly {
            self.chosen = None;
        }
        self.abandon_children(directly, vu)?;
        self.cut(vu)
    }
}

/// The number with the greatest value above 0, the first of equal ones.
fn greatest(numbers: usize, value: impl Fn(usize) -> f64) -> Option<usize> {
    // The search begins with the least number above 0: `Double.MIN_VALUE` of Java.
    (0..numbers)
        .filter(|number| value(*number) > f64::from_bits(1))
        .reduce(|best, number| if value(number) > value(best) { number } else { best })
}
