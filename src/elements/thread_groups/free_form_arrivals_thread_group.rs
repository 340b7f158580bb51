//! bzm - Free-Form Arrivals Thread Group: users arrive at rates that go from row to row of a table.

use std::sync::Arc;

use super::Corner;
use super::arrivals_thread_group::ArrivalsThreadGroup;
use super::dynamic::{Rates, unit_factor};
use crate::elements::{Element, ElementType};
use crate::java;
use crate::model::{Fault, Prop, VirtualUser};

pub(super) const ELEMENT: ElementType = ElementType::new(
    "com.blazemeter.jmeter.threads.arrivals.FreeFormArrivalsThreadGroup",
    "bzm - Free-Form Arrivals Thread Group",
    |fields| {
        let table = Table { rows: fields.rows("Schedule"), unit: fields.text("Unit", "") };
        if table.rows.is_empty() {
            let message = "the table is empty: nobody arrives";
            fields.warn("Schedule", message);
        }
        // They come from the group that this one extends.
        fields.skip(&["TargetLevel", "RampUp", "Steps", "Hold"]);
        Element::thread_group_with_hooks(ArrivalsThreadGroup::load(fields, Arc::new(table)))
    },
);

/// `Schedule`: start rate, end rate and duration, row by row.
struct Table {
    rows: Vec<Vec<Prop<String>>>,
    unit: Prop<String>,
}

/// A row in seconds.
struct Row {
    from: f64,
    to: f64,
    duration: f64,
}

impl Table {
    fn read(&self, vu: &mut VirtualUser) -> Result<Vec<Row>, Fault> {
        let factor = unit_factor(&self.unit, vu)?;
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut cell = |column: usize| match row.get(column) {
                Some(cell) => Ok(java::parse_double(&cell.text(vu)?).unwrap_or(0.0)),
                None => Ok(0.0),
            };
            rows.push(Row { from: cell(0)? / factor, to: cell(1)? / factor, duration: cell(2)? * factor });
        }
        Ok(rows)
    }
}

impl Rates for Table {
    fn rate(&self, seconds: f64, _scheduled: u64, starter: &mut VirtualUser) -> Result<Option<f64>, Fault> {
        // The plugin keeps the end of a row as a whole number.
        let mut end = 0.0_f64;
        for row in self.read(starter)?.iter().filter(|row| row.duration > 0.0) {
            let progress = (seconds - end) / row.duration;
            end = (end + row.duration).trunc();
            if seconds <= end {
                return Ok(Some(row.from + progress * (row.to - row.from)));
            }
        }
        log::info!(target: "c.b.j.t.a.FreeFormArrivalsThreadStarter", "Got no further schedule, can stop now");
        Ok(None)
    }

    fn corners(&self, starter: &mut VirtualUser) -> Result<Vec<Corner>, Fault> {
        let mut corners: Vec<Corner> = vec![(0.0, 0.0)];
        let mut end = 0.0;
        for row in self.read(starter)? {
            corners.push((end, row.from));
            end += row.duration;
            corners.push((end, row.to));
        }
        corners.push((end, 0.0));
        Ok(corners)
    }
}
